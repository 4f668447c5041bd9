public import MarketModel

/// Whether a pack is chosen by day.
public enum PackStatus: String, Hashable, Sendable, Codable, CaseIterable {
  /// Chosen for every market day from its first to its last.
  case inForce = "in-force"
  /// A text for comment: used only when it is asked for by version.
  case draft
}

/// The rules of one market from one day on, as data. Read by ``RulePackLibrary`` from `data/rules/<market>/<version>.yaml`.
public struct RulePack: Hashable, Sendable {
  /// Lower-case identifier, the name of the pack's folder.
  public let market: String
  /// The name of the pack's file.
  public let version: String
  public let status: PackStatus
  public let effectiveFrom: MarketDay
  /// Last day; nil while nothing supersedes the pack. The library sets it to the day before the next pack.
  public internal(set) var effectiveTo: MarketDay?
  /// Where the first day comes from.
  public let effectiveCitation: Citation
  public let title: String
  public let source: String
  /// ISO 4217 code, as "CNY".
  public let currency: String
  public let zone: MarketZone
  /// Where the interval length comes from.
  public let intervalCitation: Citation
  public let timetable: Timetable
  public let bids: BidRules
  public let clearing: ClearingRules
  public let physics: PhysicalRules
  public let plausibility: PlausibilityGuards
  public let settlement: SettlementRules
  public let storage: StorageRules
  public let position: PositionRules
  public let conduct: ConductRules

  /// Market and version, as printed beside every number that the pack decides.
  public var name: String { market + " " + version }

  /// Whether the pack's dates hold a day; a draft holds none.
  public func isInForce(on day: MarketDay) -> Bool {
    guard status == .inForce, day >= effectiveFrom else { return false }
    guard let last = effectiveTo else { return true }
    return day <= last
  }
}
