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
  /// Days before the one to forecast of which the power is not published in time.
  var powerDelay = 0
  var notes: [String] = []
  var days: [RenewableDay] = []
  var power: [[Double]] = []
  private var largest = 0.0
  /// Fits of the present month by the columns they use.
  var fits: [[String]: RenewableFit] = [:]
  var month = -1
  var mix = QuantileMix(count: RenewableFit.learned.count)
  var correction = LevelCorrection()
  var heldOut = false
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
  var capacity: Double { givenCapacity ?? (largest > 0 ? largest : 1) }

  /// Share of each learned model in the mix.
  var weights: [(model: String, weight: Double)] {
    zip(RenewableFit.learned, mix.weights).map { (model: $0, weight: $1) }
  }

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
  static func dark(_ percentiles: [[Double]], _ night: [Bool]) -> [[Double]] {
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

  static func share(_ power: [Double], _ day: RenewableDay, _ capacity: Double) -> [Double] {
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
      share: (first..<days.count).flatMap { RenewableForecaster.share(power[$0], days[$0], capacity) } + unknown,
      powerDelay: powerDelay)
  }

  /// So many of the first days.
  func history(_ count: Int) -> RenewableSeries {
    RenewableSeries(
      days: Array(days[..<count]), intervals: intervals,
      share: (0..<count).flatMap { RenewableForecaster.share(power[$0], days[$0], capacity) },
      powerDelay: powerDelay)
  }
}
