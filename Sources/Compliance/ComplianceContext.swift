public import Foundation
public import MarketModel
public import MarketRules

/// What bids are checked against: the units as the day finds them, the plants, and the rules.
public struct ComplianceContext: Sendable {
  public let units: [UnitID: UnitDay]
  public let plants: [Plant]
  public let pack: RulePack
  /// When the bids are, or would be, sent; nil if that is not yet known. A caller that wants a margin adds it here.
  public let submissionTime: Date?

  public init(units: [UnitID: UnitDay], plants: [Plant], pack: RulePack, submissionTime: Date?) {
    self.units = units
    self.plants = plants
    self.pack = pack
    self.submissionTime = submissionTime
  }
}
