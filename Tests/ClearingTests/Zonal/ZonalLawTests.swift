import Clearing
import Testing

@Suite("Zonal clearing") struct ZonalLawTests {
  static func generator(_ name: String, _ region: Int, _ bands: [(Double, Double)]) -> ZonalUnit {
    ZonalUnit(
      name: name, region: region,
      offers: [.init(service: .energy, bands: bands.map { .init(price: $0.0, quantity: $0.1) })])
  }

  /// Losses of 0.0002 · flow², straight between points 50 MW apart.
  static let losses = stride(from: -200.0, through: 200, by: 50).map {
    Interconnector.LossPoint(flow: $0, loss: 0.0002 * $0 * $0)
  }

  static func pair(_ demand: (Double, Double), cheap: Double = 20) -> ZonalMarket {
    ZonalMarket(
      regions: [MarketRegion(name: "N", demand: demand.0), MarketRegion(name: "S", demand: demand.1)],
      units: [generator("cheap", 0, [(cheap, 300)]), generator("dear", 1, [(80, 300)])],
      interconnectors: [Interconnector(name: "link", from: 0, to: 1, limits: -150...150, losses: losses)])
  }

  @Test("the far price is the near one with the marginal loss")
  func loss() throws {
    let market = Self.pair((50, 60))
    let clearing = try clear(market)
    #expect(ZonalAudit(market, clearing).verdict == "passed")
    // Between 50 and 100 MW a MW loses 0.03 MW, half at each end: p · (1 − 0.015) = 20 · (1 + 0.015).
    #expect(abs(clearing.energyPrice[1] - 20 * 1.015 / 0.985) < 1e-6)
    #expect(clearing.loss[0] > 0.5 && clearing.flow[0] > 60)
  }

  @Test("where a price is negative nothing is lost that physics does not lose")
  func negativePrices() throws {
    let market = Self.pair((50, 60), cheap: -30)
    let clearing = try clear(market)
    #expect(ZonalAudit(market, clearing).verdict == "passed")
    #expect(clearing.energyPrice[0] < 0)
  }

  @Test("a load bids, a missing MW has its price, a limit sets prices apart")
  func loadAndShortage() throws {
    var market = Self.pair((50, 100))
    market.interconnectors[0].limits = -40...40
    market.units[1] = Self.generator("dear", 1, [(80, 30)])
    market.regions[1].shortageCost_perMWh = 1_000
    market.units.append(
      ZonalUnit(
        name: "pump", region: 0, isLoad: true,
        offers: [.init(service: .energy, bands: [.init(price: 25, quantity: 10), .init(price: 15, quantity: 10)])]))
    let clearing = try clear(market)
    #expect(ZonalAudit(market, clearing).verdict == "passed")
    #expect(abs(clearing.energyPrice[0] - 20) < 1e-6)
    #expect(abs(clearing.energyPrice[1] - 1_000) < 1e-6)
    #expect(abs(clearing.dispatch[2][0] - 10) < 1e-6)
    // 40 MW with 0.4 MW lost, half of it here.
    #expect(abs(clearing.shortage[1] - (100 - 30 - 39.8)) < 1e-6)
  }

  @Test("ramps hold energy with regulation, and raise the price of regulation")
  func ramp() throws {
    var first = Self.generator("first", 0, [(20, 100)])
    first.ramp = ZonalUnit.Ramp(initial: 50, up: 20, down: 20)
    first.offers.append(.init(service: .raiseRegulation, bands: [.init(price: 1, quantity: 30)], maximum: 30))
    let market = ZonalMarket(
      regions: [MarketRegion(name: "N", demand: 80)], units: [first, Self.generator("second", 0, [(60, 100)])],
      requirements: [
        MarketConstraint(
          name: "raise", terms: [.region(0, .raiseRegulation, factor: 1)], relation: .atLeast, rightSide: 10)
      ])
    let clearing = try clear(market)
    #expect(ZonalAudit(market, clearing).verdict == "passed")
    #expect(abs(clearing.dispatch[0][0] - 60) < 1e-6)
    #expect(abs(clearing.price(of: .raiseRegulation, inRegion: 0, of: market) - 41) < 1e-6)
  }

  @Test("random markets pass the audit; another MW of offer never raises the cost", arguments: 1...20)
  func random(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    func draw(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &numbers) }
    var market = ZonalMarket(
      regions: (0..<3).map { MarketRegion(name: "R\($0)", demand: draw(20...120), shortageCost_perMWh: 5_000) },
      units: (0..<8).map { index in
        Self.generator("U\(index)", index % 3, (0..<4).map { _ in (draw(-20...120), draw(5...30)) })
      },
      interconnectors: [(0, 1), (1, 2)].map { ends in
        Interconnector(
          name: "I\(ends.0)", from: ends.0, to: ends.1, limits: -draw(10...150)...draw(10...150), losses: Self.losses)
      })
    let clearing = try clear(market)
    #expect(ZonalAudit(market, clearing).verdict == "passed")
    market.units[0].offers[0].bands[0].quantity += 1
    #expect(try clear(market).cost <= clearing.cost + 1e-6)
  }

  @Test("what cannot be cleared is said in one sentence")
  func refusals() {
    func refusal(_ market: ZonalMarket) -> String {
      do { _ = try clear(market) } catch { return error.description }
      return ""
    }
    let short = refusal(Self.pair((50, 600)))
    #expect(short.contains("balance of S") && short.contains("energy of dear"), "\(short)")
    var market = Self.pair((50, 60))
    market.units[0].lossFactor = 0
    #expect(refusal(market).contains("cheap: has a loss factor of 0.0"))
    market = Self.pair((.nan, 60))
    #expect(refusal(market).contains("N: has a demand that is no finite number."))
    #expect(refusal(ZonalMarket(regions: [], units: [])).contains("has no region"))
  }
}
