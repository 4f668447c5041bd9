internal import Foundation
internal import NumericMethods

/// Percentiles around a point forecast from its errors on days it had not seen, each divided by the volatility that was
/// expected of it then and multiplied by that of now (locally weighted conformal prediction; Lei et al., JASA 2018),
/// with a width that gives way while the 80 % interval covers too little or too much (Gibbs, Candès, NeurIPS 2021).
struct LoadQuantiles: Sendable {
  private static let memoryDays = 365
  private static let patience = 28

  private let intervals: Int
  /// By day, newest last: errors on the ``LoadScale`` over the volatility expected; NaN is not known.
  private var ratios: [[Double]] = []
  /// Running variance by interval, and of the whole day relative to it.
  private var variances: [Double] = []
  private var agitation = 1.0
  private var width = 1.0
  /// Interval × (10 %, 90 %) of the ratios, renewed weekly; only the width is steered by it.
  private var bounds: [[Double]] = []
  private var observed = 0

  init(intervals: Int) { self.intervals = intervals }

  /// Learns from a day's errors (actual − forecast on the scale, NaN is not known).
  mutating func observe(_ errors: [Double]) {
    guard errors.contains(where: { $0.isFinite }) else { return }
    if variances.isEmpty {
      let known = errors.filter { $0.isFinite }
      variances = [Double](repeating: max(mean(known.map { $0 * $0 }), 1e-8), count: intervals)
    }
    if ratios.count >= LoadQuantiles.patience { adapt(to: errors) }
    let volatility = volatility()
    ratios.append(zip(errors, volatility).map { $0 / $1 })
    if ratios.count > LoadQuantiles.memoryDays { ratios.removeFirst() }
    var relative = 0.0
    var count = 0.0
    for interval in errors.indices where errors[interval].isFinite {
      let square = min(errors[interval] * errors[interval], 36 * variances[interval])
      relative += square / variances[interval]
      count += 1
      variances[interval] += max(1.0 / 90, 1 / Double(ratios.count + 1)) * (square - variances[interval])
      variances[interval] = max(variances[interval], 1e-8)
    }
    agitation += (relative / count - agitation) / 12
  }

  /// 99 rows of one value for each interval, on the scale, not falling in the row; empty before the first error.
  func quantiles(around point: [Double], threads: Int) -> [[Double]] {
    guard !ratios.isEmpty else { return [] }
    let offsets = offsets(at: (1...99).map { Double($0) / 100 }, threads: threads)
    return (0..<99).map { level in point.indices.map { point[$0] + offsets[$0][level] } }
  }

  /// Interval × level: how far the quantile lies from the point.
  private func offsets(at levels: [Double], threads: Int) -> [[Double]] {
    let volatility = volatility()
    return concurrentMap(count: intervals, threads: threads) { interval in
      let distribution = EmpiricalDistribution(of: pooled(around: interval))
      return levels.map { width * volatility[interval] * distribution.quantile(at: $0) }
    }
  }

  /// The ratios of this and of the neighbouring hours.
  private func pooled(around interval: Int) -> [Double] {
    let perHour = max(1, intervals / 24)
    let range = max(0, interval - perHour)...min(intervals - 1, interval + perHour)
    var result: [Double] = []
    result.reserveCapacity(ratios.count * range.count)
    for day in ratios { for value in day[range] where value.isFinite { result.append(value) } }
    return result.isEmpty ? [0] : result
  }

  private func volatility() -> [Double] {
    let factor = max(agitation, 0.05).squareRoot().squareRoot()
    return variances.map { $0.squareRoot() * factor }
  }

  /// Widens after a day that left the 80 % interval more often than a fifth of its intervals, narrows otherwise.
  private mutating func adapt(to errors: [Double]) {
    if bounds.isEmpty || observed % 7 == 0 {
      bounds = (0..<intervals).map { interval in
        let distribution = EmpiricalDistribution(of: pooled(around: interval))
        return [0.1, 0.9].map { distribution.quantile(at: $0) }
      }
    }
    observed += 1
    let volatility = volatility()
    var outside = 0.0
    var count = 0.0
    for interval in errors.indices where errors[interval].isFinite {
      count += 1
      let ratio = errors[interval] / (width * volatility[interval])
      if ratio < bounds[interval][0] || ratio > bounds[interval][1] { outside += 1 }
    }
    width = min(max(width * exp(0.02 * (outside / count - 0.2)), 0.7), 1.5)
  }
}
