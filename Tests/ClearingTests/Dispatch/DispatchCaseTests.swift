import Clearing
import PowerSystem
import Testing

@Suite("Dispatch by hand") struct DispatchCaseTests {
  /// A cheap generator at A and a dear one at B, one line of 50 MW between them.
  static func pair(demand: Double = 80, limit: Double = 50) -> DispatchCase {
    DispatchCase(
      name: "pair", buses: [Bus(name: "A", demand: [0]), Bus(name: "B", demand: [demand])],
      generators: [
        DispatchedGenerator(
          name: "cheap", bus: 0, minimumOutput: 0, maximumOutput: 100,
          cost: .polynomial(constant: 5, linear: 20, quadratic: 0)),
        DispatchedGenerator(
          name: "dear", bus: 1, minimumOutput: 0, maximumOutput: 40,
          cost: .piecewise([
            .init(output: 0, costPerHour: 0), .init(output: 20, costPerHour: 600),
            .init(output: 40, costPerHour: 1_600),
          ])),
      ],
      branches: [Branch(name: "line", from: 0, to: 1, susceptance: 1_000, limit: limit)])
  }

  @Test("a full line sets the prices apart")
  func congestion() throws {
    let system = Self.pair()
    let solution = try dispatch(system)
    #expect(abs(solution.output[0] - 50) < 1e-6)
    #expect(abs(solution.output[1] - 30) < 1e-6)
    #expect(abs(solution.costPerHour - (5 + 50 * 20 + 600 + 10 * 50)) < 1e-6)
    #expect(abs(solution.prices[0].total - 20) < 1e-6)
    #expect(abs(solution.prices[1].total - 50) < 1e-6)
    #expect(abs(solution.prices[1].congestion - 30) < 1e-6)
    #expect(abs(solution.branchPrice_perMWh[0] - 30) < 1e-6)
    #expect(DispatchAudit(system, solution).verdict == "passed")
  }

  @Test("losses: output 100 against demand 98.99 through 1 % at both ends, price up by the marginal loss")
  func loss() throws {
    var system = Self.pair(demand: 90, limit: .infinity)
    system.branches[0].resistance_perMW = 1e-4
    let solution = try dispatch(system, settings: DispatchSettings(withLosses: true))
    let flow = solution.flow[0]
    #expect(abs(flow + 1e-4 * flow * flow / 2 - solution.output[0]) < 1e-5 || solution.output[1] > 0)
    #expect(abs(solution.output[0] + solution.output[1] - 90 - 1e-4 * flow * flow) < 1e-5)
    #expect(abs(solution.prices[1].total - 20 * (1 + 1e-4 * flow) / (1 - 1e-4 * flow)) < 1e-3)
    #expect(abs(solution.prices[1].congestion) < 1e-6)
    #expect(DispatchAudit(system, solution).verdict == "passed")
  }

  @Test("the audit finds what was changed")
  func audit() throws {
    let system = Self.pair()
    let solution = try dispatch(system)
    func verdict(_ change: (inout DispatchSolution) -> Void) -> String {
      var changed = solution
      change(&changed)
      return DispatchAudit(system, changed).verdict
    }
    #expect(verdict { $0.output[1] += 1 }.contains("bus B: is out of balance by 1"))
    #expect(verdict { $0.costPerHour -= 1 }.contains("not"))
    #expect(verdict { $0.flow[0] = 60 }.contains("its angles ask for"))
    #expect(verdict { $0.branchPrice_perMWh[0] = -30 }.contains("line: has a price of -30"))
    #expect(verdict { $0.prices[1].energy += 5 }.contains("dear: gives"))
    #expect(verdict { $0.branchPrice_perMWh[0] = 0 }.contains("turning its angle earns"))
    #expect(verdict { $0.angle.removeLast() }.contains("has 1 angles for 2."))
  }

  static func refusal(_ system: DispatchCase) -> String {
    do {
      _ = try dispatch(system)
      return ""
    } catch { return error.description }
  }

  @Test("what cannot be dispatched is said in one sentence")
  func refusals() {
    #expect(
      Self.refusal(Self.pair(demand: 141)).contains("demand of 141.0 MW, and its generators give 140.0 MW at most"))
    let conflict = Self.refusal(Self.pair(demand: 95))
    #expect(conflict.contains("limit of line") && conflict.contains("balance of bus B"))
    var system = Self.pair()
    system.branches = []
    #expect(Self.refusal(system).contains("The island of bus B has a demand of 80.0 MW"))
    system.generators = []
    #expect(Self.refusal(system).contains("has no generator that is on"))
    system = Self.pair()
    system.generators[0].cost = .polynomial(constant: 0, linear: 1, quadratic: -1)
    #expect(Self.refusal(system).contains("only convex costs have prices"))
    system.branches[0].susceptance = .nan
    #expect(Self.refusal(system).contains("line: has a susceptance of nan MW/rad"))
    system = Self.pair()
    system.generators[0].minimumOutput = 90
    system.buses[1].demand = [50]
    #expect(Self.refusal(system).contains("give 90.0 MW at least"))
    #expect(Self.refusal(DispatchCase(name: "empty", buses: [], generators: [])).contains("has no bus"))
  }
}
