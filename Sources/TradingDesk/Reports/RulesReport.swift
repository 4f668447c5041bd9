public import MarketModel

/// `spotdesk rules`.
public struct RulesReport: Sendable, Encodable {
  public var schema = "spotdesk.rules/1"
  public var packs: [PackRow]
  /// Every value of the pack that was asked for, with its clause; empty for a list.
  public var values: [ValueRow]

  public struct PackRow: Sendable, Encodable {
    public var market: String
    public var version: String
    /// "in-force", or "draft": used only when it is asked for.
    public var status: String
    public var from: MarketDay
    public var to: MarketDay?
    public var source: String
  }

  public struct ValueRow: Sendable, Encodable {
    public var key: String
    public var value: String
    public var confidence: String
    public var clause: String
  }
}
