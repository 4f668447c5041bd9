/// Why a linear-algebra routine could not answer.
public enum LinearAlgebraError: Error, Equatable, Sendable {
  /// The leading minor of this order has no positive determinant, so no Cholesky factor exists.
  case notPositiveDefinite(order: Int)
  /// The pivot of this order is 0, so the matrix has no inverse.
  case singular(order: Int)
  /// The iteration stopped before this many values had settled.
  case didNotConverge(routine: String, unsettled: Int)
  /// An argument at this position (1-based, LAPACK's order) holds a value that is not finite or not allowed.
  case argumentRejected(routine: String, position: Int)
}

extension LinearAlgebraError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notPositiveDefinite(let order):
      "The matrix is not positive definite: its leading minor of order \(order) is not positive. "
        + "Add a small multiple of the identity, or remove linearly dependent columns."
    case .singular(let order):
      "The matrix has no inverse: its pivot of order \(order) is 0. Remove rows that depend on others."
    case .didNotConverge(let routine, let unsettled):
      "\(routine) did not converge: \(unsettled) values had not settled. Check the matrix for extreme values."
    case .argumentRejected(let routine, let position):
      "\(routine) rejected its argument \(position). Check the matrix for values that are not finite."
    }
  }
}
