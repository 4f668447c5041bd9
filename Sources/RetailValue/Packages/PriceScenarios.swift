internal import Foundation
internal import NumericMethods

/// Months of hourly mean prices in many scenarios, with a draw that loads share.
///
/// A scenario's month is made of days drawn from the same calendar month of the price history, times a level that wanders over
/// the year; what is known of the future enters by scaling to forward prices. Made from history: assumed until the price engine's
/// yearly scenarios are read.
public struct PriceScenarios: Sendable {
  public let scenarios: Int
  /// Calendar months 1…12 of the year that is simulated, in order.
  public let calendarMonths: [Int]
  /// [(scenario · months + month) · 24 + hour]: means over the month's days.
  let dayAhead: [Double]
  let realTime: [Double]
  /// ln of each scenario's price level, shared with the loads: [scenario · months + month].
  let levels: [Double]

  /// - Throws: ``RetailProblem`` if the history lacks prices.
  public init(_ hours: PriceHours, months: [Int], scenarios: Int, seed: UInt64, volatility: Double = 0.10)
    throws(RetailProblem)
  {
    guard hours.hasPrices else {
      throw RetailProblem("Packages are simulated from hourly prices; give them with --prices.")
    }
    self.scenarios = scenarios
    calendarMonths = months.map { $0 % 12 + 1 }
    let days = months.map { PriceScenarios.days(hours, month: $0) }
    guard let fallback = days.first(where: { !$0.isEmpty }) else {
      throw RetailProblem("No day of the price file has all of its 24 hours.")
    }
    var random = SplitMix64(seed: seed)
    var dayAhead: [Double] = []
    var realTime: [Double] = []
    var levels: [Double] = []
    for _ in 0..<scenarios {
      var level = 0.0
      for month in months.indices {
        let pool = days[month].isEmpty ? fallback : days[month]
        level = 0.8 * level + volatility * 0.6 * random.nextGaussian()
        let factor = exp(level - volatility * volatility / 2)
        var sums = (dayAhead: [Double](repeating: 0, count: 24), realTime: [Double](repeating: 0, count: 24))
        for _ in 0..<pool.count {
          let drawn = pool[random.nextIndex(below: pool.count)]
          for hour in 0..<24 {
            sums.dayAhead[hour] += drawn.dayAhead[hour]
            sums.realTime[hour] += drawn.realTime[hour]
          }
        }
        dayAhead += sums.dayAhead.map { factor * $0 / Double(pool.count) }
        realTime += sums.realTime.map { factor * $0 / Double(pool.count) }
        levels.append(level)
      }
    }
    self.dayAhead = dayAhead
    self.realTime = realTime
    self.levels = levels
  }

  private static func days(_ hours: PriceHours, month: Int) -> [(dayAhead: [Double], realTime: [Double])] {
    guard let first = hours.dayAhead[month], let second = hours.realTime[month] else { return [] }
    return (0..<31).compactMap { day in
      let span = (day * 24)..<(day * 24 + 24)
      let pair = (dayAhead: Array(first[span]), realTime: Array(second[span]))
      return (pair.dayAhead + pair.realTime).allSatisfy(\.isFinite) ? pair : nil
    }
  }

  /// Reference prices of a month; the companies' averages are the market's with a fixed distance.
  func references(_ scenario: Int, _ month: Int, flat: Double, ownDistance: Double, hasTip: Bool) -> MonthReferences {
    let start = (scenario * calendarMonths.count + month) * 24
    let dayAhead = mean(Array(dayAhead[start..<(start + 24)]))
    let realTime = mean(Array(realTime[start..<(start + 24)]))
    let all = 0.8 * flat + 0.2 * realTime
    return MonthReferences(
      [
        .dayAheadAverage: dayAhead, .realTimeAverage: realTime, .allRetailers: all, .ownAverage: all + ownDistance,
        .flatContracts: flat,
      ], hasTip: hasTip)
  }
}
