import MarketModel
import MarketTestSupport
import Testing

@testable import Compliance

@Suite("Verdicts and limitations") struct VerdictTests {
  static func row(_ result: SubmissionRow.Answer, _ severity: CheckSeverity, _ stage: CheckStage) -> SubmissionRow {
    SubmissionRow(
      check: "C07", title: "", unit: "A1", segment: nil, interval: nil, result: result, severity: severity,
      stage: stage, message: "", messageChinese: "", clause: "", formula: "", values: [])
  }

  static func verdict(_ rows: [SubmissionRow]) -> SubmissionVerdict {
    SubmissionReport(day: Example.day, packMarket: "", packVersion: "", rows: rows).verdict
  }

  @Test("only what is due before the submission can leave it open")
  func open() {
    #expect(Self.verdict([]) == .accepted)
    for stage in [CheckStage.drafting, .preSubmit] {
      #expect(Self.verdict([Self.row(.notEvaluated, .block, stage)]) == .acceptedWithWarnings, "\(stage)")
    }
    for stage in [CheckStage.afterClearing, .monthly] {
      #expect(Self.verdict([Self.row(.notEvaluated, .block, stage)]) == .accepted, "\(stage)")
    }
    #expect(Self.verdict([Self.row(.violated, .warn, .monthly)]) == .acceptedWithWarnings)
    #expect(Self.verdict([Self.row(.violated, .stop, .monthly)]) == .refused)
    #expect(Self.verdict([Self.row(.violated, .block, .drafting)]) == .refused)
  }

  @Test("a report is violated by one unit, and the order of the file changes nothing")
  func book() throws {
    let dear = bid([(0, 165, -80), (165, 330, 1301)], unit: "A2")
    let units = ["A1", "A2"].map { Example.unitDay(Example.unit($0)) }
    #expect(try report([bid(), dear], units: units).isViolated)
    #expect(try !report([bid()]).isViolated)
    var submission = Submission()
    submission.units = units
    submission.bids = [bid(), dear]
    let rows = try submission.report().rows
    submission.bids.reverse()
    #expect(try submission.report().rows == rows)
  }

  @Test("what data lack keeps a check from passing, not from finding")
  func limitations() throws {
    let dear = bid([(0, 165, -80), (165, 330, 1301)])
    func result(_ bid: SubmittedBid, _ limitation: DataLimitation) throws -> CheckResult {
      let context = ComplianceContext(
        units: [UnitID("A1"): Example.unitDay()], plants: [], pack: try ComplianceExample.pack(), submissionTime: nil,
        limitations: [UnitID("A1"): ["C07": limitation]])
      return try #require(checkBids([bid], in: context).units.first?.outcome("C07")).result
    }
    #expect(try result(bid(), .unconfirmed(reason: "estimated")).reason == "estimated")
    #expect(try result(dear, .unconfirmed(reason: "estimated")).sentences.count == 1)
    #expect(try result(dear, .unanswerable(reason: "no data")).reason == "no data")
  }

  @Test("a rule that the pack does not know stands among the rules as unknown")
  func unknown() throws {
    var submission = Submission()
    submission.replace("bid_cap_per_MWh", "{ unknown: removed }")
    let row = try #require(try submission.report().rows(of: "C07").first)
    #expect(row.values.map(\.value) == ["-80 CNY/MWh", "unknown"])
    #expect(row.values.last?.citation == nil)
  }
}
