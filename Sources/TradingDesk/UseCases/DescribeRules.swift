public import MarketModel
internal import MarketRules

extension TradingDesk {
  /// The rule packs there are; with a market, the values of the one in force on a day (the newest if no day is given).
  public func describeRules(market: String?, day: MarketDay?) throws -> RulesReport {
    let library = try library()
    let packs = library.packs.filter { market == nil || $0.market == market }.map {
      RulesReport.PackRow(
        market: $0.market, version: $0.version, status: $0.status.rawValue, from: $0.effectiveFrom, to: $0.effectiveTo,
        source: $0.source)
    }
    guard let market else { return RulesReport(packs: packs, values: []) }
    try requireMarket(market)
    let newest = library.packs.filter { $0.market == market }.max { $0.effectiveFrom < $1.effectiveFrom }
    let chosen: RulePack?
    if let day {
      chosen = try inDeskTerms { try library.pack(for: market, on: day) }
    } else {
      chosen = newest
    }
    return RulesReport(packs: packs, values: chosen.map { PackValues($0).rows } ?? [])
  }
}

/// The values of a pack as text, each with its clause.
private struct PackValues {
  let pack: RulePack

  init(_ pack: RulePack) { self.pack = pack }

  var rows: [RulesReport.ValueRow] {
    let bids = pack.bids
    let timetable = pack.timetable
    let physics = pack.physics
    return [
      row("timetable.information_cutoff", timetable.informationCutoff) { $0.description },
      row("timetable.gates", timetable.gates) { $0.map { "\($0.name) \($0.closes)" }.joined(separator: ", ") },
      row("timetable.interval_label", timetable.intervalLabel) { $0.rawValue },
      row("timetable.day_ahead_results", timetable.dayAheadResults) { $0.description },
      row("timetable.dispatch_plan", timetable.dispatchPlan) { $0.description },
      row("bids.curve_form", bids.curveForm) { $0.rawValue },
      row("bids.minimum_points", bids.minimumPoints) { "\($0)" },
      row("bids.maximum_points", bids.maximumPoints) { "\($0)" },
      price("bids.bid_floor", bids.floor), price("bids.bid_cap", bids.cap), price("bids.price_tick", bids.priceTick),
      row("bids.quantity_tick", bids.quantityTick) { $0.description },
      row("bids.minimum_segment", bids.minimumSegmentWidth) { $0.description },
      row("bids.minimum_segment_share_of_range", bids.minimumSegmentShareOfRange) { "\($0)" },
      row("bids.first_point", bids.firstPoint) { $0.rawValue }, row("bids.last_point", bids.lastPoint) { $0.rawValue },
      row("bids.allows_equal_prices", bids.allowsEqualPrices) { $0 ? "yes" : "no" },
      row("bids.curves_per_day", bids.curvesPerDay) { "\($0)" },
      price("clearing.floor", pack.clearing.floor), price("clearing.cap", pack.clearing.cap),
      price("clearing.price_tick", pack.clearing.priceTick),
      row("clearing.price_range", pack.clearing.priceRange) { $0.rawValue },
      row("clearing.tie_break", pack.clearing.tieBreak) { $0.description },
      row("clearing.equal_price_volume", pack.clearing.equalPriceVolume) { $0.rawValue },
      row("clearing.shortage_price", pack.clearing.shortagePrice) { $0.rawValue },
      row("clearing.surplus_price", pack.clearing.surplusPrice) { $0.rawValue },
      row("physics.largest_minimum_up_time", physics.largestMinimumUpMinutes) { "\($0) min" },
      row("physics.largest_minimum_down_time", physics.largestMinimumDownMinutes) { "\($0) min" },
      row("physics.maximum_starts_per_plant", physics.maximumStartsPerPlant) { "\($0)" },
      row("physics.reserve_up_share", physics.reserveUpShare) { "\($0)" },
      row("physics.reserve_down_share", physics.reserveDownShare) { "\($0)" },
    ]
  }

  private func price(_ key: String, _ rule: RuleValue<EnergyPrice>) -> RulesReport.ValueRow {
    row(key, rule) { "\($0.text) \(pack.currency)/MWh" }
  }

  private func row<Value>(_ key: String, _ rule: RuleValue<Value>, _ text: (Value) -> String) -> RulesReport.ValueRow {
    switch rule {
    case .known(let value, let citation):
      RulesReport.ValueRow(
        key: key, value: text(value), confidence: citation.confidence.rawValue, clause: citation.clause)
    case .unknown(let reason):
      RulesReport.ValueRow(key: key, value: "unknown", confidence: "", clause: reason)
    }
  }
}
