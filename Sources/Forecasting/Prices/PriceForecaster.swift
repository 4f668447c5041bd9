internal import MarketModel
internal import NumericMethods

/// Forecasts day-ahead prices one day after another: experts of different kinds, refitted daily, mixed by what each lost on
/// earlier days, with the distribution of the mix's errors learned on the same days.
///
/// Before its first forecast it goes through the last days of what it was handed as if they were to come, so that mix and
/// distribution have something to go by; fits are renewed less often there.
public struct PriceForecaster: WalkForwardForecaster, Sendable {
  public typealias Published = PriceDay

  /// The days that are gone through before the first forecast, and how often the experts are fitted on the way.
  public struct WarmUp: Hashable, Sendable {
    public var days: Int
    public var refitDays: Int

    public init(days: Int, refitDays: Int) {
      self.days = days
      self.refitDays = refitDays
    }

    /// Half a year, fitted every two weeks.
    public static let standard = WarmUp(days: 182, refitDays: 14)
  }

  /// The last days of a warm-up, on which kinds of scenarios are compared.
  static let comparedDays = 28
  /// Days of known prices below which no forecast is made.
  public static let shortestHistory = 35

  let limits: ClosedRange<Double>
  let threads: Int
  let stopwatch: Stopwatch
  let warmUp: WarmUp
  let makesEnsemble: Bool
  let scenarios: Int
  let seed: UInt64
  private(set) var history: PriceHistory
  private(set) var experts: [any PriceModel]
  /// Those that have experts, in the order of reports.
  let families: [PriceFamily]
  private(set) var pool: ExpertPool
  private(set) var distribution: OnlineDistribution
  /// Dependence between the intervals; nil where no scenarios are asked for.
  private(set) var dependence: JointPaths?
  private var inputGuard: InputGuard
  /// nil in a market without a floor.
  private var floorChance: FloorChance?
  /// By family: mean absolute error on the days forecast so far.
  private var errors: [RunningError]
  private var isWarm = false
  private var pending: Outlook?
  /// What was found wrong with the inputs of the last forecast (at the first one: of the whole history), and fallbacks that
  /// were taken, in sentences.
  public private(set) var notes: [String] = []

  /// - Parameters:
  ///   - intervals: of every day; a multiple of 24.
  ///   - scenarios: joint paths that each forecast of the ensemble carries; 0 for none.
  ///   - models: names of the families to run, "ensemble" among them for the mix; all if nil.
  /// - Throws: ``ForecastingError`` if a number or a name is wrong.
  public init(
    intervals: Int, inputNames: [String], lowestPrice: Double?, highestPrice: Double?, models: Set<String>?,
    seed: UInt64, threads: Int, scenarios: Int = 0, warmUp: WarmUp = .standard, stopwatch: @escaping Stopwatch
  ) throws(ForecastingError) {
    guard intervals >= 24, intervals % 24 == 0 else {
      throw ForecastingError(
        "A day of \(intervals) intervals cannot be forecast; intervals of an hour or parts of it can")
    }
    let known = Set(PriceFamily.allCases.map(\.rawValue) + ["ensemble"])
    if let wrong = models?.sorted().first(where: { !known.contains($0) }) {
      throw ForecastingError(
        "\"\(wrong)\" is no model of prices; choose from \(known.sorted().joined(separator: ", "))")
    }
    limits = (lowestPrice ?? -.greatestFiniteMagnitude)...(highestPrice ?? .greatestFiniteMagnitude)
    self.threads = threads
    self.stopwatch = stopwatch
    self.warmUp = warmUp
    makesEnsemble = models?.contains("ensemble") ?? true
    history = PriceHistory(intervals: intervals, inputNames: inputNames)
    inputGuard = InputGuard(inputNames: inputNames, intervals: intervals, limits: limits)
    let chosen = PriceFamily.allCases.filter { models?.contains($0.rawValue) ?? true || models == ["ensemble"] }
    families = chosen
    experts = chosen.flatMap { $0.experts(seed: seed) }
    errors = [RunningError](repeating: RunningError(), count: chosen.count)
    pool = ExpertPool(experts: families.count, intervals: intervals)
    distribution = try OnlineDistribution(
      intervals: intervals, perHour: intervals / 24, lowest: lowestPrice, highest: highestPrice, threads: threads)
    floorChance = lowestPrice.map { FloorChance(floor: $0, seed: seed) }
    self.scenarios = scenarios
    self.seed = seed
    dependence =
      scenarios > 0 ? try JointPaths(targets: 1, intervals: intervals, perHour: intervals / 24, seed: seed) : nil
  }

  /// What is said of a day before its truth is known.
  private struct Outlook: Sendable {
    let position: Int
    let paths: [[Double]?]
    let families: [ModelForecast]
    let point: [Double]
  }

