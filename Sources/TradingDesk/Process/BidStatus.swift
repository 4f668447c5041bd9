public import MarketModel

/// How far the bids of a day have come, and what is in the way.
public struct BidStatus: Sendable, Encodable {
  public var schema = "spotdesk.bid-status/1"
  public var day: MarketDay
  public var stage: BidStage
  /// SHA-256 of the draft; "" for none.
  public var payload: String
  public var source: String
  public var units: Int
  public var maker: String
  public var checker: String
  public var verdict: String
  /// Violations that nobody may override.
  public var blocks: [String]
  /// Violations that need an override, and do not have one.
  public var openStops: [String]
  public var overrides: [Override]
  /// SHA-256 of what was sealed last; "" for nothing.
  public var sealed: String
  public var sealedBy: String
  public var receipt: String
  /// "", "equal", or how many cells differ.
  public var echo: String
  /// What comes next.
  public var next: String

  public struct Override: Sendable, Encodable {
    public var check: String
    public var unit: String
    public var person: String
    public var reason: String
  }
}

extension BidStatus {
  init(_ process: BidProcess, day: MarketDay, units: Int) {
    self.init(
      day: day, stage: process.stage, payload: process.payload ?? "", source: process.source, units: units,
      maker: process.maker ?? "", checker: process.checker ?? "", verdict: process.check?.verdict ?? "",
      blocks: process.check?.blocks ?? [], openStops: process.openStops,
      overrides: process.overrides.map {
        Override(check: $0.facts.check, unit: $0.facts.unit, person: $0.person, reason: $0.facts.reason)
      }, sealed: process.sealed ?? "", sealedBy: process.sealer ?? "", receipt: process.receipt ?? "",
      echo: process.echo.map { $0.differences == 0 ? "equal" : "\($0.differences) cells differ" } ?? "",
      next: process.next)
  }
}

extension BidProcess {
  /// What comes next, in words.
  var next: String {
    switch stage {
    case .none: "Draft bids: spotdesk bids draft."
    case .draft: "Run the checks: spotdesk bids check."
    case .checked where check?.blocks.isEmpty == false: "Mend the bids and draft them again."
    case .checked where !openStops.isEmpty: "Mend the bids, or override what stops them: spotdesk bids override."
    case .checked: "Have somebody other than \(maker ?? "the maker") approve: spotdesk bids approve."
    case .approved: "Seal the payload: spotdesk bids seal."
    case .sealed: "Export the payload, send it, and store the receipt: spotdesk bids export, spotdesk bids submit."
    case .submitted where echo == nil: "Compare what the platform shows: spotdesk bids echo."
    case .submitted where echo?.differences != 0: "The platform shows something else: correct it there before the gate."
    case .submitted: "Done."
    }
  }
}
