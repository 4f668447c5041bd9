import Foundation
import PowerSystem
import Testing

@testable import MarketData
@testable import Optimization
@testable import UnitCommitment

/// Egret's own instances with the total cost of its results (reference_cases/egret).
@Suite("Commitments of Egret's tests") struct EgretCaseTests {
  static let folder = SharedData.folder("reference_cases/egret")
  /// Cases that are solved within a second or two.
  static let quick = [
    "tiny_uc_2", "tiny_uc_9", "tiny_uc_12", "tiny_uc_tc_3", "tiny_uc_tc_4", "tiny_uc_tc_5", "tiny_uc_tc_6",
    "tiny_uc_tc_9", "tiny_uc_tc_10", "tiny_uc_tc_11",
  ]
  /// Cases with all services, whose proof takes about ten seconds each.
  static let slow = [
    "tiny_uc_1", "tiny_uc_6", "tiny_uc_10", "tiny_uc_tc", "tiny_uc_tc_2", "tiny_uc_tc_7", "tiny_uc_tc_8",
  ]
  /// Whether the long tests are asked for.
  static let isLong = ProcessInfo.processInfo.environment["SPOTDESK_LONG_TESTS"] != nil
  /// Optima of the larger instances, which stand in Egret's test code (egret/models/tests/test_unit_commitment.py).
  static let larger = [
    ("test_case_1", 4201915.017320504), ("test_case_2", 5454367.7670904165), ("test_case_3", 5999272.361123627),
    ("test_case_4", 5461120.3231092375), ("test_case_5", 6062406.32677043),
  ]
  /// Cases that no commitment problem of ours says, with the word that names the reason.
  static let notExpressible = [
    ("tiny_uc_3", "aux_fuel_capable"), ("tiny_uc_4", "aux_fuel_capable"), ("tiny_uc_5", "aux_fuel_capable"),
    ("tiny_uc_7", "varies"), ("tiny_uc_8", "non_fuel_no_load_cost"), ("tiny_uc_11", "startup_curve"),
  ]

  static func reader(_ name: String) throws -> EgretReader {
    let folder = try #require(folder)
    return try EgretReader(try referenceDocument(folder.appending(path: name + ".json.gz")), name: name)
  }

  static func results(_ name: String) throws -> JSONElement {
    try referenceDocument(try #require(folder).appending(path: name + "_results.json.gz"))
  }

  func check(_ problem: CommitmentProblem, against name: String) throws {
    #expect(problem.findings().isEmpty)
    let result = try solveCommitment(problem, settings: CommitmentSettings(gap: 1e-9))
    let expected = try Self.results(name).member("system").member("total_cost").number()
    #expect(abs(result.objective - expected) <= 1e-8 * abs(expected))
    #expect(audit(result.commitment, of: problem, claimedCost: result.objective).summary == "passed")
  }

  @Test(
    "total cost", .enabled(if: folder != nil, "skipped: no shared data"), arguments: isLong ? quick + slow : quick)
  func cost(name: String) throws {
    try check(try Self.reader(name).problem, against: name)
  }

  @Test(
    "total cost of the published statuses", .enabled(if: folder != nil, "skipped: no shared data"), arguments: slow)
  func costOfStatuses(name: String) throws {
    let reader = try Self.reader(name)
    var problem = reader.problem
    let published = try Self.results(name).member("elements").member("generator")
    for (index, unit) in problem.units.enumerated() {
      let status = try reader.series(try published.member(unit.name).member("commitment"))
      problem.units[index].fixedStatus = status.map { $0 > 0.5 }
    }
    try check(problem, against: name)
  }

  @Test(
    "the optimum of a larger instance lies between bound and cost",
    .enabled(if: folder != nil && isLong, "skipped: no shared data, or SPOTDESK_LONG_TESTS is not set"),
    arguments: larger)
  func between(name: String, optimum: Double) throws {
    let problem = try Self.reader(name).problem
    let result = try solveCommitment(problem, settings: CommitmentSettings(gap: 1e-3, timeLimit: 60))
    #expect(audit(result.commitment, of: problem, claimedCost: result.objective).summary == "passed")
    #expect(result.bound <= optimum * (1 + 1e-9) && optimum <= result.objective * (1 + 1e-9))
  }

  /// The value of a relaxation depends on the formulation: ours lies between Egret's and the optimum.
  @Test(
    "the relaxation is at least as tight as the published one", .enabled(if: folder != nil, "skipped: no shared data"))
  func relaxed() throws {
    func total(_ name: String) throws -> Double {
      try Self.results(name).member("system").member("total_cost").number()
    }
    var model = try CommitmentModel(try Self.reader("tiny_uc_tc").problem)
    var solution = try ProgramSolver(model.program.relaxed()).solve(SolverSettings())
    #expect(solution.objective >= (try total("tiny_uc_tc_relaxed_unconstrained")))
    while model.addViolatedLimits(of: solution) {
      solution = try ProgramSolver(model.program.relaxed()).solve(SolverSettings())
    }
    #expect(solution.objective >= (try total("tiny_uc_tc_relaxed")))
    #expect(solution.objective <= (try total("tiny_uc_tc")))
  }

  @Test(
    "what is not expressible is refused", .enabled(if: folder != nil, "skipped: no shared data"),
    arguments: notExpressible)
  func refused(name: String, word: String) throws {
    let error = #expect(throws: NotExpressible.self) { _ = try Self.reader(name) }
    #expect(error?.description.contains(word) == true)
  }
}
