import MarketModel

extension RuleViolation: Encodable {
  private enum Keys: String, CodingKey { case unit, day, interval, segment, finding, source, advice, sentence }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(unit, forKey: .unit)
    try container.encode(day, forKey: .day)
    try container.encode(interval, forKey: .interval)
    try container.encode(segment, forKey: .segment)
    try container.encode(finding, forKey: .finding)
    try container.encode(source, forKey: .source)
    try container.encode(advice, forKey: .advice)
    try container.encode(description, forKey: .sentence)
  }
}

extension CheckOutcome: Encodable {
  private enum Keys: String, CodingKey {
    case id, title, severity, stage, result, violations, reason, rules
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(id, forKey: .id)
    try container.encode(title, forKey: .title)
    try container.encode(severity, forKey: .severity)
    try container.encode(stage, forKey: .stage)
    switch result {
    case .passed:
      try container.encode("passed", forKey: .result)
    case .violated(let found):
      try container.encode("violated", forKey: .result)
      try container.encode(found, forKey: .violations)
    case .notEvaluated(let reason):
      try container.encode("not evaluated", forKey: .result)
      try container.encode(reason, forKey: .reason)
    }
    try container.encode(rules, forKey: .rules)
  }
}

extension UnitCompliance: Encodable {
  private enum Keys: String, CodingKey { case unit, verdict, unconfirmed, outcomes }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(unit, forKey: .unit)
    try container.encode(verdict == .violated ? "violated" : "no violation", forKey: .verdict)
    try container.encode(notEvaluatedIDs, forKey: .unconfirmed)
    try container.encode(outcomes, forKey: .outcomes)
  }
}

extension ComplianceReport: Encodable {
  private enum Keys: String, CodingKey { case day, packMarket, packVersion, units }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(day, forKey: .day)
    try container.encode(packMarket, forKey: .packMarket)
    try container.encode(packVersion, forKey: .packVersion)
    try container.encode(units, forKey: .units)
  }
}
