internal import RealModule

/// Linear quantile regression at several levels: each minimises Σ wᵢ·pinball(yᵢ − xᵢβ) with a slight ridge.
///
/// Solved by the majorising quadratic of Hunter and Lange, "Quantile regression via an MM algorithm", JCGS 9 (2000): each
/// step is a weighted least squares problem. O(levels · steps · rows · columns²).
public struct LinearQuantiles: Equatable, Sendable {
  public let levels: [Double]
  /// coefficients[level][column].
  public let coefficients: [[Double]]

  static let mostSteps = 80
  /// Steps end when the fitted values move by less than this share of the smoothing, on average.
  static let tolerance = 0.02

  /// - Parameters:
  ///   - predictors: finite; a column of ones if an intercept is wanted.
  ///   - responses: one for each row; finite.
  ///   - levels: ascending, inside 0…1.
  ///   - smoothing: residuals below this size count as this size; in the unit of the responses.
  ///   - ridge: penalty for each row on the square of a coefficient.
  /// - Throws: ``LinearAlgebraError`` if the columns depend on each other beyond what the ridge mends.
  public init(
    predictors: Matrix, responses: [Double], levels: [Double], smoothing: Double, ridge: Double = 1e-5
  ) throws(LinearAlgebraError) {
    precondition(predictors.rows == responses.count, "\(predictors.rows) rows, \(responses.count) responses")
    precondition(levels.allSatisfy { $0 > 0 && $0 < 1 } && smoothing > 0, "Levels lie inside 0…1")
    let sums = (0..<predictors.columns).map { column in predictors.withColumn(column) { $0.reduce(0, +) } }
    var present = [Double](repeating: 0, count: predictors.columns)
    var fitted = [Double](repeating: responses.reduce(0, +) / Double(responses.count), count: responses.count)
    var found: [[Double]] = []
    for level in levels {
      for _ in 0..<LinearQuantiles.mostSteps {
        present = try LinearQuantiles.step(
          from: fitted, predictors, responses, level: level, sums: sums, smoothing: smoothing, ridge: ridge)
        let next = predictors.multiplied(by: present)
        let change = zip(fitted, next).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(responses.count)
        fitted = next
        if change < LinearQuantiles.tolerance * smoothing { break }
      }
      found.append(present)
    }
    self.levels = levels
    coefficients = found
  }

  private static func step(
    from fitted: [Double], _ predictors: Matrix, _ responses: [Double], level: Double, sums: [Double],
    smoothing: Double, ridge: Double
  ) throws(LinearAlgebraError) -> [Double] {
    let weights = responses.indices.map { 0.5 / max(abs(responses[$0] - fitted[$0]), smoothing) }
    var scaled = predictors
    let roots = weights.map { $0.squareRoot() }
    for column in 0..<predictors.columns {
      scaled.withMutableColumn(column) { for row in $0.indices { $0[row] *= roots[row] } }
    }
    var gram = scaled.gram()
    for column in 0..<predictors.columns { gram[column, column] += ridge * Double(predictors.rows) }
    var right = predictors.transposeMultiplied(by: responses.indices.map { weights[$0] * responses[$0] })
    for column in right.indices { right[column] += (level - 0.5) * sums[column] }
    return try Cholesky(of: gram).solve(right)
  }

  /// One value for each level, in ascending order (rearranged where levels cross; Chernozhukov et al. 2010).
  public func predicted(for row: [Double]) -> [Double] {
    coefficients.map { zip($0, row).reduce(0) { $0 + $1.0 * $1.1 } }.sorted()
  }
}
