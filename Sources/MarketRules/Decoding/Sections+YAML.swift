import MarketModel

extension Timetable {
  init(_ group: RuleGroup<TimetableKey>) throws(RulePackProblem) {
    informationCutoff = try group.rule(.informationCutoff, .deadline)
    gates = try group.rule(.gates, .gates)
    intervalLabel = try group.rule(.intervalLabel, .choice())
    dayAheadResults = try group.rule(.dayAheadResults, .deadline)
    dispatchPlan = try group.rule(.dispatchPlan, .deadline)
  }
}

extension BidRules {
  init(_ group: RuleGroup<BidKey>) throws(RulePackProblem) {
    curveForm = try group.rule(.curveForm, .curveForm)
    minimumPoints = try group.rule(.minimumPoints, .count)
    maximumPoints = try group.rule(.maximumPoints, .count)
    floor = try group.rule(.floor, .price)
    cap = try group.rule(.cap, .price)
    priceTick = try group.rule(.priceTick, .priceStep)
    quantityTick = try group.rule(.quantityTick, .powerStep)
    minimumSegmentWidth = try group.rule(.minimumSegment, .power)
    minimumSegmentShareOfRange = try group.rule(.minimumSegmentShare, .share)
    pricesMustNotFall = try group.rule(.pricesMustNotFall, .flag)
    segmentsMustJoin = try group.rule(.segmentsMustJoin, .flag)
    firstPoint = try group.rule(.firstPoint, .choice())
    lastPoint = try group.rule(.lastPoint, .choice())
    allowsEqualPrices = try group.rule(.allowsEqualPrices, .flag)
    curvesPerDay = try group.rule(.curvesPerDay, .count)
    priceBasis = try group.rule(.priceBasis, .priceBasis)
  }
}

extension ClearingRules {
  init(_ group: RuleGroup<ClearingKey>) throws(RulePackProblem) {
    floor = try group.rule(.floor, .price)
    cap = try group.rule(.cap, .price)
    priceTick = try group.rule(.priceTick, .priceStep)
    priceRange = try group.rule(.priceRange, .choice())
    tieBreak = try group.rule(.tieBreak, .tieBreak)
    equalPriceVolume = try group.rule(.equalPriceVolume, .choice())
    shortagePrice = try group.rule(.shortagePrice, .choice())
    surplusPrice = try group.rule(.surplusPrice, .choice())
  }
}

extension PhysicalRules {
  init(_ group: RuleGroup<PhysicsKey>) throws(RulePackProblem) {
    largestMinimumUpMinutes = try group.rule(.largestMinimumUp, .count)
    largestMinimumDownMinutes = try group.rule(.largestMinimumDown, .count)
    maximumStartsPerPlant = try group.rule(.maximumStartsPerPlant, .count)
    reserveUpShare = try group.rule(.reserveUp, .share)
    reserveDownShare = try group.rule(.reserveDown, .share)
  }
}

extension PlausibilityGuards {
  init(_ group: RuleGroup<PlausibilityKey>) throws(RulePackProblem) {
    smallestPriceMagnitude = try group.rule(.smallestPrice, .price)
    largestShareOfRatedCapacity = try group.rule(.largestShare, .share)
  }
}

extension ValueForm where Value == CurveForm {
  static var curveForm: ValueForm {
    ValueForm(allowed: "one of steps, slopes") { node in node.text.flatMap { CurveForm(rawValue: $0) } }
  }
}

extension ValueForm where Value == TieBreak {
  /// "pro-rata", or the classes of offers in the order in which they are served.
  static var tieBreak: ValueForm {
    ValueForm(allowed: "pro-rata, or a list of different classes such as [renewable, thermal]") { node in
      if node.text == "pro-rata" { return .proRata }
      guard case .sequence(let nodes) = node.content, !nodes.isEmpty else { return nil }
      let names = nodes.compactMap(\.text).filter { !$0.isEmpty }
      return names.count == nodes.count && Set(names).count == names.count ? .priority(names) : nil
    }
  }
}

extension ValueForm where Value == [Gate] {
  /// Gates in the order in which they close.
  static var gates: ValueForm {
    let gate = ValueForm<Gate> { (node, path) throws(RulePackProblem) in
      let group = try RuleGroup<GateKey>(node, name: path)
      return Gate(
        name: try group.plain(.name, .sentence), closes: try group.plain(.closes, .deadline),
        locks: try group.plain(.locks, .list(of: .choice())))
    }
    return ValueForm { (node, path) throws(RulePackProblem) in
      try ValueForm<[Gate]>.list(of: gate).read(node, path).sorted {
        ($0.closes.dayOffset, $0.closes.minute, $0.name) < ($1.closes.dayOffset, $1.closes.minute, $1.name)
      }
    }
  }
}

extension ValueForm where Value == PriceBasis {
  static var priceBasis: ValueForm {
    ValueForm { (node, path) throws(RulePackProblem) in
      let group = try RuleGroup<PriceBasisKey>(node, name: path)
      return PriceBasis(
        stage: try group.plain(.stage, .word("day-ahead, real-time", PriceBasis.Stage.init(rawValue:))),
        place: try group.plain(.place, .word("unified, node", PriceBasis.Place.init(rawValue:))),
        standing: try group.plain(.standing, .word("disclosed, settled", PriceBasis.Standing.init(rawValue:))),
        includesCapacityAdder: try group.plain(.includesCapacityAdder, .flag),
        includesTax: try group.plain(.includesTax, .flag))
    }
  }
}

extension ValueForm {
  /// One of some words, for choices that are not listable.
  static func word(_ words: String, _ parse: @escaping (String) -> Value?) -> ValueForm {
    ValueForm(allowed: "one of \(words)") { node in node.text.flatMap(parse) }
  }
}
