import Foundation
import MarketData
import PowerSystem
import Testing
import UnitCommitment

/// Expected values that UnitCommitment.jl publishes with its cases (reference_cases/ucjl/EXPECTED.md).
@Suite("Prices of published small cases") struct PublishedPriceTests {
  static let folder = SharedData.folder("reference_cases/ucjl")

  func problem(_ name: String) throws -> CommitmentProblem {
    let file = try #require(Self.folder).appending(path: name + ".json.gz")
    return try readCommitmentProblem(at: file, format: .unitCommitmentJl)
  }

  @Test(
    "locational marginal prices with the commitment held", .enabled(if: folder != nil, "skipped: no shared data"),
    arguments: [
      ("lmp_simple_test_1", [50.0, 50]), ("lmp_simple_test_2", [50, 60]), ("lmp_simple_test_3", [50, 70, 100]),
      ("lmp_simple_test_4", [50, 70, 90]),
    ])
  func marginal(name: String, expected: [Double]) throws {
    let problem = try problem(name)
    let result = try solveCommitment(problem, settings: CommitmentSettings(gap: 1e-9))
    #expect(audit(result.commitment, of: problem, claimedCost: result.objective).summary == "passed")
    let prices = try marginalPrices(of: problem, isOn: result.commitment.isOn).prices
    for (bus, price) in expected.enumerated() { #expect(abs(prices.energy[bus][0] - price) < 1e-6) }
  }

  @Test(
    "extended prices with and without units off line", .enabled(if: folder != nil, "skipped: no shared data"),
    arguments: [(true, 231.7), (false, 274.3)])
  func extended(includesOffline: Bool, expected: Double) throws {
    let problem = try problem("aelmp_simple")
    let result = try solveCommitment(problem, settings: CommitmentSettings(gap: 1e-9))
    let prices = try extendedPrices(
      of: problem, isOn: result.commitment.isOn,
      settings: ExtendedPriceSettings(includesOfflineUnits: includesOffline, includesStartCosts: true))
    #expect(abs(prices.energy[0][0] - expected) < 0.1)
  }

  @Test("a day-ahead commitment is handed to real time", .enabled(if: folder != nil, "skipped: no shared data"))
  func handOver() throws {
    let dayAhead = try problem("market_da_simple")
    let result = try solveCommitment(dayAhead, settings: CommitmentSettings(gap: 1e-9))
    let unit = try #require(dayAhead.units.firstIndex { $0.name == "GenY" })
    #expect(result.commitment.isOn[unit] == [false, true])
    let prices = try marginalPrices(of: dayAhead, isOn: result.commitment.isOn).prices
    #expect(abs(prices.energy[0][0] - 50) < 1e-6 && abs(prices.energy[0][1] - 56) < 1e-6)
    var realTime = RealTimeSequence(dayAhead: dayAhead, isOn: result.commitment.isOn)
    var seen: [[Bool]] = []
    for name in ["market_rt1_simple", "market_rt2_simple", "market_rt3_simple", "market_rt4_simple"] {
      let cleared = try realTime.clear(try problem(name), advancingBy: 1)
      seen.append(cleared.commitment.isOn[unit])
      #expect(cleared.prices.energy[0].count == cleared.commitment.isOn[unit].count)
    }
    #expect(seen == [[false, false], [false, true], [true, true], [true]])
  }
}
