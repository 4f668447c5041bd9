import Clearing
import PowerSystem
import Testing

@Suite("Limits of what can be dispatched") struct DispatchRefusalTests {
  /// A case whose line asks for 1 000 · (angle − shift) MW.
  static func banded(_ band: ClosedRange<Double>, shift: Double = 0, limit: Double) -> DispatchCase {
    var system = DispatchCaseTests.pair(demand: 80, limit: limit)
    system.branches[0].phaseShift = shift
    system.branches[0].angleDifference = band
    return system
  }

  @Test("a band of angles that excludes the limit of the flow is refused, on either side")
  func crossedBands() throws {
    #expect(
      DispatchCaseTests.refusal(Self.banded(0.25...0.5, shift: 0.125, limit: 100))
        == "line: has angles that ask for a flow of 125.0 to 375.0 MW, outside its limit of 100.0 MW."
    )
    #expect(
      DispatchCaseTests.refusal(Self.banded(-0.5 ... -0.25, shift: -0.125, limit: 100))
        == "line: has angles that ask for a flow of -375.0 to -125.0 MW, outside its limit of 100.0 MW."
    )
    let solution = try dispatch(Self.banded(0.25...0.5, shift: 0.25, limit: 50))
    #expect(abs(solution.flow[0] - 50) < 1e-6)
  }

  @Test("a band of angles can ask for a flow that nobody would choose")
  func askedFlow() throws {
    let solution = try dispatch(Self.banded(0.0625...0.5, shift: 0.0125, limit: 100))
    #expect(abs(solution.flow[0] - 80) < 1e-6)
    var dear = Self.banded(0.0625...0.5, shift: 0.0125, limit: 100)
    dear.generators[0].cost = .polynomial(constant: 0, linear: 90, quadratic: 0)
    let forced = try dispatch(dear)
    #expect(abs(forced.flow[0] - 50) < 1e-6)
    #expect(abs(forced.branchPrice_perMWh[0] + 40) < 1e-6)
    #expect(DispatchAudit(dear, forced).verdict == "passed")
  }

  @Test("a demand of exactly the capacity, or of exactly the least output, is served")
  func exactCapacity() throws {
    var system = DispatchCaseTests.pair(demand: 140, limit: .infinity)
    let full = try dispatch(system)
    #expect(abs(full.output[0] - 100) < 1e-6 && abs(full.output[1] - 40) < 1e-6)
    system = DispatchCaseTests.pair(demand: 30, limit: .infinity)
    system.generators[0].minimumOutput = 10
    system.generators[1].minimumOutput = 20
    let least = try dispatch(system)
    #expect(abs(least.output[0] - 10) < 1e-6 && abs(least.output[1] - 20) < 1e-6)
  }

  @Test("rounding in a large sum is no lack of capacity")
  func rounding() throws {
    var system = DispatchCaseTests.pair(demand: 10_000, limit: .infinity)
    system.generators[0].maximumOutput = 10_000 - 5e-8
    system.generators.removeLast()
    let solution = try dispatch(system)
    #expect(abs(solution.output[0] - 10_000) < 1e-6)
    #expect(DispatchAudit(system, solution).verdict == "passed")
  }

  @Test("a refusal names three findings and counts the rest")
  func findings() {
    let all = (1...5).map { ProblemFinding(element: "bus \($0)", text: "is wrong.") }
    let three = "bus 1: is wrong. bus 2: is wrong. bus 3: is wrong."
    #expect(DispatchError.unfit(Array(all.prefix(3))).description == three)
    #expect(DispatchError.unfit(all).description == three + " 2 more findings.")
  }

  @Test("a conflict names eight limits and counts the rest")
  func conflicts() {
    let all = (1...10).map { "limit \($0)" }
    let eight = all.prefix(8).joined(separator: ", ")
    #expect(
      DispatchError.infeasible(limits: Array(all.prefix(8))).description
        == "No dispatch is feasible: \(eight) cannot hold together.")
    #expect(
      DispatchError.infeasible(limits: all).description
        == "No dispatch is feasible: \(eight) and 2 more cannot hold together.")
  }
}
