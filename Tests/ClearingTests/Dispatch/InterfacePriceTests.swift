import Clearing
import PowerSystem
import Testing
import UnitCommitment

@Suite("Prices behind an interface") struct InterfacePriceTests {
  @Test(
    "a full interface sets the prices apart as a full line does: half of 100 MW at a limit of 50")
  func price() throws {
    var problem = NetworkDispatchTests.reference(
      demand: [0, 110], prices: [50, 60], lines: [(from: 0, to: 1, limit: .infinity)])
    problem.interfaces = [
      Interface(name: "border", branches: [(index: 0, factor: 0.5)], limits: -20...50)
    ]
    let result = try dispatch(problem, commitment: [[true], [true]])
    #expect(abs(result.flow[0][0] - 100) < 1e-6)
    #expect(abs(result.prices[0][0].total - 50) < 1e-6)
    #expect(abs(result.prices[1][0].total - 60) < 1e-6)
    #expect(abs(result.branchPrice_perMWh[0][0] - 10) < 1e-6)
    #expect(NetworkDispatchAudit(problem, result).verdict == "passed")
  }

  @Test("random networks with an interface of two lines pass the audit", arguments: 1...12)
  func random(seed: UInt64) throws {
    var (problem, _) = NetworkDispatchTests.problem(seed: seed, intervals: 2)
    problem.shortageCost_perMWh = 2_000
    let on = problem.units.map { _ in [true, true] }
    let free = try dispatch(problem, commitment: on)
    let sum = 0.5 * free.flow[2][0] - free.flow[5][0]
    let half = abs(sum) / 2
    problem.interfaces = [
      Interface(
        name: "border", branches: [(index: 2, factor: 0.5), (index: 5, factor: -1)],
        limits: -half...half)
    ]
    let result = try dispatch(problem, commitment: on)
    #expect(result.cost > free.cost)
    #expect(NetworkDispatchAudit(problem, result).verdict == "passed")
    let factors = try TransferFactors(
      DispatchCase(name: "", buses: problem.buses, generators: [], branches: problem.branches))
    for bus in problem.buses.indices {
      let congestion = problem.branches.indices.reduce(0.0) {
        $0 - factors.shiftFactor(ofBranch: $1, bus: bus) * result.branchPrice_perMWh[$1][0]
      }
      #expect(abs(congestion - result.prices[bus][0].congestion) < 1e-5)
    }
  }
}
