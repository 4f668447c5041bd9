internal import MarketModel
internal import NumericMethods

/// Forecasts day-ahead prices one day after another: several experts of different kinds, refitted daily, mixed by what each
/// lost on earlier days.
public struct PriceForecaster: WalkForwardForecaster {
  public typealias Published = PriceDay

  let intervals: Int
  let limits: ClosedRange<Double>?
  let threads: Int
  let stopwatch: Stopwatch
  private(set) var history: PriceHistory
  private(set) var models: [any PriceModel]

  public init(
    intervals: Int, inputNames: [String], lowestPrice: Double?, highestPrice: Double?, models: Set<String>?,
    seed: UInt64, threads: Int, stopwatch: @escaping Stopwatch
  ) {
    self.intervals = intervals
    limits = (lowestPrice ?? -.greatestFiniteMagnitude)...(highestPrice ?? .greatestFiniteMagnitude)
    self.threads = threads
    self.stopwatch = stopwatch
    history = PriceHistory(intervals: intervals, inputNames: inputNames)
    self.models = PriceForecaster.experts(models, seed: seed)
  }

  static func experts(_ families: Set<String>?, seed: UInt64) -> [any PriceModel] {
    func wanted(_ family: String) -> Bool { families?.contains(family) ?? true }
    var models: [any PriceModel] = []
    if wanted("lear") { for days in [1_456, 1_092, 84, 56] { models.append(LearPriceModel(windowDays: days)) } }
    if wanted("network") {
      for index in 1...3 {
        models.append(NetworkPriceModel(name: "network-\(index)", seed: seed &+ UInt64(index) &* 7_919))
      }
    }
    if wanted("kernel") {
      models.append(KernelPriceModel(name: "kernel", settings: KernelPriceModel.Settings.standard))
    }
    if wanted("trees") { models.append(TreePriceModel(seed: seed)) }
    if wanted("stack") { models.append(SupplyStackPriceModel()) }
    models.append(WeeklyNaivePriceModel())
    return models
  }

  public mutating func forecasts(for published: PriceDay) throws(ForecastingError) -> [ModelForecast] {
    if !history.hasOpenDay { history.open(published) }
    let view = PriceView(history: history, position: history.closedDays, limits: limits)
    return predict(view, refitAfter: 1).map { $0.forecast }.compactMap { $0 }
  }

  private mutating func predict(_ view: PriceView, refitAfter days: Int) -> [ExpertOutcome] {
    let before = models
    let stopwatch = stopwatch
    let outcomes = concurrentMap(count: before.count, threads: threads) { index -> ExpertOutcome in
      var model = before[index]
      let start = stopwatch()
      let path = model.predicted(view, refitAfter: days)
      return ExpertOutcome(
        model: model,
        forecast: path.map { ModelForecast(model: model.name, point: view.held($0), seconds: stopwatch() - start) })
    }
    models = outcomes.map(\.model)
    return outcomes
  }

  public mutating func observe(_ published: PriceDay, actual: [Double]) throws(ForecastingError) {
    if !history.hasOpenDay { history.open(published) }
    history.close(actual)
  }
}

private struct ExpertOutcome: Sendable {
  let model: any PriceModel
  let forecast: ModelForecast?
}