  public mutating func forecasts(for published: PriceDay) throws(ForecastingError) -> [ModelForecast] {
    try check(published)
    let start = stopwatch()
    notes = []
    try warmUpOnce()
    try open(published)
    let outlook = try outlook(history.closedDays, refitAfter: 1)
    pending = outlook
    noteFallbacks(outlook)
    guard makesEnsemble else { return outlook.families }
    let quantiles = atFloor(
      try distribution.quantiles(experts: outlook.families.map(\.point), point: outlook.point), outlook)
    let paths = try dependence?.paths(
      count: scenarios, quantiles: quantiles, seed: seed &+ UInt64(bitPattern: Int64(published.day.dayNumber)))
    return outlook.families + [
      ModelForecast(
        model: "ensemble", point: quantiles[49], quantiles: quantiles, paths: paths ?? [],
        seconds: stopwatch() - start)
    ]
  }

  public mutating func observe(_ published: PriceDay, actual: [Double]) throws(ForecastingError) {
    try check(published)
    guard actual.count == history.intervals else {
      throw ForecastingError(
        "\(published.day) has \(actual.count) prices, the market day has \(history.intervals) intervals")
    }
    if isWarm { try open(published) }
    if let pending { try learn(pending, actual: actual, refit: true) }
    pending = nil
    inputGuard.add(published, actual: actual)
    if isWarm {
      history.close(actual)
      inputGuard.forget()
    }
  }

  /// Opens the day with what of its inputs can be used.
  private mutating func open(_ published: PriceDay) throws(ForecastingError) {
    guard !history.hasOpenDay else { return }
    let (day, findings) = try inputGuard.examined(published)
    notes += findings.map(\.description)
    history.open(day)
  }

  /// The percentiles with as much mass at the floor as the mean of their own and of the trees' probability.
  private mutating func atFloor(_ quantiles: [[Double]], _ outlook: Outlook) -> [[Double]] {
    let view = PriceView(history: history, position: outlook.position)
    guard let floor = floorChance?.floor, let chances = floorChance?.probabilities(view) else { return quantiles }
    var changed = quantiles
    for (interval, chance) in chances.enumerated() {
      let column = quantiles.map { $0[interval] }
      let own = AtomModel.mass(column, atOrBelow: floor)
      let moved = PriceAtoms.hurdle(column, low: floor, high: nil, below: (own + chance) / 2, above: 0)
      for level in moved.indices { changed[level][interval] = moved[level] }
    }
    return changed
  }

  private mutating func noteFallbacks(_ outlook: Outlook) {
    let view = PriceView(history: history, position: outlook.position)
    let usable = view.usableInputs
    for (index, name) in history.inputNames.enumerated() where !usable.contains(index) {
      notes.append(
        "\(name) is not known well enough, on \(view.day) or over the last year; the forecast does without it")
    }
    for lag in [1, 2, 3, 7] where outlook.position >= lag && !history.isPriceKnown(at: outlook.position - lag) {
      notes.append(
        "prices of \(view.day.advanced(by: -lag)) are not known; those of the week before stand in for them")
    }
    for (family, path) in zip(families, outlook.paths) where path == nil && !family.isBenchmark {
      notes.append("\(family.rawValue) cannot run on \(history.closedDays) days of history; the others stand in")
    }
  }

  /// Learns from the days before the first forecast.
  private mutating func warmUpOnce() throws(ForecastingError) {
    guard !isWarm else { return }
    let (days, findings) = try inputGuard.examinedHistory()
    history = PriceHistory(intervals: history.intervals, inputNames: history.inputNames)
    for (day, actual) in days {
      history.open(day)
      history.close(actual)
    }
    inputGuard.forget()
    notes += findings.map(\.description)
    let known = (0..<history.closedDays).count { history.isPriceKnown(at: $0) }
    guard known >= PriceForecaster.shortestHistory else {
      throw ForecastingError(
        "\(known) days of prices are known; a forecast needs at least \(PriceForecaster.shortestHistory). Import more history."
      )
    }
    isWarm = true
    guard makesEnsemble else { return }
    let first = max(history.closedDays - warmUp.days, min(history.closedDays - 7, LevelledDays.leastDays + 28))
    for position in first..<history.closedDays where history.isPriceKnown(at: position) {
      let outlook = try outlook(position, refitAfter: warmUp.refitDays)
      let actual = Array(history.prices[position * history.intervals..<(position + 1) * history.intervals])
      try learn(
        outlook, actual: actual, refit: (history.closedDays - position) % warmUp.refitDays == 1,
        comparesShares: position >= history.closedDays - PriceForecaster.comparedDays)
    }
  }

