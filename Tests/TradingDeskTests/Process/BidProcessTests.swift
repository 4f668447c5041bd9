import Foundation
import MarketModel
import Testing

@testable import TradingDesk

@Suite("The bids' way from draft to platform") struct BidProcessTests {
  private static let hash = String(repeating: "a", count: 64)

  private func draft(_ payload: String = hash) -> BidAct {
    .draft(BidAct.Draft(payload: payload, source: "bids.csv", units: 1, rulePack: "here 1"))
  }

  private func check(blocks: [String] = [], stops: [String] = []) -> BidAct {
    .check(
      BidAct.Check(
        payload: Self.hash, verdict: "x", rulePack: "here 1", violated: 0, notEvaluated: 0, blocks: blocks,
        stops: stops, sentAt: nil))
  }

  private func override(_ check: String, _ unit: String, reason: String = "agreed by telephone") -> BidAct {
    .override(BidAct.Override(payload: Self.hash, check: check, unit: unit, reason: reason))
  }

  private let approve = BidAct.approve(BidAct.Payload(payload: hash))
  private let seal = BidAct.seal(BidAct.Payload(payload: hash))
  private let submit = BidAct.submit(BidAct.Submission(payload: hash, receipt: "R1"))

  /// The stage after acts of "lin", of "wang" where it is not a draft or a check.
  private func stage(_ acts: [BidAct]) throws -> BidStage {
    var process = BidProcess()
    for act in acts {
      switch act {
      case .draft, .check: try process.apply(act, by: "lin")
      default: try process.apply(act, by: "wang")
      }
    }
    return process.stage
  }

  @Test("every step leads to the next") func steps() throws {
    #expect(try stage([]) == .none)
    #expect(try stage([draft()]) == .draft)
    #expect(try stage([draft(), check()]) == .checked)
    #expect(try stage([draft(), check(), approve]) == .approved)
    #expect(try stage([draft(), check(), approve, seal]) == .sealed)
    #expect(try stage([draft(), check(), approve, seal, submit]) == .submitted)
    #expect(try stage([draft(), check(), approve, draft("b")]) == .draft)
  }

  @Test("no other order of acts leads anywhere: all sequences of four acts")
  func order() {
    let acts = [draft(), check(), approve, seal, submit]
    let legal: [BidStage: Set<Int>] = [
      .none: [0], .draft: [0, 1], .checked: [0, 1, 2], .approved: [0, 3], .sealed: [0, 4], .submitted: [0],
    ]
    for code in 0..<625 {
      var process = BidProcess()
      for place in [1, 5, 25, 125] {
        let index = code / place % 5
        let before = process.stage
        let isLegal = legal[before]?.contains(index) == true
        do {
          try process.apply(acts[index], by: index < 2 ? "lin" : "wang")
          #expect(isLegal, "\(before) took act \(index)")
        } catch {
          #expect(!isLegal, "\(before) refused act \(index): \(error)")
          #expect(process.stage == before, "a refused act changes nothing")
        }
      }
    }
  }

  @Test("who drafted does not approve, however the name is written", arguments: ["lin", " LIN", "Lin\t"])
  func maker(name: String) throws {
    var process = BidProcess()
    try process.apply(draft(), by: "lin")
    try process.apply(check(), by: "lin")
    #expect(throws: DeskProblem.self) { try process.apply(approve, by: name) }
    #expect(throws: DeskProblem.self) { try process.apply(approve, by: "  ") }
    try process.apply(approve, by: "wang")
    #expect(process.checker == "wang")
  }

  @Test("a stop needs an override with a reason, a block can have none")
  func overrides() throws {
    #expect(throws: DeskProblem.self) { try stage([draft(), check(stops: ["P05 A", "P06 A"]), approve]) }
    #expect(throws: DeskProblem.self) {
      try stage([draft(), check(stops: ["P05 A", "P06 A"]), override("P05", "A"), approve])
    }
    #expect(
      try stage([draft(), check(stops: ["P05 A", "P06 A"]), override("P05", "A"), override("P06", "A"), approve])
        == .approved)
    #expect(throws: DeskProblem.self) {
      try stage([draft(), check(stops: ["P05 A"]), override("P05", "A", reason: " ")])
    }
    #expect(throws: DeskProblem.self) { try stage([draft(), check(stops: ["P05 A"]), override("P05", "B")]) }
    #expect(throws: DeskProblem.self) { try stage([draft(), check(blocks: ["C07 A"]), override("C07", "A")]) }
    #expect(throws: DeskProblem.self) { try stage([draft(), check(blocks: ["C07 A"]), approve]) }
    // A new check forgets what was overridden before.
    #expect(throws: DeskProblem.self) {
      try stage([draft(), check(stops: ["P05 A"]), override("P05", "A"), check(stops: ["P05 A"]), approve])
    }
  }

  @Test("another payload than the draft is not approved or sealed") func otherPayload() {
    let other = BidAct.Payload(payload: "b")
    #expect(throws: DeskProblem.self) { try stage([draft(), check(), .approve(other)]) }
    #expect(throws: DeskProblem.self) { try stage([draft(), check(), approve, .seal(other)]) }
  }

  @Test("an act is read back as it was written")
  func coding() throws {
    for act in [draft(), check(blocks: ["C07 A"]), override("P05", "A"), approve, seal, submit] {
      #expect(BidAct(action: act.action, content: try act.encoded()) == act)
      #expect(BidAct.payload(in: try act.encoded()) == Self.hash)
    }
    #expect(BidAct(action: "sealed", content: "{}") == nil)
    #expect(BidAct(action: "burned", content: "{}") == nil)
  }
}
