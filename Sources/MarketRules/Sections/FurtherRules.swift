public import MarketModel

/// How money follows from quantities and prices.
public enum SettlementMode: String, Hashable, Sendable, Codable, CaseIterable {
  /// Day-ahead and real-time deviations, contracts for difference.
  case contractForDifference = "contract-for-difference"
  /// Contract quantity first, then the changes day-ahead and real-time.
  case delta
  /// Everything at the real-time price, day-ahead and contracts as differences.
  case realTimeFull = "real-time-full"
  /// Everything at the node, contracts against the price of a zone.
  case zoneReference = "zone-reference"
  /// Each stage's quantity at its own price.
  case twoSettlement = "two-settlement"
  /// One price for what was metered.
  case single
}

/// What the operator takes for a bid that did not come.
public enum MissingBidRule: String, Hashable, Sendable, Codable, CaseIterable {
  case registeredDefault = "registered-default"
  case lastValid = "last-valid"
  case bidCap = "bid-cap"
  case standingOffer = "standing-offer"
  /// The unit is not in the market.
  case none
}

/// What follows the clearing, and what else a bid is bound by.
public struct SettlementRules: Hashable, Sendable {
  public let mode: RuleValue<SettlementMode>
  public let settlementMinutes: RuleValue<Int>
  /// The price that contracts are settled against.
  public let contractReference: RuleValue<String>
  /// A limit that scales prices for settlement, in words.
  public let secondLevelLimit: RuleValue<String>
  /// In the order in which they apply.
  public let missingBid: RuleValue<[MissingBidRule]>
  /// Whether prices are fixed for the day and only quantities move.
  public let locksPriceBands: RuleValue<Bool>
  /// Whether wind and solar may not offer more than their forecast.
  public let offersWithinForecast: RuleValue<Bool>
}

/// What a bid of a storage unit must look like.
public struct StorageRules: Hashable, Sendable {
  public let maximumChargeSegments: RuleValue<Int>
  public let maximumDischargeSegments: RuleValue<Int>
  public let minimumSegmentWidth: RuleValue<Power>
}

/// Bounds of contracts and deviations, as shares.
public struct PositionRules: Hashable, Sendable {
  public let lowestCoverage: RuleValue<Double>
  public let highestCoverage: RuleValue<Double>
  public let lowestIntervalCoverage: RuleValue<Double>
  public let highestIntervalCoverage: RuleValue<Double>
  public let deviationBand: RuleValue<Double>
}

/// Thresholds of the tests for market power. Shares and multiples have at most six decimals.
public struct ConductRules: Hashable, Sendable {
  /// Residual supply index below which a group's prices are replaced.
  public let residualSupplyReference: RuleValue<Double>
  /// Multiple of the marginal cost above which capacity counts as withheld by price, and the share that may be.
  public let costMultiple: RuleValue<Double>
  public let largestShareAboveCost: RuleValue<Double>
  public let largestWithheldShare: RuleValue<Double>
  /// A price may exceed its reference by the smaller of the two.
  public let referenceMarginShare: RuleValue<Double>
  public let referenceMargin: RuleValue<EnergyPrice>
  public let largestPriceImpact: RuleValue<EnergyPrice>
  public let largestSimilarity: RuleValue<Double>
  /// Mean distance of a curve from its usual shape, as a share of the bid cap.
  public let largestShapeChange: RuleValue<Double>
  public let largestParameterChanges: RuleValue<Int>
}
