internal import MarketModel
internal import NumericMethods

/// What wind and solar forecasters share: the history, fits by calendar month, the mix and its correction.
struct RenewableForecaster: Sendable {
  static let leastDays = 20
  static let leastDaysForMix = 40
  static let heldOutDays = 56
  /// Days before the one to forecast that its predictors look back on.
  static let memoryDays = 40
  /// A column counts as known if it is on this share of the days.
  static let leastKnown = 0.6

  let plant: RenewablePlant
  let intervals: Int
  let givenCapacity: Double?
  let seed: UInt64
  let threads: Int
  let stopwatch: Stopwatch
  private(set) var notes: [String] = []
  private var days: [RenewableDay] = []
  private var power: [[Double]] = []
  private var largest = 0.0
  /// Fits of the present month by the columns they use.
  private var fits: [[String]: RenewableFit] = [:]
  private var month = -1
  private var mix = QuantileMix(count: RenewableFit.learned.count)
  private var correction = LevelCorrection()
  private var heldOut = false
  private var pending: Pending?

  /// What was said of the next day, to learn from when its truth is there.
  private struct Pending {
    let day: MarketDay
    let learned: [[[Double]]]
    let mixed: [[Double]]
    let night: [Bool]
  }

  init(
    plant: RenewablePlant, intervals: Int, capacity: Double?, seed: UInt64, threads: Int,
    stopwatch: @escaping Stopwatch
  ) {
    precondition(intervals >= 1 && threads >= 1, "A day has intervals, a forecast a thread")
    self.plant = plant
    self.intervals = intervals
    givenCapacity = capacity
    self.seed = seed
    self.threads = threads
    self.stopwatch = stopwatch
  }

  /// The capacity given, or the largest power seen.
  private var capacity: Double { givenCapacity ?? (largest > 0 ? largest : 1) }

  mutating func observe(_ day: RenewableDay, actual: [Double]) throws(ForecastingError) {
    try check(day)
    guard actual.count == intervals else {
      throw ForecastingError("\(day.day) has \(actual.count) values of power, the day has \(intervals) intervals")
    }
    let values = actual.map { $0.isFinite ? $0 : .nan }
    largest = max(largest, values.filter(\.isFinite).max() ?? 0)
    if let pending, pending.day == day.day {
      let share = RenewableForecaster.share(values, day, capacity)
      mix.learn(pending.learned, actual: share)
      correction.learn(pending.mixed, actual: share, counted: pending.night.map { !$0 })
    }
    pending = nil
    days.append(day)
    power.append(values)
  }

  mutating func forecasts(for day: RenewableDay) throws(ForecastingError) -> [ModelForecast] {
    try check(day)
    guard power.contains(where: { $0.contains { $0.isFinite } }) else {
      throw ForecastingError("No power is known before \(day.day); observe some days first")
    }
    let whole = series(through: day)
    var clock = stopwatch()
    let climate = Climatology.percentiles(whole, seasonal: plant.isSolar)
    var forecasts = [(name: "climatology", shares: climate, seconds: stopwatch() - clock)]
    clock = stopwatch()
    let usable = usableColumns(day)
    let fit = try fit(usable, before: day.day)
    let sun = fit.0?.sun
    let night =
      plant.isSolar ? Night.mask(whole, sun: sun) : [Bool](repeating: false, count: intervals)
    let fitting = stopwatch() - clock
    if let chosen = fit.0, let learned = try percentiles(chosen, series(through: day, memory: true), climate) {
      clock = stopwatch()
      let mixed = blended(learned, night)
      pending = Pending(
        day: day.day, learned: Array(learned.dropFirst()).map { RenewableForecaster.dark($0, night) },
        mixed: mixed.raw, night: night)
      for (index, name) in (["power-curve"] + RenewableFit.learned).enumerated() {
        let own = fit.fresh && index > 0 ? chosen.seconds[index - 1] : 0
        forecasts.append((name, learned[index], own))
      }
      forecasts.append(("ensemble", mixed.corrected, fitting + stopwatch() - clock))
    } else {
      forecasts.append(("ensemble", climate, 0))
    }
    let scale = scale(day)
    return forecasts.map { name, shares, seconds in
      forecast(name, RenewableForecaster.dark(shares, night), scale: scale, seconds: seconds)
    }
  }
}

