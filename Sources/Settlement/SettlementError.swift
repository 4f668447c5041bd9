/// Why something cannot be settled; one sentence.
public struct SettlementError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    /// A price or a quantity is not known.
    case missing
    /// Figures contradict each other or leave their range.
    case wrong
  }

  public let kind: Kind
  public let description: String

  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