  private mutating func learn(
    _ outlook: Outlook, actual: [Double], refit: Bool, comparesShares: Bool = true
  ) throws(ForecastingError) {
    guard makesEnsemble else { return }
    pool.learn(outlook.paths, actual: actual)
    if dependence != nil {
      let quantiles = try distribution.quantiles(experts: outlook.families.map(\.point), point: outlook.point)
      try dependence?.observe(
        quantiles: quantiles, actual: actual, comparesShares: comparesShares, of: history.days[outlook.position])
    }
    for (index, family) in outlook.families.enumerated() { errors[index].learn(family.point, actual: actual) }
    try distribution.observe(
      experts: outlook.families.map(\.point), point: outlook.point, actual: actual, refit: refit)
  }

  /// Every expert's path for a day of the history, from what lies before it.
  private mutating func outlook(_ position: Int, refitAfter days: Int) throws(ForecastingError) -> Outlook {
    let view = PriceView(history: history, position: position)
    let before = experts
    let stopwatch = stopwatch
    let outcomes = concurrentMap(count: before.count, threads: threads) { index -> ExpertOutcome in
      var expert = before[index]
      let start = stopwatch()
      let path = expert.predicted(view, refitAfter: days)
      return ExpertOutcome(expert: expert, path: path, seconds: stopwatch() - start)
    }
    experts = outcomes.map(\.expert)
    let paths = families.map { family in familyPath(family, outcomes) }
    let point = pool.mixed(candidates(paths))
    guard !point.isEmpty else {
      throw ForecastingError(
        "No model can forecast \(view.day): prices of the weeks before are not known. Import them.")
    }
    let forecasts = families.indices.map { index in
      ModelForecast(
        model: families[index].rawValue, point: paths[index] ?? held(point),
        seconds: outcomes.reduce(0) { $0 + ($1.expert.family == families[index] ? $1.seconds : 0) })
    }
    return Outlook(position: position, paths: candidates(paths), families: forecasts, point: held(point))
  }

  /// The mean path of a family's experts that could run; nil if none could.
  private func familyPath(_ family: PriceFamily, _ outcomes: [ExpertOutcome]) -> [Double]? {
    let known = outcomes.filter { $0.expert.family == family }.compactMap(\.path)
    guard let first = known.first else { return nil }
    return held(first.indices.map { interval in known.reduce(0) { $0 + $1[interval] } / Double(known.count) })
  }

  /// Benchmarks take part in the mix only where nothing learned can run.
  private func candidates(_ paths: [[Double]?]) -> [[Double]?] {
    let learned = families.indices.contains { !families[$0].isBenchmark && paths[$0] != nil }
    return families.indices.map { learned && families[$0].isBenchmark ? nil : paths[$0] }
  }

  /// Which models made the forecast that was given last, from what, and what each lost on the days before.
  var records: [ForecastModelRecord] {
    let weights = pending.map { pool.weights(of: $0.paths) } ?? []
    return families.indices.map { index in
      let own = experts.filter { $0.family == families[index] }
      return ForecastModelRecord(
        name: families[index].rawValue, version: "2",
        windowDays: min(own.map(\.windowDays).max() ?? 0, history.closedDays),
        features: own.map(\.columns).max() ?? 0, weight: weights.isEmpty ? 0 : weights[index],
        heldOutMeanAbsoluteError: errors[index].mean)
    }
  }

  /// Held within the market's limits.
  private func held(_ path: [Double]) -> [Double] {
    path.map { min(max($0, limits.lowerBound), limits.upperBound) }
  }

  private func check(_ published: PriceDay) throws(ForecastingError) {
    guard published.inputs.count == history.inputNames.count else {
      throw ForecastingError(
        "\(published.day) has \(published.inputs.count) inputs, the forecaster \(history.inputNames.count)")
    }
    for (name, values) in zip(history.inputNames, published.inputs) where values.count != history.intervals {
      throw ForecastingError(
        "\(name) on \(published.day) has \(values.count) values, the market day has \(history.intervals) intervals")
    }
    if let last = inputGuard.lastDay, published.day != last.advanced(by: 1) {
      throw ForecastingError("After \(last) comes \(last.advanced(by: 1)), was handed \(published.day)")
    }
  }
}

/// A mean of absolute errors that grows by days.
struct RunningError: Sendable {
  private var sum = 0.0
  private var days = 0

  var mean: Double { days == 0 ? 0 : sum / Double(days) }

  mutating func learn(_ path: [Double], actual: [Double]) {
    let known = actual.indices.filter { actual[$0].isFinite }
    guard !known.isEmpty else { return }
    sum += known.reduce(0) { $0 + abs(path[$1] - actual[$1]) } / Double(known.count)
    days += 1
  }
}

private struct ExpertOutcome: Sendable {
  let expert: any PriceModel
  let path: [Double]?
  let seconds: Double
}
