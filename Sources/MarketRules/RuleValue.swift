/// How far a rule value can be trusted.
public enum Confidence: String, Hashable, Sendable, Codable, CaseIterable {
  /// Quoted from an official text, an official body's handbook, or a market operator's page.
  case official
  /// Somebody else's encoding or summary of an official text; to be compared with the text before go-live.
  case thirdParty = "third-party"
  /// Known from memory, to be verified.
  case memory
  /// Our own working assumption; no text says it for this version.
  case assumed
}

/// Where a rule value stands, and how far that can be trusted.
public struct Citation: Hashable, Sendable, Codable {
  public let clause: String
  public let confidence: Confidence

  public init(clause: String, confidence: Confidence) {
    self.clause = clause
    self.confidence = confidence
  }
}

/// A value of the rules: known from a text, or openly unknown. There is no third state and no default.
public enum RuleValue<Value: Hashable & Sendable>: Hashable, Sendable {
  case known(Value, Citation)
  case unknown(reason: String)

  public var value: Value? {
    if case .known(let value, _) = self { value } else { nil }
  }

  public var citation: Citation? {
    if case .known(_, let citation) = self { citation } else { nil }
  }
}
