import MarketModel

/// One rule of a pack in words: what it says, and where that stands.
public struct RuleStatement: Hashable, Sendable {
  /// "bids.bid_cap".
  public let key: String
  /// With its unit; nil where the rule is unknown.
  public let value: String?
  public let citation: Citation?
  /// Why the rule is unknown; empty where it is known.
  public let reason: String

  init<Value>(_ key: String, _ rule: RuleValue<Value>, _ text: (Value) -> String) {
    self.key = key
    switch rule {
    case .known(let known, let citation):
      value = text(known)
      self.citation = citation
      reason = ""
    case .unknown(let why):
      value = nil
      citation = nil
      reason = why
    }
  }
}

extension RulePack {
  /// Every rule of the pack, in the order of its file.
  public var statements: [RuleStatement] {
    timetableStatements + bidStatements + clearingStatements + physicalStatements + furtherStatements
  }

  private func price(_ key: String, _ rule: RuleValue<EnergyPrice>) -> RuleStatement {
    RuleStatement(key, rule) { "\($0.text) \(currency)/MWh" }
  }

  private func number<Value: CustomStringConvertible>(_ key: String, _ rule: RuleValue<Value>) -> RuleStatement {
    RuleStatement(key, rule) { $0.description }
  }

  private func word<Value: RawRepresentable<String>>(_ key: String, _ rule: RuleValue<Value>) -> RuleStatement {
    RuleStatement(key, rule) { $0.rawValue }
  }

  private func flag(_ key: String, _ rule: RuleValue<Bool>) -> RuleStatement {
    RuleStatement(key, rule) { $0 ? "yes" : "no" }
  }

  private var timetableStatements: [RuleStatement] {
    [
      RuleStatement("timetable.interval", .known(zone.length, intervalCitation)) { "\($0.minutes) min" },
      number("timetable.information_cutoff", timetable.informationCutoff),
      RuleStatement("timetable.gates", timetable.gates) { $0.map(Self.gateText).joined(separator: ", ") },
      word("timetable.interval_label", timetable.intervalLabel),
      number("timetable.day_ahead_results", timetable.dayAheadResults),
      number("timetable.dispatch_plan", timetable.dispatchPlan),
    ]
  }

  private static func gateText(_ gate: Gate) -> String { "\(gate.name) \(gate.closes)" }

  private var bidStatements: [RuleStatement] {
    [
      word("bids.curve_form", bids.curveForm), number("bids.minimum_points", bids.minimumPoints),
      number("bids.maximum_points", bids.maximumPoints), price("bids.bid_floor", bids.floor),
      price("bids.bid_cap", bids.cap), price("bids.price_tick", bids.priceTick),
      number("bids.quantity_tick", bids.quantityTick), number("bids.minimum_segment", bids.minimumSegmentWidth),
      number("bids.minimum_segment_share_of_range", bids.minimumSegmentShareOfRange),
      flag("bids.prices_must_not_fall", bids.pricesMustNotFall), flag("bids.segments_must_join", bids.segmentsMustJoin),
      word("bids.first_point", bids.firstPoint), word("bids.last_point", bids.lastPoint),
      flag("bids.allows_equal_prices", bids.allowsEqualPrices), number("bids.curves_per_day", bids.curvesPerDay),
      RuleStatement("bids.price_basis", bids.priceBasis) { basis in
        "\(basis.stage.rawValue), \(basis.place.rawValue), \(basis.standing.rawValue), "
          + "\(basis.includesCapacityAdder ? "with" : "without") capacity adder, "
          + "\(basis.includesTax ? "with" : "without") tax"
      },
    ]
  }

  private var clearingStatements: [RuleStatement] {
    [
      price("clearing.floor", clearing.floor), price("clearing.cap", clearing.cap),
      price("clearing.price_tick", clearing.priceTick), word("clearing.price_range", clearing.priceRange),
      number("clearing.tie_break", clearing.tieBreak), word("clearing.equal_price_volume", clearing.equalPriceVolume),
      word("clearing.shortage_price", clearing.shortagePrice), word("clearing.surplus_price", clearing.surplusPrice),
    ]
  }

