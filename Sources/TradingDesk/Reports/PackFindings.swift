/// `spotdesk rules diff` and `spotdesk rules check`: sentences about one or two packs.
public struct PackFindings: Sendable, Encodable {
  public var schema = "spotdesk.pack-findings/1"
  /// "market version", the earlier one first.
  public var packs: [String]
  public var sentences: [String]
}
