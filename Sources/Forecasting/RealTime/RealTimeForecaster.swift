internal import Foundation
internal import MarketModel
internal import NumericMethods

/// Forecasts the real-time price of a day the evening before, once the day's day-ahead prices have cleared and with real-time
/// prices known to the end of the day before.
///
/// Every model forecasts the spread, real-time less day-ahead: zero, last week's, medians by hour, regressions of absolute loss
/// and similar intervals. Half of the ensemble is their mix by ML-Poly with the day-ahead price itself as one of them, so
/// that it cannot lose much to it; half is their plain mean, which cannot be misled by a few weeks.
public struct RealTimeForecaster: WalkForwardForecaster {
  public typealias Published = RealTimeDay

  /// Days whose real-time prices say what a spike is.
  public static let spikeDays = 60
  public static let spikeLevel = 0.95

  let intervals: Int
  let inputNames: [String]
  let lowestPrice: Double?
  let highestPrice: Double?
  let threads: Int
  let stopwatch: Stopwatch
  let models: SpreadModels
  private(set) var history: [RealTimeRecord] = []
  private(set) var distribution: SpreadDistribution
  private var mix: ExpertMix
  private var inputGuard: InputGuard
  /// What was found in the last observed prices, said with the next forecast.
  private var found: [String] = []
  /// What was forecast for the day after the last one observed.
  private(set) var current: DayForecast?
  /// What was found in the inputs of the last forecast and in the prices of the day before it, and fallbacks that were taken,
  /// in sentences.
  public private(set) var notes: [String] = []

  /// - Parameters:
  ///   - intervals: intervals of a day, a multiple of 24.
  ///   - inputNames: names of the published inputs, in the order of every day's `inputs`.
  ///   - lowestPrice: floor and cap of the market, per MWh; forecasts stay within them.
  ///   - seed: taken for the sake of all forecasters alike; nothing here is random.
  public init(
    intervals: Int, inputNames: [String], lowestPrice: Double?, highestPrice: Double?, seed: UInt64, threads: Int,
    stopwatch: @escaping Stopwatch
  ) {
    precondition(
      intervals >= 24 && intervals.isMultiple(of: 24), "a day is made of 24 hours, was \(intervals) intervals")
    self.intervals = intervals
    self.inputNames = inputNames
    self.lowestPrice = lowestPrice
    self.highestPrice = highestPrice
    self.threads = threads
    self.stopwatch = stopwatch
    models = SpreadModels(intervals: intervals, inputCount: inputNames.count, threads: threads)
    distribution = SpreadDistribution(intervals: intervals, lowest: lowestPrice, highest: highestPrice)
    mix = ExpertMix(count: models.names.count + 1)
    inputGuard = InputGuard(
      inputNames: inputNames, intervals: intervals, lowestPrice: lowestPrice, highestPrice: highestPrice)
  }

  /// One day's forecasts, and what their distribution is made of.
  struct DayForecast: Sendable {
    let published: RealTimeDay
    /// The day-ahead price, then the models.
    let experts: [[Double]]
    let naive: [Double]
    let ensemble: [Double]
    let errors: [SpreadDistribution.Errors]
    let quantiles: [[Double]]
    let seconds: Double
  }

  public mutating func forecasts(for published: RealTimeDay) throws(ForecastingError) -> [ModelForecast] {
    try check(published)
    if let unknown = published.dayAheadPrice.firstIndex(where: { !$0.isFinite }) {
      throw ForecastingError(
        "The day-ahead price of \(published.day), interval \(unknown + 1), is not known; the real-time forecast starts from it"
      )
    }
    inputGuard.begin(with: published.day)
    let (day, findings) = try inputGuard.examined(PriceDay(published))
    let made = make(published.with(day.inputs))
    current = made
    // That an input is not known at all is said above.
    notes +=
      found
      + findings.filter { $0.series != InputGuard.target && $0.kind != .missingDay }.map(\.description)
    var list = [
      ModelForecast(model: "day-ahead", point: made.experts[0]), ModelForecast(model: "naive", point: made.naive),
    ]
    for (name, path) in zip(models.names, made.experts.dropFirst()) {
      list.append(ModelForecast(model: name, point: path, seconds: made.seconds / Double(models.names.count)))
    }
    list.append(
      ModelForecast(model: "ensemble", point: made.ensemble, quantiles: made.quantiles, seconds: made.seconds))
    return list
  }