  private var physicalStatements: [RuleStatement] {
    [
      RuleStatement("physics.largest_minimum_up_time", physics.largestMinimumUpMinutes) { "\($0) min" },
      RuleStatement("physics.largest_minimum_down_time", physics.largestMinimumDownMinutes) { "\($0) min" },
      number("physics.maximum_starts_per_plant", physics.maximumStartsPerPlant),
      number("physics.reserve_up_share", physics.reserveUpShare),
      number("physics.reserve_down_share", physics.reserveDownShare),
      price("plausibility.smallest_price_magnitude", plausibility.smallestPriceMagnitude),
      number("plausibility.largest_share_of_rated", plausibility.largestShareOfRatedCapacity),
    ]
  }

  private var furtherStatements: [RuleStatement] {
    [
      word("settlement.mode", settlement.mode),
      RuleStatement("settlement.settlement_time", settlement.settlementMinutes) { "\($0) min" },
      number("settlement.contract_reference", settlement.contractReference),
      number("settlement.second_level_limit", settlement.secondLevelLimit),
      RuleStatement("settlement.missing_bid", settlement.missingBid) {
        $0.map(\.rawValue).joined(separator: ", then ")
      },
      flag("settlement.locks_price_bands", settlement.locksPriceBands),
      flag("settlement.offers_within_forecast", settlement.offersWithinForecast),
    ] + settlementTermStatements + [
      number("storage.maximum_charge_segments", storage.maximumChargeSegments),
      number("storage.maximum_discharge_segments", storage.maximumDischargeSegments),
      number("storage.minimum_segment", storage.minimumSegmentWidth),
      flag("storage.spans_rated_power", storage.spansRatedPower),
      flag("storage.clearing_keeps_state_of_charge", storage.clearingKeepsStateOfCharge),
      number("position.lowest_contract_coverage", position.lowestCoverage),
      number("position.highest_contract_coverage", position.highestCoverage),
      number("position.lowest_interval_coverage", position.lowestIntervalCoverage),
      number("position.highest_interval_coverage", position.highestIntervalCoverage),
      number("position.deviation_band", position.deviationBand),
      number("conduct.residual_supply_reference", conduct.residualSupplyReference),
      number("conduct.cost_multiple", conduct.costMultiple),
      number("conduct.largest_share_above_cost", conduct.largestShareAboveCost),
      number("conduct.largest_withheld_share", conduct.largestWithheldShare),
      number("conduct.reference_margin_share", conduct.referenceMarginShare),
      price("conduct.reference_margin", conduct.referenceMargin),
      price("conduct.largest_price_impact", conduct.largestPriceImpact),
      number("conduct.largest_similarity", conduct.largestSimilarity),
      number("conduct.largest_shape_change", conduct.largestShapeChange),
      number("conduct.largest_parameter_changes", conduct.largestParameterChanges),
    ]
  }

  private var settlementTermStatements: [RuleStatement] {
    [
      word("settlement.contract_point", settlement.contractPoint),
      word("settlement.period_price", settlement.periodPrice), word("settlement.rounding", settlement.rounding),
      word("settlement.second_level_form", settlement.secondLevel.form),
      price("settlement.second_level_trigger", settlement.secondLevel.trigger),
      number("settlement.second_level_days", settlement.secondLevel.days),
      number("settlement.second_level_node_share", settlement.secondLevel.nodeShare),
      number("settlement.second_level_node_hours", settlement.secondLevel.nodeHours),
      number("settlement.second_level_factor", settlement.secondLevel.factor),
      number("settlement.deviation_recovery_band", settlement.recoveryBand),
      number("settlement.deviation_recovery_share", settlement.recoveryShare),
      flag("settlement.pays_start_up", settlement.paysStartUp), flag("settlement.pays_no_load", settlement.paysNoLoad),
      price("settlement.capacity_price", settlement.capacityPrice),
      number("settlement.dispute_days", settlement.disputeDays),
    ]
  }
}
