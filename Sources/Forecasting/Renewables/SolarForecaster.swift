/// Forecasts solar power a day ahead from forecast radiation and cloud, one plant or region.
///
/// The sun's path is computed from the place; what of the place or the clock is not known is learned from how the upper
/// edge of the power moves with hour and season. Models, mix and refits as for wind. At night every percentile is zero.
public struct SolarForecaster: WalkForwardForecaster {
  private var forecaster: RenewableForecaster

  /// - Parameters:
  ///   - intervals: of every day.
  ///   - capacity: in the unit of the power; nil takes the largest power seen.
  ///   - latitude, longitude: in degrees, north and east positive; nil learns them.
  ///   - powerDelay: days before the one to forecast of which the power is not published in time; it is not looked at in their
  ///     place, though it is handed.
  ///   - threads: at most so many work at once; the answer does not depend on it.
  public init(
    intervals: Int, capacity: Double?, latitude: Double?, longitude: Double?, seed: UInt64, threads: Int,
    powerDelay: Int = 0, stopwatch: @escaping Stopwatch
  ) {
    forecaster = RenewableForecaster(
      plant: .solar(latitude: latitude, longitude: longitude), intervals: intervals, capacity: capacity, seed: seed,
      threads: threads, stopwatch: stopwatch)
    forecaster.powerDelay = powerDelay
  }

  /// Share of each model in the combined forecast.
  var weights: [(model: String, weight: Double)] { forecaster.weights }

  /// What was left out, and why, in sentences.
  public var notes: [String] { forecaster.notes }

  public mutating func forecasts(for published: SolarDay) throws(ForecastingError) -> [ModelForecast] {
    try forecaster.forecasts(for: RenewableDay(published))
  }

  public mutating func observe(_ published: SolarDay, actual: [Double]) throws(ForecastingError) {
    try forecaster.observe(RenewableDay(published), actual: actual)
  }
}

extension RenewableDay {
  init(_ day: SolarDay) {
    self.init(day: day.day, columns: day.columns, availableCapacity: day.availableCapacity)
  }
}
