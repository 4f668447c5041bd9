/// The sums of one Newton step: a gradient, and the lower triangle of a curvature matrix, packed row by row.
struct NewtonSums {
  let width: Int
  var gradient: [Double]
  var curvature: [Double]

  init(width: Int) {
    self.width = width
    gradient = [Double](repeating: 0, count: width)
    curvature = [Double](repeating: 0, count: width * (width + 1) / 2)
  }

  /// Adds weight·x·xᵀ to a packed lower triangle.
  @inline(__always)
  static func add(
    _ row: UnsafePointer<Double>, width: Int, weight: Double, to packed: UnsafeMutablePointer<Double>
  ) {
    var target = packed
    for first in 0..<width {
      let scaled = weight * row[first]
      for second in 0...first { target[second] += scaled * row[second] }
      target += first + 1
    }
  }

  mutating func addToDiagonal(_ penalties: [Double]) {
    for index in 0..<width { curvature[index * (index + 1) / 2 + index] += penalties[index] }
  }

  /// The coefficients after some Newton steps with a ridge towards `prior`; no coefficient moves by
  /// more than `limit` in one. `accumulate` adds the rows' part to the sums, given the coefficients.
  static func descended(
    from start: [Double], towards prior: [Double], penalties: [Double], steps: Int, limit: Double,
    accumulate: (inout NewtonSums, [Double]) -> Void
  ) -> [Double] {
    var coefficients = start
    for _ in 0..<steps {
      var sums = NewtonSums(width: prior.count)
      for index in prior.indices { sums.gradient[index] = penalties[index] * (coefficients[index] - prior[index]) }
      accumulate(&sums, coefficients)
      sums.addToDiagonal(penalties)
      let step = sums.step(limit: limit)
      for index in prior.indices { coefficients[index] -= step[index] }
    }
    return coefficients
  }

  /// The Newton step curvature⁻¹·gradient, shortened so that no coefficient moves by more than `limit`; zeros where the
  /// curvature is not positive definite.
  func step(limit: Double) -> [Double] {
    var matrix = Matrix(rows: width, columns: width, repeating: 0)
    for row in 0..<width {
      for column in 0...row { matrix[row, column] = curvature[row * (row + 1) / 2 + column] }
    }
    guard let factor = try? Cholesky(of: matrix) else { return [Double](repeating: 0, count: width) }
    let step = factor.solve(gradient)
    let longest = step.reduce(0) { max($0, abs($1)) }
    guard longest.isFinite else { return [Double](repeating: 0, count: width) }
    return longest > limit ? step.map { $0 * limit / longest } : step
  }
}
