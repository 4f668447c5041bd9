/// The normal equations of a weighted linear regression, kept instead of its rows: XᵀWX and XᵀWy.
///
/// Rows may come and go and old ones may be forgotten, so a regression over a moving window or with exponential
/// forgetting (recursive least squares; Young, "Recursive Estimation and Time-Series Analysis", 2011) costs p² a row and
/// p³/3 a solution, whatever the number of rows.
public struct NormalEquations: Equatable, Sendable {
  /// Number of predictors p.
  public let count: Int
  /// XᵀWX, column after column; only the lower triangle is kept.
  private var gram: [Double]
  private var moments: [Double]
  /// What the stored sums are multiplied by; forgetting changes this factor alone.
  private var scale = 1.0
  /// Sum of the weights of the rows.
  public private(set) var totalWeight = 0.0

  public init(count: Int) {
    precondition(count > 0, "A regression needs at least one predictor")
    self.count = count
    gram = [Double](repeating: 0, count: count * count)
    moments = [Double](repeating: 0, count: count)
  }

  /// Multiplies the weight of every earlier row by `factor`.
  public mutating func forget(_ factor: Double) {
    precondition(factor >= 0 && factor <= 1, "Rows keep a share in 0…1 of their weight, was \(factor)")
    if factor == 1 { return }
    totalWeight *= factor
    scale *= factor
    if scale < 1e-6 { rescale() }
  }

  private mutating func rescale() {
    for index in gram.indices { gram[index] *= scale }
    for index in moments.indices { moments[index] *= scale }
    scale = 1
  }

  /// Adds one row; a negative weight takes it away again.
  public mutating func add(_ row: UnsafeBufferPointer<Double>, target: Double, weight: Double = 1) {
    precondition(row.count == count, "A row has \(count) values, was given \(row.count)")
    let order = count
    totalWeight += weight
    let weight = weight / scale
    gram.withUnsafeMutableBufferPointer { gram in
      for column in 0..<order {
        let factor = weight * row[column]
        if factor == 0 { continue }
        let start = column * order
        for line in column..<order { gram[start + line] += factor * row[line] }
      }
    }
    moments.withUnsafeMutableBufferPointer { moments in
      for line in 0..<order { moments[line] += weight * target * row[line] }
    }
  }

  public mutating func add(_ row: [Double], target: Double, weight: Double = 1) {
    row.withUnsafeBufferPointer { add($0, target: target, weight: weight) }
  }

  /// Adds one row that is zero but at `indices`, which ascend; (number of indices)² operations.
  public mutating func add(indices: [Int], values: [Double], target: Double, weight: Double = 1) {
    precondition(indices.count == values.count, "One value for each index")
    totalWeight += weight
    let weight = weight / scale
    for (first, column) in indices.enumerated() {
      let factor = weight * values[first]
      moments[column] += factor * target
      for second in first..<indices.count { gram[column * count + indices[second]] += factor * values[second] }
    }
  }

  /// Adds all rows of another set of equations, `weight` times.
  public mutating func add(_ other: NormalEquations, weight: Double = 1) {
    precondition(other.count == count, "Both need the same predictors")
    totalWeight += weight * other.totalWeight
    let weight = weight * other.scale / scale
    for index in gram.indices { gram[index] += weight * other.gram[index] }
    for index in moments.indices { moments[index] += weight * other.moments[index] }
  }

  /// The β that minimises Σ w·(y − x·β)² + Σ penalty·β² (Hoerl and Kennard 1970).
  ///
  /// - Parameter penalties: one for each predictor, at least zero.
  /// - Throws: ``LinearAlgebraError`` if predictors depend on each other and no penalty tells them apart.
  public func coefficients(penalties: [Double]) throws(LinearAlgebraError) -> [Double] {
    precondition(penalties.count == count, "One penalty for each predictor")
    var penalised = gram
    for index in 0..<count { penalised[index * count + index] += penalties[index] / scale }
    return try Cholesky(of: Matrix(rows: count, columns: count, columnMajor: penalised)).solve(moments)
  }

  /// The same penalty for every predictor.
  public func coefficients(penalty: Double) throws(LinearAlgebraError) -> [Double] {
    try coefficients(penalties: [Double](repeating: penalty, count: count))
  }
}
