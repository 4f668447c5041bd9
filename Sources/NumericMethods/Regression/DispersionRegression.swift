internal import RealModule

/// How large an error is to be expected: E|e| = exp(xᵀβ), by maximum likelihood of a Laplace distribution, with a ridge
/// towards given coefficients.
///
/// The negative log-likelihood Σ w·(xᵀβ + |e|·exp(−xᵀβ)) is convex in β; Newton steps keep a floor under the curvature, so that
/// errors of nearly zero do not throw them off. A multiplicative heteroscedastic model (Harvey, Econometrica 1976).
public struct DispersionRegression: Sendable, Codable {
  public let prior: [Double]
  public let penalties: [Double]
  public private(set) var coefficients: [Double]

  public init(prior: [Double], penalties: [Double]) {
    precondition(prior.count == penalties.count, "Every coefficient has a prior value and a penalty")
    self.prior = prior
    self.penalties = penalties
    coefficients = prior
  }

  /// Takes Newton steps on rows of predictors (row after row), sizes of errors and weights; rows of weight 0 do not count.
  public mutating func fit(rows: [Double], sizes: [Double], weights: [Double], steps: Int) {
    let width = prior.count
    precondition(rows.count == sizes.count * width && weights.count == sizes.count, "Rows, sizes and weights pair up")
    coefficients = NewtonSums.descended(
      from: coefficients, towards: prior, penalties: penalties, steps: steps, limit: 3
    ) { sums, own in
      accumulate(&sums, own, rows, sizes, weights)
    }
  }

  /// exp(xᵀβ) for every row.
  public func scales(rows: [Double]) -> [Double] { scales(rows: rows, coefficients) }

  private func scales(rows: [Double], _ coefficients: [Double]) -> [Double] {
    let width = prior.count
    return (0..<(rows.count / width)).map { index in
      var exponent = 0.0
      for predictor in 0..<width { exponent += rows[index * width + predictor] * coefficients[predictor] }
      return Double.exp(min(max(exponent, -40), 40))
    }
  }

  private func accumulate(
    _ sums: inout NewtonSums, _ own: [Double], _ rows: [Double], _ sizes: [Double], _ weights: [Double]
  ) {
    let width = prior.count
    let scale = scales(rows: rows, own)
    sums.gradient.withUnsafeMutableBufferPointer { gradient in
      sums.curvature.withUnsafeMutableBufferPointer { curvature in
        rows.withUnsafeBufferPointer { rows in
          guard let start = rows.baseAddress, let packed = curvature.baseAddress else { return }
          for index in 0..<sizes.count where weights[index] > 0 {
            let row = start + index * width
            let ratio = min(sizes[index] / scale[index], 20)
            let slope = weights[index] * (1 - ratio)
            for predictor in 0..<width { gradient[predictor] += slope * row[predictor] }
            NewtonSums.add(row, width: width, weight: weights[index] * max(ratio, 0.2), to: packed)
          }
        }
      }
    }
  }
}
