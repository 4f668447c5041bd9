/// What the desk knows on the day beside bids, units and rules. Every part may be missing; its checks then do not pass.
public struct DeskFacts: Hashable, Sendable, Codable {
  /// By the unit's name.
  public var units: [String: UnitFacts]?
  public var plants: [PlantFacts]?
  public var carbon: CarbonFacts?
  public var blocks: [BlockOrder]?
  public var position: PositionFacts?
  public var marketPower: MarketPowerFacts?
  public var accessLog: [AccessEntry]?
  public var process: ProcessFacts?
  public var statement: StatementFacts?

  public init() {}
}

/// Stocks and quotas of a plant (E01, E05, E07, E08).
public struct PlantFacts: Hashable, Sendable, Codable {
  public var plant: String
  /// Tonnes of coal as received, and its calorific value in kcal/kg.
  public var coalStock: Double?
  public var coalQuality: Double?
  /// Units of the plant: MWh a day and kgce/MWh.
  public var dailyEnergy: [Double]?
  public var burnRate: [Double]?
  public var minimumStockDays: Double?
  /// Tonnes emitted and allowed, share of the permit's time that has passed, and the margin as a share of the quota.
  public var emitted: Double?
  public var emissionQuota: Double?
  public var elapsedShare: Double?
  public var quotaMargin: Double?
  /// Tonnes burned this year, and the cap.
  public var burnedThisYear: Double?
  public var burnCap: Double?
  /// Days of limestone, ammonia, water in stock and needed, by name.
  public var materialDays: [String: Double]?
  public var minimumMaterialDays: [String: Double]?

  public init(plant: String) { self.plant = plant }
}

/// Tonnes of CO₂ (E06).
public struct CarbonFacts: Hashable, Sendable, Codable {
  public var emissions: Double
  public var allowances: Double
  /// Share of the emissions that the allowances must cover.
  public var requiredShare: Double
  public init(emissions: Double, allowances: Double, requiredShare: Double) {
    self.emissions = emissions
    self.allowances = allowances
    self.requiredShare = requiredShare
  }
}

/// A block of a coupled market (C12).
public struct BlockOrder: Hashable, Sendable, Codable {
  public var id: String
  public var parent: String?
  public var group: String?
  /// Accepted share, as asked for within an exclusive group.
  public var ratio: Double
  public var minimumAcceptance: Double
  public init(id: String, parent: String? = nil, group: String? = nil, ratio: Double = 1, minimumAcceptance: Double = 1)
  {
    self.id = id
    self.parent = parent
    self.group = group
    self.ratio = ratio
    self.minimumAcceptance = minimumAcceptance
  }
}

/// Contracts, exposure and limits of the company (R01, R03–R10). Energy in MWh, money in currency units.
public struct PositionFacts: Hashable, Sendable, Codable {
  public var contractedMonth: Double?
  public var expectedMonth: Double?
  /// By interval.
  public var contracted: [Double]?
  public var expected: [Double]?
  public var dayAhead: [Double]?
  public var actual: [Double]?
  public var spreadDeviation: Double?
  public var spreadLimit: Double?
  /// Profit of the day by scenario, and the largest loss that CVaR at 95 % may show.
  public var scenarioProfits: [Double]?
  public var tailBudget: Double?
  public var retailLoad: [Double]?
  public var retailSupply: [Double]?
  public var retailBand: Double?
  public var creditExposure: Double?
  public var guarantee: Double?
  public var usableGuaranteeShare: Double?
  public var mechanismEnergy: Double?
  public var mechanismAllowed: Double?
  /// Mechanism energy that is also sold under another contract.
  public var mechanismSoldTwice: Double?
  public var certificatesSold: Double?
  public var generated: Double?

  public init() {}
}

/// The market as far as the group knows it (M01, M02, M07, M08). MW by interval.
public struct MarketPowerFacts: Hashable, Sendable, Codable {
  public var supply: [Double]?
  public var ownSupply: [Double]?
  /// Supply of the two largest others together.
  public var twoLargestOthers: [Double]?
  public var demand: [Double]?
  public var reserve: [Double]?
  /// Prices that clear with the bids as drafted, and with every bid at its reference.
  public var pricesWithBids: [Double]?
  public var pricesWithReferences: [Double]?
  public var otherBids: [OtherBid]?

  public init() {}
}

/// A bid of another plant or group (M08).
public struct OtherBid: Hashable, Sendable, Codable {
  public var unit: String
  public var group: String
  public var plant: String
  public var segments: [[Double]]
  public init(unit: String, group: String, plant: String, segments: [[Double]]) {
    self.unit = unit
    self.group = group
    self.plant = plant
    self.segments = segments
  }
}

/// Who looked at what (M11).
public struct AccessEntry: Hashable, Sendable, Codable {
  public var person: String
  /// "generation", "retail", "affiliate".
  public var desk: String
  /// "unit-bids", "retail-book", or a public thing.
  public var object: String
  public init(person: String, desk: String, object: String) {
    self.person = person
    self.desk = desk
    self.object = object
  }
}
