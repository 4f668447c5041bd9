import Clearing
import Testing

/// Ancillary services with energy, worked by hand: trapezia, regulation that shares them, regions that count loads.
@Suite("Energy with ancillary services") struct ZonalServiceTests {
  static func offer(
    _ service: MarketService, _ price: Double, _ quantity: Double, _ shape: ZonalUnit.Trapezium? = nil
  ) -> ZonalUnit.Offer {
    ZonalUnit.Offer(
      service: service, bands: [.init(price: price, quantity: quantity)], maximum: shape?.maximum ?? .infinity,
      trapezium: shape)
  }

  static func need(_ service: MarketService, _ megawatts: Double) -> MarketConstraint {
    MarketConstraint(
      name: service.rawValue, terms: [.region(0, service, factor: 1)], relation: .atLeast, rightSide: megawatts)
  }

  private func expect(
    _ market: ZonalMarket, dispatch: [[Double]], prices: [MarketService: Double], comment: Comment
  ) throws {
    let clearing = try clear(market)
    #expect(ZonalAudit(market, clearing).verdict == "passed", comment)
    for (own, right) in zip(clearing.dispatch, dispatch) {
      for (quantity, expected) in zip(own, right) { #expect(abs(quantity - expected) < 1e-6, comment) }
    }
    for (service, price) in prices {
      #expect(abs(clearing.price(of: service, inRegion: 0, of: market) - price) < 1e-6, "\(service) \(comment)")
    }
  }

  /// 10 MW of response take 20 MW of energy at the top, 5 MW of regulation take 5 more.
  @Test("a generator gives up energy for response and for regulation")
  func generator() throws {
    let shape = ZonalUnit.Trapezium(maximum: 20, least: 0, lowBreak: 10, highBreak: 60, highest: 100)
    let first = ZonalUnit(
      name: "first", region: 0,
      offers: [
        Self.offer(.energy, 20, 100), Self.offer(.raise6s, 1, 20, shape), Self.offer(.raiseRegulation, 2, 20),
      ])
    var market = ZonalMarket(
      regions: [MarketRegion(name: "N", demand: 90)],
      units: [first, ZonalLawTests.generator("second", 0, [(60, 100)])],
      requirements: [Self.need(.raise6s, 10)])
    try expect(
      market, dispatch: [[80, 10, 0], [10]], prices: [.energy: 60, .raise6s: 1 + 2 * 40], comment: "response alone")
    market.requirements.append(Self.need(.raiseRegulation, 5))
    try expect(
      market, dispatch: [[75, 10, 5], [15]], prices: [.energy: 60, .raise6s: 81, .raiseRegulation: 42],
      comment: "with regulation")
  }

  /// A load raises by taking less: 10 MW of response need 20 MW of load, 5 MW of regulation 5 more.
  @Test("a load takes energy for response and for regulation")
  func load() throws {
    let shape = ZonalUnit.Trapezium(maximum: 20, least: 0, lowBreak: 40, highBreak: 50, highest: 50)
    let smelter = ZonalUnit(
      name: "smelter", region: 0, isLoad: true,
      offers: [
        Self.offer(.energy, 30, 50), Self.offer(.raise6s, 1, 20, shape), Self.offer(.raiseRegulation, 2, 20),
      ])
    let market = ZonalMarket(
      regions: [MarketRegion(name: "N", demand: 40)],
      units: [smelter, ZonalLawTests.generator("second", 0, [(100, 200)])],
      requirements: [Self.need(.raise6s, 10), Self.need(.raiseRegulation, 5)])
    try expect(
      market, dispatch: [[25, 10, 5], [65]], prices: [.energy: 100, .raise6s: 141, .raiseRegulation: 72],
      comment: "load")
  }

  @Test("a region's net energy counts loads against it, its regulation counts them with it")
  func regionTerms() throws {
    let pump = ZonalUnit(
      name: "pump", region: 0, isLoad: true, offers: [Self.offer(.energy, 25, 10), Self.offer(.raiseRegulation, 1, 4)])
    let cheap = ZonalUnit(
      name: "cheap", region: 0, offers: [Self.offer(.energy, 20, 300), Self.offer(.raiseRegulation, 5, 20)])
    let market = ZonalMarket(
      regions: [MarketRegion(name: "N", demand: 0), MarketRegion(name: "S", demand: 100)],
      units: [cheap, pump, ZonalLawTests.generator("dear", 1, [(80, 300)])],
      interconnectors: [Interconnector(name: "link", from: 0, to: 1, limits: -150...150)],
      requirements: [
        MarketConstraint(
          name: "raise", terms: [.region(0, .raiseRegulation, factor: 2)], relation: .atLeast, rightSide: 20)
      ],
      constraints: [
        MarketConstraint(name: "export", terms: [.region(0, .energy, factor: 3)], relation: .atMost, rightSide: 180)
      ])
    try expect(
      market, dispatch: [[70, 6], [10, 4], [40]], prices: [.energy: 80, .raiseRegulation: 5], comment: "terms")
    var clearing = try clear(market)
    clearing.dispatch[0] = [71, 5]
    let verdict = ZonalAudit(market, clearing).verdict
    #expect(verdict.contains("raise: is missed by 2.0") && verdict.contains("export: is missed by 3.0"), "\(verdict)")
  }

  @Test("a unit's energy counts at its node: 40 with a factor of 0.8 is 50")
  func lossFactor() throws {
    var far = ZonalLawTests.generator("far", 0, [(40, 100)])
    far.lossFactor = 0.8
    var pump = ZonalUnit(name: "pump", region: 0, isLoad: true, offers: [Self.offer(.energy, 44, 10)])
    let market = ZonalMarket(
      regions: [MarketRegion(name: "N", demand: 100)],
      units: [far, ZonalLawTests.generator("near", 0, [(45, 60)]), pump])
    try expect(market, dispatch: [[40], [60], [0]], prices: [.energy: 50], comment: "generators")
    #expect(abs(try clear(market).cost - (40 * 50 + 60 * 45)) < 1e-6)
    // Its bid of 44 is worth 55 at the node, more than the 50 that it costs.
    pump.lossFactor = 0.8
    let pumping = ZonalMarket(regions: market.regions, units: [far, market.units[1], pump])
    try expect(pumping, dispatch: [[50], [60], [10]], prices: [.energy: 50], comment: "load")
    #expect(abs(try clear(pumping).cost - (50 * 50 + 60 * 45 - 10 * 55)) < 1e-6)
  }

  /// 10 of 20 MW of response: at least 20 and at most 75 MW with regulation.
  private static let trapezium = ZonalUnit.Trapezium(maximum: 20, least: 10, lowBreak: 30, highBreak: 60, highest: 90)

  /// Energy, then raise and lower regulation of a generator; whether it fits.
  private static let points: [(energy: Double, raise: Double, lower: Double, fits: Bool)] = [
    (75, 0, 0, true), (75.001, 0, 0, false), (70, 5, 0, true), (70, 5.001, 0, false), (70.001, 5, 0, false),
    (75, 0, 5, true), (20, 0, 0, true), (19.999, 0, 0, false), (25, 0, 5, true), (25, 0, 5.001, false),
    (24.999, 0, 5, false), (20, 5, 0, true), (47, 5, 5, true),
  ]

  @Test("an audited response stands in its trapezium, with regulation on the same side", arguments: points)
  func audited(energy: Double, raise: Double, lower: Double, fits: Bool) throws {
    for isLoad in [false, true] {
      for service in [MarketService.raise6s, .lower5min] {
        let unit = ZonalUnit(
          name: "unit", region: 0, isLoad: isLoad,
          offers: [
            Self.offer(.energy, 20, 100), Self.offer(service, 0, 20, Self.trapezium),
            Self.offer(.raiseRegulation, 0, 20), Self.offer(.lowerRegulation, 0, 20),
          ])
        let market = ZonalMarket(regions: [MarketRegion(name: "N", demand: 0)], units: [unit])
        var clearing = try clear(
          ZonalMarket(regions: market.regions, units: [ZonalLawTests.generator("G", 0, [(1, 1)])]))
        // A load that lowers takes more.
        clearing.dispatch = [[energy, 10, isLoad ? lower : raise, isLoad ? raise : lower]]
        let isFound = ZonalAudit(market, clearing).verdict.contains("outside its trapezium")
        #expect(isFound == !fits, "\(service), load: \(isLoad)")
      }
    }
  }

  @Test("audited regulation has its own trapezium, which other regulation does not narrow")
  func auditedRegulation() throws {
    let unit = ZonalUnit(
      name: "unit", region: 0,
      offers: [
        Self.offer(.energy, 20, 100), Self.offer(.raiseRegulation, 0, 20, Self.trapezium),
        Self.offer(.lowerRegulation, 0, 20),
      ])
    let market = ZonalMarket(regions: [MarketRegion(name: "N", demand: 0)], units: [unit])
    var clearing = try clear(ZonalMarket(regions: market.regions, units: [ZonalLawTests.generator("G", 0, [(1, 1)])]))
    for (energy, lower, fits) in [(75.0, 0.0, true), (75.001, 0, false), (20, 20, true), (19.999, 0, false)] {
      clearing.dispatch = [[energy, 10, lower]]
      #expect(ZonalAudit(market, clearing).verdict.contains("outside its trapezium") == !fits)
    }
  }
}
