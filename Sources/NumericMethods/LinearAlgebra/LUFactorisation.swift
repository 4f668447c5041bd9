internal import CLAPACK

/// A square matrix as P·L·U with partial pivoting (`dgetrf`), ready to solve many systems.
public struct LUFactorisation: Sendable {
  /// Number of rows and columns.
  public let order: Int
  private let factors: [Double]
  private let pivots: [Int32]

  /// - Throws: `LinearAlgebraError.singular` when a pivot is 0.
  init(_ matrix: Matrix) throws(LinearAlgebraError) {
    Matrix.setOneThread()
    precondition(matrix.rows == matrix.columns, "Only a square matrix has an LU factorisation")
    order = matrix.rows
    var factors = matrix.elements
    var pivots = [Int32](repeating: 0, count: order)
    if order > 0 {
      let status = LAPACKE_dgetrf(
        LAPACK_COL_MAJOR, Int32(order), Int32(order), &factors, Int32(order), &pivots)
      if status < 0 { throw .argumentRejected(routine: "dgetrf", position: Int(-status)) }
      if status > 0 { throw .singular(order: Int(status)) }
    }
    self.factors = factors
    self.pivots = pivots
  }

  /// Solves A·X = B (`dgetrs`), or Aᵀ·X = B.
  public func solve(_ targets: Matrix, transposed: Bool = false) -> Matrix {
    precondition(targets.rows == order, "The system has \(order) rows, was given \(targets.rows) right-hand values")
    var solution = targets.elements
    if order > 0, targets.columns > 0 {
      let status = LAPACKE_dgetrs(
        LAPACK_COL_MAJOR, CChar(UInt8(ascii: transposed ? "T" : "N")), Int32(order), Int32(targets.columns), factors,
        Int32(order), pivots, &solution, Int32(order))
      precondition(status == 0, "dgetrs rejected its argument \(-status)")
    }
    return Matrix(rows: order, columns: targets.columns, columnMajor: solution)
  }
}

extension Matrix {
  /// The factors of a square matrix, to solve systems with.
  public func luFactorisation() throws(LinearAlgebraError) -> LUFactorisation { try LUFactorisation(self) }
}
