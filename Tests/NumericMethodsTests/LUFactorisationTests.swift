import NumericMethods
import Testing

@Suite("LU factorisation") struct LUFactorisationTests {
  @Test("solves a system that needs pivoting, and its transpose")
  func solves() throws {
    let matrix = Matrix(rows: [[0, 2, 1], [1, 1, 0], [3, 0, -1]])
    let factors = try matrix.luFactorisation()
    let target = Matrix(rows: 3, columns: 1, columnMajor: [7, 3, 0])
    let solution = factors.solve(target)
    for (left, right) in zip(matrix.multiplied(by: solution).elements, target.elements) {
      #expect(abs(left - right) < 1e-12)
    }
    let transposed = factors.solve(target, transposed: true)
    for (left, right) in zip(matrix.transposed.multiplied(by: transposed).elements, target.elements) {
      #expect(abs(left - right) < 1e-12)
    }
  }

  @Test("a singular matrix is refused")
  func singular() {
    #expect(throws: LinearAlgebraError.singular(order: 2)) {
      try Matrix(rows: [[1, 2], [2, 4]]).luFactorisation()
    }
  }
}
