import Optimization
import Testing

@Suite("Quadratic objective") struct QuadraticObjectiveTests {
  @Test("two sources share a demand at equal slope")
  func share() throws {
    var program = LinearProgram()
    let first = program.addVariable(name: "first", in: 0...100, objective: 10)
    let second = program.addVariable(name: "second", in: 0...100, objective: 16)
    let demand = program.constrain(first + second, equalTo: 50, name: "demand")
    let solution = try solve(program, squares: [(first, 0.1), (second, 0.05)])
    // 10 + 0.2 x = 16 + 0.1 (50 − x): x = 110/3.
    #expect(abs(solution[first] - 110.0 / 3) < 1e-6)
    #expect(abs((solution.dual(of: demand) ?? 0) - (10 + 0.2 * 110 / 3)) < 1e-6)
  }

  @Test("what has no solution is refused")
  func refused() {
    var program = LinearProgram()
    let only = program.addVariable(name: "only", in: 0...1)
    program.constrain(only, atLeast: 2, name: "too much")
    #expect(throws: SolveError.infeasible(constraints: [], boundsOf: [])) {
      try solve(program, squares: [(only, 1)])
    }
  }
}
