internal import Compliance
public import MarketModel
internal import MarketRules

/// `spotdesk check FILE --rules PACK`: every check of every bid, and of the book.
public struct SubmissionDocument: Sendable, Encodable {
  public var schema = "spotdesk.submission/1"
  public var day: MarketDay
  /// "market version".
  public var pack: String
  /// "accepted", "accepted-with-warnings" or "refused".
  public var verdict: String
  public var bids: Int
  public var violated: Int
  public var passed: Int
  public var notEvaluated: Int
  public var results: [Row]
  /// What the operator takes for units of the register that have no bid.
  public var missingBids: [String] = []
  public var suggestions: [Suggestion] = []

  public struct Row: Sendable, Encodable {
    public var check: String
    public var title: String
    public var unit: String
    public var segment: Int?
    public var interval: String?
    /// "violated", "passed" or "not evaluated".
    public var result: String
    public var severity: String
    public var stage: String
    public var message: String
    public var messageChinese: String
    public var clause: String
    public var formula: String
    public var values: [String]
    /// Where each of them stands, and how far that can be trusted; for the pages.
    var sources: [Source] = []

    private enum CodingKeys: CodingKey {
      case check, title, unit, segment, interval, result, severity, stage, message, messageChinese, clause, formula
      case values
    }
  }

  /// A rule or limit that a check read.
  struct Source: Hashable, Sendable {
    var name: String
    var value: String
    /// "" where the rule is unknown or the register states the limit.
    var clause: String
    var confidence: String
  }

  /// A change that removes a violation; nothing is changed by it.
  public struct Suggestion: Sendable, Encodable {
    public var unit: String
    public var removes: [String]
    public var change: String
    /// Whether the whole bid, changed so, was found without a blocking violation.
    public var isSufficient: Bool
  }
}

extension SubmissionDocument {
  init(_ report: SubmissionReport) {
    day = report.day
    pack = "\(report.packMarket) \(report.packVersion)"
    verdict = report.verdict.rawValue
    bids = Set(report.rows.map(\.unit)).count - 1
    violated = report.rows.count { $0.result == .violated }
    passed = report.rows.count { $0.result == .passed }
    notEvaluated = report.rows.count { $0.result == .notEvaluated }
    results = report.rows.map(Row.init)
  }
}

extension SubmissionDocument.Suggestion {
  init(_ repair: RepairSuggestion) {
    unit = repair.unit.text
    removes = repair.removes
    change = repair.changes.joined(separator: "; ")
    isSufficient = repair.isSufficient
  }
}

extension SubmissionDocument.Row {
  init(_ row: SubmissionRow) {
    check = row.check
    title = row.title
    unit = row.unit
    segment = row.segment
    interval = row.interval
    result = row.result.rawValue
    severity = row.severity.rawValue
    stage = row.stage.rawValue
    message = row.message
    messageChinese = row.messageChinese
    clause = row.clause
    formula = row.formula
    values = row.values.map { "\($0.name): \($0.value)" }
    sources = row.values.map {
      SubmissionDocument.Source(
        name: $0.name, value: $0.value, clause: $0.citation?.clause ?? "",
        confidence: $0.citation?.confidence.rawValue ?? "")
    }
  }
}
