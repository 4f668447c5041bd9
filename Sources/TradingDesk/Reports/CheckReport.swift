public import MarketModel

/// `spotdesk check`: a bid file against the rules.
public struct CheckReport: Sendable, Encodable {
  public var schema = "spotdesk.check/1"
  public var day: MarketDay
  public var rulePack: String
  public var compliance: DayReport.ComplianceView
  public var violations: [String]
}
