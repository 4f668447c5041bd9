import Clearing
import Testing

/// A right clearing with one planted error each: the audit says which, and passes what stands exactly at its limit.
@Suite("Zonal audit") struct ZonalAuditTests {
  /// Two regions with a link, a load, losses in price, and of limits one that is missed and one that is kept.
  static let market: ZonalMarket = {
    func unit(
      _ name: String, _ region: Int, _ price: Double, _ quantity: Double, isLoad: Bool = false, factor: Double = 1
    ) -> ZonalUnit {
      ZonalUnit(
        name: name, region: region, isLoad: isLoad, lossFactor: factor,
        offers: [.init(service: .energy, bands: [.init(price: price, quantity: quantity)])])
    }
    return ZonalMarket(
      regions: [MarketRegion(name: "N", demand: 30), MarketRegion(name: "S", demand: 100, shortageCost_perMWh: 1_000)],
      units: [
        unit("cheap", 0, 20, 100), unit("pump", 0, 40, 10, isLoad: true, factor: 0.8),
        unit("dear", 1, 64, 50, factor: 0.8), unit("peak", 1, 90, 50),
      ],
      interconnectors: [Interconnector(name: "link", from: 0, to: 1, limits: -40...40)],
      requirements: [
        MarketConstraint(
          name: "reserve", terms: [.region(1, .raise6s, factor: 1)], relation: .atLeast, rightSide: 5,
          violationCost: 100)
      ],
      constraints: [
        MarketConstraint(name: "flow", terms: [.interconnector(0, factor: 2)], relation: .atMost, rightSide: 90)
      ])
  }()

  /// cheap 80, pump 10, 40 MW on the link, dear 50, peak 10; 5 MW of reserve are missed.
  static func right() throws -> ZonalClearing { try clear(market) }

  private func verdict(_ change: (inout ZonalClearing) -> Void) throws -> String {
    var clearing = try Self.right()
    change(&clearing)
    return ZonalAudit(Self.market, clearing).verdict
  }

