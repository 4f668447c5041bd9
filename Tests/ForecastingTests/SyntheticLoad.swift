import Forecasting
import Foundation
import MarketModel
import MarketTestSupport
import NumericMethods

/// A load with a known law: 100 MW, a daily wave, weekends 10 MW lower, and ±0.9 MW for each °C above or below 15 °C of
/// the first station; the other stations have weather of their own.
struct SyntheticLoad {
  var days: [LoadDay] = []
  var actuals: [[Double]] = []
  /// The load without its noise.
  var expected: [[Double]] = []

  init(
    days count: Int, intervals: Int = 24, stations: Int = 1, noise: Double = 0.5, holidays: Set<Int> = [],
    seed: UInt64
  ) {
    var generator = SplitMix64(seed: seed)
    var levels = [Double](repeating: 0, count: stations)
    for index in 0..<count {
      let day = Example.day(2021, 1, 1).advanced(by: index)
      for station in levels.indices { levels[station] = 0.8 * levels[station] + 3 * generator.nextGaussian() }
      let season = 15 - 10 * cos(2 * Double.pi * Double(day.dayOfYear) / 365.25)
      let temperatures = levels.map { level in
        (0..<intervals).map { season + level + 4 * sin(2 * Double.pi * (Double($0) / Double(intervals) - 0.35)) }
      }
      let published = LoadDay(day: day, temperatures: temperatures, isHoliday: holidays.contains(index))
      let isFree = published.isHoliday || day.weekday > 5
      let law = (0..<intervals).map { interval in
        100 + 15 * sin(2 * Double.pi * (Double(interval) / Double(intervals) - 0.3)) - (isFree ? 10 : 0)
          + (stations > 0 ? 0.9 * abs(temperatures[0][interval] - 15) : 0)
      }
      days.append(published)
      expected.append(law)
      actuals.append(law.map { $0 + noise * generator.nextGaussian() })
    }
  }

  /// A forecaster that was told of all days before a position.
  func forecaster(
    before end: Int, seed: UInt64 = 1, threads: Int = 1, changed: (Int, LoadDay) -> LoadDay = { $1 }
  ) throws -> LoadForecaster {
    let names = days[0].temperatures.indices.map { "station \($0 + 1)" }
    var forecaster = LoadForecaster(
      intervals: actuals[0].count, stations: names, seed: seed, threads: threads, stopwatch: { 0 })
    for index in 0..<end { try forecaster.observe(changed(index, days[index]), actual: actuals[index]) }
    return forecaster
  }
}
