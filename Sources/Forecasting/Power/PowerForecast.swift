public import MarketModel
internal import NumericMethods

/// The forecast of a day's load, wind or solar power in the whole market: percentiles, joint paths, and which models made it.
public struct PowerForecast: Sendable {
  public let target: ForecastTarget
  /// The median by interval, in MW.
  public let point: [Double]
  /// 99 percentiles, in MW.
  public let quantiles: QuantileForecast
  /// Equally likely joint paths over the day.
  public let scenarios: ScenarioSet
  /// What somebody published as the forecast of the day; empty if nobody did.
  public let published: [Double]
  /// The last day of which the power was known, and its power.
  public let lastKnownDay: MarketDay
  public let lastKnown: [Double]
  /// How past days' power lay among its percentiles, on days of 24 hours.
  public let dependence: JointPaths
  public let models: [ForecastModelRecord]
  /// What was found in the inputs and fallbacks that were taken, in sentences.
  public let notes: [String]

  /// Days before the one to forecast that are forecast first, each from what was known before it, so that errors and
  /// dependence are those of forecasts made ahead.
  public static func walkedDays(of target: ForecastTarget) -> Int { target == .load ? 70 : 42 }
  /// Days of known power below which no forecast is made.
  public static let shortestHistory = 35
  /// Longest delay of publication that is reckoned with.
  public static let longestDelay = 14

  /// The forecast of a day of 24 hours in the hours of a day on which the clock changes.
  public func fitted(to grid: IntervalGrid) -> PowerForecast {
    guard grid.count != point.count else { return self }
    func fitted(_ values: [Double]) -> [Double] { values.isEmpty ? [] : ClockChange.fitted(values, to: grid) }
    let width = point.count
    let paths = (0..<scenarios.count).flatMap { fitted(Array(scenarios.values[$0 * width..<($0 + 1) * width])) }
    return PowerForecast(
      target: target, point: fitted(point),
      quantiles: QuantileForecast(
        grid: grid, probabilities: quantiles.probabilities, values: quantiles.values.map { fitted($0) }),
      scenarios: ScenarioSet(grid: grid, targets: scenarios.targets, weights: scenarios.weights, values: paths),
      published: fitted(published), lastKnownDay: lastKnownDay, lastKnown: fitted(lastKnown), dependence: dependence,
      models: models, notes: notes)
  }
}

/// Forecasts the market's load, wind or solar power of one day from published weather and the power of the past.
///
/// - Throws: ``ForecastingError`` if fewer than ``PowerForecast/shortestHistory`` days of power are known, or the last of them
///   lies more than ``PowerForecast/longestDelay`` days back.
public func forecastPower(_ source: PowerForecastInputs) throws(ForecastingError) -> PowerForecast {
  let days = try ExaminedPower(source)
  let known = days.actual.count { $0.contains(where: \.isFinite) }
  guard known >= PowerForecast.shortestHistory else {
    throw ForecastingError(
      "\(known) days of \(source.target.rawValue) are known before \(source.grid.day); a forecast needs at least \(PowerForecast.shortestHistory). Import more history."
    )
  }
  guard days.delay <= PowerForecast.longestDelay else {
    throw ForecastingError(
      "No \(source.target.rawValue) is known of the \(days.delay) days before \(source.grid.day); a forecast needs some of the last \(PowerForecast.longestDelay). Import the days since."
    )
  }
  var walk = try PowerWalk(days)
  let models = try walk.run()
  return try walk.forecast(models)
}
