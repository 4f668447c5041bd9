internal import Foundation
internal import NumericMethods

/// Quantiles of the price around a point forecast, from errors on days that the models had not seen.
///
/// For an interval, the errors of the same and of neighbouring intervals count, each with a weight that falls with the
/// distance between the forecast then and the forecast now: the error below a forecast near the floor is small, the one
/// above an evening peak is large. What lies beyond the price limits gathers at them, so that mass at the floor is a
/// probability. O(intervals · errors · log errors).
struct ResidualQuantiles {
  static let probabilities = (1...99).map { Double($0) / 100 }

  /// By held-out day, forecasts and errors by interval.
  let forecasts: [[Double]]
  let errors: [[Double]]
  let lowest: Double
  let highest: Double
  private let bandwidth: Double

  init(forecasts: [[Double]], actuals: [[Double]], lowest: Double?, highest: Double?) {
    self.forecasts = forecasts
    errors = zip(forecasts, actuals).map { zip($0, $1).map { $1 - $0 } }
    self.lowest = lowest ?? -.infinity
    self.highest = highest ?? .infinity
    let all = forecasts.flatMap { $0 }
    bandwidth = max(0.35 * (all.count > 1 ? standardDeviation(all) : 1), 1e-6)
  }

  /// 99 rows of one value for each interval, not falling from row to row.
  func quantiles(of forecast: [Double], neighbourIntervals: Int, threads: Int) -> [[Double]] {
    let columns = concurrentMap(count: forecast.count, threads: threads) { interval in
      column(interval, forecast: forecast[interval], neighbours: neighbourIntervals)
    }
    return ResidualQuantiles.probabilities.indices.map { level in columns.map { $0[level] } }
  }

  private func column(_ interval: Int, forecast: Double, neighbours: Int) -> [Double] {
    let range = max(0, interval - neighbours)...min(forecasts[0].count - 1, interval + neighbours)
    var weighted: [(error: Double, weight: Double)] = []
    for (day, own) in forecasts.enumerated() {
      for other in range {
        let distance = (own[other] - forecast) / bandwidth
        weighted.append((errors[day][other], exp(-0.5 * min(distance * distance, 12)) + 1e-3))
      }
    }
    weighted.sort { $0.error < $1.error }
    let total = weighted.reduce(0) { $0 + $1.weight }
    var result: [Double] = []
    var sum = 0.0
    var position = 0
    for probability in ResidualQuantiles.probabilities {
      while position < weighted.count - 1, sum + weighted[position].weight < probability * total {
        sum += weighted[position].weight
        position += 1
      }
      result.append(min(max(forecast + weighted[position].error, lowest), highest))
    }
    return result
  }
}
