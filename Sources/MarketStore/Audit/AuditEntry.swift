public import Foundation
public import MarketModel

/// One thing that somebody did, as a link of the audit trail: it holds the hash of the entry before it.
public struct AuditEntry: Hashable, Sendable {
  /// 1, 2, 3 … without a gap.
  public let sequence: Int
  /// To the microsecond.
  public let at: Date
  /// The market day that it is about; nil for none.
  public let day: MarketDay?
  /// The person.
  public let actor: String
  /// As "approved".
  public let action: String
  /// The facts, in the form of the action.
  public let content: String
  /// Hash of the entry before it; 64 zeros for the first.
  public let previousHash: String
  /// Hash over everything above.
  public let hash: String

  /// What the hash of the first entry follows.
  public static let origin = String(repeating: "0", count: 64)

  public init(
    sequence: Int, at: Date, day: MarketDay?, actor: String, action: String, content: String, previousHash: String,
    hash: String
  ) {
    self.sequence = sequence
    self.at = at
    self.day = day
    self.actor = actor
    self.action = action
    self.content = content
    self.previousHash = previousHash
    self.hash = hash
  }

  /// The bytes that the hash is over: every field with its length before it, so that no two entries share them.
  public var sealedText: String {
    let fields = [
      "spotdesk.audit/1", "\(sequence)", "\(StoredInstant.microseconds(at))", day?.description ?? "", actor, action,
      content, previousHash,
    ]
    return fields.map { "\($0.utf8.count):\($0)," }.joined()
  }
}
