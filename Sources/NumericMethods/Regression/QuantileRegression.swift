/// Linear quantile regression at several levels, by Newton steps on a smoothed pinball loss.
///
/// The pinball loss is convolved with an Epanechnikov kernel of the given half-width (Fernandes, Guerre, Horta, Journal of
/// Business & Economic Statistics 2021), which makes it twice differentiable; a ridge pulls coefficients towards zero.
/// Coefficients stay between fits, so that a fit on a window that moved by a day needs one step.
/// Averaging forecasts this way is quantile regression averaging (Nowotarski, Weron, Computational Statistics 2015).
public struct QuantileRegression: Sendable, Codable {
  public let levels: [Double]
  /// Ridge for each coefficient, in units of summed weights.
  public let penalties: [Double]
  /// Half-width of the kernel, in the unit of the response.
  public let bandwidth: Double
  /// By level, one value for each predictor; empty before the first fit.
  public private(set) var coefficients: [[Double]] = []

  /// Share of the curvature of least squares that every step adds, so that sparse tails move calmly.
  private static let calm = 0.02
  private static let stepLimit = 1.0

  public init(levels: [Double], penalties: [Double], bandwidth: Double) {
    precondition(bandwidth > 0, "A bandwidth is above zero, was \(bandwidth)")
    self.levels = levels
    self.penalties = penalties
    self.bandwidth = bandwidth
  }

  /// Fits all levels to rows of predictors (row after row, the constant 1 first), responses and weights.
  ///
  /// The first fit starts from the unconditional quantiles and takes at least twelve steps.
  public mutating func fit(rows: [Double], response: [Double], weights: [Double], steps: Int = 1, threads: Int = 1) {
    let width = penalties.count
    precondition(rows.count == response.count * width, "\(response.count) responses need as many rows of \(width)")
    precondition(weights.count == response.count, "\(response.count) responses need as many weights")
    let first = coefficients.isEmpty
    if first {
      coefficients = weightedConformalQuantiles(response, weights: weights, at: levels).map {
        [$0] + [Double](repeating: 0, count: width - 1)
      }
    }
    let calm = QuantileRegression.leastSquaresCurvature(rows, weights, width: width)
    let before = self
    coefficients = concurrentMap(count: levels.count, threads: threads) { index in
      var own = before.coefficients[index]
      for _ in 0..<(first ? max(steps, 12) : steps) {
        before.improve(&own, level: before.levels[index], rows, response, weights, calm)
      }
      return own
    }
  }

  /// The quantiles for one row of predictors, put into ascending order (Chernozhukov, Fernández-Val, Galichon 2010).
  public func quantiles(at row: [Double]) -> [Double] {
    coefficients.map { zip($0, row).reduce(0) { $0 + $1.0 * $1.1 } }.sorted()
  }

  private static func leastSquaresCurvature(_ rows: [Double], _ weights: [Double], width: Int) -> [Double] {
    var packed = [Double](repeating: 0, count: width * (width + 1) / 2)
    rows.withUnsafeBufferPointer { rows in
      packed.withUnsafeMutableBufferPointer { packed in
        guard let start = rows.baseAddress, let target = packed.baseAddress else { return }
        for (index, weight) in weights.enumerated() where weight > 0 {
          NewtonSums.add(start + index * width, width: width, weight: calm * weight, to: target)
        }
      }
    }
    return packed
  }

  /// One Newton step for one level.
  private func improve(
    _ own: inout [Double], level: Double, _ rows: [Double], _ response: [Double], _ weights: [Double], _ calm: [Double]
  ) {
    let width = penalties.count
    var sums = NewtonSums(width: width)
    sums.curvature = calm
    for index in 0..<width { sums.gradient[index] = penalties[index] * own[index] }
    accumulate(&sums, own, level: level, rows, response, weights)
    sums.addToDiagonal(penalties)
    let step = sums.step(limit: QuantileRegression.stepLimit)
    for index in 0..<width { own[index] -= step[index] }
  }

  private func accumulate(
    _ sums: inout NewtonSums, _ own: [Double], level: Double, _ rows: [Double], _ response: [Double],
    _ weights: [Double]
  ) {
    let width = penalties.count
    let inverse = 1 / bandwidth
    sums.gradient.withUnsafeMutableBufferPointer { gradient in
      sums.curvature.withUnsafeMutableBufferPointer { curvature in
        rows.withUnsafeBufferPointer { rows in
          own.withUnsafeBufferPointer { own in
            guard let start = rows.baseAddress, let packed = curvature.baseAddress else { return }
            for index in 0..<response.count where weights[index] > 0 {
              let row = start + index * width
              var residual = response[index]
              for predictor in 0..<width { residual -= row[predictor] * own[predictor] }
              let scaled = residual * inverse
              // Smoothed share of the distribution at or below the quantile.
              let below =
                scaled >= 1 ? 0 : scaled <= -1 ? 1 : 0.5 - 0.75 * scaled + 0.25 * scaled * scaled * scaled
              let slope = weights[index] * (below - level)
              for predictor in 0..<width { gradient[predictor] += slope * row[predictor] }
              if abs(scaled) < 1 {
                let density = 0.75 * (1 - scaled * scaled) * inverse * weights[index]
                NewtonSums.add(row, width: width, weight: density, to: packed)
              }
            }
          }
        }
      }
    }
  }
}
