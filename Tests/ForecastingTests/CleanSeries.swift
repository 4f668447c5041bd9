import Forecasting
import Foundation
import MarketModel
import MarketTestSupport
import NumericMethods

/// Clean series of every habit: a load, a wind that calms to zero, a sun with nights, a fuel price that rests over
/// weekends, a coarse thermometer, a price that rests at its floor.
struct CleanSeries {
  static let first = Example.day(2023, 1, 2)  // a Monday
  var values: [String: [[Double]]] = [:]
  static let names = ["load", "wind", "solar", "gas", "temperature", "price"]

  init(days: Int = 120, perHour: Int = 1, seed: UInt64 = 1) {
    var random = SplitMix64(seed: seed)
    var breeze = 0.0
    var gas = 30.0
    var warmth = 10.0
    for day in 0..<days {
      let weekday = day % 7
      if weekday < 5 { gas += random.nextGaussian() }
      let cloud = 0.3 + 0.7 * random.nextUniform()
      let isCheap = random.nextUniform() < 0.15
      var rows: [String: [Double]] = [:]
      for interval in 0..<24 * perHour {
        let hour = Double(interval) / Double(perHour)
        breeze = 0.95 * breeze + 0.2 * random.nextGaussian()
        warmth = 0.995 * warmth + 0.05 + 0.3 * random.nextGaussian()
        let sun = max(0, sin((hour - 6) / 12 * .pi))
        let load =
          40_000 + 6_000 * sin((hour - 9) / 24 * 2 * .pi) - (weekday > 4 ? 4_000 : 0) + 300 * random.nextGaussian()
        rows["load", default: []].append(load)
        rows["wind", default: []].append(max(0, 3_000 * (breeze + 1)))
        rows["solar", default: []].append(5_000 * cloud * sun)
        rows["gas", default: []].append((gas * 100).rounded() / 100)
        rows["temperature", default: []].append(warmth.rounded())
        rows["price", default: []].append(isCheap && hour > 9 ? -80 : load / 100 + 10 * random.nextGaussian())
      }
      for name in CleanSeries.names { values[name, default: []].append(rows[name] ?? []) }
    }
  }

  func health(_ perHour: Int = 1) throws -> InputHealth {
    try InputHealth(
      CleanSeries.names.map { InputSeries(name: $0, values: values[$0] ?? [], isTarget: $0 == "price") },
      firstDay: CleanSeries.first, intervals: 24 * perHour)
  }
}
