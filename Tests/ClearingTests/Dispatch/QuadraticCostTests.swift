import Clearing
import Foundation
import MarketData
import PowerSystem
import Testing

@Suite("Dispatch of curved costs and losses") struct QuadraticCostTests {
  /// Two generators at one bus, 10 + 0.1 P and 15 + 0.04 P for each MWh.
  static func shared(demand: Double) -> DispatchCase {
    DispatchCase(
      name: "shared", buses: [Bus(name: "A", demand: [demand])],
      generators: [
        DispatchedGenerator(
          name: "one", bus: 0, minimumOutput: 0, maximumOutput: 200,
          cost: .polynomial(constant: 3, linear: 10, quadratic: 0.05)),
        DispatchedGenerator(
          name: "two", bus: 0, minimumOutput: 0, maximumOutput: 200,
          cost: .polynomial(constant: 4, linear: 15, quadratic: 0.02)),
      ])
  }

  @Test(
    "two curved costs share the demand where they have one slope", arguments: [60.0, 100, 173, 250])
  func sharing(demand: Double) throws {
    let system = Self.shared(demand: demand)
    let solution = try dispatch(system)
    // 10 + 0.1 x = 15 + 0.04 (demand − x)
    let first = (5 + 0.04 * demand) / 0.14
    #expect(abs(solution.output[0] - first) < 1e-6)
    #expect(abs(solution.output[1] - (demand - first)) < 1e-6)
    #expect(abs(solution.prices[0].total - (10 + 0.1 * first)) < 1e-6)
    #expect(DispatchAudit(system, solution).verdict == "passed")
  }

  @Test("a cost is no further from its bound than was asked for", arguments: 1...12)
  func gap(seed: UInt64) throws {
    let system = randomCase(seed: seed)
    let exact = try dispatch(system)
    #expect(exact.gap <= 1e-9)
    let tangents = try dispatch(system, settings: DispatchSettings(triesQuadraticProgram: false))
    #expect(tangents.gap <= 1e-9)
    let coarse = try dispatch(
      system, settings: DispatchSettings(relativeGap: 1e-4, triesQuadraticProgram: false))
    #expect(coarse.gap <= 1e-4)
    #expect(coarse.costPerHour >= exact.costPerHour * (1 - 1e-9))
    #expect(coarse.costPerHour * (1 - coarse.gap) <= exact.costPerHour * (1 + 1e-9))
    let lossy = try dispatch(system, settings: DispatchSettings(withLosses: true))
    #expect(lossy.gap <= 1e-9)
  }

  /// The two largest take half a minute.
  static let smaller = PublishedCaseTests.files.filter { file in
    !["1354_pegase", "500_goc"].contains { file.path.contains($0) }
  }

  @Test(
    "the published cases with losses: the audit passes, and output covers demand and losses",
    arguments: smaller)
  func publishedLosses(file: URL) throws {
    let system = try readMatpowerCase(file)
    let solution = try dispatch(system, settings: DispatchSettings(withLosses: true))
    #expect(DispatchAudit(system, solution).verdict == "passed")
    #expect(solution.gap <= 1e-9)
    let lost = zip(system.branches, solution.flow).reduce(0) {
      $0 + $1.0.resistance_perMW * $1.1 * $1.1
    }
    let demand = system.buses.reduce(0) { $0 + $1.demand[0] }
    #expect(lost > 0)
    #expect(abs(solution.output.reduce(0, +) - demand - lost) < 1e-6 * demand)
  }

  /// Cases in which tangents alone leave prices between two slopes for many rounds, and others.
  @Test(
    "large random cases with curved costs and losses pass the audit by tangents",
    arguments: zip([UInt64(1_024), 1_031, 1_034, 101, 102, 103], [60, 25, 60, 40, 40, 40]))
  func largeLosses(seed: UInt64, buses: Int) throws {
    let system = randomCase(seed: seed, buses: buses)
    for withLosses in [false, true] {
      let settings = DispatchSettings(withLosses: withLosses, triesQuadraticProgram: false)
      let solution = try dispatch(system, settings: settings)
      #expect(DispatchAudit(system, solution).verdict == "passed")
      #expect(solution.gap <= 1e-9)
    }
  }
}
