internal import MarketGames
internal import MarketModel

/// One day with the rivals' offers, ready to be cleared with ours.
struct ReclearedDay: Sendable {
  let strategies: FleetStrategies
  let rivals: [MarketPart]
  let groups: MarketGroups
  let limits: MarketPowerLimits

  struct Cleared: Sendable {
    let book: BidBook?
    let parts: [MarketPart]
    let outcome: WholeMarket.Outcome
    let violations: Int
  }

  private var fleet: FleetDay { strategies.fleet }

  func cleared(_ book: BidBook) throws -> Cleared {
    let parts = strategies.parts(book)
    return Cleared(
      book: book, parts: parts, outcome: try fleet.market.clear(rivals + parts),
      violations: try strategies.violations(book))
  }

  func priceMaker(_ policy: MarketPowerRun.Policy, contracted: [Double]) throws -> Cleared? {
    let day = fleet.market.day
    let prices = OfferGrid.prices(floor: day.floor, cap: day.cap, count: MarketPowerRun.gridPrices)
    guard let grid = fleet.grid(prices: prices, steps: MarketPowerRun.gridSteps) else { return nil }
    let demands =
      policy == .informed
      ? strategies.trueDemands(on: grid, contracted: contracted, others: rivals)
      : strategies.estimatedDemands(on: grid, contracted: contracted)
    let payoffs = OfferPayoffs(demands, cost: fleet.cost, on: grid)
    let best = payoffs.best(ceilings: policy == .limited ? fleet.ceilings(limits, on: grid) : nil)
    return try cleared(strategies.book(best.offer, on: grid))
  }

  func result(
    _ policy: MarketPowerRun.Policy, _ cover: Double, _ contracted: [Double], _ cleared: Cleared, atCost: Cleared
  ) -> MarketPowerRun.Result {
    let prices = cleared.outcome.prices
    return MarketPowerRun.Result(
      policy: policy, cover: cover,
      profit: fleet.profit(
        cleared.outcome, contracted: contracted, contractPrice: strategies.contractPrice),
      revenue: fleet.revenue(cleared.outcome),
      energy: fleet.output(cleared.outcome).reduce(0, +) * 24 / Double(prices.count),
      meanPrice: prices.reduce(0, +) / Double(prices.count),
      finding: finding(cleared, atCost: atCost.outcome), violations: cleared.violations)
  }

  private func finding(_ cleared: Cleared, atCost: WholeMarket.Outcome) -> MarketPowerFinding {
    let day = fleet.market.day
    var capacities = [Double](repeating: 0, count: groups.groups.count)
    for offer in day.offers { capacities[groups.owners[offer.unit]] += offer.capacity }
    let total = capacities.reduce(0, +)
    let others = groups.groups.indices.filter { groups.groups[$0].role == .strategic }.map { capacities[$0] }
    let offers = cleared.parts.filter { $0.to.perMegawattHour > day.floor }.map { part in
      (
        megawatts: part.quantity.megawatts, price: part.to.perMegawattHour, cost: day.offers[part.unit].cost
      )
    }
    return MarketPowerFinding(
      indices: day.demand.map { ResidualSupply.index(total: total, own: capacities[0], demand: $0) },
      threePivotal: day.demand.map {
        ResidualSupply.threePivotalIndex(total: total, own: capacities[0], others: others, demand: $0)
      },
      offers: offers, rises: zip(cleared.outcome.prices, atCost.prices).map { $0 - $1 }, limits: limits)
  }
}
