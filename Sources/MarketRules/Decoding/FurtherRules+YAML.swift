import MarketModel

enum SettlementKey: String, RuleKey {
  case mode
  case minutes = "settlement_minutes"
  case contractReference = "contract_reference"
  case secondLevelLimit = "second_level_limit"
  case missingBid = "missing_bid"
  case locksPriceBands = "locks_price_bands"
  case offersWithinForecast = "offers_within_forecast"
}

enum StorageKey: String, RuleKey {
  case charge = "maximum_charge_segments"
  case discharge = "maximum_discharge_segments"
  case minimumSegment = "minimum_segment_MW"
}

enum PositionKey: String, RuleKey {
  case lowestCoverage = "lowest_contract_coverage"
  case highestCoverage = "highest_contract_coverage"
  case lowestIntervalCoverage = "lowest_interval_coverage"
  case highestIntervalCoverage = "highest_interval_coverage"
  case deviationBand = "deviation_band"
}

enum ConductKey: String, RuleKey {
  case residualSupply = "residual_supply_reference"
  case costMultiple = "cost_multiple"
  case shareAboveCost = "largest_share_above_cost"
  case withheldShare = "largest_withheld_share"
  case marginShare = "reference_margin_share"
  case margin = "reference_margin_per_MWh"
  case priceImpact = "largest_price_impact_per_MWh"
  case similarity = "largest_similarity"
  case shapeChange = "largest_shape_change"
  case parameterChanges = "largest_parameter_changes"
}

/// A group that a pack may leave out as a whole; every rule in it is then unknown.
struct OptionalGroup<Key: RuleKey> {
  private let name: String
  private let group: RuleGroup<Key>?

  init(_ node: RuleNode?, name: String) throws(RulePackProblem) {
    self.name = name
    if let node { group = try RuleGroup<Key>(node, name: name) } else { group = nil }
  }

  func rule<Value>(_ key: Key, _ form: ValueForm<Value>) throws(RulePackProblem) -> RuleValue<Value> {
    guard let group else { return .unknown(reason: "the pack has no group \(name)") }
    return try group.rule(key, form)
  }
}

extension SettlementRules {
  init(_ group: OptionalGroup<SettlementKey>) throws(RulePackProblem) {
    mode = try group.rule(.mode, .choice())
    settlementMinutes = try group.rule(.minutes, .count)
    contractReference = try group.rule(.contractReference, .sentence)
    secondLevelLimit = try group.rule(.secondLevelLimit, .sentence)
    missingBid = try group.rule(.missingBid, .list(of: .choice()))
    locksPriceBands = try group.rule(.locksPriceBands, .flag)
    offersWithinForecast = try group.rule(.offersWithinForecast, .flag)
  }
}

extension StorageRules {
  init(_ group: OptionalGroup<StorageKey>) throws(RulePackProblem) {
    maximumChargeSegments = try group.rule(.charge, .count)
    maximumDischargeSegments = try group.rule(.discharge, .count)
    minimumSegmentWidth = try group.rule(.minimumSegment, .power)
  }
}

extension PositionRules {
  init(_ group: OptionalGroup<PositionKey>) throws(RulePackProblem) {
    lowestCoverage = try group.rule(.lowestCoverage, .share)
    highestCoverage = try group.rule(.highestCoverage, .share)
    lowestIntervalCoverage = try group.rule(.lowestIntervalCoverage, .share)
    highestIntervalCoverage = try group.rule(.highestIntervalCoverage, .share)
    deviationBand = try group.rule(.deviationBand, .share)
  }
}

extension ConductRules {
  init(_ group: OptionalGroup<ConductKey>) throws(RulePackProblem) {
    residualSupplyReference = try group.rule(.residualSupply, .share)
    costMultiple = try group.rule(.costMultiple, .share)
    largestShareAboveCost = try group.rule(.shareAboveCost, .share)
    largestWithheldShare = try group.rule(.withheldShare, .share)
    referenceMarginShare = try group.rule(.marginShare, .share)
    referenceMargin = try group.rule(.margin, .price)
    largestPriceImpact = try group.rule(.priceImpact, .price)
    largestSimilarity = try group.rule(.similarity, .share)
    largestShapeChange = try group.rule(.shapeChange, .share)
    largestParameterChanges = try group.rule(.parameterChanges, .count)
  }
}
