public import Foundation
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
  public struct WarmUp: Hashable, Sendable, Codable {
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

  private let stopwatch: Stopwatch
  private let warmUp: WarmUp
  private var history: PriceHistory
  private(set) var learning: PriceLearning
  private var inputGuard: InputGuard
  private var isWarm = false
  private var pending: PriceLearning.Outlook?
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
    self.stopwatch = stopwatch
    self.warmUp = warmUp
    history = PriceHistory(intervals: intervals, inputNames: inputNames)
    inputGuard = InputGuard(
      inputNames: inputNames, intervals: intervals, lowestPrice: lowestPrice, highestPrice: highestPrice)
    learning = try PriceLearning(
      PriceLearning.Settings(
        intervals: intervals, lowestPrice: lowestPrice, highestPrice: highestPrice,
        families: PriceFamily.allCases.filter { models?.contains($0.rawValue) ?? true || models == ["ensemble"] },
        makesEnsemble: models?.contains("ensemble") ?? true, seed: seed, scenarios: scenarios), threads: threads)
  }

  public mutating func forecasts(for published: PriceDay) throws(ForecastingError) -> [ModelForecast] {
    try inputGuard.check(published)
    let start = stopwatch()
    notes = []
    try warmUpOnce()
    try open(published)
    let view = PriceView(history: history, position: history.closedDays)
    var outlook = try learning.outlook(view, refitAfter: 1, stopwatch: stopwatch)
    if learning.settings.makesEnsemble { try learning.addQuantiles(to: &outlook, view, refitAfter: 1) }
    pending = outlook
    notes += learning.notes(on: outlook, view)
    return try learning.forecasts(outlook, on: view.day, seconds: { [stopwatch] in stopwatch() - start })
  }

  public mutating func observe(_ published: PriceDay, actual: [Double]) throws(ForecastingError) {
    try inputGuard.check(published)
    guard actual.count == history.intervals else {
      throw ForecastingError(
        "\(published.day) has \(actual.count) prices, the market day has \(history.intervals) intervals")
    }
    if isWarm { try open(published) }
    if let pending { try learning.learn(pending, of: published.day, actual: actual, refit: true) }
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

  /// Learns from the days before the first forecast.
  private mutating func warmUpOnce() throws(ForecastingError) {
    guard !isWarm else { return }
    let findings: [InputFinding]
    (history, findings) = try inputGuard.history()
    inputGuard.forget()
    notes += findings.map(\.description)
    isWarm = true
    guard learning.settings.makesEnsemble else { return }
    let days = history.closedDays
    for position in history.firstHeldOut(of: warmUp.days)..<days {
      try learning.live(
        through: PriceView(history: history, position: position), refitAfter: warmUp.refitDays,
        refit: (days - position) % warmUp.refitDays == 1,
        comparesShares: position >= days - PriceForecaster.comparedDays)
    }
  }
}

extension PriceHistory {
  /// Position of the first of the last `days` that can be held out; with a short history of the first that can be forecast.
  func firstHeldOut(of days: Int) -> Int {
    max(closedDays - days, min(closedDays - 7, LevelledDays.leastDays + 28))
  }
}

extension PriceLearning {
  /// An outlook as forecasts: the families, and the mix with its quantiles and paths if there is one.
  func forecasts(
    _ outlook: Outlook, on day: MarketDay, seconds: () -> Double
  ) throws(ForecastingError) -> [ModelForecast] {
    let families = zip(settings.families, outlook.families).map { family, said in
      ModelForecast(model: family.rawValue, point: said.path, seconds: said.seconds)
    }
    guard let quantiles = outlook.quantiles else { return families }
    let paths = try paths(outlook, on: day)
    return families + [
      ModelForecast(
        model: "ensemble", point: quantiles[49], quantiles: quantiles, paths: paths ?? [], seconds: seconds())
    ]
  }
}

extension PriceForecaster: RestorableForecaster {
  /// All that it holds but its stopwatch and its threads.
  private struct State: Codable {
    let warmUp: WarmUp
    let history: PriceHistory
    let learning: PriceLearning
    let inputGuard: InputGuard
    let isWarm: Bool
    let pending: PriceLearning.Outlook?
    let notes: [String]
  }

  /// The state to the last bit, under a head that says of which version, settings and days it is (``StateRecord``).
  public func snapshot() throws -> Data {
    let state = State(
      warmUp: warmUp, history: history, learning: learning, inputGuard: inputGuard, isWarm: isWarm, pending: pending,
      notes: notes)
    return Data(try StateRecord.bytes(of: state, kind: "price-forecaster"))
  }

  /// - Throws: ``ForecastingError`` if the snapshot is damaged, of another version, or of a forecaster that was made with other
  ///   settings.
  public mutating func restore(from snapshot: Data) throws {
    let state = try StateRecord.value(State.self, from: Array(snapshot), kind: "price-forecaster")
    guard state.learning.settings == learning.settings, state.warmUp == warmUp,
      state.history.inputNames == history.inputNames
    else { throw ForecastingError("The state is of a forecaster with other settings, inputs or another seed") }
    let threads = learning.threads
    history = state.history
    learning = state.learning
    learning.threads = threads
    inputGuard = state.inputGuard
    isWarm = state.isWarm
    pending = state.pending
    notes = state.notes
  }
}

extension PriceForecaster: ScenarioForecaster {
  public var pastScores: [[Double]] { learning.dependence?.scores ?? [] }
}
