public import MarketModel

/// What the platform shows beside what was sealed.
public struct EchoReport: Sendable, Encodable {
  public var schema = "spotdesk.echo/1"
  public var day: MarketDay
  public var file: String
  /// SHA-256 of what was sealed, and of the file.
  public var sealed: String
  public var content: String
  public var isEqual: Bool
  /// One sentence for each cell that differs.
  public var differences: [String]
}
