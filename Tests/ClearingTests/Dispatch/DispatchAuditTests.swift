import Clearing
import PowerSystem
import Testing

/// The audit of a dispatch is handed results with one planted error each, just within and just beyond what counts as
/// nothing.
@Suite("Audit of a dispatch") struct DispatchAuditTests {
  static func findings(
    _ system: DispatchCase, _ solution: DispatchSolution,
    _ change: (inout DispatchSolution) -> Void = { _ in }
  ) -> [String] {
    var changed = solution
    change(&changed)
    return DispatchAudit(system, changed).findings.map(\.description)
  }

  /// A cheap generator at A, a dear one at B, and one line that is held by its band of angles alone.
  static func banded(
    _ band: ClosedRange<Double>, from: Int = 0, susceptance: Double = 1_000, phaseShift: Double = 0
  ) -> DispatchCase {
    var system = DispatchCaseTests.pair(limit: .infinity)
    system.branches = [
      Branch(
        name: "line", from: from, to: 1 - from, susceptance: susceptance, phaseShift: phaseShift,
        angleDifference: band)
    ]
    return system
  }

  @Test("an output outside its band is found, at either end")
  func outputs() throws {
    let system = DispatchCaseTests.pair()
    let solution = try dispatch(system)
    #expect(
      Self.findings(system, solution) { $0.output[1] = 41 }.contains(
        "dear: gives 41.0 MW, outside 0.0 to 40.0 MW."))
    #expect(
      Self.findings(system, solution) { $0.output[1] = -1 }.contains(
        "dear: gives -1.0 MW, outside 0.0 to 40.0 MW."))
    #expect(
      !Self.findings(system, solution) { $0.output[1] = 39 }.contains { $0.contains("outside") })
  }

  @Test("a flow above its limit is found, in either direction")
  func limits() throws {
    let free = try dispatch(DispatchCaseTests.pair(limit: .infinity))
    #expect(abs(free.flow[0] - 80) < 1e-6)
    for sign in [1.0, -1] {
      let found = Self.findings(DispatchCaseTests.pair(), free) { $0.flow[0] = sign * 80 }
      #expect(found.contains("line: carries \(sign * 80) MW, above its limit of 50.0 MW."))
    }
    #expect(
      !Self.findings(DispatchCaseTests.pair(limit: 80), free).contains {
        $0.contains("above its limit")
      })
  }

  @Test("a dispatch at the end of its band of angles passes", arguments: [1_000.0, 1_000_000])
  func atBand(susceptance: Double) throws {
    let angle = 50 / susceptance
    let ends: [(Int, ClosedRange<Double>)] = [(0, -0.5...angle), (1, -angle...0.5)]
    for (from, band) in ends {
      let system = Self.banded(band, from: from, susceptance: susceptance)
      let solution = try dispatch(system)
      #expect(abs(solution.output[0] - 50) < 1e-6)
      #expect(abs(solution.prices[1].total - 50) < 1e-6)
      #expect(Self.findings(system, solution).isEmpty)
    }
  }

  @Test("an angle difference beyond either end of its band is found")
  func beyondBand() throws {
    let system = Self.banded(-0.5...0.05)
    let solution = try dispatch(system)
    for band in [-0.5...0.045, 0.055...0.5] {
      var narrow = system
      narrow.branches[0].angleDifference = band
      let found = Self.findings(narrow, solution)
      #expect(
        found.contains {
          $0.contains("has an angle difference of") && $0.contains("outside \(band)")
        })
    }
  }

  @Test(
    "a phase shifter moves the flow at which a band of angles holds: 1 000 · (0.0625 − 0.0125) = 50 MW"
  )
  func shiftedBand() throws {
    let system = Self.banded(-0.5...0.0625, phaseShift: 0.0125)
    let solution = try dispatch(system)
    #expect(abs(solution.flow[0] - 50) < 1e-6)
    #expect(abs(solution.prices[1].total - 50) < 1e-6)
    #expect(abs(solution.branchPrice_perMWh[0] - 30) < 1e-6)
    #expect(Self.findings(system, solution).isEmpty)
  }

  @Test("what counts as nothing grows with the flows: 0.001 MW beside 10 000 MW")
  func largeFlows() throws {
    var system = DispatchCaseTests.pair(demand: 10_000, limit: .infinity)
    system.generators[0].maximumOutput = 20_000
    let solution = try dispatch(system)
    #expect(abs(solution.flow[0] - 10_000) < 1e-6)
    // The angle of B moves the flow that the angles ask for by 1 000 MW for each rad.
    #expect(Self.findings(system, solution) { $0.angle[1] -= 5e-7 }.isEmpty)
    #expect(
      Self.findings(system, solution) { $0.angle[1] -= 2e-6 }.contains {
        $0.contains("its angles ask for")
      })
  }

  @Test("a cost is right to nine digits")
  func cost() throws {
    let system = DispatchCaseTests.pair()
    let solution = try dispatch(system)
    #expect(Self.findings(system, solution) { $0.costPerHour += 1e-6 }.isEmpty)
    for error in [1e-5, -1e-5] {
      let found = Self.findings(system, solution) { $0.costPerHour += error }
      #expect(found.contains { $0.hasPrefix("pair: costs") && $0.hasSuffix("as it says.") })
    }
  }

  @Test("prices of neighbours fit each other to five digits of the highest price")
  func neighbours() throws {
    let system = DispatchCaseTests.pair()
    let solution = try dispatch(system)
    #expect(Self.findings(system, solution) { $0.branchPrice_perMWh[0] += 3e-5 }.isEmpty)
    let found = Self.findings(system, solution) { $0.branchPrice_perMWh[0] += 6e-4 }
    #expect(
      found.contains {
        $0.hasPrefix("bus A: has a price that does not fit those of its neighbours")
      })
    #expect(
      found.contains {
        $0.hasPrefix("bus B: has a price that does not fit those of its neighbours")
      })
  }
}
