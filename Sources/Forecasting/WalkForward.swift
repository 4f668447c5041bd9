/// What one model says of one day.
public struct ModelForecast: Hashable, Sendable {
  /// Name of the model, as "lear-1092" or "ensemble".
  public let model: String
  /// One value for each interval, in the target's unit.
  public let point: [Double]
  /// quantiles[q][t]: percentile q + 1 in interval t, 99 rows, not falling in q; empty if the model gives a path only.
  public let quantiles: [[Double]]
  /// paths[path · intervals + interval]: equally likely joint paths of the day; empty if the model gives none.
  public let paths: [Double]
  /// Computing time that this model took for the day, by the forecaster's stopwatch.
  public let seconds: Double

  public init(
    model: String, point: [Double], quantiles: [[Double]] = [], paths: [Double] = [], seconds: Double = 0
  ) {
    precondition(quantiles.isEmpty || quantiles.count == 99, "99 percentiles or none")
    precondition(quantiles.allSatisfy { $0.count == point.count }, "one quantile for each interval")
    self.model = model
    self.point = point
    self.quantiles = quantiles
    precondition(paths.isEmpty || paths.count % point.count == 0, "one value for each interval of a path")
    self.paths = paths
    self.seconds = seconds
  }
}

/// A forecaster that lives through history one day at a time: it forecasts a day from what it was handed before, and
/// is told afterwards what came. It holds nothing that lies after the day it was last told of, so it cannot look ahead.
public protocol WalkForwardForecaster {
  /// What is published of a day before its gate: weather forecasts, inputs, the calendar.
  associatedtype Published

  /// Forecasts the day after the last one observed, the combined forecast last.
  ///
  /// - Throws: ``ForecastingError`` if what was handed cannot be used, in one sentence.
  mutating func forecasts(for published: Published) throws(ForecastingError) -> [ModelForecast]

  /// Takes what was published of a day and what came, one value for each interval; NaN is "not known". Called for every
  /// day of the calendar in order, forecast or not.
  mutating func observe(_ published: Published, actual: [Double]) throws(ForecastingError)
}

/// A forecaster that says in sentences what it found wrong with what it was handed and what it did without.
public protocol NotedForecaster {
  /// Those of the last forecast, or all so far.
  var notes: [String] { get }
}

extension PriceForecaster: NotedForecaster {}
extension RealTimeForecaster: NotedForecaster {}
extension LoadForecaster: NotedForecaster {}
extension WindForecaster: NotedForecaster {}
extension SolarForecaster: NotedForecaster {}

/// A forecaster of joint paths that shows on what past their dependence rests, so that others can be made from the same.
public protocol ScenarioForecaster {
  /// pastScores[day][interval]: normal score of a past day's truth among the percentiles forecast for it, oldest first.
  var pastScores: [[Double]] { get }
}

/// Seconds on a clock that only moves forward; a parameter, so that a forecast does not depend on the time of day.
public typealias Stopwatch = @Sendable () -> Double