  @Test("the right clearing passes, and costs what is offered with the losses and the penalty")
  func passes() throws {
    let clearing = try Self.right()
    #expect(ZonalAudit(Self.market, clearing).verdict == "passed")
    let expected: [Double] = [80, 10, 50, 10]
    for (each, megawatts) in zip(clearing.dispatch, expected) { #expect(abs(each[0] - megawatts) < 1e-6) }
    // 80 · 20 − 10 · 40 / 0.8 + 50 · 64 / 0.8 + 10 · 90 + 5 · 100.
    #expect(abs(clearing.cost - 6_500) < 1e-6)
    #expect(abs(clearing.energyPrice[0] - 20) < 1e-6 && abs(clearing.energyPrice[1] - 90) < 1e-6)
  }

  @Test(
    "a clearing of another shape is refused whole",
    arguments: [
      { $0.dispatch.removeLast() }, { $0.dispatch[0].append(0) }, { $0.flow.removeLast() }, { $0.flow.append(0) },
      { $0.loss.removeLast() }, { $0.energyPrice.removeLast() }, { $0.shortage.append(0) },
      { $0.shortage.removeLast() }, { $0.requirementPrice.removeLast() }, { $0.violation.removeLast() },
      { $0.violation.append(0) },
    ] as [@Sendable (inout ZonalClearing) -> Void])
  func shape(change: @Sendable (inout ZonalClearing) -> Void) throws {
    #expect(try verdict(change) == "The clearing: has not the shape of its market.")
  }

  @Test("more than is offered, and less than nothing")
  func offered() throws {
    #expect(try verdict { $0.dispatch[2][0] = 50.001 }.contains("dear: is cleared for 50.001 MW of energy, of which"))
    #expect(try verdict { $0.dispatch[3][0] = -0.001 }.contains("peak: is cleared for -0.001 MW of energy, of which"))
    #expect(try !verdict { $0.dispatch[3][0] = 0 }.contains("of which"))
  }

  @Test("a flow beyond its band on either side; at its ends it is right")
  func flow() throws {
    for (flow, isOutside) in [(40.0, false), (-40, false), (0, false), (40.001, true), (-40.001, true)] {
      let verdict = try verdict { $0.flow[0] = flow }
      #expect(verdict.contains("link: carries \(flow) MW, outside -40.0...40.0 MW.") == isOutside, "\(verdict)")
    }
    #expect(try verdict { $0.loss[0] = 0.001 }.contains("link: loses 0.001 MW where 0.0 MW are lost."))
  }

  @Test("a region out of balance, and a limit that is missed by more than is said")
  func balance() throws {
    let peak = try verdict { $0.dispatch[3][0] += 1 }
    #expect(peak.contains("S: is out of balance by 1.0") && !peak.contains("N: is out"), "\(peak)")
    let pump = try verdict { $0.dispatch[1][0] -= 1 }
    #expect(pump.contains("N: is out of balance by 1.0") && !pump.contains("S: is out"), "\(pump)")
    #expect(try verdict { $0.violation[0] = 4.9 }.contains("reserve: is missed by 5.0 MW."))
    // What must hold may not be missed, whatever is said.
    let flow = try verdict { ($0.flow[0], $0.violation[1]) = (46, 2) }
    #expect(flow.contains("flow: is missed by 2.0 MW."), "\(flow)")
  }

  @Test("a cost is right to a millionth of it, and no more")
  func cost() throws {
    #expect(try verdict { $0.cost += 0.006 } == "passed")
    #expect(try verdict { $0.cost -= 0.006 } == "passed")
    #expect(try verdict { $0.cost += 0.007 }.hasPrefix("The market: costs 6500"))
    #expect(try verdict { $0.cost -= 0.007 }.hasPrefix("The market: costs 6500"))
    #expect(try verdict { $0.violation[0] = 6 }.hasPrefix("The market: costs 6600"))
  }

  @Test("a price below what sells, above what is left out, and for a load the other way round")
  func prices() throws {
    #expect(try verdict { $0.energyPrice[1] = 89.99 }.hasPrefix("peak: sells energy at 89.99, below its offer."))
    #expect(
      try verdict { $0.energyPrice[1] = 90.01 }.hasPrefix("peak: is left out of energy at 90.01, above its offer."))
    #expect(try verdict { $0.energyPrice[0] = 19.99 }.hasPrefix("cheap: sells energy at 19.99, below its offer."))
    // The pump's bid of 40 counts 50 at the node.
    let low = ZonalMarket(
      regions: [MarketRegion(name: "N", demand: 30)],
      units: [Self.market.units[1], ZonalLawTests.generator("hydro", 0, [(50, 100)])])
    var clearing = try clear(low)
    for (dispatch, price, text) in [
      (10.0, 50.01, "pump: sells energy at -50.01, below its offer."),
      (0, 49.99, "pump: is left out of energy at -49.99, above its offer."),
    ] {
      clearing.dispatch = [[dispatch], [30 + dispatch]]
      clearing.cost = 30 * 50
      clearing.energyPrice = [50]
      #expect(ZonalAudit(low, clearing).verdict == "passed")
      clearing.energyPrice = [price]
      #expect(ZonalAudit(low, clearing).verdict.contains(text))
    }
  }

  @Test("only a limit on the unit's own energy excuses a wrong price")
  func heldUnits() throws {
    var market = Self.market
    let cases: [(MarketConstraint.Term, Bool)] = [
      (.region(0, .energy, factor: 1), false), (.region(1, .raise6s, factor: 1), false),
      (.unit(2, .energy, factor: 1), false), (.unit(3, .raise6s, factor: 1), false),
      (.interconnector(0, factor: 1), false), (.unit(3, .energy, factor: 1), true),
      (.region(1, .energy, factor: 1), true),
    ]
    for (term, isHeld) in cases {
      market.constraints[0] = MarketConstraint(name: "loose", terms: [term], relation: .atMost, rightSide: 1_000)
      var clearing = try clear(market)
      #expect(ZonalAudit(market, clearing).verdict == "passed")
      clearing.energyPrice[1] = 89
      #expect(ZonalAudit(market, clearing).verdict.contains("peak: sells energy at 89.0") == !isHeld, "\(term)")
    }
  }

