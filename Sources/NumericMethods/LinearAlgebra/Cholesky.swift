internal import RealModule

/// The Cholesky factorisation A = L·Lᵀ of a symmetric positive definite matrix.
public struct Cholesky: Equatable, Sendable {
  /// L: lower triangular, zeros above the diagonal.
  public let lowerFactor: Matrix

  /// Factorises a matrix, of which only the lower triangle is read; n³/3 operations.
  public init(of matrix: Matrix) throws(LinearAlgebraError) {
    lowerFactor = try matrix.lowerCholeskyFactor()
  }

  /// The x of A·x = b.
  public func solve(_ target: [Double]) -> [Double] {
    solve(Matrix(rows: target.count, columns: 1, columnMajor: target)).elements
  }

  /// The X of A·X = B, a right-hand side in each column.
  public func solve(_ targets: Matrix) -> Matrix {
    lowerFactor.solvingAsCholeskyFactor(targets)
  }

  /// The product L·z: turns independent standard normal values into values with covariance A.
  public func correlating(_ independent: [Double]) -> [Double] {
    lowerFactor.multiplied(by: independent)
  }
}
