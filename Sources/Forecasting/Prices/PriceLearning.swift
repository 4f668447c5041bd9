internal import MarketModel
internal import NumericMethods

/// Everything that is learned of a market while days are lived through: the fitted experts, the weights of their mix, the
/// distribution of its errors, the chance of the floor and the dependence between intervals. It holds no history: that is
/// handed to it as a view that ends before the day.
struct PriceLearning: Sendable {
  /// What it depends on beside the days.
  struct Settings: Hashable, Codable, Sendable {
    let intervals: Int
    let lowestPrice: Double?
    let highestPrice: Double?
    /// Families to run, and whether they are mixed.
    let families: [PriceFamily]
    let makesEnsemble: Bool
    let seed: UInt64
    /// Joint paths of each forecast; 0 for none.
    let scenarios: Int
  }

  let settings: Settings
  var threads: Int { didSet { distribution.threads = threads } }
  var experts: [any PriceModel]
  var pool: ExpertPool
  var distribution: OnlineDistribution
  /// Dependence between the intervals; nil where no scenarios are asked for.
  var dependence: JointPaths?
  /// nil in a market without a floor.
  var floorChance: FloorChance?
  /// By family: mean absolute error on the days forecast so far.
  var errors: [RunningError]
  /// Failures of experts on days that were lived through, which moved weights.
  var pastFailures: [PastFailure] = []

  init(_ settings: Settings, threads: Int) throws(ForecastingError) {
    let perHour = settings.intervals / 24
    self.settings = settings
    self.threads = threads
    experts = settings.families.flatMap { $0.experts(seed: settings.seed) }
    errors = [RunningError](repeating: RunningError(), count: settings.families.count)
    pool = ExpertPool(experts: settings.families.count, intervals: settings.intervals)
    distribution = try OnlineDistribution(
      intervals: settings.intervals, perHour: perHour, lowest: settings.lowestPrice, highest: settings.highestPrice,
      threads: threads)
    floorChance = settings.lowestPrice.map { FloorChance(floor: $0, seed: settings.seed) }
    dependence =
      settings.scenarios > 0
      ? try JointPaths(targets: 1, intervals: settings.intervals, perHour: perHour, seed: settings.seed) : nil
  }

  /// What is said of a day before its truth is known.
  struct Outlook: Codable, Sendable {
    /// By family; nil for one that takes no part in the mix.
    let paths: [[Double]?]
    let families: [Family]
    let point: [Double]
    /// 99 percentiles of the mix; nil until they were asked for.
    fileprivate(set) var quantiles: [[Double]]?
    /// Failures of fits, in sentences.
    fileprivate(set) var failures: [String]

    struct Family: Codable, Sendable {
      /// The mix stands in for a family without a path.
      let path: [Double]
      let seconds: Double
      /// Whether it had too little to go by.
      let isShort: Bool
    }
  }

  /// Every expert's path for the day of a view, fitted anew where the last fit is so many days old.
  mutating func outlook(
    _ view: PriceView, refitAfter days: Int, stopwatch: @escaping Stopwatch
  ) throws(ForecastingError) -> Outlook {
    let before = experts
    let outcomes = concurrentMap(count: before.count, threads: threads) { index -> ExpertOutcome in
      let start = stopwatch()
      var outcome = ExpertOutcome(expert: before[index])
      do {
        outcome.path = try outcome.expert.predicted(view, refitAfter: days)
      } catch {
        outcome.failure = "\(outcome.expert.name) failed: \(error); the others stand in"
      }
      outcome.seconds = stopwatch() - start
      return outcome
    }
    experts = outcomes.map(\.expert)
    let paths = settings.families.map { family in familyPath(outcomes.filter { $0.expert.family == family }) }
    let taking = candidates(paths)
    let point = pool.mixed(taking)
    guard !point.isEmpty else {
      throw ForecastingError(
        "No model can forecast \(view.day): prices of the weeks before are not known. Import them.")
    }
    let families = zip(settings.families, paths).map { family, path in
      let own = outcomes.filter { $0.expert.family == family }
      return Outlook.Family(
        path: path ?? held(point), seconds: own.reduce(0) { $0 + $1.seconds },
        isShort: path == nil && own.allSatisfy { $0.failure == nil })
    }
    return Outlook(
      paths: taking, families: families, point: held(point), failures: outcomes.compactMap(\.failure))
  }

  /// Adds the 99 percentiles of the mix to an outlook, with as much mass at the floor as the mean of their own and of the
  /// trees' probability.
  mutating func addQuantiles(
    to outlook: inout Outlook, _ view: PriceView, refitAfter days: Int
  ) throws(ForecastingError) {
    var quantiles = try distribution.quantiles(experts: outlook.families.map(\.path), point: outlook.point)
    if let floor = settings.lowestPrice {
      do {
        if let chances = try floorChance?.probabilities(view, refitAfter: days) {
          PriceLearning.move(&quantiles, to: floor, by: chances)
        }
      } catch {
        outlook.failures.append("The chance of the floor failed: \(error); the quantiles' own stands in")
      }
    }
    outlook.quantiles = quantiles
  }

  private static func move(_ quantiles: inout [[Double]], to floor: Double, by chances: [Double]) {
    for (interval, chance) in chances.enumerated() {
      let column = quantiles.map { $0[interval] }
      let own = AtomModel.mass(column, atOrBelow: floor)
      let moved = PriceAtoms.hurdle(column, low: floor, high: nil, below: (own + chance) / 2, above: 0)
      for level in moved.indices { quantiles[level][interval] = moved[level] }
    }
  }

