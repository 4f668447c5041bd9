public import MarketModel
import MarketRules

/// What all checks of a submission add up to.
public enum SubmissionVerdict: String, Hashable, Sendable, Codable {
  /// Every check that is due before the submission was answered, and none found anything.
  case accepted
  /// Nothing stops the submission, but something was found, or could not be judged.
  case acceptedWithWarnings = "accepted-with-warnings"
  /// A check that blocks or stops found a violation.
  case refused
}

/// The answer of one check to one bid, or to the book; one row for each violation.
public struct SubmissionRow: Hashable, Sendable, Encodable {
  public enum Answer: String, Hashable, Sendable, Codable {
    case passed, violated
    case notEvaluated = "not evaluated"
  }

  public let check: String
  public let title: String
  /// The unit's name, or "portfolio".
  public let unit: String
  public let segment: Int?
  public let interval: String?
  public let result: Answer
  public let severity: CheckSeverity
  public let stage: CheckStage
  /// What was found and what to do, or why it cannot be judged; empty if the check passed.
  public let message: String
  public let messageChinese: String
  /// Pack and clause of the rules that were read, or the register or record that states the limit.
  public let clause: String
  public let formula: String
  public let values: [AppliedRule]
}

/// All 77 checks of a submission: of every bid, and of the book.
public struct SubmissionReport: Hashable, Sendable {
  public let day: MarketDay
  public let packMarket: String
  public let packVersion: String
  /// By unit, then in the order of the list; the book's own at the end.
  public let rows: [SubmissionRow]

  public var verdict: SubmissionVerdict {
    let violated = rows.filter { $0.result == .violated }
    if violated.contains(where: { $0.severity != .warn }) { return .refused }
    let isOpen = rows.contains { $0.result == .notEvaluated && ($0.stage == .drafting || $0.stage == .preSubmit) }
    return violated.isEmpty && !isOpen ? .accepted : .acceptedWithWarnings
  }

  public func rows(of check: String) -> [SubmissionRow] { rows.filter { $0.check == check } }
}

/// The name under which checks of the whole book stand.
let bookUnit = UnitID("portfolio")

/// Checks that are about one bid, in the order of the list.
let bidChecks: [ComplianceCheck] = complianceChecks + furtherBidChecks

/// Runs all 77 checks on bids of one day as they would be sent, and on what the desk knows of that day.
public func checkSubmission(
  _ bids: [SubmittedBid], day: MarketDay, in context: ComplianceContext
) -> SubmissionReport {
  let report = checkBids(bids, in: context, with: bidChecks)
  let empty = SubmittedBid(
    unit: bookUnit, day: day, form: nil, priceUnit: "", segments: [], commitment: [], plannedMegawatts: [], basis: nil)
  let blank = Evaluation(
    bid: empty, context: context, startsOfPlants: [:], bidsOfUnit: 0, book: bids.sorted { $0.unit < $1.unit })
  let book = UnitCompliance(unit: bookUnit, outcomes: bookChecks.map { $0.outcome(on: blank, limitation: nil) })
  let rows = (report.units + [book]).flatMap { unit in
    unit.outcomes.sorted { CheckWords.place($0.id) < CheckWords.place($1.id) }.flatMap { outcome in
      outcome.rows(of: unit.unit, day: day, pack: context.pack)
    }
  }
  return SubmissionReport(
    day: day, packMarket: context.pack.market, packVersion: context.pack.version, rows: rows)
}

extension CheckWords {
  private static let places: [String: Int] = Dictionary(
    uniqueKeysWithValues: all.enumerated().map { ($0.element.id, $0.offset) })

  static func place(_ id: String) -> Int { places[id] ?? all.count }
}

extension CheckOutcome {
  func rows(of unit: UnitID, day: MarketDay, pack: RulePack) -> [SubmissionRow] {
    switch result {
    case .passed: return [row(unit, .passed, clause: citedClauses(pack))]
    case .notEvaluated(let reason):
      return [
        row(
          unit, .notEvaluated, message: reason + ".", chinese: "未能判断：" + reason + "。", clause: citedClauses(pack))
      ]
    case .violated(let found):
      let words = CheckWords.byID[id]
      return found.map { violation in
        let place =
          (unit == bookUnit ? "全部机组" : "机组 \(unit)") + "，\(day)" + (violation.interval.map { " " + $0 } ?? "")
          + (violation.segment.map { "，第 \($0) 段" } ?? "")
        let finding = violation.chinese ?? (words?.finding ?? title) + knownValues
        return row(
          unit, .violated, segment: violation.segment, interval: violation.interval,
          message: violation.description,
          chinese: "\(place)：\(finding)（\(violation.source)）。\(words?.advice ?? "")。", clause: violation.source)
      }
    }
  }

  /// "（bid cap 1300 CNY/MWh）", for sentences that state no values of their own.
  private var knownValues: String {
    let values = rules.filter { $0.value != "unknown" }.map { $0.name + " " + $0.value }
    return values.isEmpty ? "" : "（" + values.joined(separator: "；") + "）"
  }

  private func citedClauses(_ pack: RulePack) -> String {
    var clauses: [String] = []
    for clause in rules.compactMap(\.citation?.clause) where !clauses.contains(clause) { clauses.append(clause) }
    return clauses.isEmpty ? "list of checks, \(id)" : pack.name + ", " + clauses.joined(separator: "; ")
  }

  private func row(
    _ unit: UnitID, _ answer: SubmissionRow.Answer, segment: Int? = nil, interval: String? = nil, message: String = "",
    chinese: String = "", clause: String
  ) -> SubmissionRow {
    SubmissionRow(
      check: id, title: title, unit: unit.text, segment: segment, interval: interval, result: answer,
      severity: severity, stage: stage, message: message, messageChinese: chinese, clause: clause,
      formula: CheckWords.byID[id]?.formula ?? "", values: rules)
  }
}
