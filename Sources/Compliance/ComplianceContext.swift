public import Foundation
public import MarketModel
public import MarketRules

/// What bids are checked against: the units as the day finds them, the plants, the rules, and what else the desk knows.
public struct ComplianceContext: Sendable {
  public let units: [UnitID: UnitDay]
  public let plants: [Plant]
  public let pack: RulePack
  /// When the bids are, or would be, sent; nil if that is not yet known. A caller that wants a margin adds it here.
  public let submissionTime: Date?
  /// Whether the bids say when their units are on line. A file that does not is judged on its curves alone.
  public let declaresCommitment: Bool
  public let facts: DeskFacts
  /// Checks that cannot pass for a unit, with the reason: what the data lack.
  public let limitations: [UnitID: [String: DataLimitation]]

  public init(
    units: [UnitID: UnitDay], plants: [Plant], pack: RulePack, submissionTime: Date?, declaresCommitment: Bool = true,
    facts: DeskFacts = DeskFacts(), limitations: [UnitID: [String: DataLimitation]] = [:]
  ) {
    self.units = units
    self.plants = plants
    self.pack = pack
    self.submissionTime = submissionTime
    self.declaresCommitment = declaresCommitment
    self.facts = facts
    self.limitations = limitations
  }
}

/// What missing data do to a check.
public enum DataLimitation: Hashable, Sendable {
  /// It cannot be answered at all.
  case unanswerable(reason: String)
  /// It can find a violation, but not confirm that there is none.
  case unconfirmed(reason: String)
}
