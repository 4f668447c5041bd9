import Optimization
import Testing

@Suite("Programs without a solution") struct SolveErrorTests {
  private func sentence(_ program: LinearProgram, settings: SolverSettings = SolverSettings()) -> String {
    do {
      _ = try solve(program, settings: settings)
    } catch {
      return error.description
    }
    return "solved"
  }

  @Test("names the constraints in conflict and no others")
  func infeasible() {
    var program = LinearProgram()
    let x = program.addVariable(name: "x", in: 0...100)
    let y = program.addVariable(name: "y", in: -Double.infinity...Double.infinity)
    program.constrain(x + y, atMost: 500, name: "harmless")
    program.constrain(x - y, atLeast: 10, name: "above")
    program.constrain(y - x, atLeast: -3, name: "below")
    program.constrain(x, atMost: 80, name: "loose")
    program.addToObjective(x)
    #expect(sentence(program) == "The program is infeasible: above, below cannot hold together.")
  }

  @Test("names the variables whose bounds take part in the conflict")
  func infeasibleBounds() {
    var program = LinearProgram()
    let x = program.addVariable(name: "x", in: 0...1)
    let y = program.addVariable(name: "y", in: 0...1)
    program.constrain(x + y, atLeast: 3, name: "demand")
    program.constrain(x - y, in: -1...1, name: "balance")
    program.addToObjective(x)
    #expect(
      sentence(program) == "The program is infeasible: demand cannot hold together within the bounds of x, y.")
  }

  @Test("names the constraints in conflict when only whole numbers make the conflict")
  func infeasibleIntegers() {
    var program = LinearProgram()
    let x = program.addVariable(name: "x", in: 0...10, isInteger: true)
    let y = program.addVariable(name: "y", in: 0...10, isInteger: true)
    program.constrain(x + y, atMost: 15, name: "harmless")
    program.constrain(2 * x - 2 * y, equalTo: 1, name: "odd")
    program.addToObjective(x)
    #expect(sentence(program) == "The program is infeasible: odd cannot hold together.")
  }

  @Test("says that the objective has no limit", arguments: [false, true])
  func unbounded(hasInteger: Bool) {
    var program = LinearProgram(goal: .maximise)
    let x = program.addVariable(name: "x", isInteger: hasInteger)
    let y = program.addVariable(name: "y")
    program.constrain(x - y, atMost: 1, name: "difference")
    program.addToObjective(x + y)
    #expect(
      sentence(program) == "The program is unbounded: its objective can be improved without end. "
        + "Bound the variables in the objective.")
  }

  @Test("returns what it has when the time is over, with the gap")
  func timeLimit() throws {
    let program = marketSplit(rows: 5, columns: 40, seed: 1, slack: true)
    let solution = try solve(program, settings: SolverSettings(timeLimit: 0.3, relativeGap: 0))
    guard case .timeLimit(let gap) = solution.status else {
      Issue.record("The status was \(solution.status)")
      return
    }
    #expect(gap > 0)
    #expect(gap == solution.gap)
  }

  @Test("says that the time was over before a solution was found")
  func timeLimitWithoutSolution() {
    let program = marketSplit(rows: 5, columns: 40, seed: 1, slack: false)
    #expect(
      sentence(program, settings: SolverSettings(timeLimit: 0.3))
        == "No solution was found within the time limit of 0.3 seconds.")
  }
}
