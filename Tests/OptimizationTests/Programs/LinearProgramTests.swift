import Optimization
import Testing

@Suite("Linear and mixed-integer programs") struct LinearProgramTests {
  /// Hillier and Lieberman, "Introduction to Operations Research", Wyndor Glass: x = 2, y = 6, objective 36,
  /// shadow prices 0, 3/2 and 1.
  @Test("finds the textbook's solution and shadow prices, maximised or minimised", arguments: [1.0, -1.0])
  func knownDuals(sign: Double) throws {
    var program = LinearProgram(goal: sign > 0 ? .maximise : .minimise)
    let x = program.addVariable(name: "x")
    let y = program.addVariable(name: "y")
    let first = program.constrain(x, atMost: 4, name: "plant 1")
    let second = program.constrain(2 * y, atMost: 12, name: "plant 2")
    let third = program.constrain(3 * x + 2 * y, atMost: 18, name: "plant 3")
    let profit = 3 * x + 5 * y
    program.addToObjective(sign * profit)
    let solution = try solve(program)
    #expect(solution.status == .optimal)
    #expect(solution.gap == 0)
    #expect(abs(solution.objective - sign * 36) < 1e-9)
    #expect(abs(solution[x] - 2) < 1e-9)
    #expect(abs(solution[y] - 6) < 1e-9)
    #expect(abs(solution.value(of: profit) - 36) < 1e-9)
    for (constraint, price) in [(first, 0.0), (second, 1.5), (third, 1.0)] {
      let dual = try #require(solution.dual(of: constraint))
      #expect(abs(dual - sign * price) < 1e-9)
    }
  }

  /// x ≤ 4 as a bound instead of a constraint, and 3 x + 2 y ≤ 30: x = 4 and y = 6, so x is worth 3 at its bound.
  @Test("gives the worth of a variable's bound as its reduced cost")
  func reducedCost() throws {
    var program = LinearProgram(goal: .maximise)
    let x = program.addVariable(name: "x", in: 0...4)
    let y = program.addVariable(name: "y", in: 0...6)
    program.constrain(3 * x + 2 * y, in: 0...30, name: "both")
    program.addToObjective(3 * x + 5 * y)
    let solution = try solve(program)
    #expect(abs(solution.objective - 42) < 1e-9)
    #expect(abs((solution.reducedCost(of: x) ?? 0) - 3) < 1e-9)
    #expect(abs((solution.reducedCost(of: y) ?? 0) - 5) < 1e-9)
  }

  @Test("moves constants of expressions to the bounds and to the objective")
  func constants() throws {
    var program = LinearProgram(goal: .maximise)
    let x = program.addVariable(name: "x", in: -10...10)
    program.constrain(2 - x - x + 1, in: -5...Double.infinity, name: "shifted")
    program.addToObjective(x - 0.5 + LinearExpression.sum(of: [x, x]))
    let solution = try solve(program)
    #expect(abs(solution[x] - 4) < 1e-9)
    #expect(abs(solution.objective - 11.5) < 1e-9)
  }

  /// Weights 5, 4, 6, 3, values 10, 40, 30, 50, capacity 10: the second and fourth, worth 90.
  @Test("packs the knapsack")
  func knapsack() throws {
    var program = LinearProgram(goal: .maximise)
    let items = (1...4).map { program.addBinary(name: "item \($0)") }
    let limit = program.constrain(
      LinearExpression.sum(of: zip([5, 4, 6, 3], items).map { $0 * $1 }), atMost: 10, name: "weight")
    program.addToObjective(LinearExpression.sum(of: zip([10, 40, 30, 50], items).map { $0 * $1 }))
    let solution = try solve(program, settings: SolverSettings(relativeGap: 0))
    #expect(solution.status == .optimal)
    #expect(abs(solution.objective - 90) < 1e-9)
    #expect(items.map { solution[$0].rounded() } == [0, 1, 0, 1])
    #expect(solution.dual(of: limit) == nil)
  }

  @Test("gives the same bytes twice")
  func deterministic() throws {
    let program = marketSplit(rows: 2, columns: 12, seed: 3, slack: true)
    #expect(try solve(program) == solve(program))
  }
}

/// Cornuéjols and Dawande (1999): few rows, half the sum of random weights; hopeless for branch and bound.
func marketSplit(rows: Int, columns: Int, seed: UInt64, slack: Bool) -> LinearProgram {
  var random = SplitMix64(seed: seed)
  var program = LinearProgram()
  let chosen = (0..<columns).map { program.addBinary(name: "chosen \($0)") }
  var miss = LinearExpression()
  for row in 0..<rows {
    let weights = (0..<columns).map { _ in Double(Int.random(in: 0...99, using: &random)) }
    var sum = LinearExpression.sum(of: zip(weights, chosen).map { $0 * $1 })
    if slack {
      let over = program.addVariable(name: "over \(row)")
      let under = program.addVariable(name: "under \(row)")
      sum += under - over
      miss += under + over
    }
    program.constrain(sum, equalTo: (weights.reduce(0, +) / 2).rounded(.down), name: "row \(row)")
  }
  program.addToObjective(miss)
  return program
}
