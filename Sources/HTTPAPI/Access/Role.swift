/// What the owner of a key may do; each role may do what those before it may.
public enum Role: String, Sendable, Codable, CaseIterable, Comparable {
  /// Reads.
  case viewer
  /// Drafts, runs days and backtests, seals and submits.
  case trader
  /// Approves what somebody else drafted, and overrides a stop with a reason.
  case checker
  /// Everything, the audit and the measurements among it.
  case administrator

  public static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .viewer: 0
    case .trader: 1
    case .checker: 2
    case .administrator: 3
    }
  }
}

/// Who asks.
struct Caller: Sendable, Hashable {
  let name: String
  let role: Role
  /// Number of the key; "" without keys.
  let key: String
}
