import Forecasting
import MarketModel
import MarketTestSupport
import NumericMethods

/// A made market whose law is known: each price is a share of the day before's, a coefficient times the published load,
/// an effect of the weekday and an error whose neighbours within the day are correlated.
///
///     price(d, t) = 100 + 0.5 · price(d − 1, t) + 5 · load(d, t) + weekday(d) + error(d, t)
struct SyntheticMarket {
  static let start = Example.day(2023, 1, 2)  // a Monday
  static let memory = 0.5
  static let perLoad = 5.0
  static let weekdayEffect: [Double] = [15, 5, 0, 0, 5, -25, -50]

  struct Law {
    /// Standard deviation of the error.
    var error = 10.0
    /// Correlation of the errors of neighbouring intervals.
    var correlation = 0.8
    /// From 10:00 to 15:00 a price falls to −80 with this probability, day by day.
    var floorShare = 0.0
    /// Standard deviation of the day's shift of load, which all its intervals share.
    var loadShift = 4.0
  }

  let length: IntervalLength
  let days: [MarketDay]
  var prices: [[Double]]
  var load: [[Double]]

  init(days count: Int, length: IntervalLength = .hour, seed: UInt64, law: Law = Law()) {
    self.length = length
    days = (0..<count).map { SyntheticMarket.start.advanced(by: $0) }
    prices = []
    load = []
    var random = SplitMix64(seed: seed)
    var level = 0.0
    var before = [Double](repeating: 500, count: length.perOrdinaryDay)
    for day in days {
      level = 0.6 * level + law.loadShift * random.nextGaussian()
      let ownLoad = SyntheticMarket.loadPath(length, level: level, random: &random)
      let clear = random.nextUniform() < law.floorShare
      var error = random.nextGaussian()
      var path: [Double] = []
      for interval in ownLoad.indices {
        error = law.correlation * error + (1 - law.correlation * law.correlation).squareRoot() * random.nextGaussian()
        path.append(
          100 + SyntheticMarket.memory * before[interval] + SyntheticMarket.perLoad * ownLoad[interval]
            + SyntheticMarket.weekdayEffect[day.weekday - 1] + law.error * error)
      }
      before = path
      load.append(ownLoad)
      prices.append(
        path.enumerated().map { interval, price in
          let hour = Double(interval) * length.hours
          return clear && hour >= 10 && hour < 15 ? -80 : price
        })
    }
  }

  /// A two-humped day that moves by the day's level.
  private static func loadPath(_ length: IntervalLength, level: Double, random: inout SplitMix64) -> [Double] {
    (0..<length.perOrdinaryDay).map { interval in
      let hour = Double(interval) * length.hours
      let shape = hour < 6 ? 20.0 : hour < 17 ? 35 : hour < 22 ? 50 : 30
      return shape + level + 0.5 * random.nextGaussian()
    }
  }

  /// What is known before the day at `position`.
  func inputs(
    at position: Int, from first: Int = 0, withLoad: Bool = true, holidays: Set<MarketDay> = [], lowest: Double? = nil,
    highest: Double? = nil, scenarios: Int = 100, seed: UInt64 = 1, threads: Int = 2
  ) throws -> PriceForecastInputs {
    try PriceForecastInputs(
      grid: IntervalGrid(ordinary: days[position], length: length), historyDays: Array(days[first..<position]),
      prices: Array(prices[first..<position]),
      inputs: withLoad
        ? [
          PriceForecastInputs.PublishedInput(
            name: "load", history: Array(load[first..<position]), day: load[position])
        ] : [], holidays: holidays, shiftedWorkdays: [], lowestPrice: lowest, highestPrice: highest,
      scenarioCount: scenarios,
      seed: seed, threads: threads)
  }
}

/// Correlation of two samples.
func correlation(_ first: [Double], _ second: [Double]) -> Double {
  let a = mean(first)
  let b = mean(second)
  let product = zip(first, second).reduce(0) { $0 + ($1.0 - a) * ($1.1 - b) } / Double(first.count - 1)
  return product / (standardDeviation(first) * standardDeviation(second))
}