extension RenewableForecaster {
  /// The mix of the learned models, as it is and with corrected levels.
  private func blended(_ learned: [[[Double]]], _ night: [Bool]) -> (raw: [[Double]], corrected: [[Double]]) {
    let raw = RenewableForecaster.dark(mix.mixed(Array(learned.dropFirst())), night)
    return (raw, correction.corrected(raw, levels: correction.levels()))
  }

  /// Percentiles by model with climatology where a model cannot say; nil if none can.
  private func percentiles(
    _ fit: RenewableFit, _ series: RenewableSeries, _ climate: [[Double]]
  ) throws(ForecastingError) -> [[[Double]]]? {
    do {
      guard let found = try fit.percentiles(series) else { return nil }
      return found.map { model in
        model.indices.map { interval in
          guard let own = model[interval], own.allSatisfy(\.isFinite) else { return climate[interval] }
          return own
        }
      }
    } catch {
      throw ForecastingError("Trees could not forecast: \(error)")
    }
  }

  /// Zero where it is night.
  private static func dark(_ percentiles: [[Double]], _ night: [Bool]) -> [[Double]] {
    percentiles.indices.map { night[$0] ? [Double](repeating: 0, count: 99) : percentiles[$0] }
  }

  private func forecast(_ name: String, _ shares: [[Double]], scale: [Double], seconds: Double) -> ModelForecast {
    let rows = Percentiles.levels.indices.map { level in
      shares.indices.map { interval in shares[interval][level] * scale[interval] }
    }
    return ModelForecast(model: name, point: rows[49], quantiles: rows, seconds: seconds)
  }

  /// What can run in each interval, in the unit of the power.
  private func scale(_ day: RenewableDay) -> [Double] {
    guard let available = day.availableCapacity else { return [Double](repeating: capacity, count: intervals) }
    return available.map { $0.isFinite && $0 >= 0 ? $0 : capacity }
  }

  private static func share(_ power: [Double], _ day: RenewableDay, _ capacity: Double) -> [Double] {
    power.indices.map { interval in
      let available = day.availableCapacity?[interval] ?? capacity
      let scale = available.isFinite && available >= 0 ? available : capacity
      return scale > 1e-3 * capacity ? power[interval] / scale : .nan
    }
  }

  /// The history with the day after it, or its last weeks.
  private func series(through day: RenewableDay, memory: Bool = false) -> RenewableSeries {
    let first = memory ? max(0, days.count - RenewableForecaster.memoryDays) : 0
    let unknown = [Double](repeating: .nan, count: intervals)
    return RenewableSeries(
      days: days[first...] + [day], intervals: intervals,
      share: (first..<days.count).flatMap { RenewableForecaster.share(power[$0], days[$0], capacity) } + unknown)
  }

  /// So many of the first days.
  private func history(_ count: Int) -> RenewableSeries {
    RenewableSeries(
      days: Array(days[..<count]), intervals: intervals,
      share: (0..<count).flatMap { RenewableForecaster.share(power[$0], days[$0], capacity) })
  }
}

extension RenewableForecaster {
  private func check(_ day: RenewableDay) throws(ForecastingError) {
    if let last = days.last?.day, day.day != last.advanced(by: 1) {
      throw ForecastingError("\(day.day) does not follow \(last); hand every day in order, NaN where nothing is known")
    }
    for name in day.columns.keys.sorted() where day.columns[name]?.count != intervals {
      throw ForecastingError(
        "\(name) on \(day.day) has \(day.columns[name]?.count ?? 0) values, the day has \(intervals) intervals")
    }
    if let available = day.availableCapacity, available.count != intervals {
      throw ForecastingError(
        "The available capacity on \(day.day) has \(available.count) values, the day has \(intervals) intervals")
    }
  }

