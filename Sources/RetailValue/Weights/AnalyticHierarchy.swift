internal import Foundation
internal import NumericMethods

/// Weights from pairwise judgements (Saaty, Journal of Mathematical Psychology 15, 1977).
public struct AnalyticHierarchy: Sendable, Equatable {
  /// Sum 1, in the order of the matrix.
  public let weights: [Double]
  /// (λmax − n)/(n − 1) over that of random matrices; 0 for two or fewer.
  public let consistencyRatio: Double
  /// Positions of the judgement that fits the weights worst.
  public let worstPair: (row: Int, column: Int)

  public static func == (left: Self, right: Self) -> Bool {
    left.weights == right.weights && left.consistencyRatio == right.consistencyRatio
  }

  /// Random index of Saaty for 0…10 things.
  private static let randomIndex = [0, 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49]
  /// Judgements are refused from this ratio on.
  public static let limit = 0.10

  /// - Parameter matrix: how many times more row counts than column, 1/9…9; reciprocal.
  /// - Throws: ``RetailProblem`` if the matrix is not square, positive and reciprocal, or is inconsistent.
  public init(matrix: [[Double]]) throws(RetailProblem) {
    let count = matrix.count
    guard (1...10).contains(count), matrix.allSatisfy({ $0.count == count }) else {
      throw RetailProblem("A matrix of judgements is square with 1 to 10 rows.")
    }
    for row in 0..<count {
      for column in 0..<count {
        let value = matrix[row][column]
        guard value > 0, value.isFinite, abs(value * matrix[column][row] - 1) < 1e-6 else {
          throw RetailProblem(
            "Judgement \(row + 1), \(column + 1) is \(value); it is the reciprocal of its mirror, above 0.")
        }
      }
    }
    var vector = [Double](repeating: 1 / Double(count), count: count)
    var eigenvalue = Double(count)
    for _ in 0..<200 {
      let image = matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
      eigenvalue = image.reduce(0, +)
      vector = image.map { $0 / eigenvalue }
    }
    weights = vector
    let index = count > 2 ? (eigenvalue - Double(count)) / Double(count - 1) : 0
    consistencyRatio = count > 2 ? max(0, index) / Self.randomIndex[count] : 0
    var worst = (distance: -1.0, row: 0, column: 0)
    for row in 0..<count {
      for column in 0..<row {
        let distance = abs(log(matrix[row][column] * vector[column] / vector[row]))
        if distance > worst.distance { worst = (distance, row, column) }
      }
    }
    worstPair = (worst.row, worst.column)
    guard consistencyRatio < Self.limit else {
      throw RetailProblem(
        "The judgements contradict each other (consistency ratio \(rounded(consistencyRatio)), 0.10 is the limit); judgement "
          + "\(worst.row + 1), \(worst.column + 1) fits the others worst.")
    }
  }
}

private func rounded(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }

/// Weights from how much indicators tell customers apart: 1 − entropy of the shares (Shannon 1948).
public enum EntropyWeights {
  /// - Parameter columns: values of each indicator, not negative; a constant column gets weight 0.
  /// - Returns: sum 1, or all 0 if every column is constant.
  public static func weights(of columns: [[Double]]) -> [Double] {
    let divergences = columns.map { column -> Double in
      let sum = column.reduce(0, +)
      guard sum > 0, column.count > 1, let low = column.min(), let high = column.max(), high > low else { return 0 }
      let entropy = column.reduce(0) { $1 > 0 ? $0 - $1 / sum * log($1 / sum) : $0 } / log(Double(column.count))
      return max(0, 1 - entropy)
    }
    let total = divergences.reduce(0, +)
    return total > 0 ? divergences.map { $0 / total } : divergences
  }

  /// w ∝ prior^0.7 · clip(entropy, 0.5/m, 2/m)^0.3 over the columns with a prior above 0; the leash keeps a sparse column from
  /// taking over: after clipping no entropy weight exceeds 2/m.
  public static func combined(prior: [Double], entropy: [Double]) -> [Double] {
    precondition(prior.count == entropy.count, "Every indicator has a prior and an entropy weight")
    let count = Double(max(1, prior.count { $0 > 0 }))
    let products = zip(prior, entropy).map { prior, entropy in
      prior > 0 ? pow(prior, 0.7) * pow(clipped(entropy, count: count), 0.3) : 0
    }
    let total = products.reduce(0, +)
    return total > 0 ? products.map { $0 / total } : prior
  }

  static func clipped(_ weight: Double, count: Double) -> Double { min(max(weight, 0.5 / count), 2 / count) }
}
