import Clearing
import Testing

/// What does not fit together is refused one by one, and what stands at a limit is not.
@Suite("Refusals of zonal markets") struct ZonalRefusalTests {
  static let shape = ZonalUnit.Trapezium(maximum: 20, least: 10, lowBreak: 30, highBreak: 60, highest: 90)

  static let market = ZonalMarket(
    regions: [MarketRegion(name: "N", demand: 50), MarketRegion(name: "S", demand: 60)],
    units: [
      ZonalUnit(
        name: "unit", region: 0, capacity: 200,
        offers: [
          .init(service: .energy, bands: [.init(price: 20, quantity: 200)], maximum: 200),
          .init(service: .raise6s, bands: [.init(price: 1, quantity: 20)], maximum: 20, trapezium: shape),
        ])
    ],
    interconnectors: [
      Interconnector(
        name: "link", from: 0, to: 1, limits: -100...100,
        losses: [.init(flow: -100, loss: 2), .init(flow: 0, loss: 0), .init(flow: 100, loss: 2)])
    ],
    requirements: [
      MarketConstraint(
        name: "raise", terms: [.region(0, .raise6s, factor: 1)], relation: .atLeast, rightSide: 5, violationCost: 100)
    ],
    constraints: [
      MarketConstraint(
        name: "limit", terms: [.unit(0, .energy, factor: 1), .interconnector(0, factor: 1)], relation: .atMost,
        rightSide: 500)
    ])

  /// All that is found after a change.
  private func found(_ change: (inout ZonalMarket) -> Void) -> [String] {
    var market = Self.market
    change(&market)
    return market.findings().map(\.description)
  }

  @Test("what is at its limit is no finding")
  func atLimit() {
    #expect(found { _ in }.isEmpty)
    #expect(found { $0.units[0].capacity = 0 }.isEmpty && found { $0.units[0].capacity = .infinity }.isEmpty)
    #expect(found { $0.units[0].offers[0].maximum = 0 }.isEmpty)
    #expect(found { $0.units[0].offers[0].bands[0].quantity = 0 }.isEmpty)
    #expect(found { $0.units[0].offers[0].bands[0].price = -1_000 }.isEmpty)
    #expect(found { $0.requirements[0].violationCost = 0 }.isEmpty)
    #expect(found { $0.requirements[0].violationCost = nil }.isEmpty)
    #expect(found { $0.interconnectors[0].losses = [] }.isEmpty)
    for shape: ZonalUnit.Trapezium in [
      .init(maximum: 0.001, least: 10, lowBreak: 10, highBreak: 60, highest: 90),
      .init(maximum: 20, least: 10, lowBreak: 60, highBreak: 60, highest: 90),
      .init(maximum: 20, least: 10, lowBreak: 30, highBreak: 90, highest: 90),
      .init(maximum: 20, least: 0, lowBreak: 0, highBreak: 0, highest: 0),
    ] {
      #expect(found { $0.units[0].offers[1].trapezium = shape }.isEmpty)
    }
  }