  @Test(
    "energy with regulation leaves no unit's ramp, upward or downward, the other way round for a load",
    arguments: [false, true])
  func ramps(isLoad: Bool) throws {
    let (up, down) =
      isLoad ? (MarketService.lowerRegulation, MarketService.raiseRegulation) : (.raiseRegulation, .lowerRegulation)
    let slow = ZonalUnit(
      name: "slow", region: 0, isLoad: isLoad, ramp: .init(initial: 50, up: 10, down: 10),
      offers: [.energy, up, down].map { .init(service: $0, bands: [.init(price: isLoad ? 90 : 10, quantity: 100)]) })
    let market = ZonalMarket(
      regions: [MarketRegion(name: "N", demand: 100)],
      units: [slow, ZonalLawTests.generator("rest", 0, [(50, 300)])])
    let right = try clear(market)
    #expect(ZonalAudit(market, right).verdict == "passed" && abs(right.dispatch[0][0] - 60) < 1e-6)
    func verdict(_ energy: Double, _ up: Double, _ down: Double) -> String {
      var planted = right
      planted.dispatch[0] = [energy, up, down]
      return ZonalAudit(market, planted).verdict
    }
    for (energy, up, down) in [(60.0, 0.0, 0.0), (40, 0, 0), (55, 5, 15), (45, 15, 5)] {
      #expect(!verdict(energy, up, down).contains("reaches"), "\(energy)")
    }
    #expect(verdict(60.1, 0, 0).contains("slow: reaches 60.1 MW with its regulation, above 60.0 MW"))
    #expect(verdict(55, 5.5, 0).contains("slow: reaches 60.5 MW with its regulation, above 60.0 MW"))
    #expect(verdict(39.5, 0, 0).contains("slow: reaches 39.5 MW with its regulation, below 40.0 MW"))
    #expect(verdict(45, 0, 5.5).contains("slow: reaches 39.5 MW with its regulation, below 40.0 MW"))
    let plain = ZonalUnit(
      name: "plain", region: 0, isLoad: isLoad, ramp: .init(initial: 50, up: 10, down: 10),
      offers: [.init(service: .energy, bands: [.init(price: isLoad ? 90 : 10, quantity: 100)])])
    let energyOnly = ZonalMarket(
      regions: market.regions, units: [plain, ZonalLawTests.generator("rest", 0, [(50, 300)])])
    var planted = try clear(energyOnly)
    planted.dispatch[0] = [60.1]
    #expect(ZonalAudit(energyOnly, planted).verdict.contains("plain: reaches 60.1 MW"))
  }

  @Test("a shortage where all must be served, and one below nothing")
  func shortage() throws {
    let north = try verdict { ($0.shortage[0], $0.dispatch[0][0]) = (1, 79) }
    #expect(north.contains("N: is short of 1.0 MW, but all of its demand must be served."), "\(north)")
    let south = try verdict { ($0.shortage[1], $0.dispatch[3][0], $0.cost) = (1, 9, 6_500 - 90 + 1_000) }
    #expect(!south.contains("is short"), "\(south)")
    #expect(try verdict { ($0.shortage[1], $0.dispatch[3][0]) = (-1, 11) }.contains("S: is short of -1.0 MW."))
  }

  /// One region of 100 MW; a unit that offers 10 MW of reserve at 7, and one that offers 10 MW at 9.
  private static func reserveMarket(_ requirement: MarketConstraint) -> ZonalMarket {
    func unit(_ name: String, reserve price: Double) -> ZonalUnit {
      ZonalUnit(
        name: name, region: 0,
        offers: [
          .init(service: .energy, bands: [.init(price: 20, quantity: 100)]),
          .init(service: .raise6s, bands: [.init(price: price, quantity: 10)]),
        ])
    }
    return ZonalMarket(
      regions: [MarketRegion(name: "N", demand: 100)], units: [unit("low", reserve: 7), unit("high", reserve: 9)],
      requirements: [requirement])
  }

