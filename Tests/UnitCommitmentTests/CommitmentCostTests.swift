import PowerSystem
import Testing
import UnitCommitment

@Suite("Cost of a commitment") struct CommitmentCostTests {
  @Test("output, a start by time off line and a shut-down add up")
  func workedNumber() {
    let unit = CommittableUnit(
      name: "A",
      costCurve: [.init(output: 50, costPerHour: 1000), .init(output: 100, costPerHour: 2500)],
      startCategories: [.init(afterIntervals: 1, cost: 300), .init(afterIntervals: 4, cost: 700)], shutDownCost: 40,
      initialState: .off(forIntervals: 3))
    let problem = CommitmentProblem(
      name: "worked", intervalCount: 4, units: [unit], buses: [Bus(name: "B", demand: [0, 80, 50, 0])])
    // Off for 3 + 1 intervals: the cold start; 1000 + 30 · 30 and 1000; then the shut-down.
    #expect(
      problem.cost(ofUnit: 0, isOn: [false, true, true, false], output: [0, 80, 50, 0]) == 700 + 1900 + 1000 + 40)
    #expect(problem.findings().isEmpty)
  }
}
