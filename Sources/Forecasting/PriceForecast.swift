public import MarketModel

/// The forecast of a day's price: a path, quantiles, joint scenarios, and which models made it from what.
public struct PriceForecast: Sendable {
  /// The mix of the models, by interval, per MWh.
  public let point: [Double]
  /// The day before, for comparison; empty if it was not known.
  public let sameAsYesterday: [Double]
  /// Each model's own path.
  public let modelPoints: [String: [Double]]
  /// 99 percentiles.
  public let quantiles: QuantileForecast
  /// Equally likely joint paths of the day-ahead price.
  public let scenarios: ScenarioSet
  /// Mean of the scenarios by interval: what an offer is worth in expectation.
  public let expected: [Double]
  /// Expected path of the day after.
  public let lookAhead: [Double]
  public let models: [ForecastModelRecord]
  /// Fallbacks that were taken, in sentences.
  public let notes: [String]
}

/// Forecasts the price of one day.
///
/// LEAR on the longest window and on a short one, and similar days, are mixed by what each lost on days that none of them had
/// seen (forward chaining: each block of those days is forecast by fits on the days before it). The mix's errors on
/// those days give the quantiles and, by a copula, the joint scenarios. With too short a history LEAR falls away and
/// the note says so.
///
/// - Throws: ``ForecastingError`` if fewer than ``shortestHistory`` days of prices are known, or no recent day on which
///   the models can be compared.
public func forecastPrices(_ source: PriceForecastInputs) throws(ForecastingError) -> PriceForecast {
  let known = source.prices.count { $0 != nil }
  guard known >= shortestHistory else {
    throw ForecastingError(
      "\(known) days of prices are known before \(source.grid.day); a forecast needs at least \(shortestHistory). Import more history."
    )
  }
  var source = source
  let leftOut = source.leaveOutUnknownInputs()
  let run = ForecastRun(source, notes: leftOut)
  let heldOut = run.heldOutDays()
  guard !heldOut.isEmpty else {
    throw ForecastingError(
      "No recent day before \(source.grid.day) could be forecast for comparison: prices or inputs of the last weeks are missing. Import them."
    )
  }
  var mix = ExpertMix(count: run.models.count)
  for day in heldOut { mix.learn(day.forecasts, actual: day.actual) }
  let today = run.todaysForecasts()
  let point = clipped(mix.mixed(today), source)
  let residuals = ResidualQuantiles(
    forecasts: heldOut.map { clipped(mix.mixed($0.forecasts), source) }, actuals: heldOut.map(\.actual),
    lowest: source.lowestPrice, highest: source.highestPrice)
  let rows = residuals.quantiles(
    of: point, neighbourIntervals: source.grid.length.perHour, threads: source.threads)
  let copula = JointScenarios(errors: residuals.errors, hoursPerInterval: source.grid.length.hours)
  let values = copula.paths(count: source.scenarioCount, quantiles: rows, seed: source.seed)
  return run.forecast(
    point: point, today: today, mix: mix, heldOut: heldOut, quantiles: rows, scenarioValues: values)
}

/// Days of known prices below which no forecast is made.
public let shortestHistory = 35

private func clipped(_ path: [Double], _ source: PriceForecastInputs) -> [Double] {
  path.map { min(max($0, source.lowestPrice ?? -.infinity), source.highestPrice ?? .infinity) }
}
