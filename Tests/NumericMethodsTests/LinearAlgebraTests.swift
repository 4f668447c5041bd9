import NumericMethods
import Testing

@Suite("Linear algebra agrees with plain loops") struct LinearAlgebraTests {
  @Test("a product is the sum of row times column", arguments: [1, 2, 3, 7] as [UInt64])
  func product(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let first = randomMatrix(rows: 4, columns: 6, &random)
    let second = randomMatrix(rows: 6, columns: 3, &random)
    let product = first.multiplied(by: second)
    for row in 0..<4 {
      for column in 0..<3 {
        let expected = (0..<6).reduce(0.0) { $0 + first[row, $1] * second[$1, column] }
        #expect(abs(product[row, column] - expected) < 1e-12)
      }
    }
  }

  @Test("a matrix times a vector, and its transpose times a vector, equal the loops")
  func matrixVector() {
    var random = SplitMix64(seed: 11)
    let matrix = randomMatrix(rows: 5, columns: 3, &random)
    let short = (0..<3).map { _ in random.nextGaussian() }
    let long = (0..<5).map { _ in random.nextGaussian() }
    let forward = matrix.multiplied(by: short)
    let backward = matrix.transposeMultiplied(by: long)
    for row in 0..<5 {
      let expected = (0..<3).reduce(0.0) { $0 + matrix[row, $1] * short[$1] }
      #expect(abs(forward[row] - expected) < 1e-12)
    }
    for column in 0..<3 {
      let expected = (0..<5).reduce(0.0) { $0 + matrix[$1, column] * long[$1] }
      #expect(abs(backward[column] - expected) < 1e-12)
    }
  }

  @Test("the Gram matrix is the product of the transpose with the matrix")
  func gram() {
    var random = SplitMix64(seed: 5)
    let matrix = randomMatrix(rows: 9, columns: 4, &random)
    expectClose(matrix.gram(), plainProduct(matrix.transposed, matrix), 1e-12)
  }

  @Test("the Cholesky factor of a worked 3 × 3 matrix is the one in the textbook")
  func choleskyWorked() throws {
    // [4 12 −16; 12 37 −43; −16 −43 98] = L·Lᵀ with L = [2 0 0; 6 1 0; −8 5 3], det = (2·1·3)² = 36.
    let matrix = Matrix(rows: [[4, 12, -16], [12, 37, -43], [-16, -43, 98]])
    let factor = try Cholesky(of: matrix)
    expectClose(factor.lowerFactor, Matrix(rows: [[2, 0, 0], [6, 1, 0], [-8, 5, 3]]), 1e-12)
  }

  @Test("the Cholesky solution satisfies its equations and the factor multiplies back", arguments: [1, 4, 8])
  func choleskySolve(order: Int) throws {
    var random = SplitMix64(seed: UInt64(order))
    let matrix = randomMatrix(rows: order + 5, columns: order, &random).gram()
    let target = (0..<order).map { _ in random.nextGaussian() }
    let factor = try Cholesky(of: matrix)
    expectClose(plainProduct(factor.lowerFactor, factor.lowerFactor.transposed), matrix, 1e-10)
    for (left, right) in zip(matrix.multiplied(by: factor.solve(target)), target) { #expect(abs(left - right) < 1e-8) }
  }

  @Test("a matrix that is not positive definite says at which order it fails")
  func notPositiveDefinite() {
    let matrix = Matrix(rows: [[1, 2], [2, 1]])
    let failure = #expect(throws: LinearAlgebraError.self) { try Cholesky(of: matrix) }
    #expect(failure == .notPositiveDefinite(order: 2))
    #expect(failure?.description.hasPrefix("The matrix is not positive definite: its leading minor of order 2") == true)
  }

  @Test("least squares solves the normal equations")
  func leastSquares() throws {
    var random = SplitMix64(seed: 3)
    let matrix = randomMatrix(rows: 12, columns: 4, &random)
    let target = (0..<12).map { _ in random.nextGaussian() }
    let solution = try matrix.leastSquares(for: target)
    let oracle = plainSolve(plainProduct(matrix.transposed, matrix), matrix.transposeMultiplied(by: target))
    #expect(solution.rank == 4)
    for (found, expected) in zip(solution.coefficients, oracle) { #expect(abs(found - expected) < 1e-10) }
  }

  @Test("least squares with equal columns gives each the same share and reports the rank")
  func leastSquaresDeficient() throws {
    // y = 2x with the column x twice: the shortest answer is (1, 1).
    let solution = try Matrix(rows: [[1, 1], [2, 2], [3, 3]]).leastSquares(for: [2, 4, 6])
    #expect(solution.rank == 1)
    for value in solution.coefficients { #expect(abs(value - 1) < 1e-12) }
  }

  @Test("the eigensystem of a symmetric matrix rebuilds it")
  func eigensystem() throws {
    var random = SplitMix64(seed: 8)
    let matrix = randomMatrix(rows: 7, columns: 5, &random).gram()
    let system = try matrix.symmetricEigensystem()
    #expect(system.values == system.values.sorted())
    var scaled = system.vectors
    for row in 0..<5 { for column in 0..<5 { scaled[row, column] *= system.values[column] } }
    expectClose(plainProduct(scaled, system.vectors.transposed), matrix, 1e-10)
  }

  @Test("rows, columns and selections are the elements they name")
  func access() {
    let matrix = Matrix(rows: [[1, 2, 3], [4, 5, 6]])
    #expect(matrix.row(1) == [4, 5, 6])
    #expect(matrix.column(2) == [3, 6])
    #expect(matrix.transposed.row(0) == [1, 4])
    #expect(matrix.selecting(rows: [1, 1, 0]).column(0) == [4, 4, 1])
    #expect(Matrix.identity(2).elements == [1, 0, 0, 1])
  }
}

func randomMatrix(rows: Int, columns: Int, _ random: inout SplitMix64) -> Matrix {
  Matrix(rows: (0..<rows).map { _ in (0..<columns).map { _ in random.nextGaussian() } })
}

func plainProduct(_ first: Matrix, _ second: Matrix) -> Matrix {
  var result = Matrix(rows: first.rows, columns: second.columns, repeating: 0)
  for row in 0..<first.rows {
    for column in 0..<second.columns {
      for inner in 0..<first.columns { result[row, column] += first[row, inner] * second[inner, column] }
    }
  }
  return result
}

/// Gauss elimination with partial pivots.
func plainSolve(_ matrix: Matrix, _ target: [Double]) -> [Double] {
  let order = matrix.rows
  var lines = (0..<order).map { matrix.row($0) + [target[$0]] }
  for step in 0..<order {
    let pivot = (step..<order).max { abs(lines[$0][step]) < abs(lines[$1][step]) } ?? step
    lines.swapAt(step, pivot)
    for row in 0..<order where row != step {
      let factor = lines[row][step] / lines[step][step]
      for column in step...order { lines[row][column] -= factor * lines[step][column] }
    }
  }
  return (0..<order).map { lines[$0][order] / lines[$0][$0] }
}

func expectClose(_ found: Matrix, _ expected: Matrix, _ tolerance: Double) {
  #expect(found.rows == expected.rows && found.columns == expected.columns)
  for (left, right) in zip(found.elements, expected.elements) { #expect(abs(left - right) < tolerance) }
}
