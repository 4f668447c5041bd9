internal import Foundation
internal import MarketModel
internal import MarketStore

/// How far the bids of a day have come.
public enum BidStage: String, Hashable, Sendable, Codable {
  /// Nothing was drafted.
  case none
  case draft, checked, approved, sealed, submitted
}

/// The bids of one day as their acts left them; a value that the audit trail alone decides.
///
/// draft → checked → approved → sealed → submitted; a new draft begins again. Who drafted does not approve. A check that
/// blocks cannot be overridden; one that stops needs a named person and a reason.
struct BidProcess: Sendable {
  private(set) var stage = BidStage.none
  private(set) var payload: String?
  private(set) var source = ""
  private(set) var maker: String?
  private(set) var checker: String?
  private(set) var check: BidAct.Check?
  private(set) var overrides: [(person: String, facts: BidAct.Override)] = []
  /// The payload of the last seal; a new draft does not take it back from the platform.
  private(set) var sealed: String?
  private(set) var sealer: String?
  private(set) var submitted: String?
  private(set) var receipt: String?
  /// The last echo of the sealed payload.
  private(set) var echo: BidAct.Echo?

  /// Stops that nobody has overridden, as "P04 A1".
  var openStops: [String] {
    (check?.stops ?? []).filter { stop in !overrides.contains { $0.facts.check + " " + $0.facts.unit == stop } }
  }

  init() {}

  /// The acts of one day in their order; one that was not allowed, as no command of ours writes it, counts for nothing.
  init(_ entries: [AuditEntry], day: MarketDay) {
    for entry in entries where entry.day == day {
      guard let act = BidAct(action: entry.action, content: entry.content) else { continue }
      try? apply(act, by: entry.actor)
    }
  }

  /// Does one act, or throws a sentence that says why it may not be done now.
  mutating func apply(_ act: BidAct, by actor: String) throws {
    guard !BidProcess.normal(actor).isEmpty else { throw refusal("Name who does it with --by.") }
    switch act {
    case .draft(let draft): begin(draft, by: actor)
    case .check(let check):
      try require(payload: check.payload, at: [.draft, .checked])
      self.check = check
      overrides = []
      stage = .checked
    case .override(let facts): try apply(facts, by: actor)
    case .approve(let facts): try approve(facts.payload, by: actor)
    case .seal(let facts):
      try require(payload: facts.payload, at: [.approved])
      (sealed, sealer, echo, submitted, receipt) = (facts.payload, actor, nil, nil, nil)
      stage = .sealed
    case .submit(let facts):
      try require(payload: facts.payload, at: [.sealed])
      guard !facts.receipt.isEmpty else { throw refusal("The platform's receipt is empty; give it with --receipt.") }
      (submitted, receipt) = (facts.payload, facts.receipt)
      stage = .submitted
    case .echo(let facts):
      guard facts.payload == sealed else { throw refusal("Nothing is sealed that an echo could be compared with.") }
      echo = facts
    case .export, .registerDefault: break
    }
  }

  private mutating func begin(_ draft: BidAct.Draft, by actor: String) {
    (payload, source, maker) = (draft.payload, draft.source, actor)
    (checker, check, overrides) = (nil, nil, [])
    stage = .draft
  }

  private mutating func apply(_ facts: BidAct.Override, by actor: String) throws {
    try require(payload: facts.payload, at: [.checked])
    let name = facts.check + " " + facts.unit
    guard facts.reason.contains(where: { !$0.isWhitespace }) else {
      throw refusal("An override needs a reason; give it with --reason.")
    }
    if check?.blocks.contains(name) == true {
      throw refusal("\(name) blocks the submission and cannot be overridden; mend the bid.")
    }
    guard check?.stops.contains(name) == true else {
      throw refusal("\(name) was not found violated; `spotdesk bids status` lists what stops the submission.")
    }
    overrides.append((actor, facts))
  }

  private mutating func approve(_ approved: String, by actor: String) throws {
    try require(payload: approved, at: [.checked])
    guard BidProcess.normal(actor) != maker.map(BidProcess.normal) else {
      throw refusal("\(actor) drafted these bids and cannot approve them (D05); have somebody else approve.")
    }
    if let first = check?.blocks.first {
      throw refusal("\(check?.blocks.count ?? 0) violations block the submission, the first \(first); mend the bids.")
    }
    if let first = openStops.first {
      throw refusal(
        "\(openStops.count) violations stop the submission, the first \(first); mend the bids, or override each with a reason."
      )
    }
    checker = actor
    stage = .approved
  }

  private func require(payload expected: String, at stages: [BidStage]) throws {
    guard let payload else { throw refusal("No bids are drafted; begin with `spotdesk bids draft`.") }
    guard stages.contains(stage) else {
      throw refusal(
        "The bids are \(stage.rawValue); this needs them \(stages.map(\.rawValue).joined(separator: " or ")).")
    }
    guard payload == expected else { throw refusal("The draft has changed since; look at it again.") }
  }

  private func refusal(_ sentence: String) -> DeskProblem { DeskProblem(.refused, sentence) }

  /// Names are compared without regard to case, blanks around them and the form of accents.
  private static func normal(_ name: String) -> String {
    name.trimmingCharacters(in: .whitespacesAndNewlines).precomposedStringWithCanonicalMapping.lowercased()
  }
}
