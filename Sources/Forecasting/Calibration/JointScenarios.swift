internal import Foundation
internal import NumericMethods

/// Paths over the intervals of a day whose values at each interval are the forecast's quantiles and whose dependence is
/// that of past errors: a Gaussian copula, stratified.
///
/// Errors of held-out days become normal scores by rank within the interval; their correlation, four fifths, and a kernel
/// that falls over four hours, one fifth, make the covariance. Each path's value at an interval is the quantile at the rank
/// that the path has there, so every interval's marginal is the forecast's own whatever the seed.
struct JointScenarios {
  static let kernelShare = 0.2
  static let kernelHours = 4.0

  private let factor: Cholesky?
  private let intervals: Int

  init(errors: [[Double]], hoursPerInterval: Double) {
    intervals = errors.first?.count ?? 0
    let count = errors.count
    guard count >= 10 else {
      factor = nil
      return
    }
    let scores = (0..<intervals).map { interval -> [Double] in
      let order = errors.indices.sorted { (errors[$0][interval], $0) < (errors[$1][interval], $1) }
      var own = [Double](repeating: 0, count: count)
      for (rank, day) in order.enumerated() {
        own[day] = NormalDistribution.standard.quantile(at: (Double(rank) + 0.5) / Double(count))
      }
      let size = own.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return own.map { $0 / size }
    }
    let table = Matrix(rows: count, columns: intervals, columnMajor: scores.flatMap { $0 })
    var covariance = table.gram()
    for row in 0..<intervals {
      for column in 0..<intervals {
        let kernel = exp(-Double(abs(row - column)) * hoursPerInterval / JointScenarios.kernelHours)
        covariance[row, column] =
          (1 - JointScenarios.kernelShare) * covariance[row, column] + JointScenarios.kernelShare * kernel
          + (row == column ? 1e-6 : 0)
      }
    }
    do {
      factor = try Cholesky(of: covariance)
    } catch {
      // A sum of a Gram matrix and a positive definite kernel has a factor.
      preconditionFailure("\(error)")
    }
  }

  /// values[path · intervals + interval].
  func paths(count: Int, quantiles: [[Double]], seed: UInt64) -> [Double] {
    var random = SplitMix64(seed: seed)
    let width = quantiles[0].count
    let normal = (0..<count).map { _ -> [Double] in
      guard let factor else {
        let common = random.nextGaussian()
        return [Double](repeating: common, count: width)
      }
      return factor.correlating((0..<width).map { _ in random.nextGaussian() })
    }
    var values = [Double](repeating: 0, count: count * width)
    for interval in 0..<width {
      let order = (0..<count).sorted { (normal[$0][interval], $0) < (normal[$1][interval], $1) }
      for (rank, path) in order.enumerated() {
        let probability = (Double(rank) + 0.5) / Double(count)
        values[path * width + interval] = JointScenarios.quantile(quantiles, interval, at: probability)
      }
    }
    return values
  }

  /// Linear between the 99 rows, level beyond them.
  private static func quantile(_ quantiles: [[Double]], _ interval: Int, at probability: Double) -> Double {
    let position = min(max(probability * 100 - 1, 0), Double(quantiles.count - 1))
    let lower = Int(position)
    guard lower + 1 < quantiles.count else { return quantiles[lower][interval] }
    let low = quantiles[lower][interval]
    return low + (position - Double(lower)) * (quantiles[lower + 1][interval] - low)
  }
}