  @Test("a market without regions, units or bands")
  func empty() {
    #expect(
      ZonalMarket(regions: [], units: []).findings().map(\.description) == [
        "The market: has no region; give at least one.", "The market: has no unit; give at least one.",
      ])
    let bands = found { for offer in $0.units[0].offers.indices { $0.units[0].offers[offer].bands = [] } }
    #expect(bands == ["The market: has no band of price and quantity; give at least one."])
    #expect(found { $0.units[0].offers[0].bands = [] }.isEmpty)
    for demand in [Double.nan, .infinity] {
      #expect(found { $0.regions[1].demand = demand } == ["S: has a demand that is no finite number."])
    }
  }

  @Test("a unit that stands nowhere, or has numbers that are none")
  func units() {
    for region in [-1, 2] {
      #expect(found { $0.units[0].region = region } == ["unit: stands in a region that the market does not have."])
    }
    for factor in [0, -1, Double.nan, .infinity] {
      let texts = found { $0.units[0].lossFactor = factor }
      #expect(texts == ["unit: has a loss factor of \(factor); it is above 0."])
    }
    for capacity in [-0.001, Double.nan] {
      let texts = found { $0.units[0].capacity = capacity }
      #expect(texts == ["unit: has a capacity of \(capacity) MW; the least is 0."])
    }
    #expect(found { $0.units[0].offers[1].service = .energy } == ["unit: offers a service twice."])
  }

  @Test("an offer with a price, a quantity or a maximum that is none")
  func offers() {
    let energy = ["unit: offers energy with a price or quantity that is none."]
    for price in [Double.nan, .infinity, -.infinity] {
      #expect(found { $0.units[0].offers[0].bands[0].price = price } == energy)
    }
    for quantity in [-0.001, Double.nan, .infinity] {
      #expect(found { $0.units[0].offers[0].bands[0].quantity = quantity } == energy)
    }
    for maximum in [-0.001, Double.nan] {
      #expect(found { $0.units[0].offers[0].maximum = maximum } == energy)
    }
    // One wrong band among right ones.
    let added = found { $0.units[0].offers[1].bands.append(.init(price: 5, quantity: -1)) }
    #expect(added == ["unit: offers raise_6s with a price or quantity that is none."])
  }

  /// Maximum, least, low break, high break and highest; one of them is another number.
  @Test("break points that do not rise", arguments: 0..<5, [-1, 31, 61, 91, Double.nan])
  func trapezia(changed: Int, value: Double) {
    var points = [20.0, 10, 30, 60, 90]
    points[changed] = value
    let shape = ZonalUnit.Trapezium(
      maximum: points[0], least: points[1], lowBreak: points[2], highBreak: points[3], highest: points[4])
    let isRight = points[0] > 0 && zip(points[1...], points[2...]).allSatisfy { $0 <= $1 }
    let texts = found { $0.units[0].offers[1].trapezium = shape }
    #expect(texts == (isRight ? [] : ["unit: offers raise_6s with break points that do not rise."]), "\(shape)")
  }

  @Test("a trapezium of nothing")
  func noMaximum() {
    let texts = found { $0.units[0].offers[1].trapezium?.maximum = 0 }
    #expect(texts == ["unit: offers raise_6s with break points that do not rise."])
  }

  @Test("a line that connects nothing, or loses what is not known")
  func lines() {
    for (from, to) in [(0, 0), (1, 1), (-1, 1), (2, 1), (0, -1), (0, 2)] {
      let texts = found { ($0.interconnectors[0].from, $0.interconnectors[0].to) = (from, to) }
      #expect(texts == ["link: does not connect two regions of the market."])
    }
    typealias Point = Interconnector.LossPoint
    let wrong: [[Point]] = [
      [Point(flow: -99, loss: 2), Point(flow: 100, loss: 2)], [Point(flow: -100, loss: 2), Point(flow: 99, loss: 2)],
      [Point(flow: -100, loss: 2), Point(flow: 0, loss: 0), Point(flow: 0, loss: 0), Point(flow: 100, loss: 2)],
      [Point(flow: -100, loss: 2), Point(flow: 50, loss: 0), Point(flow: 20, loss: 0), Point(flow: 100, loss: 2)],
      [Point(flow: -100, loss: 2), Point(flow: 0, loss: .nan), Point(flow: 100, loss: 2)], [Point(flow: 0, loss: 0)],
    ]
    for losses in wrong {
      let texts = found { $0.interconnectors[0].losses = losses }
      #expect(texts == ["link: has losses that do not cover its limits by rising flow."])
    }
  }

  @Test("a constraint that names what is not there, or a number that is none")
  func constraints() {
    let requirement = ["raise: names what the market does not have, or a number that is none."]
    for side in [Double.nan, .infinity] { #expect(found { $0.requirements[0].rightSide = side } == requirement) }
    for cost in [-1, Double.nan] { #expect(found { $0.requirements[0].violationCost = cost } == requirement) }
    let limit = ["limit: names what the market does not have, or a number that is none."]
    let terms: [MarketConstraint.Term] = [
      .region(-1, .energy, factor: 1), .region(2, .energy, factor: 1), .region(0, .energy, factor: .nan),
      .unit(-1, .energy, factor: 1), .unit(1, .energy, factor: 1), .unit(0, .energy, factor: .infinity),
      .interconnector(-1, factor: 1), .interconnector(1, factor: 1), .interconnector(0, factor: .nan),
    ]
    for term in terms {
      #expect(found { $0.constraints[0].terms = [term] } == limit)
      #expect(found { $0.constraints[0].terms.append(term) } == limit)
    }
  }

  @Test("an unfit market is not cleared, and its findings are the reason")
  func cleared() {
    var market = Self.market
    market.units[0].offers[1].trapezium?.least = 31
    let findings = market.findings()
    #expect(findings.count == 1)
    #expect(throws: DispatchError.unfit(findings)) { try clear(market) }
  }

  @Test("costs, ramps, shares and break points that are no numbers never reach the solver")
  func numbers() throws {
    for cost in [-1, Double.nan, .infinity] {
      #expect(found { $0.regions[0].shortageCost_perMWh = cost }.first?.contains("has a shortage cost of") == true)
      #expect(found { $0.requirements[0].violationCost = cost }.first?.contains("raise: names") == true)
    }
    for ramp: ZonalUnit.Ramp in [
      .init(initial: .nan, up: 1, down: 1), .init(initial: 0, up: -1, down: 1), .init(initial: 0, up: 1, down: .nan),
      .init(initial: 0, up: .infinity, down: 1),
    ] {
      #expect(found { $0.units[0].ramp = ramp }.first?.contains("unit: has a ramp that is none") == true)
    }
    #expect(found { $0.units[0].ramp = .init(initial: 0, up: 0, down: 0) }.isEmpty)
    for share in [-0.1, 1.1, .nan] {
      #expect(
        found { $0.interconnectors[0].lossShareOfFrom = share }.first?.contains("a share lies from 0 to 1") == true)
    }
    let open = ZonalUnit.Trapezium(maximum: .infinity, least: 10, lowBreak: 30, highBreak: 60, highest: 90)
    #expect(found { $0.units[0].offers[1].trapezium = open }.count == 1)
    var market = Self.market
    market.regions[0].shortageCost_perMWh = .nan
    #expect(throws: DispatchError.self) { try clear(market) }
  }
}
