import MarketModel

enum SettlementKey: String, RuleKey {
  case mode
  case minutes = "settlement_minutes"
  case contractReference = "contract_reference"
  case secondLevelLimit = "second_level_limit"
  case missingBid = "missing_bid"
  case locksPriceBands = "locks_price_bands"
  case offersWithinForecast = "offers_within_forecast"
  case contractPoint = "contract_point"
  case periodPrice = "period_price"
  case rounding
  case secondLevelForm = "second_level_form"
  case secondLevelTrigger = "second_level_trigger_per_MWh"
  case secondLevelDays = "second_level_days"
  case secondLevelNodeShare = "second_level_node_share"
  case secondLevelNodeHours = "second_level_node_hours"
  case secondLevelFactor = "second_level_factor"
  case recoveryBand = "deviation_recovery_band"
  case recoveryShare = "deviation_recovery_share"
  case paysStartUp = "pays_start_up"
  case paysNoLoad = "pays_no_load"
  case capacityPrice = "capacity_price_per_MWh"
  case disputeDays = "dispute_days"
}

enum StorageKey: String, RuleKey {
  case charge = "maximum_charge_segments"
  case discharge = "maximum_discharge_segments"
  case minimumSegment = "minimum_segment_MW"
  case spansRatedPower = "spans_rated_power"
  case clearingKeepsStateOfCharge = "clearing_keeps_state_of_charge"
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

/// A group that a pack may leave out as a whole, and some of its keys alone; every rule left out is then unknown.
struct OptionalGroup<Key: RuleKey> {
  private let name: String
  private let group: RuleGroup<Key>?
  private let optional: Set<Key>

  init(_ node: RuleNode?, name: String, optional: Set<Key> = []) throws(RulePackProblem) {
    self.name = name
    self.optional = optional
    if let node { group = try RuleGroup<Key>(node, name: name, optional: optional) } else { group = nil }
  }

  func rule<Value>(_ key: Key, _ form: ValueForm<Value>) throws(RulePackProblem) -> RuleValue<Value> {
    guard let group else { return .unknown(reason: "the pack has no group \(name)") }
    if optional.contains(key), group.optional(key) == nil {
      return .unknown(reason: "the pack does not state \(group.path(key))")
    }
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
    contractPoint = try group.rule(.contractPoint, .choice())
    periodPrice = try group.rule(.periodPrice, .choice())
    rounding = try group.rule(.rounding, .choice())
    secondLevel = try SecondLevelRules(group)
    recoveryBand = try group.rule(.recoveryBand, .share)
    recoveryShare = try group.rule(.recoveryShare, .share)
    paysStartUp = try group.rule(.paysStartUp, .flag)
    paysNoLoad = try group.rule(.paysNoLoad, .flag)
    capacityPrice = try group.rule(.capacityPrice, .price)
    disputeDays = try group.rule(.disputeDays, .count)
  }
}

extension SecondLevelRules {
  init(_ group: OptionalGroup<SettlementKey>) throws(RulePackProblem) {
    form = try group.rule(.secondLevelForm, .choice())
    trigger = try group.rule(.secondLevelTrigger, .price)
    days = try group.rule(.secondLevelDays, .count)
    nodeShare = try group.rule(.secondLevelNodeShare, .share)
    nodeHours = try group.rule(.secondLevelNodeHours, .count)
    factor = try group.rule(.secondLevelFactor, .share)
  }
}

extension StorageRules {
  init(_ group: OptionalGroup<StorageKey>) throws(RulePackProblem) {
    maximumChargeSegments = try group.rule(.charge, .count)
    maximumDischargeSegments = try group.rule(.discharge, .count)
    minimumSegmentWidth = try group.rule(.minimumSegment, .power)
    spansRatedPower = try group.rule(.spansRatedPower, .flag)
    clearingKeepsStateOfCharge = try group.rule(.clearingKeepsStateOfCharge, .flag)
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
