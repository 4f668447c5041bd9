import Foundation
import MarketModel
import NumericMethods

@testable import Forecasting

/// Plants whose power follows from their weather by a known law.
enum SyntheticPlants {
  static let first = MarketDay(dayNumber: 15_000)

  /// The share of capacity at a wind speed: cubic up to 12 m/s, level above.
  static func powerCurve(_ speed: Double) -> Double { min(1, pow(max(0, speed - 3) / 9, 3)) }

  /// Wind that wanders; the power is the curve's, with noise where the curve is steep.
  static func wind(days: Int, seed: UInt64, capacity: Double = 1) -> [(day: WindDay, power: [Double])] {
    var random = SplitMix64(seed: seed)
    var level = 8.0
    var angle = 1.0
    return (0..<days).map { index in
      var columns: [String: [Double]] = [:]
      var power: [Double] = []
      for _ in 0..<24 {
        level = max(0.5, 8 + 0.93 * (level - 8) + 1.1 * random.nextGaussian())
        angle += 0.1 * random.nextGaussian()
        columns["u100", default: []].append(level * sin(angle))
        columns["v100", default: []].append(level * cos(angle))
        columns["u10", default: []].append(0.7 * level * sin(angle - 0.1))
        columns["v10", default: []].append(0.7 * level * cos(angle - 0.1))
        power.append(capacity * powerCurve(max(0, level + 0.4 * random.nextGaussian())))
      }
      return (WindDay(day: first.advanced(by: index), columns: columns), power)
    }
  }

  /// Sun at 35° north, 30° east, clocks in UTC: the power is the radiation's, less in heat of the afternoon; radiation
  /// accumulates over the day as in the weather centre's files.
  static func solar(days: Int, seed: UInt64, start: Int = 0) -> [(day: SolarDay, power: [Double])] {
    var random = SplitMix64(seed: seed)
    let sun = SunPosition(latitude: 35, hoursAhead: 2)
    var cloud = 0.4
    return (0..<days).map { index in
      let day = first.advanced(by: start + index)
      var sum = 0.0
      var sums: [Double] = []
      var clouds: [Double] = []
      var power: [Double] = []
      for interval in 0..<24 {
        cloud = min(1, max(0, 0.4 + 0.9 * (cloud - 0.4) + 0.15 * random.nextGaussian()))
        let clear = SunPosition.clearSky(sun.elevationSine(day, hour: Double(interval) + 0.5))
        let radiation = clear * (1 - 0.7 * cloud)
        sum += radiation * 3_600
        sums.append(sum)
        clouds.append(cloud)
        power.append(max(0, radiation / 1_000 * (1 + 0.05 * random.nextGaussian())))
      }
      return (SolarDay(day: day, columns: ["ssrd": sums, "tcc": clouds]), power)
    }
  }
}

/// Percentiles fall nowhere and are numbers.
func isOrdered(_ forecast: ModelForecast) -> Bool {
  forecast.quantiles.count == 99
    && zip(forecast.quantiles, forecast.quantiles.dropFirst()).allSatisfy { lower, upper in
      zip(lower, upper).allSatisfy { $0 <= $1 + 1e-12 }
    } && forecast.quantiles.allSatisfy { $0.allSatisfy(\.isFinite) }
}

/// Mean pinball loss over the day.
func pinball(_ forecast: ModelForecast, _ actual: [Double]) -> Double {
  mean(
    actual.indices.map { interval in
      averagePinballLoss(ofPercentiles: forecast.quantiles.map { $0[interval] }, against: actual[interval])
    })
}
