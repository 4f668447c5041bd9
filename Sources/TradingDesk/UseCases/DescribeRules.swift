internal import MarketModel
public import struct MarketModel.MarketDay
internal import MarketRules

extension TradingDesk {
  /// The rule packs there are; with a market, the values of the one in force on a day (the newest if no day is given).
  public func describeRules(market: String?, day: MarketDay?) throws -> RulesReport {
    let library = try library()
    let packs = library.packs.filter { market == nil || $0.market == market }.map {
      RulesReport.PackRow(
        market: $0.market, version: $0.version, from: $0.effectiveFrom, to: $0.effectiveTo, source: $0.source)
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
    return RulesReport(packs: packs, values: chosen?.valueRows ?? [])
  }
}
