private import CHiGHS

extension HiGHSHandle {
  /// Adds Σ coefficient · x² to the objective; one coefficient for each column. HiGHS takes the Hessian, twice that.
  func pass(squares: [Double], iterationLimit: Int) throws(SolveError) {
    var start: [Int32] = []
    var index: [Int32] = []
    var value: [Double] = []
    for (column, coefficient) in squares.enumerated() {
      start.append(Int32(index.count))
      if coefficient != 0 {
        index.append(Int32(column))
        value.append(2 * coefficient)
      }
    }
    try check(Highs_setDoubleOptionValue(raw, "qp_regularization_value", 1e-10), "setting qp_regularization_value")
    try check(Highs_setIntOptionValue(raw, "qp_iteration_limit", Int32(iterationLimit)), "setting qp_iteration_limit")
    try check(
      Highs_passHessian(
        raw, Int32(squares.count), Int32(index.count), kHighsHessianFormatTriangular, start, index, value),
      "Highs_passHessian")
  }
}
