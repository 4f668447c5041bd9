import MarketGames
import NumericMethods
import Testing

@Suite("Best offers on residual demands") struct OfferPayoffsTests {
  let grid = OfferGrid(prices: OfferGrid.prices(floor: 0, cap: 100, count: 201), lowest: 0, highest: 100, steps: 200)
  let cost = FleetCost(lowest: 0, costAtLowest: 0, blocks: [(100, 20)])

  /// RD(p) = intercept − p.
  private func linear(_ intercept: Double, contracted: Double = 0) -> ResidualDemand {
    ResidualDemand(megawatts: grid.prices.map { intercept - $0 }, contracted: contracted)
  }

  @Test("one firm, linear residual demand: the monopoly's optimum by hand")
  func monopoly() {
    // max (p − 20)(100 − p): p = 60, q = 40, profit 1600.
    let best = OfferPayoffs([linear(100)], cost: cost, on: grid).best()
    #expect(abs(best.value - 1_600) < 1e-9)
    #expect(best.offer.supply(on: grid)[120] >= 40)
    #expect(best.offer.supply(on: grid)[119] <= 40.5)
  }

  @Test("contracts: p − C' = (q − QC) / −RD'", arguments: [0.0, 20, 40, 80, 120])
  func contracts(contracted: Double) {
    // max p (100 − p − QC) − 20 (100 − p): p = (120 − QC) / 2.
    let best = OfferPayoffs([linear(100, contracted: contracted)], cost: cost, on: grid).best()
    let price = max(0, (120 - contracted) / 2)
    let expected = price * (100 - price - contracted) - 20 * (100 - price)
    #expect(abs(best.value - expected) < 1e-9)
    // Net short by more than what it would sell at cost: below cost.
    #expect((price < 20) == (contracted > 80))
  }

  @Test("with everything sold under contract the best offer is marginal cost")
  func fullCover() {
    // Sold at cost: q = 100 − 20 = 80.
    let payoffs = OfferPayoffs([linear(100, contracted: 80)], cost: cost, on: grid)
    let atCost = GridOffer(marginalCost: cost, on: grid)
    #expect(abs(payoffs.best().value - payoffs.value(of: atCost)) < 1e-9)
  }

  @Test("no offer earns more than the best one, within ceilings too")
  func optimality() {
    var random = SplitMix64(seed: 5)
    let small = OfferGrid(prices: OfferGrid.prices(floor: -10, cap: 90, count: 21), lowest: 10, highest: 70, steps: 12)
    let steep = FleetCost(lowest: 10, costAtLowest: 150, blocks: [(30, 25), (20, 12), (10, 50)])
    let demands = (0..<40).map { _ -> ResidualDemand in
      var value = 20 + 90 * random.nextUniform()
      let values = small.prices.map { _ -> Double in
        value -= 6 * random.nextUniform() * random.nextUniform()
        return value
      }
      return ResidualDemand(megawatts: values, contracted: 50 * random.nextUniform(), weight: random.nextUniform())
    }
    let payoffs = OfferPayoffs(demands, cost: steep, on: small)
    let ceilings = (0..<12).map { 30 + 4 * Double($0) }
    let (free, limited) = (payoffs.best(), payoffs.best(ceilings: ceilings))
    #expect(abs(payoffs.value(of: free.offer) - free.value) < 1e-6)
    #expect(abs(payoffs.value(of: limited.offer) - limited.value) < 1e-6)
    #expect(limited.value <= free.value + 1e-9)
    #expect(zip(limited.offer.prices(on: small), ceilings).allSatisfy { $0 <= $1 })
    for _ in 0..<3_000 {
      var reached = (0..<small.prices.count).map { _ in random.nextIndex(below: small.steps + 1) }.sorted()
      reached[reached.count - 1] = small.steps
      #expect(payoffs.value(of: GridOffer(reached: reached, on: small)) <= free.value + 1e-6)
    }
  }

  @Test("the value of an offer is what its crossings earn")
  func crossings() {
    // 50 MW at 20, 50 MW at 60. RD 100 − p: at 20 it asks for 80, crosses upwards at 50 MW and price 50.
    let reached = grid.prices.map { $0 >= 60 ? 200 : $0 >= 20 ? 100 : 0 }
    let payoffs = OfferPayoffs([linear(100)], cost: cost, on: grid)
    #expect(abs(payoffs.value(of: GridOffer(reached: reached, on: grid)) - 50 * 30) < 1e-9)
    // RD 130 − p: at 60 it asks for 70: 40 · 70.
    let higher = OfferPayoffs([linear(130)], cost: cost, on: grid)
    #expect(abs(higher.value(of: GridOffer(reached: reached, on: grid)) - 40 * 70) < 1e-9)
    // More than everything at the cap, and nothing at the floor: no offer matters.
    #expect(OfferPayoffs([linear(300)], cost: cost, on: grid).best().value == 80 * 100)
    #expect(OfferPayoffs([linear(-5)], cost: cost, on: grid).best().value == 0)
  }

  @Test("a fleet's cheapest blocks run first and each keeps its place")
  func fleetCost() {
    let fleet = FleetCost(lowest: 10, costAtLowest: 100, blocks: [(20, 30), (30, 15)])
    #expect(fleet.perHour(40) == 100 + 30 * 15)
    #expect(fleet.perHour(50) == 100 + 30 * 15 + 10 * 30)
    #expect(fleet.perHour(5) == 50)
    #expect(fleet.ranges() == [40...60, 10...40])
    #expect(fleet.meanIncremental(from: 30, to: 50) == 22.5)
  }
}