  public mutating func observe(_ published: RealTimeDay, actual: [Double]) throws(ForecastingError) {
    try check(published)
    guard actual.count == intervals else {
      throw ForecastingError(
        "\(actual.count) real-time prices were given for \(published.day), the day has \(intervals) intervals")
    }
    let read = actual.map { $0.isFinite ? $0 : .nan }
    inputGuard.begin(with: published.day)
    let examined = try inputGuard.examined(PriceDay(published), actual: read)
    inputGuard.add(PriceDay(published), actual: read)
    inputGuard.forget()
    found = examined.findings.map { "real-time " + $0.description }
    let (published, actual) = (published.with(examined.day.inputs), examined.actual)
    if published.dayAheadPrice.allSatisfy(\.isFinite) {
      let made = current.flatMap { $0.published.day == published.day ? $0 : nil } ?? make(published)
      learn(made, actual)
    }
    history.append(models.record(published, actual, after: history))
    if history.count > SpreadModels.windowDays + 7 { history.removeFirst() }
    current = nil
  }

  private mutating func learn(_ made: DayForecast, _ actual: [Double]) {
    let known = actual.indices.filter { actual[$0].isFinite }
    guard !known.isEmpty else { return }
    mix.learn(made.experts.map { path in known.map { path[$0] } }, actual: known.map { actual[$0] })
    distribution.learn(
      dayAhead: made.published.dayAheadPrice, forecast: made.ensemble, quantiles: made.quantiles, actual: actual)
  }

  private func check(_ published: RealTimeDay) throws(ForecastingError) {
    guard published.dayAheadPrice.count == intervals else {
      throw ForecastingError(
        "\(published.dayAheadPrice.count) day-ahead prices were given for \(published.day), the day has \(intervals) intervals"
      )
    }
    guard published.inputs.count == inputNames.count,
      published.inputs.allSatisfy({ $0.count == intervals })
    else {
      throw ForecastingError(
        "\(published.day) needs \(inputNames.count) inputs of \(intervals) values each: \(inputNames.joined(separator: ", "))"
      )
    }
    if let last = history.last?.published.day, last >= published.day {
      throw ForecastingError("\(published.day) does not lie after \(last), the last day observed")
    }
  }

  private mutating func make(_ published: RealTimeDay) -> DayForecast {
    let start = stopwatch()
    let price = published.dayAheadPrice
    notes = []
    let spreads = models.spreads(of: published, history: history)
    if spreads == nil {
      notes.append(
        "Fewer than \(SpreadModels.leastDays + 1) days of real-time prices are known: the day-ahead price stands in.")
    }
    noteMissingInputs(published)
    let zero = [Double](repeating: 0, count: intervals)
    let paths = [zero] + (spreads ?? [[Double]](repeating: zero, count: models.names.count))
    let experts = paths.map { path in path.indices.map { limited(price[$0] + path[$0]) } }
    let ensemble = spreads == nil ? experts[0] : combined(experts)
    let errors = distribution.errors(dayAhead: price, threads: threads)
    if errors.isEmpty { notes.append("Too few days have been forecast to say how far the forecast may err.") }
    let quantiles = distribution.quantiles(of: ensemble, errors: errors)
    return DayForecast(
      published: published, experts: experts, naive: naive(published), ensemble: ensemble, errors: errors,
      quantiles: quantiles, seconds: stopwatch() - start)
  }

  /// Half the mix, half the mean of the models.
  private func combined(_ experts: [[Double]]) -> [Double] {
    let mixed = mix.mixed(experts)
    return mixed.indices.map { interval in
      let plain = experts.dropFirst().reduce(0) { $0 + $1[interval] } / Double(experts.count - 1)
      return (mixed[interval] + plain) / 2
    }
  }

  private mutating func noteMissingInputs(_ published: RealTimeDay) {
    for (name, values) in zip(inputNames, published.inputs) where values.contains(where: { !$0.isFinite }) {
      notes.append("\(name) is not known in full on \(published.day): the regression does without inputs.")
    }
  }

  /// Last week's spread added; no spread where it is not known.
  private func naive(_ published: RealTimeDay) -> [Double] {
    let spread = history.last { $0.published.day == published.day.advanced(by: -7) }?.spread
    return published.dayAheadPrice.indices.map { interval in
      let value = spread?[interval] ?? 0
      return limited(published.dayAheadPrice[interval] + (value.isFinite ? value : 0))
    }
  }

  func limited(_ price: Double) -> Double { min(max(price, lowestPrice ?? -.infinity), highestPrice ?? .infinity) }
}
