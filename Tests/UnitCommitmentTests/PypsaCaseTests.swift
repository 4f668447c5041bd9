import Foundation
import PowerSystem
import Testing

@testable import MarketData
@testable import Optimization
@testable import UnitCommitment

/// The cases of PyPSA's tests with the optimum that its solver found (reference_cases/pypsa_unit_commitment.json).
@Suite("Commitments of PyPSA's tests") struct PypsaCaseTests {
  static let folder = SharedData.folder("reference_cases")
  static let relaxation = "test_linearized_unit_commitment"
  static let rolling = "test_unit_commitment_rolling_horizon"
  /// Cases that no commitment problem of ours says, with the word that names the reason.
  static let notExpressible = [
    "test_infeasible_start_up_limit": "links", "test_link_ramp_limits": "links",
    "test_link_ramp_limits_rolling_horizon": "links", "test_ramp_limit_shut_down_binary_uc": "links",
    "test_ramp_limit_shut_down_first_snapshot_with_slack": "links", "test_ramp_limit_start_up_binary_uc": "links",
    "test_linearized_unit_commitment_committable_extendable": "p_nom",
    "test_ramp_limits_multi_investment_period": "p_nom",
  ]
  /// Cases for which the file gives no number.
  static let withoutNumber: Set = [
    "test_inactive_asset_with_modular_committable_ramp", "test_inactive_committable_generator_multi_investment",
  ]

  static func cases() throws -> [(test: String, network: JSONElement)] {
    guard let folder else { return [] }
    let document = try referenceDocument(folder.appending(path: "pypsa_unit_commitment.json"))
    return try document.member("cases").list().map {
      (try $0.member("test").text(), try $0.member("networks").list()[0])
    }
  }

  @Test("cost of every case", .enabled(if: folder != nil, "skipped: no shared data"))
  func costs() throws {
    var met: [String] = []
    for (test, network) in try Self.cases()
    where try network.optional("objective") != nil && Self.notExpressible[test] == nil {
      if test == Self.relaxation || test == Self.rolling { continue }
      let reader = try PypsaReader(test: test, network: network)
      let expected = try #require(try reader.expected)
      #expect(reader.problem.findings().isEmpty)
      let result = try solveCommitment(reader.problem, settings: CommitmentSettings(gap: 0))
      #expect(abs(result.objective - expected) <= 1e-6 * abs(expected), "\(test)")
      #expect(
        audit(result.commitment, of: reader.problem, claimedCost: result.objective).summary == "passed", "\(test)")
      met.append(test)
    }
    #expect(met.count == 13)
    let others = Set(Self.notExpressible.keys).union(Self.withoutNumber).union([Self.relaxation, Self.rolling])
    #expect(Set(try Self.cases().map(\.test)) == others.union(met))
  }

  @Test("what is not expressible is refused", .enabled(if: folder != nil, "skipped: no shared data"))
  func refused() throws {
    for (test, network) in try Self.cases() {
      guard let word = Self.notExpressible[test] else { continue }
      let error = #expect(throws: NotExpressible.self) { _ = try PypsaReader(test: test, network: network) }
      #expect(error?.description.contains(word) == true, "\(test)")
    }
  }

  @Test("a rolling horizon of three windows", .enabled(if: folder != nil, "skipped: no shared data"))
  func rollingHorizon() throws {
    let found = try #require(try Self.cases().first { $0.test == Self.rolling })
    let reader = try PypsaReader(test: found.test, network: found.network)
    var status = reader.problem.units.map { _ in [Bool]() }
    var last = Double.nan
    for begin in [0, 2, 4] {
      let window = Self.window(of: reader.problem, from: begin, count: 3, after: status.map { Array($0.prefix(begin)) })
      let result = try solveCommitment(window, settings: CommitmentSettings(gap: 0))
      #expect(audit(result.commitment, of: window, claimedCost: result.objective).summary == "passed")
      for unit in status.indices { status[unit] = Array(status[unit].prefix(begin)) + result.commitment.isOn[unit] }
      last = result.objective
    }
    let units = reader.problem.units.map(\.name)
    let expected = try found.network.member("result_status")
    for (unit, name) in units.enumerated() {
      #expect(status[unit] == (try expected.member(name).series(7)).map { $0 > 0.5 }, "\(name)")
    }
    #expect(abs(last - (try reader.expected ?? .nan)) <= 1e-6 * last)
  }

  /// Some intervals of a problem of committable units, entered with the statuses so far.
  static func window(
    of problem: CommitmentProblem, from begin: Int, count: Int, after status: [[Bool]]
  ) -> CommitmentProblem {
    var window = problem
    window.intervalCount = count
    for bus in window.buses.indices {
      window.buses[bus].demand = Array(problem.buses[bus].demand[begin..<(begin + count)])
    }
    for (unit, past) in status.enumerated() {
      guard let now = past.last else { continue }
      let duration = past.reversed().prefix { $0 == now }.count
      window.units[unit].initialState =
        now ? .on(forIntervals: duration, output: window.units[unit].minimumOutput) : .off(forIntervals: duration)
    }
    return window
  }

  @Test("cost of the relaxation", .enabled(if: folder != nil, "skipped: no shared data"))
  func relaxed() throws {
    let found = try #require(try Self.cases().first { $0.test == Self.relaxation })
    let reader = try PypsaReader(test: found.test, network: found.network)
    let model = try CommitmentModel(reader.problem)
    let relaxed = try ProgramSolver(model.program.relaxed()).solve(SolverSettings())
    #expect(abs(relaxed.objective - (try reader.expected ?? .nan)) <= 1e-6 * relaxed.objective)
  }
}
