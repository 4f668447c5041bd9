internal import Foundation
internal import NumericMethods

/// How the real-time price scatters around the forecast, from forecasts that were made before their days.
///
/// Past errors count with a weight that falls with the distance of their hour, of their day-ahead price and with their age,
/// after division by the volatility of their day (its root: the calm and the nervous regime borrow from each other). The width is
/// corrected from day to day so that the central 80 % interval holds 80 % (adaptive conformal inference, Gibbs and Candès,
/// NeurIPS 2021).
struct SpreadDistribution: Sendable {
  static let windowDays = 120
  static let leastDays = 5
  static let halfLife = 60.0
  /// Days over which the volatility forgets half.
  static let volatilityHalfLife = 5.0
  static let learningRate = 0.1

  struct Day: Sendable {
    let dayAhead: [Double]
    let forecast: [Double]
    let actual: [Double]
    /// Known before the day.
    let scale: Double
  }

  let intervals: Int
  let lowest: Double
  let highest: Double
  private(set) var days: [Day] = []
  private var volatility: Double?
  private var breadth = 1.0

  init(intervals: Int, lowest: Double?, highest: Double?) {
    self.intervals = intervals
    self.lowest = lowest ?? -.infinity
    self.highest = highest ?? .infinity
  }

  var isReady: Bool { days.count >= SpreadDistribution.leastDays }
  private var scale: Double { (volatility ?? 1).squareRoot() }

  /// Past errors by size, with weights for one interval; infinite where the price lay at a limit.
  struct Errors {
    /// Ascending.
    let errors: [Double]
    let weights: [Double]
    let total: Double

    /// (Σw)² / Σw²: how many equally weighted errors they are worth.
    var worth: Double { total * total / max(weights.reduce(0) { $0 + $1 * $1 }, 1e-300) }

    func share(where isTrue: (Double) -> Bool) -> Double {
      zip(errors, weights).reduce(0) { $0 + (isTrue($1.0) ? $1.1 : 0) } / total
    }

    /// The 99 percentiles, linear between the middles of the weights.
    func percentiles() -> [Double] {
      var result: [Double] = []
      result.reserveCapacity(99)
      var position = 0
      var middle = weights[0] / 2
      var middleBefore = middle
      for level in 1...99 {
        let target = Double(level) / 100 * total
        while position + 1 < errors.count, middle < target {
          middleBefore = middle
          middle += (weights[position] + weights[position + 1]) / 2
          position += 1
        }
        if position == 0 || middle <= target {
          result.append(errors[position])
        } else if !errors[position - 1].isFinite || !errors[position].isFinite {
          // Between a limit and a number there is nothing: the nearer one.
          result.append(errors[2 * target < middleBefore + middle ? position - 1 : position])
        } else {
          let share = (target - middleBefore) / (middle - middleBefore)
          result.append(errors[position - 1] + min(max(share, 0), 1) * (errors[position] - errors[position - 1]))
        }
      }
      return result
    }
  }

  /// By interval; empty before enough days are known.
  func errors(dayAhead: [Double], threads: Int) -> [Errors] {
    guard isReady else { return [] }
    var all: [(error: Double, price: Double, interval: Int, age: Double)] = []
    for (index, day) in days.enumerated() {
      for interval in 0..<intervals {
        let actual = day.actual[interval]
        guard actual.isFinite else { continue }
        let moved = (actual - day.forecast[interval]) / day.scale * scale * breadth
        // A price at a limit is mass there, wherever the forecast lay.
        let error = actual <= lowest ? -.infinity : actual >= highest ? .infinity : moved
        all.append((error, day.dayAhead[interval], interval, Double(days.count - index)))
      }
    }
    guard !all.isEmpty else { return [] }
    all.sort { ($0.error, $0.age, $0.interval) < ($1.error, $1.age, $1.interval) }
    let sorted = all
    let level = max(median(sorted.map { abs($0.price) }), 1e-6)
    let recency = (0...days.count).map { pow(0.5, Double($0) / SpreadDistribution.halfLife) }
    return concurrentMap(count: intervals, threads: threads) { interval in
      let width = 0.4 * max(abs(dayAhead[interval]), level / 2)
      let weights = sorted.map { entry in
        let steps = abs(entry.interval - interval)
        let hours = Double(min(steps, intervals - steps)) / Double(intervals) * 24 / 2
        let price = (entry.price - dayAhead[interval]) / width
        return (exp(-0.5 * min(hours * hours + price * price, 40)) + 1e-4) * recency[Int(entry.age)]
      }
      return Errors(errors: sorted.map(\.error), weights: weights, total: weights.reduce(0, +))
    }
  }

  /// 99 rows of one value for each interval, within the price limits; the forecast itself while too few errors are known.
  func quantiles(of forecast: [Double], errors: [Errors]) -> [[Double]] {
    guard !errors.isEmpty else { return [[Double]](repeating: forecast, count: 99) }
    let columns = errors.map { $0.percentiles() }
    return (0..<99).map { level in
      forecast.indices.map { min(max(forecast[$0] + columns[$0][level], lowest), highest) }
    }
  }

  /// Learns from a day that has passed; days without a known interval leave no trace.
  mutating func learn(dayAhead: [Double], forecast: [Double], quantiles: [[Double]], actual: [Double]) {
    let known = actual.indices.filter { (actual[$0] - forecast[$0]).isFinite }
    guard !known.isEmpty else { return }
    let size = max(mean(known.map { abs(actual[$0] - forecast[$0]) }), 1e-6)
    if isReady {
      let inside = known.count { quantiles[9][$0] <= actual[$0] && actual[$0] <= quantiles[89][$0] }
      let missing = 0.8 - Double(inside) / Double(known.count)
      breadth = min(max(breadth * exp(SpreadDistribution.learningRate * missing), 0.5), 2)
    }
    days.append(Day(dayAhead: dayAhead, forecast: forecast, actual: actual, scale: (volatility ?? size).squareRoot()))
    if days.count > SpreadDistribution.windowDays { days.removeFirst() }
    let share = pow(0.5, 1 / SpreadDistribution.volatilityHalfLife)
    volatility = share * (volatility ?? size) + (1 - share) * size
  }
}
