internal import RealModule

/// The probability of an event, 1/(1 + exp(−xᵀβ)), with a ridge, by Newton steps that start from the coefficients before.
///
/// Le Cessie, van Houwelingen, "Ridge estimators in logistic regression", Applied Statistics 41 (1992).
public struct LogisticRegression: Sendable, Codable {
  public let prior: [Double]
  public let penalties: [Double]
  public private(set) var coefficients: [Double]

  /// The ridge pulls coefficients towards `prior`.
  public init(prior: [Double], penalties: [Double]) {
    precondition(prior.count == penalties.count, "Every coefficient has a prior value and a penalty")
    self.prior = prior
    self.penalties = penalties
    coefficients = prior
  }

  /// Takes Newton steps on rows of predictors (row after row), outcomes (0 or 1) and weights; rows of weight 0 do not count.
  public mutating func fit(rows: [Double], outcomes: [Double], weights: [Double], steps: Int) {
    let width = prior.count
    precondition(rows.count == outcomes.count * width && weights.count == outcomes.count, "Rows and outcomes pair up")
    coefficients = NewtonSums.descended(
      from: coefficients, towards: prior, penalties: penalties, steps: steps, limit: 2
    ) { sums, own in
      accumulate(&sums, own, rows, outcomes, weights)
    }
  }

  public func probability(at row: some Sequence<Double>) -> Double {
    let exponent = zip(coefficients, row).reduce(0) { $0 + $1.0 * $1.1 }
    return 1 / (1 + Double.exp(-min(max(exponent, -35), 35)))
  }

  private func accumulate(
    _ sums: inout NewtonSums, _ own: [Double], _ rows: [Double], _ outcomes: [Double], _ weights: [Double]
  ) {
    let width = prior.count
    sums.gradient.withUnsafeMutableBufferPointer { gradient in
      sums.curvature.withUnsafeMutableBufferPointer { curvature in
        rows.withUnsafeBufferPointer { rows in
          guard let start = rows.baseAddress, let packed = curvature.baseAddress else { return }
          for index in 0..<outcomes.count where weights[index] > 0 {
            let row = start + index * width
            var exponent = 0.0
            for predictor in 0..<width { exponent += row[predictor] * own[predictor] }
            let chance = 1 / (1 + Double.exp(-min(max(exponent, -35), 35)))
            let slope = weights[index] * (chance - outcomes[index])
            for predictor in 0..<width { gradient[predictor] += slope * row[predictor] }
            let bend = weights[index] * max(chance * (1 - chance), 1e-3)
            NewtonSums.add(row, width: width, weight: bend, to: packed)
          }
        }
      }
    }
  }
}
