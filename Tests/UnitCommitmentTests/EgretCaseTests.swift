import Foundation
import PowerSystem
import Testing

@testable import MarketData
@testable import UnitCommitment

/// Egret's own instances with the total cost of its results (reference_cases/egret).
@Suite("Commitments of Egret's tests") struct EgretCaseTests {
  static let folder = SharedData.folder("reference_cases/egret")
  static let names = [
    "tiny_uc_1", "tiny_uc_2", "tiny_uc_6", "tiny_uc_9", "tiny_uc_10", "tiny_uc_12", "tiny_uc_tc", "tiny_uc_tc_2",
    "tiny_uc_tc_3", "tiny_uc_tc_4", "tiny_uc_tc_5", "tiny_uc_tc_6", "tiny_uc_tc_7", "tiny_uc_tc_8", "tiny_uc_tc_9",
    "tiny_uc_tc_10", "tiny_uc_tc_11",
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

  static func expected(_ name: String) throws -> Double {
    let folder = try #require(folder)
    let results = try referenceDocument(folder.appending(path: name + "_results.json.gz"))
    return try results.member("system").member("total_cost").number()
  }

  @Test("total cost", .enabled(if: folder != nil, "skipped: no shared data"), arguments: names)
  func cost(name: String) throws {
    let problem = try Self.reader(name).problem
    #expect(problem.findings().isEmpty)
    let result = try solveCommitment(problem, settings: CommitmentSettings(gap: 1e-9))
    let expected = try Self.expected(name)
    #expect(abs(result.objective - expected) <= 1e-8 * abs(expected))
    #expect(audit(result.commitment, of: problem, claimedCost: result.objective).summary == "passed")
  }

  @Test(
    "what is not expressible is refused", .enabled(if: folder != nil, "skipped: no shared data"),
    arguments: notExpressible)
  func refused(name: String, word: String) throws {
    let error = #expect(throws: NotExpressible.self) { _ = try Self.reader(name) }
    #expect(error?.description.contains(word) == true)
  }
}