  private mutating func note(_ text: String) {
    if !notes.contains(text) { notes.append(text) }
  }

  /// Columns known on the day and on most days before it; what is left out is said.
  private mutating func usableColumns(_ day: RenewableDay) -> [String] {
    func known(_ day: RenewableDay, _ name: String) -> Bool {
      (day.columns[name]?.count { $0.isFinite } ?? 0) * 2 >= intervals
    }
    let names = Set(days.flatMap(\.columns.keys)).union(day.columns.keys).subtracting(["curtailed"]).sorted()
    return names.filter { name in
      let share = Double(days.count { known($0, name) }) / Double(max(days.count, 1))
      if share < RenewableForecaster.leastKnown {
        note("\(name) is known on \(Int(share * 100)) % of the days before \(day.day) and is left out")
        return false
      }
      if !known(day, name) { note("\(name) is not known on \(day.day); the forecast is made without it") }
      return known(day, name)
    }
  }

  /// The fit of the month for these columns, and whether it was made now; nil in its place if there is none to make.
  private mutating func fit(
    _ usable: [String], before day: MarketDay
  ) throws(ForecastingError) -> (RenewableFit?, fresh: Bool) {
    guard days.count >= RenewableForecaster.leastDays else {
      note(
        "\(days.count) days of power are known before \(day), fewer than \(RenewableForecaster.leastDays): climatology stands in"
      )
      return (nil, false)
    }
    let present = day.year * 12 + day.month
    if present != month {
      month = present
      fits = [:]
    }
    if let made = fits[usable] { return (made, false) }
    do {
      if !heldOut, days.count >= RenewableForecaster.leastDaysForMix {
        heldOut = true
        try learnFromHeldOutDays(usable)
      }
      let made = try RenewableFit(
        history(days.count), plant: plant, usable: usable, seed: seed, threads: threads, stopwatch: stopwatch)
      guard let made else {
        note("No \(plant.isSolar ? "radiation or cloud" : "wind speed") can be used on \(day): climatology stands in")
        return (nil, false)
      }
      made.notes.forEach { note("\($0) (fit of \(day))") }
      fits[usable] = made
      return (made, true)
    } catch {
      throw ForecastingError("Trees could not be fitted: \(error)")
    }
  }

  /// Weights and correction begin on days that a fit on the days before them has not seen.
  private mutating func learnFromHeldOutDays(_ usable: [String]) throws(BoostingError) {
    let first = days.count - min(RenewableForecaster.heldOutDays, days.count / 5)
    guard
      let fit = try RenewableFit(
        history(first), plant: plant, usable: usable, seed: seed, threads: threads, stopwatch: stopwatch)
    else { return }
    for position in first..<days.count {
      let start = max(0, position - RenewableForecaster.memoryDays)
      let share = (start...position).flatMap { RenewableForecaster.share(power[$0], days[$0], capacity) }
      let actual = Array(share.suffix(intervals))
      let known = share.dropLast(intervals) + [Double](repeating: .nan, count: intervals)
      let series = RenewableSeries(days: Array(days[start...position]), intervals: intervals, share: Array(known))
      guard let found = try fit.percentiles(series) else { return }
      let night = plant.isSolar ? Night.mask(series, sun: fit.sun) : [Bool](repeating: false, count: intervals)
      let climate = Climatology.percentiles(series, seasonal: plant.isSolar)
      let learned = found.dropFirst().map { model in
        RenewableForecaster.dark(model.indices.map { model[$0] ?? climate[$0] }, night)
      }
      correction.learn(RenewableForecaster.dark(mix.mixed(learned), night), actual: actual, counted: night.map { !$0 })
      mix.learn(learned, actual: actual)
    }
  }
}
