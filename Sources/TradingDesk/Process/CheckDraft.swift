internal import Compliance
public import Foundation
internal import MarketData
public import MarketModel
internal import MarketRules
internal import MarketStore

extension TradingDesk {
  /// Runs all 77 checks on the draft of a day with the prepared day's units, and writes the verdict into the audit trail.
  ///
  /// - Parameters:
  ///   - facts: what else the desk knows, as JSON.
  ///   - sentAt: when the bids would be sent, for a replay; the present by default.
  public func checkDraft(
    _ day: MarketDay, facts: URL?, sentAt: String?, by actor: String
  ) throws -> (report: SubmissionDocument, status: BidStatus) {
    var report: SubmissionDocument?
    let status = try act(day, by: actor) { store, process in
      guard let hash = process.payload else { return (.approve(BidAct.Payload(payload: "")), []) }
      let payload = try storedPayload(hash, day: day, store: store)
      let limits = try PreparedLimits(day, store: store, desk: self)
      let sent = try sentTime(sentAt, zone: limits.pack.zone) ?? now()
      var known = try self.facts(facts)
      var own = known.process ?? ProcessFacts()
      (own.now, own.maker) = (own.now ?? sent, process.maker)
      known.process = own
      let found = try checked(payload, day: day, limits: limits, facts: known, sent: sent)
      let document = SubmissionDocument(found)
      report = document
      return (.check(BidAct.Check(found, payload: hash, sentAt: sentAt)), [])
    }
    guard let report else { throw DeskProblem(.internalError, "The checks of \(day) made no report.") }
    return (report, status)
  }

  private func checked(
    _ payload: BidPayload, day: MarketDay, limits: PreparedLimits, facts: DeskFacts, sent: Date
  ) throws -> SubmissionReport {
    let input = SubmissionInput(rows: payload.rows, units: nil, facts: facts, pack: limits.pack, day: day)
    let bids = try input.bids(file: URL(filePath: "payload"))
    var limitations: [UnitID: [String: DataLimitation]] = [:]
    if !payload.rows.allSatisfy({ $0.includesCapacityAdder != nil && $0.includesTax != nil }) {
      for bid in bids {
        limitations[bid.unit] = [
          "F11": .unconfirmed(reason: "the bids have no columns includes_capacity_adder and includes_tax")
        ]
      }
    }
    let context = ComplianceContext(
      units: Dictionary(uniqueKeysWithValues: limits.unitDays.map { ($0.unit.id, $0) }), plants: limits.plants,
      pack: limits.pack, submissionTime: sent, declaresCommitment: payload.rows.contains { $0.onLine != nil },
      facts: facts, limitations: limitations)
    return Compliance.checkSubmission(bids, day: day, in: context)
  }
}

extension BidAct.Check {
  init(_ report: SubmissionReport, payload: String, sentAt: String?) {
    func names(_ isWanted: (CheckSeverity) -> Bool) -> [String] {
      var names: [String] = []
      for row in report.rows where row.result == .violated && isWanted(row.severity) {
        let name = row.check + " " + row.unit
        if names.last != name { names.append(name) }
      }
      return names
    }
    self.init(
      payload: payload, verdict: report.verdict.rawValue, rulePack: "\(report.packMarket) \(report.packVersion)",
      violated: report.rows.count { $0.result == .violated },
      notEvaluated: report.rows.count { $0.result == .notEvaluated }, blocks: names { $0 == .block },
      stops: names { $0 == .stop }, sentAt: sentAt)
  }
}
