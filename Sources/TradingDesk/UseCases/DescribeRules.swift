public import MarketModel
internal import MarketRules

extension TradingDesk {
  /// The rule packs there are; with a market, the values of the one in force on a day (the newest if no day is given).
  public func describeRules(market: String?, day: MarketDay?) throws -> RulesReport {
    let library = try library()
    let packs = library.packs.filter { market == nil || $0.market == market }
      .map(RulesReport.PackRow.init)
    guard let market else { return RulesReport(packs: packs, values: []) }
    try requireMarket(market)
    let newest = library.packs.filter { $0.market == market }.max { $0.effectiveFrom < $1.effectiveFrom }
    let chosen: RulePack?
    if let day {
      chosen = try inDeskTerms { try library.pack(for: market, on: day) }
    } else {
      chosen = newest
    }
    return RulesReport(packs: packs, values: (chosen?.statements ?? []).map(RulesReport.ValueRow.init))
  }
}

extension TradingDesk {
  /// Every value of one pack: a market (the pack in force on a day, or the newest), market/version, or a pack's file.
  public func showPack(_ name: String, day: MarketDay?) throws -> RulesReport {
    let pack = try onePack(name, day: day)
    return RulesReport(packs: [RulesReport.PackRow(pack)], values: pack.statements.map(RulesReport.ValueRow.init))
  }

  /// What the second pack says otherwise than the first, in words.
  public func comparePacks(_ earlier: String, _ later: String) throws -> PackFindings {
    let (first, second) = (try onePack(earlier, day: nil), try onePack(later, day: nil))
    return PackFindings(packs: [first.name, second.name], sentences: differences(from: first, to: second))
  }

  /// What contradicts itself in one pack.
  public func examinePack(_ name: String, day: MarketDay?) throws -> PackFindings {
    let pack = try onePack(name, day: day)
    return PackFindings(packs: [pack.name], sentences: pack.contradictions)
  }

  func onePack(_ name: String, day: MarketDay?) throws -> RulePack {
    if let day { return try namedPack(name, day: day) }
    if name.contains("/") || name.hasSuffix(".yaml") { return try namedPack(name, day: MarketDay(dayNumber: 0)) }
    return try inDeskTerms { try library().newestPack(of: name) }
  }
}

extension RulesReport.PackRow {
  init(_ pack: RulePack) {
    self.init(
      market: pack.market, version: pack.version, status: pack.status.rawValue, from: pack.effectiveFrom,
      to: pack.effectiveTo, source: pack.source)
  }
}

extension RulesReport.ValueRow {
  init(_ statement: RuleStatement) {
    self.init(
      key: statement.key, value: statement.value ?? "unknown",
      confidence: statement.citation?.confidence.rawValue ?? "",
      clause: statement.citation?.clause ?? statement.reason)
  }
}