  /// Joint paths that carry an outlook's percentiles; nil without scenarios.
  func paths(_ outlook: Outlook, on day: MarketDay) throws(ForecastingError) -> [Double]? {
    guard let dependence, let quantiles = outlook.quantiles else { return nil }
    let seed = settings.seed &+ UInt64(bitPattern: Int64(day.dayNumber))
    return try dependence.paths(count: settings.scenarios, quantiles: quantiles, seed: seed)
  }

  /// Learns from a day that was forecast and what came; with `refit` the distribution is fitted anew, with `comparesShares`
  /// kinds of scenarios are compared on it.
  ///
  /// The dependence is learned from the percentiles that the day's paths would carry or have carried.
  mutating func learn(
    _ outlook: Outlook, of day: MarketDay, actual: [Double], refit: Bool, comparesShares: Bool = true
  ) throws(ForecastingError) {
    guard settings.makesEnsemble else { return }
    pool.learn(outlook.paths, actual: actual)
    if let quantiles = outlook.quantiles {
      try dependence?.observe(
        quantiles: quantiles, actual: actual, comparesShares: comparesShares, of: day)
    }
    for (index, family) in outlook.families.enumerated() { errors[index].learn(family.path, actual: actual) }
    try distribution.observe(
      experts: outlook.families.map(\.path), point: outlook.point, actual: actual, refit: refit)
  }

  /// Lives through a past day of the view's history as if it were to come.
  mutating func live(
    through view: PriceView, refitAfter days: Int, refit: Bool, comparesShares: Bool
  ) throws(ForecastingError) {
    guard let actual = view.history.knownPrices(at: view.position) else { return }
    var outlook = try outlook(view, refitAfter: days, stopwatch: { 0 })
    if dependence != nil { try addQuantiles(to: &outlook, view, refitAfter: days) }
    for failure in outlook.failures { count(failure) }
    try learn(outlook, of: view.day, actual: actual, refit: refit, comparesShares: comparesShares)
  }

  private mutating func count(_ failure: String) {
    if let place = pastFailures.firstIndex(where: { $0.sentence == failure }) {
      pastFailures[place].days += 1
    } else {
      pastFailures.append(PastFailure(sentence: failure, days: 1))
    }
  }

  /// Fits the distribution anew to the days learned from.
  mutating func refitDistribution() { distribution.refit() }

  /// The mean path of a family's experts that could run; nil if none could.
  private func familyPath(_ outcomes: [ExpertOutcome]) -> [Double]? {
    let known = outcomes.compactMap(\.path)
    guard let first = known.first else { return nil }
    return held(first.indices.map { interval in known.reduce(0) { $0 + $1[interval] } / Double(known.count) })
  }

  /// Benchmarks take part in the mix only where nothing learned can run.
  private func candidates(_ paths: [[Double]?]) -> [[Double]?] {
    let families = settings.families
    let learned = families.indices.contains { !families[$0].isBenchmark && paths[$0] != nil }
    return families.indices.map { learned && families[$0].isBenchmark ? nil : paths[$0] }
  }

  /// Held within the market's limits.
  private func held(_ path: [Double]) -> [Double] {
    path.map { min(max($0, settings.lowestPrice ?? -.infinity), settings.highestPrice ?? .infinity) }
  }
}

extension PriceLearning {
  /// Which models made a forecast, from what, and what each lost on the days before.
  func records(of outlook: Outlook?, historyDays: Int) -> [ForecastModelRecord] {
    let weights = outlook.map { pool.weights(of: $0.paths) } ?? []
    return settings.families.indices.map { index in
      let own = experts.filter { $0.family == settings.families[index] }
      return ForecastModelRecord(
        name: settings.families[index].rawValue, version: "2",
        windowDays: min(own.map(\.windowDays).max() ?? 0, historyDays), features: own.map(\.columns).max() ?? 0,
        weight: weights.isEmpty ? 0 : weights[index], heldOutMeanAbsoluteError: errors[index].mean)
    }
  }

  /// What is to be said of a day's inputs and of models that could not run.
  func notes(on outlook: Outlook, _ view: PriceView) -> [String] {
    let history = view.history
    let usable = view.usableInputs
    var notes: [String] = []
    for (index, name) in history.inputNames.enumerated() where !usable.contains(index) {
      notes.append(
        "\(name) is not known well enough, on \(view.day) or over the last year; the forecast does without it")
    }
    for lag in [1, 2, 3, 7] where view.position >= lag && !history.isPriceKnown(at: view.position - lag) {
      notes.append(
        "prices of \(view.day.advanced(by: -lag)) are not known; those of the week before stand in for them")
    }
    for (family, said) in zip(settings.families, outlook.families) where said.isShort && !family.isBenchmark {
      notes.append("\(family.rawValue) cannot run on \(view.position) days of history; the others stand in")
    }
    if let problem = dependence?.problem {
      notes.append("The dependence between intervals failed: \(problem); a usual one stands in")
    }
    notes += pastFailures.map { "\($0.sentence), on \($0.days) of the days before that weigh the models" }
    return notes + outlook.failures
  }
}

/// Why an expert failed, and on how many days.
struct PastFailure: Hashable, Codable, Sendable {
  let sentence: String
  var days: Int
}

/// A mean of absolute errors that grows by days.
struct RunningError: Sendable, Codable {
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
  var expert: any PriceModel
  var path: [Double]?
  var failure: String?
  var seconds = 0.0
}
