/// Forecasts wind power a day ahead from forecast wind, one plant or region.
///
/// A learned power curve feeds analogues, linear quantiles, boosted quantiles and a quantile forest; their percentiles are
/// averaged with weights by recent pinball loss, and levels are corrected by what recent truths were seen to do. Fitted
/// anew at the first forecast of each calendar month. The power of the day before is taken as known; hand NaN for it
/// where it is not.
public struct WindForecaster: WalkForwardForecaster {
  private var forecaster: RenewableForecaster

  /// - Parameters:
  ///   - intervals: of every day.
  ///   - capacity: in the unit of the power; nil takes the largest power seen.
  ///   - latitude, longitude: not used for wind.
  ///   - powerDelay: days before the one to forecast of which the power is not published in time; it is not looked at in their
  ///     place, though it is handed.
  ///   - threads: at most so many work at once; the answer does not depend on it.
  public init(
    intervals: Int, capacity: Double?, latitude: Double?, longitude: Double?, seed: UInt64, threads: Int,
    powerDelay: Int = 0, stopwatch: @escaping Stopwatch
  ) {
    forecaster = RenewableForecaster(
      plant: .wind, intervals: intervals, capacity: capacity, seed: seed, threads: threads, stopwatch: stopwatch)
    forecaster.powerDelay = powerDelay
  }

  /// Share of each model in the combined forecast.
  var weights: [(model: String, weight: Double)] { forecaster.weights }

  /// What was left out, and why, in sentences.
  public var notes: [String] { forecaster.notes }

  public mutating func forecasts(for published: WindDay) throws(ForecastingError) -> [ModelForecast] {
    try forecaster.forecasts(for: RenewableDay(published))
  }

  public mutating func observe(_ published: WindDay, actual: [Double]) throws(ForecastingError) {
    try forecaster.observe(RenewableDay(published), actual: actual)
  }
}

extension RenewableDay {
  init(_ day: WindDay) {
    self.init(day: day.day, columns: day.columns, availableCapacity: day.availableCapacity)
  }
}
