internal import NumericMethods

/// The linear fit of least mean absolute error with a quadratic penalty, by iteratively reweighted least squares
/// (Schlossmacher, Journal of the American Statistical Association 68, 1973): a forecast of the median, which spikes do not pull.
///
/// Columns are centred and scaled; the response is scaled by its typical size, so that the penalty means the same in every
/// currency. O(iterations · rows · columns²).
struct AbsoluteLossRegression: Sendable {
  private let centres: [Double]
  private let sizes: [Double]
  private let intercept: Double
  private let coefficients: [Double]

  private static let iterations = 20
  /// Residuals below this share of the typical response weigh no more.
  private static let smallest = 0.1

  /// - Parameters:
  ///   - rows: row after row, `columns` values each.
  ///   - weights: by row.
  ///   - typical: typical size of a response, above zero.
  init(rows: [Double], columns: Int, response: [Double], weights: [Double], typical: Double, penalty: Double) {
    let count = response.count
    var centres = [Double](repeating: 0, count: columns)
    var sizes = [Double](repeating: 0, count: columns)
    for column in 0..<columns {
      let values = (0..<count).map { rows[$0 * columns + column] }
      centres[column] = mean(values)
      let size = standardDeviation(values)
      sizes[column] = size > 1e-9 * max(abs(centres[column]), 1e-3) ? size : .infinity
    }
    // Column by column: the intercept, the predictors, the response.
    let width = columns + 1
    var table = [Double](repeating: 1, count: count * (width + 1))
    for column in 0..<columns {
      for row in 0..<count {
        table[(column + 1) * count + row] = (rows[row * columns + column] - centres[column]) / sizes[column]
      }
    }
    for row in 0..<count { table[width * count + row] = response[row] / typical }
    let solution = AbsoluteLossRegression.solve(table, width, weights, penalty)
    self.centres = centres
    self.sizes = sizes
    intercept = solution[0] * typical
    coefficients = solution.dropFirst().map { $0 * typical }
  }

  func predicted(for row: ArraySlice<Double>) -> Double {
    var sum = intercept
    for (column, value) in row.enumerated() {
      // Beyond three standard deviations of what was seen, a line is a guess.
      sum += coefficients[column] * min(max((value - centres[column]) / sizes[column], -3), 3)
    }
    return sum
  }

  private static func solve(_ table: [Double], _ width: Int, _ weights: [Double], _ penalty: Double) -> [Double] {
    let count = weights.count
    var solution = [Double](repeating: 0, count: width)
    solution[0] = median(Array(table[(width * count)...]))
    for _ in 0..<iterations {
      // XᵀWX and XᵀWy with W = weight / |residual|, as one Gram matrix of rows times √W.
      let weighted = weighted(table, width, weights, solution)
      let products = Matrix(rows: count, columns: width + 1, columnMajor: weighted).gram()
      var normal = Matrix(rows: width, columns: width, repeating: 0)
      for row in 0..<width {
        for column in 0..<width { normal[row, column] = products[row, column] }
        normal[row, row] += row == 0 ? 1e-9 : penalty
      }
      guard let factor = try? Cholesky(of: normal) else { break }
      let next = factor.solve((0..<width).map { products[$0, width] })
      let change = zip(next, solution).reduce(0) { max($0, abs($1.0 - $1.1)) }
      solution = next
      if change < 1e-4 { break }
    }
    return solution
  }

  private static func weighted(
    _ table: [Double], _ width: Int, _ weights: [Double], _ solution: [Double]
  ) -> [Double] {
    let count = weights.count
    var roots = Array(table[(width * count)...])
    var result = table
    table.withUnsafeBufferPointer { table in
      roots.withUnsafeMutableBufferPointer { roots in
        for column in 0..<width {
          let coefficient = solution[column]
          for row in 0..<count { roots[row] -= coefficient * table[column * count + row] }
        }
        for row in 0..<count { roots[row] = (weights[row] / max(abs(roots[row]), smallest)).squareRoot() }
        result.withUnsafeMutableBufferPointer { result in
          for column in 0...width {
            for row in 0..<count { result[column * count + row] *= roots[row] }
          }
        }
      }
    }
    return result
  }
}
