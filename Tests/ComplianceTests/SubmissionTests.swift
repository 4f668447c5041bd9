import Compliance
import Foundation
import MarketModel
import MarketRules
import MarketTestSupport
import Testing

@Suite("All 77 checks")
struct SubmissionTests {
  static let cases =
    SubmissionExample.formatCases + SubmissionExample.curveCases + SubmissionExample.physicalCases
    + SubmissionExample.environmentCases + SubmissionExample.positionCases + SubmissionExample.conductCases
    + SubmissionExample.processCases

  @Test("the list is complete: 77 checks, each with its words, its example, and a row in every report")
  func complete() throws {
    let ids = CheckWords.all.map(\.id)
    #expect(ids.count == 77 && Set(ids).count == 77)
    #expect(Set(Self.cases.map(\.id)) == Set(ids) && Self.cases.count == 77)
    #expect(Set(try Submission().report().rows.map(\.check)) == Set(ids))
    for words in CheckWords.all {
      #expect(!words.formula.isEmpty && !words.finding.isEmpty && !words.advice.isEmpty)
    }
  }

  @Test("a check finds its example violation and says what to do in two languages", arguments: cases)
  func violation(example: CheckCase) throws {
    var submission = Submission()
    try example.violate(&submission)
    let report = try submission.report()
    let found = report.rows(of: example.id).filter { $0.result == .violated }
    let row = try #require(found.first, "\(report.rows(of: example.id).map(\.message))")
    #expect(!row.clause.isEmpty && !row.formula.isEmpty && row.message.contains(row.clause))
    #expect(row.messageChinese.contains(row.clause) && row.messageChinese.hasSuffix("。"))
    #expect(report.verdict == (row.severity == .warn ? report.verdict : .refused))
  }

  @Test("a check passes the nearest legal neighbour", arguments: cases)
  func neighbour(example: CheckCase) throws {
    var submission = Submission()
    try example.keep(&submission)
    let rows = try submission.report().rows(of: example.id)
    #expect(!rows.isEmpty && rows.allSatisfy { $0.result == .passed }, "\(rows.map(\.message))")
  }

  @Test("nothing passes that nobody has stated: without facts the checks of the desk are not evaluated")
  func nothingStated() throws {
    let rows = try Submission().report().rows.filter { "ERD".contains($0.check.prefix(1)) }
    #expect(rows.count == 28 && rows.allSatisfy { $0.result == .notEvaluated && !$0.message.isEmpty })
  }

  @Test("a pack with a removed price cap does not judge the cap, and the verdict is not accepted")
  func removedCap() throws {
    var submission = try Self.complete()
    #expect(try submission.report().verdict == .accepted)
    submission.replace("bid_cap_per_MWh", "{ unknown: removed }")
    let report = try submission.report()
    #expect(report.rows(of: "C07").map(\.result) == [.notEvaluated])
    #expect(report.verdict == .acceptedWithWarnings)
  }

  @Test("the worked similarity: differences of 50.05 in all under a cap of 1300")
  func workedSimilarity() throws {
    var submission = Submission()
    submission.replace("curve_form", "{ value: steps, clause: c, confidence: official }")
    submission.bids = [bid(form: .steps)]
    submission.unit { $0.group = "own" }
    // The samples above 50 % of the last output, five of them, lie 10.01 higher.
    let other = [[0, 165, -80], [165, 250, 310.01], [250, 330, 360.01]]
    submission.market { $0.otherBids = [OtherBid(unit: "Z1", group: "z", plant: "Z", segments: other)] }
    #expect(try submission.report().rows(of: "M08").first?.message.contains("W = 0.9965") == true)
  }

  @Test("a division by nothing is no pass")
  func emptyData() throws {
    var submission = Submission()
    submission.position { ($0.contractedMonth, $0.expectedMonth) = (70, 0) }
    submission.position { ($0.contracted, $0.expected, $0.scenarioProfits, $0.tailBudget) = ([1], [0], [], 1) }
    submission.market { ($0.supply, $0.ownSupply, $0.demand, $0.reserve) = ([1], [1], [0], [0]) }
    submission.market { $0.twoLargestOthers = [0] }
    let report = try submission.report()
    for check in ["R01", "R03", "R05", "M01", "M02"] {
      #expect(report.rows(of: check).map(\.result) == [.notEvaluated], "\(check)")
    }
    submission.storage([(-100, -50, 100), (-50, 50, 200), (50, 100, 300)])
    #expect(try submission.report().rows(of: "C08").first?.segment == 2)
  }

