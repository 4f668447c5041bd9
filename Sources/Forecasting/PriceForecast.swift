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
  /// How past days' prices lay among their percentiles, on days of 24 hours; nil without scenarios.
  public let dependence: JointPaths?
  /// Mean of the scenarios by interval: what an offer is worth in expectation.
  public let expected: [Double]
  /// What the day after may bring; on 24 hours.
  public let dayAfter: DayAfterForecast
  public let models: [ForecastModelRecord]
  /// Fallbacks that were taken, in sentences.
  public let notes: [String]
}

/// Forecasts the price of one day, starting from nothing; a ``PriceForecastSession`` gives the same and keeps what it learned.
///
/// Experts of several kinds are mixed by what each lost on days that it had not seen, and the mix's errors on those days
/// give the quantiles and the joint scenarios. With too short a history experts fall away and a note says so.
///
/// - Throws: ``ForecastingError`` if fewer than ``PriceForecaster/shortestHistory`` days of prices are known, or no model can
///   run.
public func forecastPrices(_ source: PriceForecastInputs) throws(ForecastingError) -> PriceForecast {
  var session = PriceForecastSession()
  return try session.forecast(source)
}
