internal import CLAPACK

/// Sets OpenBLAS to one thread for the whole process, before its first use here.
///
/// The setting is process-global, and this package runs in parallel over independent problems instead. It also makes
/// results independent of the number of processors.
private let oneThread: Void = openblas_set_num_threads(1)

extension Matrix {
  /// For other callers of the library in this module.
  static func setOneThread() { _ = oneThread }

  /// The product A·B (`dgemm`), 2·m·n·k operations.
  public func multiplied(by other: Matrix) -> Matrix {
    _ = oneThread
    precondition(columns == other.rows, "A matrix of \(columns) columns cannot multiply one of \(other.rows) rows")
    var product = [Double](repeating: 0, count: rows * other.columns)
    if !product.isEmpty && columns > 0 {
      cblas_dgemm(
        CblasColMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(other.columns), Int32(columns),
        1, elements, Int32(rows), other.elements, Int32(other.rows), 0, &product, Int32(rows))
    }
    return Matrix(rows: rows, columns: other.columns, columnMajor: product)
  }

  /// The product A·x (`dgemv`).
  public func multiplied(by vector: [Double]) -> [Double] {
    _ = oneThread
    precondition(vector.count == columns, "A matrix of \(columns) columns needs a vector of as many values")
    var product = [Double](repeating: 0, count: rows)
    if rows > 0 && columns > 0 {
      cblas_dgemv(
        CblasColMajor, CblasNoTrans, Int32(rows), Int32(columns), 1, elements, Int32(rows), vector, 1, 0, &product, 1)
    }
    return product
  }

  /// The product Aᵀ·x (`dgemv`), without forming Aᵀ.
  public func transposeMultiplied(by vector: [Double]) -> [Double] {
    _ = oneThread
    precondition(vector.count == rows, "The transpose of \(rows) rows needs a vector of as many values")
    var product = [Double](repeating: 0, count: columns)
    if rows > 0 && columns > 0 {
      cblas_dgemv(
        CblasColMajor, CblasTrans, Int32(rows), Int32(columns), 1, elements, Int32(rows), vector, 1, 0, &product, 1)
    }
    return product
  }

  /// The Gram matrix AᵀA, full and symmetric (`dsyrk`).
  public func gram() -> Matrix {
    _ = oneThread
    var product = [Double](repeating: 0, count: columns * columns)
    if rows > 0 && columns > 0 {
      cblas_dsyrk(
        CblasColMajor, CblasLower, CblasTrans, Int32(columns), Int32(rows), 1, elements, Int32(rows), 0, &product,
        Int32(columns))
    }
    for column in 0..<columns {
      for row in 0..<column { product[column * columns + row] = product[row * columns + column] }
    }
    return Matrix(rows: columns, columns: columns, columnMajor: product)
  }
}

/// The least-squares solution of A·x ≈ b.
public struct LeastSquaresSolution: Equatable, Sendable {
  /// The x of smallest ‖A·x − b‖, and among those the one of smallest ‖x‖.
  public let coefficients: [Double]
  /// The number of singular values above 1e-12 of the largest.
  public let rank: Int
}

/// The eigenvalues, ascending, and the matching orthonormal eigenvectors (as columns) of a symmetric matrix.
public struct SymmetricEigensystem: Equatable, Sendable {
  public let values: [Double]
  public let vectors: Matrix
}

extension Matrix {
  /// Solves min ‖A·x − b‖ by singular values (`dgelsd`); a rank below the number of columns is allowed.
  public func leastSquares(for target: [Double]) throws(LinearAlgebraError) -> LeastSquaresSolution {
    _ = oneThread
    precondition(target.count == rows, "The system has \(rows) rows, was given \(target.count) right-hand values")
    precondition(rows > 0 && columns > 0, "A least-squares system needs at least one row and one column")
    var matrix = elements
    var solution = target + [Double](repeating: 0, count: max(0, columns - rows))
    var singularValues = [Double](repeating: 0, count: min(rows, columns))
    var rank: Int32 = 0
    let status = LAPACKE_dgelsd(
      LAPACK_COL_MAJOR, Int32(rows), Int32(columns), 1, &matrix, Int32(rows), &solution, Int32(solution.count),
      &singularValues, 1e-12, &rank)
    if status < 0 { throw .argumentRejected(routine: "dgelsd", position: Int(-status)) }
    if status > 0 { throw .didNotConverge(routine: "dgelsd", unsettled: Int(status)) }
    return LeastSquaresSolution(coefficients: Array(solution.prefix(columns)), rank: Int(rank))
  }

  /// Decomposes a symmetric matrix (`dsyevd`); only the lower triangle is read.
  public func symmetricEigensystem() throws(LinearAlgebraError) -> SymmetricEigensystem {
    _ = oneThread
    precondition(rows == columns, "Only a square matrix has eigenvalues; this one is \(rows) × \(columns)")
    if rows == 0 { return SymmetricEigensystem(values: [], vectors: self) }
    var vectors = elements
    var values = [Double](repeating: 0, count: rows)
    let status = LAPACKE_dsyevd(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "L")), Int32(rows), &vectors, Int32(rows), &values)
    if status < 0 { throw .argumentRejected(routine: "dsyevd", position: Int(-status)) }
    if status > 0 { throw .didNotConverge(routine: "dsyevd", unsettled: Int(status)) }
    return SymmetricEigensystem(values: values, vectors: Matrix(rows: rows, columns: rows, columnMajor: vectors))
  }

  /// The lower Cholesky factor (`dpotrf`), upper triangle zero; only the lower triangle is read.
  func lowerCholeskyFactor() throws(LinearAlgebraError) -> Matrix {
    _ = oneThread
    precondition(rows == columns, "Only a square matrix has a Cholesky factor; this one is \(rows) × \(columns)")
    var factor = elements
    if rows > 0 {
      let status = LAPACKE_dpotrf(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), Int32(rows), &factor, Int32(rows))
      if status < 0 { throw .argumentRejected(routine: "dpotrf", position: Int(-status)) }
      if status > 0 { throw .notPositiveDefinite(order: Int(status)) }
    }
    for column in 0..<columns {
      for row in 0..<column { factor[column * rows + row] = 0 }
    }
    return Matrix(rows: rows, columns: columns, columnMajor: factor)
  }

  /// Solves L·Lᵀ·X = B column by column, where this matrix is L (`dpotrs`).
  func solvingAsCholeskyFactor(_ targets: Matrix) -> Matrix {
    _ = oneThread
    precondition(targets.rows == rows, "The system has \(rows) rows, was given \(targets.rows) right-hand values")
    var solution = targets.elements
    if rows > 0, targets.columns > 0 {
      let status = LAPACKE_dpotrs(
        LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), Int32(rows), Int32(targets.columns), elements, Int32(rows),
        &solution, Int32(rows))
      precondition(status == 0, "dpotrs rejected its argument \(-status)")
    }
    return Matrix(rows: rows, columns: targets.columns, columnMajor: solution)
  }
}