  @Test("a storage is counted and measured by the pack's storage rules")
  func storageShape() throws {
    var submission = Submission()
    let sides: [(Double, Double, Double)] = [(-100, -99, 90), (-99, 0, 100), (0, 100, 300)]
    submission.storage(sides)
    #expect(try submission.report().rows(of: "C06").compactMap(\.segment) == [1])
    #expect(try submission.report().rows(of: "F08").map(\.result) == [.passed])
    submission.replace("maximum_charge_segments", "{ value: 1, clause: c, confidence: official }")
    #expect(try submission.report().rows(of: "F08").map(\.result) == [.violated])
  }

  @Test("a storage bids from its charging to its discharging power, in MW")
  func storageSpan() throws {
    var submission = Submission()
    let results = { (segments: [(Double, Double, Double)], id: String) in
      submission.storage(segments)
      return try submission.report().rows(of: id).map(\.result)
    }
    let whole: [(Double, Double, Double)] = [(-100, 0, 90), (0, 100, 300)]
    submission.storage(whole, plan: [Double](repeating: -50, count: 96))
    #expect(try submission.report().rows(of: "F09").map(\.result) == [.passed])
    for id in ["F05", "C04", "C05"] { #expect(try results(whole, id) == [.passed], "\(id)") }
    #expect(try results([(-99, 0, 90), (0, 100, 300)], "C04") == [.violated])
    #expect(try results([(-100, 0, 90), (0, 99, 300)], "C05") == [.violated])
    #expect(try results([(-100, 0, 90), (0, 106, 300)], "F05") == [.violated])
    #expect(try results([(-106, 0, 90), (0, 100, 300)], "F05") == [.violated])
    submission.unit { $0.storage?.chargePower = nil }
    #expect(try submission.report().rows(of: "C04").map(\.result) == [.notEvaluated])
    submission.packLines.removeAll { $0.contains("spans_rated_power") }
    #expect(try submission.report().rows(of: "C05").map(\.result) == [.notEvaluated])
  }

  @Test("a station in the desk's facts is registered without a place among the thermal units")
  func stationRegistered() throws {
    var submission = Submission()
    submission.storage([(-100, 0, 90), (0, 100, 300)])
    submission.units = []
    #expect(try submission.report().rows(of: "F01").map(\.result) == [.violated])
    submission.unit { $0.active = true }
    #expect(try submission.report().rows(of: "F01").map(\.result) == [.passed])
  }

  /// A submission of which every fact is stated and legal.
  static func complete() throws -> Submission {
    var submission = Submission()
    for example in cases where !["C08", "P10", "P11", "P12", "F03", "F10", "M04"].contains(example.id) {
      let before = submission
      try example.keep(&submission)
      (submission.bids, submission.units) = (before.bids, before.units)
      submission.packLines = before.packLines
    }
    submission.unit { ($0.kind, $0.marginalCost, $0.referencePrice) = (.thermal, 400, 350) }
    submission.unit { ($0.coalQuality, $0.coalQualityMinimum) = (5_000, 4_800) }
    submission.unit { $0.exclusionZones = [] }
    submission.plant {
      ($0.coalStock, $0.coalQuality, $0.minimumStockDays) = (9_000, 7_000, 7)
      ($0.dailyEnergy, $0.burnRate) = ([2_500], [400])
      ($0.emitted, $0.emissionQuota, $0.elapsedShare, $0.quotaMargin) = (70, 100, 0.75, 0.05)
      ($0.burnedThisYear, $0.burnCap) = (90, 100)
      ($0.materialDays, $0.minimumMaterialDays) = (["limestone": 3], ["limestone": 2])
    }
    submission.position {
      ($0.contracted, $0.dayAhead, $0.expected, $0.actual) = ([100], [100], [100], [100])
      ($0.mechanismEnergy, $0.certificatesSold) = (50, 50)
    }
    return submission
  }
}
