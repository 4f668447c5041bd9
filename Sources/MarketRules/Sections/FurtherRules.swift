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

/// The price that a contract is settled against.
public enum ContractPoint: String, Hashable, Sendable, Codable, CaseIterable {
  /// Each contract names its own stage.
  case asContracted = "as-contracted"
  case dayAheadNode = "day-ahead-node"
  case dayAheadUnified = "day-ahead-unified"
  case realTimeNode = "real-time-node"
  case realTimeUnified = "real-time-unified"
  /// The real-time price of a zone.
  case zone
}

/// How the price of a settlement period follows from those of its trading intervals.
public enum PeriodPriceRule: String, Hashable, Sendable, Codable, CaseIterable {
  case mean
  /// By the energy of each interval.
  case weightedMean = "weighted-mean"
}

/// Where money is rounded to the smallest unit of the currency.
public enum RoundingRule: String, Hashable, Sendable, Codable, CaseIterable {
  /// In every settlement period.
  case period
  /// Once, on the line of a day.
  case line
}

/// How a second limit lowers prices for settlement; disclosed prices stay.
public enum SecondLevelForm: String, Hashable, Sendable, Codable, CaseIterable {
  case none
  /// Every price times trigger over the day's mean.
  case proportional
  /// The upper limit is lowered by a factor.
  case loweredCap = "lowered-cap"
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
  public let contractPoint: RuleValue<ContractPoint>
  public let periodPrice: RuleValue<PeriodPriceRule>
  public let rounding: RuleValue<RoundingRule>
  public let secondLevel: SecondLevelRules
  /// Share of the day-ahead quantity that may deviate without charge, and the share of the price difference that is taken beyond it.
  public let recoveryBand: RuleValue<Double>
  public let recoveryShare: RuleValue<Double>
  /// Whether a shortfall of revenue against start-up cost, and against no-load cost, is made whole.
  public let paysStartUp: RuleValue<Bool>
  public let paysNoLoad: RuleValue<Bool>
  /// What users pay for capacity, per MWh.
  public let capacityPrice: RuleValue<EnergyPrice>
  /// Days after a statement in which it may be disputed.
  public let disputeDays: RuleValue<Int>
}

/// When and how a second limit lowers prices for settlement.
public struct SecondLevelRules: Hashable, Sendable {
  public let form: RuleValue<SecondLevelForm>
  /// Mean unified price of a day above which prices are scaled.
  public let trigger: RuleValue<EnergyPrice>
  /// Days running above the upper limit.
  public let days: RuleValue<Int>
  /// Share of the nodes at the maximum, and the hours on end.
  public let nodeShare: RuleValue<Double>
  public let nodeHours: RuleValue<Int>
  public let factor: RuleValue<Double>
}

/// What a bid of a storage unit must look like.
public struct StorageRules: Hashable, Sendable {
  public let maximumChargeSegments: RuleValue<Int>
  public let maximumDischargeSegments: RuleValue<Int>
  public let minimumSegmentWidth: RuleValue<Power>
  /// Whether the curve starts at the rated charging power below zero and ends at the rated discharging power.
  public let spansRatedPower: RuleValue<Bool>
  /// Whether the day-ahead clearing schedules a storage over the day within its state of charge, its cycles and the states that it declares
  /// for the beginning and the end.
  public let clearingKeepsStateOfCharge: RuleValue<Bool>
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
