import Foundation
import MarketGames
import MarketModel
import MarketRules
import MarketTestSupport
import Testing

@testable import Bidding

@Suite("Offers of a fleet that moves the price") struct PriceMakerTests {
  static let units = [Example.unit("A1"), Example.unit("B1", plant: "B", rated: 600, minimum: 240)]

  /// A market in which everybody else offers 40,000 MW and 10 MW more for each unit of price, and the fleet's own 900 MW.
  static func market(
    limits: MarketPowerLimits = MarketPowerLimits(), shares: [Double] = [], ownShare: Double? = nil
  ) -> RestOfMarket {
    let prices = OfferGrid.prices(floor: -80, cap: 1_300, count: 139)
    return RestOfMarket(
      prices: prices, supplies: [prices.map { 40_900 + 10 * $0 }], weights: [1],
      demand: [Double](repeating: 44_500, count: 96), strategicShares: shares, limits: limits, ownShare: ownShare)
  }

  static func inputs(_ market: RestOfMarket?, contracted: Double = 0) throws -> StrategyInputs {
    let bidding = BiddingTests.inputs(units: units)
    return try StrategyInputs(
      bidding: bidding, reference: bidding.expectedPrices,
      contracts: contracted > 0 ? [StrategyTests.contract(contracted)] : [], rest: market)
  }

  static func highest(_ book: BidBook) -> Double {
    book.bids.flatMap { $0.curve.points.map(\.price.perMegawattHour) }.max() ?? 0
  }

  static func lastPrices(_ book: BidBook) -> [Double] {
    book.bids.map { $0.curve.points[$0.curve.points.count - 1].price.perMegawattHour }
  }

  @Test(
    "an answer to a demand that falls slowly asks for more than cost, less of it under contracts, none above the conduct limit"
  )
  func answer() throws {
    let pack = try ExamplePack.pack()
    let strategy = try Strategy(.equilibrium)
    func book(_ market: RestOfMarket, contracted: Double = 0) throws -> BidBook {
      try draftBids(by: strategy, for: Self.inputs(market, contracted: contracted), under: pack).book
    }
    let base = try draftBids(by: Strategy(.optimised), for: Self.inputs(nil), under: pack).book
    let free = try book(Self.market())
    #expect(zip(Self.lastPrices(free), Self.lastPrices(base)).contains { $0 > $1 + 20 })
    #expect(Self.highest(try book(Self.market(), contracted: 800)) < Self.highest(free))
    let bounded = try book(Self.market(limits: MarketPowerLimits(conductShare: 0.1)))
    #expect(Self.highest(bounded) < 1.1 * Self.highest(base) + 10)
    for (own, other) in zip(free.bids, base.bids) {
      #expect(own.commitment == other.commitment)
      #expect(own.curve.points.map(\.output) == other.curve.points.map(\.output))
      #expect(zip(own.curve.points, own.curve.points.dropFirst()).allSatisfy { $0.price < $1.price })
    }
  }

  @Test(
    "units that were not there when prices were made stay off line where they would not earn at the price that they bring"
  )
  func anticipation() throws {
    let pack = try ExamplePack.pack()
    let strategy = try Strategy(.equilibrium)
    func unitHours(_ ownShare: Double?) throws -> Int {
      try draftBids(by: strategy, for: Self.inputs(Self.market(ownShare: ownShare)), under: pack).book.bids.reduce(0) {
        $0 + $1.commitment.values.count { $0 }
      }
    }
    // 900 MW of about 44,500 were ours in the past; or none were, or twice as many.
    let (new, same, shrunk) = (try unitHours(0), try unitHours(0.02), try unitHours(0.04))
    #expect(new < same && same <= shrunk)
  }

  @Test("an estimate of supply that begins below zero is taken to begin at nothing")
  func negativeSupply() throws {
    let market = Self.market(shares: [0.4], ownShare: 0.02)
    let bent = RestOfMarket(
      prices: market.prices, supplies: [market.prices.map { $0 < 0 ? -50 + $0 : 40_900 + 10 * $0 }], weights: [1],
      demand: market.demand, strategicShares: market.strategicShares, limits: market.limits, ownShare: 0.02)
    let book = try draftBids(by: Strategy(.equilibrium), for: Self.inputs(bent), under: ExamplePack.pack()).book
    #expect(book.bids.count == 2)
  }

  @Test(
    "owners who also answer leave the same bytes each time; without the rest of the market the sentence says what is needed"
  )
  func equilibrium() throws {
    let pack = try ExamplePack.pack()
    let strategy = try Strategy(.equilibrium)
    let market = Self.market(shares: [0.4, 0.2])
    let first = try draftBids(by: strategy, for: Self.inputs(market), under: pack).book
    #expect(try draftBids(by: strategy, for: Self.inputs(market), under: pack).book == first)
    #expect(throws: StrategyError.self) { try draftBids(by: strategy, for: Self.inputs(nil), under: pack) }
    #expect(throws: StrategyError.self) {
      try draftBids(by: Strategy(.learned), for: Self.inputs(market), under: pack)
    }
  }

  @Test("a policy that learned nothing offers about cost; one at its upper bound offers that multiple of it")
  func learned() throws {
    let pack = try ExamplePack.pack()
    let base = try draftBids(by: Strategy(.optimised), for: Self.inputs(nil), under: pack).book
    func book(atCost: Bool) throws -> BidBook {
      let bounds = MarkupBounds(low: 0.7, high: 1.2)
      var policy = ShapePolicy(knots: 3, features: 9, bounds: bounds)
      if !atCost {
        let text = try JSONEncoder().encode(policy)
        var fields = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
        fields["weights"] = (0..<27).map { $0 % 9 == 0 ? 30.0 : 0 }
        policy = try JSONDecoder().decode(ShapePolicy.self, from: JSONSerialization.data(withJSONObject: fields))
      }
      let learned = LearnedPolicy(
        policy: policy, scaling: FeatureScaling([[Double](repeating: 1, count: 9)]), lowest: 0.7, highest: 1.2,
        provenance: "a test")
      return try draftBids(
        by: Strategy(.learned, policy: learned), for: Self.inputs(Self.market()), under: pack
      ).book
    }
    let (plain, high) = (try book(atCost: true), try book(atCost: false))
    // The grid of prices is 10 apart, and prices go down to it.
    #expect(zip(Self.lastPrices(plain), Self.lastPrices(base)).allSatisfy { abs($0 - $1) <= 16 })
    #expect(zip(Self.lastPrices(high), Self.lastPrices(base)).allSatisfy { abs($0 - 1.2 * $1) <= 16 })
  }

  @Test("a plant with one start a day starts the larger unit by hand, and the smaller one stays off")
  func plantStarts() throws {
    let off = [
      Example.unit("A1", state: .off(minutes: 600)),
      Example.unit("A2", rated: 600, minimum: 240, state: .off(minutes: 600)),
    ]
    let pack = try ExamplePack.pack()
    func onLine(_ plants: [Plant]) throws -> [Bool] {
      try draftStandardBids(for: BiddingTests.inputs(units: off, plants: plants), under: pack).bids.map {
        $0.commitment.values.contains(true)
      }
    }
    #expect(try onLine([]) == [true, true])
    #expect(try onLine([Plant(id: off[0].plant, maximumStartsPerDay: 1)]) == [false, true])
  }
}