  private static func reserve(
    _ relation: MarketConstraint.Relation, _ side: Double, factor: Double = 1
  ) -> MarketConstraint {
    MarketConstraint(
      name: "reserve", terms: [.region(0, .raise6s, factor: factor)], relation: relation, rightSide: side,
      violationCost: 100)
  }

  static let requirements: [(MarketConstraint, Double)] = [
    (reserve(.atLeast, 5), 7), (reserve(.atLeast, 15), 9), (reserve(.atLeast, 25), 100), (reserve(.atLeast, -1), 0),
    (reserve(.equal, 5), 7), (reserve(.equal, 15), 9), (reserve(.atMost, 15), 0),
    (reserve(.atLeast, 10, factor: 2), 3.5),
  ]

  @Test(
    "the price of a requirement is that of the last MW, of nobody's where it is slack, the penalty where it is missed",
    arguments: requirements)
  func requirementPrice(requirement: MarketConstraint, price: Double) throws {
    let market = Self.reserveMarket(requirement)
    let right = try clear(market)
    #expect(ZonalAudit(market, right).verdict == "passed")
    #expect(abs(right.requirementPrice[0] - price) < 1e-6, "\(right.requirementPrice)")
    for change in [-0.01, 0.01] {
      var planted = right
      planted.requirementPrice[0] += change
      let verdict = ZonalAudit(market, planted).verdict
      if price == 0 || price == 100 {
        #expect(verdict.contains("reserve: has a price of"), "\(verdict)")
      } else {
        #expect(verdict.contains(change < 0 ? "sells raise_6s at" : "is left out of raise_6s at"), "\(verdict)")
      }
    }
    var planted = right
    planted.requirementPrice[0] = .nan
    #expect(ZonalAudit(market, planted).verdict.contains("reserve: has a price of nan"))
  }

  @Test("a price on the wrong side of a requirement that binds, and beyond its penalty")
  func wrongSide() throws {
    for (requirement, price) in [
      (Self.reserve(.atLeast, 5), -0.01), (Self.reserve(.atLeast, 5), 100.01), (Self.reserve(.equal, 5), -100.01),
    ] {
      let market = Self.reserveMarket(requirement)
      var planted = try clear(market)
      planted.requirementPrice[0] = price
      #expect(ZonalAudit(market, planted).verdict.contains("reserve: has a price of \(price)"))
    }
  }

  @Test(
    "what another limit holds is not judged by its price: a trapezium, a ramp with regulation, a constraint on the unit"
  )
  func heldService() throws {
    let market = Self.reserveMarket(Self.reserve(.atLeast, 5))
    func verdict(_ change: (inout ZonalMarket) -> Void) throws -> String {
      var market = market
      change(&market)
      var planted = try clear(market)
      #expect(ZonalAudit(market, planted).verdict == "passed")
      planted.requirementPrice[0] += 0.5
      return ZonalAudit(market, planted).verdict
    }
    #expect(try verdict { _ in }.contains("low: is left out of raise_6s"))
    #expect(
      try verdict {
        $0.constraints = [
          MarketConstraint(name: "own", terms: [.unit(0, .raise6s, factor: 1)], relation: .atMost, rightSide: 8)
        ]
      } == "passed")
    #expect(
      try verdict {
        $0.units[0].offers[1].trapezium = .init(maximum: 10, least: 0, lowBreak: 0, highBreak: 100, highest: 100)
      } == "passed")
    // A contingency service is not held by a ramp.
    #expect(
      try verdict { $0.units[0].ramp = .init(initial: 50, up: 100, down: 100) }.contains("low: is left out of raise_6s")
    )
  }
}
