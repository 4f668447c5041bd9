import MarketModel

enum PackKey: String, RuleKey {
  case market, version, status, effective, title, source, inherit, currency
  case timeZone = "time_zone"
  case timetable, bids, clearing, physics, plausibility, settlement, storage, position, conduct

  /// What a pack may take over from the pack that it inherits; its identity it states itself.
  static let inheritable: Set<String> = Set(
    [currency, timeZone, timetable, bids, clearing, physics, plausibility, settlement, storage, position, conduct]
      .map(\.rawValue))
  /// What a pack may leave out as a whole: the base, and groups that are then unknown.
  static let optional: Set<PackKey> = [.inherit, .settlement, .storage, .position, .conduct]
}

enum EffectiveKey: String, RuleKey { case from, to, clause, confidence }

enum TimetableKey: String, RuleKey {
  case intervalMinutes = "interval_minutes"
  case intervalLabel = "interval_label"
  case informationCutoff = "information_cutoff"
  case gates
  case dayAheadResults = "day_ahead_results"
  case dispatchPlan = "dispatch_plan"
}

enum GateKey: String, RuleKey { case name, closes, locks }

enum BidKey: String, RuleKey {
  case curveForm = "curve_form"
  case minimumPoints = "minimum_points"
  case maximumPoints = "maximum_points"
  case floor = "bid_floor_per_MWh"
  case cap = "bid_cap_per_MWh"
  case priceTick = "price_tick_per_MWh"
  case quantityTick = "quantity_tick_MW"
  case minimumSegment = "minimum_segment_MW"
  case minimumSegmentShare = "minimum_segment_share_of_range"
  case pricesMustNotFall = "prices_must_not_fall"
  case segmentsMustJoin = "segments_must_join"
  case firstPoint = "first_point"
  case lastPoint = "last_point"
  case allowsEqualPrices = "allows_equal_prices"
  case curvesPerDay = "curves_per_day"
  case priceBasis = "price_basis"
}

enum PriceBasisKey: String, RuleKey {
  case stage, place, standing
  case includesCapacityAdder = "includes_capacity_adder"
  case includesTax = "includes_tax"
}

enum ClearingKey: String, RuleKey {
  case floor = "clearing_floor_per_MWh"
  case cap = "clearing_cap_per_MWh"
  case priceTick = "clearing_price_tick_per_MWh"
  case priceRange = "price_range"
  case tieBreak = "tie_break"
  case equalPriceVolume = "equal_price_volume"
  case shortagePrice = "shortage_price"
  case surplusPrice = "surplus_price"
}

enum PhysicsKey: String, RuleKey {
  case largestMinimumUp = "largest_minimum_up_minutes"
  case largestMinimumDown = "largest_minimum_down_minutes"
  case maximumStartsPerPlant = "maximum_starts_per_plant"
  case reserveUp = "reserve_up_share_of_rated"
  case reserveDown = "reserve_down_share_of_rated"
}

enum PlausibilityKey: String, RuleKey {
  case smallestPrice = "smallest_price_magnitude_per_MWh"
  case largestShare = "largest_share_of_rated"
}

extension RulePack {
  /// Reads a complete pack from text. `file` names the text in sentences; a pack that inherits needs the library.
  public init(yaml text: String, file: String) throws(RulePackProblem) {
    try self.init(try RuleNode.read(text, file: file))
  }

  init(_ root: RuleNode) throws(RulePackProblem) {
    let pack = try RuleGroup<PackKey>(root, name: "the pack", optional: PackKey.optional)
    if let inherit = pack.optional(.inherit) {
      throw RulePackProblem(
        .badInheritance(reason: "this pack was read alone; its base is found by the library of packs"),
        file: inherit.file, line: inherit.line)
    }
    let effective = try RuleGroup<EffectiveKey>(try pack.node(.effective), name: "effective")
    let to = try effective.node(.to)
    let times = try RuleGroup<TimetableKey>(try pack.node(.timetable), name: "timetable")
    let (length, intervalCitation) = try RulePack.intervalLength(times)
    market = try pack.plain(.market, .sentence)
    version = try pack.plain(.version, .sentence)
    status = try pack.plain(.status, .choice())
    effectiveFrom = try effective.plain(.from, .day)
    effectiveTo = to.isNull ? nil : try effective.plain(.to, .day)
    effectiveCitation = Citation(
      clause: try effective.plain(.clause, .sentence), confidence: try effective.plain(.confidence, .choice()))
    title = try pack.plain(.title, .sentence)
    source = try pack.plain(.source, .sentence)
    currency = try pack.plain(.currency, .currency)
    zone = try pack.plain(.timeZone, .zone(length))
    self.intervalCitation = intervalCitation
    timetable = try Timetable(times)
    bids = try BidRules(try RuleGroup(try pack.node(.bids), name: "bids"))
    clearing = try ClearingRules(try RuleGroup(try pack.node(.clearing), name: "clearing"))
    physics = try PhysicalRules(try RuleGroup(try pack.node(.physics), name: "physics"))
    plausibility = try PlausibilityGuards(try RuleGroup(try pack.node(.plausibility), name: "plausibility"))
    settlement = try SettlementRules(try OptionalGroup(pack.optional(.settlement), name: "settlement"))
    storage = try StorageRules(
      try OptionalGroup(
        pack.optional(.storage), name: "storage", optional: [.spansRatedPower, .clearingKeepsStateOfCharge]))
    position = try PositionRules(try OptionalGroup(pack.optional(.position), name: "position"))
    conduct = try ConductRules(try OptionalGroup(pack.optional(.conduct), name: "conduct"))
    if let last = effectiveTo, last < effectiveFrom {
      throw RulePackProblem(
        .wrongValue(path: "effective.to", found: "\(last)", allowed: "a date from \(effectiveFrom) on, or null"),
        file: to.file, line: to.line)
    }
  }

  /// The interval length, which must be known: no day can be counted without it.
  private static func intervalLength(
    _ times: RuleGroup<TimetableKey>
  ) throws(RulePackProblem) -> (IntervalLength, Citation) {
    let form = ValueForm(allowed: "5, 15, 30 or 60") { node in
      node.plainText.flatMap { Int($0) }.flatMap { IntervalLength(rawValue: $0) }
    }
    guard case .known(let length, let citation) = try times.rule(.intervalMinutes, form) else {
      let node = try times.node(.intervalMinutes)
      throw RulePackProblem(
        .wrongValue(path: times.path(.intervalMinutes), found: "unknown", allowed: "5, 15, 30 or 60"),
        file: node.file, line: node.line)
    }
    return (length, citation)
  }
}

extension ValueForm where Value == String {
  static var currency: ValueForm {
    ValueForm(allowed: "a currency code of three capital letters, such as EUR") { node in
      node.text.flatMap { $0.count == 3 && $0.allSatisfy { $0.isASCII && $0.isUppercase } ? $0 : nil }
    }
  }
}

extension ValueForm where Value == MarketZone {
  static func zone(_ length: IntervalLength) -> ValueForm {
    ValueForm(allowed: "a name of the tz database, such as Europe/Brussels") { node in
      node.text.flatMap { MarketZone(identifier: $0, length: length) }
    }
  }
}
