import PowerSystem
import Testing
import UnitCommitment

/// Worked numbers of fuel supplies, weighted sums of outputs, ramps of profiled units and ancillary services, each with a
/// commitment that the audit must refuse.
@Suite("Limits over several units") struct CommonLimitTests {
  /// A unit of 0 to 100 MW that is on, at a price for each MWh.
  func unit(_ name: String, price: Double, noLoad: Double = 0, ramp: Double = .infinity) -> CommittableUnit {
    CommittableUnit(
      name: name,
      costCurve: [.init(output: 0, costPerHour: noLoad), .init(output: 100, costPerHour: noLoad + 100 * price)],
      rampUp: ramp, rampDown: ramp, startUpLimit: 100, shutDownLimit: 100,
      initialState: .on(forIntervals: 5, output: 50))
  }

  func problem(_ units: [CommittableUnit], demand: [Double]) -> CommitmentProblem {
    CommitmentProblem(
      name: "worked", intervalCount: demand.count, units: units, buses: [Bus(name: "B", demand: demand)])
  }

  func solved(_ problem: CommitmentProblem) throws -> CommitmentResult {
    #expect(problem.findings().isEmpty)
    let result = try solveCommitment(problem, settings: CommitmentSettings(gap: 0))
    #expect(audit(result.commitment, of: problem, claimedCost: result.objective).summary == "passed")
    return result
  }

  @Test("fuel runs short in one interval") func fuel() throws {
    var problem = problem([unit("A", price: 10), unit("B", price: 30)], demand: [60, 60])
    problem.fuelSupplies = [
      FuelSupply(name: "gas", available: [200, .infinity], users: [.init(unit: 0, price: 2)])
    ]
    // 200 of fuel at a price of 2 are 400 of cost, 40 MWh.
    let result = try solved(problem)
    #expect(abs(result.objective - (400 + 20 * 30 + 600)) < 1e-6)
    var wrong = result.commitment
    wrong.output = [[60, 60], [0, 0]]
    #expect(audit(wrong, of: problem).summary.contains("the fuel of gas in interval 1"))
  }

  @Test("a weighted sum of outputs, hard and at a price") func weightedSum() throws {
    var problem = problem([unit("A", price: 10), unit("B", price: 30)], demand: [60])
    problem.outputConstraints = [
      OutputConstraint(name: "S", terms: [.init(unit: 0, factor: 2), .init(unit: 1, factor: -1)], limits: -50...60)
    ]
    // 2 a − (60 − a) ≤ 60: a ≤ 40.
    let result = try solved(problem)
    #expect(abs(result.objective - (400 + 600)) < 1e-6)
    var wrong = result.commitment
    wrong.output = [[60], [0]]
    #expect(audit(wrong, of: problem).summary.contains("S in interval 1 is missed by 60"))
    // A MWh moved from B to A saves 20 and costs three of the violation.
    problem.outputConstraints[0].violationCost_perMWh = 5
    #expect(abs(try solved(problem).objective - (600 + 60 * 5)) < 1e-6)
  }

  @Test("a profiled unit ramps") func profiledRamp() throws {
    var problem = problem([unit("A", price: 10)], demand: [60, 60])
    problem.profiledUnits = [
      ProfiledUnit(
        name: "W", minimumOutput: [0, 0], maximumOutput: [20, 60], cost_perMWh: [0, 0], rampUp: [0, 15],
        rampDown: [0, 60])
    ]
    let result = try solved(problem)
    #expect(abs(result.objective - (400 + 250)) < 1e-6)
    var wrong = result.commitment
    wrong.profiledOutput = [[20, 50]]
    wrong.output = [[40, 10]]
    #expect(audit(wrong, of: problem).summary.contains("the ramp up of W in interval 2"))
  }

  @Test("spinning reserve of ten minutes needs a second unit") func spinning() throws {
    var problem = problem([unit("A", price: 10, ramp: 60), unit("B", price: 20, noLoad: 100, ramp: 30)], demand: [50])
    problem.units[1].initialState = .off(forIntervals: 5)
    var requirement = [[Double]](repeating: [], count: AncillaryServices.Product.allCases.count)
    requirement[AncillaryServices.Product.spinning.rawValue] = [15]
    problem.services = AncillaryServices(
      capabilities: [.init(), .init()], zones: [.init(name: "all", units: [0, 1], requirement: requirement)],
      shortfallCost_perMWh: [Double](repeating: 200, count: 7), sharesRamps: true)
    // A gives 10 MW, B 5 MW for its no-load cost of 100; 5 MW short would cost 1000.
    let result = try solved(problem)
    #expect(abs(result.objective - 600) < 1e-6)
    var wrong = result.commitment
    wrong.services.spinning = [[15], [0]]
    let report = audit(wrong, of: problem)
    #expect(report.findings.contains { $0.constraint == "the spinning reserve of A in interval 1" })
    #expect(report.findings.contains { $0.constraint == "the shared ramp up of A in interval 1" })
    wrong.services.spinning = [[10], [0]]
    #expect(audit(wrong, of: problem).summary.contains("spinning of all in interval 1 is missed by 5"))
    // At 15 a MWh the shortfall is cheaper than the second unit.
    problem.services?.shortfallCost_perMWh = [Double](repeating: 15, count: 7)
    #expect(abs(try solved(problem).objective - 575) < 1e-6)
  }

  @Test("an unknown output before the first interval limits nothing") func unknownOutput() throws {
    var problem = problem([unit("A", price: 10, ramp: 10), unit("B", price: 30)], demand: [90])
    #expect(abs(try solved(problem).objective - (600 + 900)) < 1e-6)
    problem.units[0].initialOutputIsKnown = false
    #expect(abs(try solved(problem).objective - 900) < 1e-6)
  }
}
