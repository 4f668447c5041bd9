import Clearing
import MarketModel
import Testing

/// What holds for every market, on made-up books.
@Suite("Laws of the merit order") struct MeritOrderLawTests {
  static let seeds: [UInt64] = Array(1...30)
  private let terms = OfferExample.terms

  @Test("supply is demand, and the audit passes", arguments: seeds)
  func balance(seed: UInt64) throws {
    for slopes in [false, true] {
      for rule in PriceRangeRule.allCases {
        var terms = terms
        terms.priceRange = rule
        terms.equalPriceVolume = seed % 2 == 0 ? .most : .least
        terms.shortagePrice = seed % 3 == 0 ? .lastOffer : .cap
        terms.surplusPrice = seed % 5 == 0 ? .lastBid : .floor
        let offers = OfferExample.book(seed: seed, slopes: slopes)
        let result = try cleared(offers, terms)
        for interval in result.intervals {
          let own = zip(offers, result.cleared).filter { $0.0.interval == interval.interval }
          for side in OfferSide.allCases {
            let sum = own.filter { $0.0.side == side }.reduce(Power.zero) { $0 + $1.1 }
            #expect(sum == interval.cleared)
          }
        }
        let audit = ClearingAudit(result, of: offers, welfare: try result.welfare(of: offers))
        #expect(audit.isPassed, "\(audit.verdict)")
      }
    }
  }

  @Test("the price lies between the marginal bids", arguments: seeds)
  func marginal(seed: UInt64) throws {
    let offers = OfferExample.book(seed: seed)
    let result = try cleared(offers)
    for interval in result.intervals where interval.state == .balanced {
      let own = zip(offers, result.cleared).filter { $0.0.interval == interval.interval && $0.1 > .zero }
      let asked = own.filter { $0.0.side == .sell }.map(\.0.price).max() ?? terms.floor
      let bid = own.filter { $0.0.side == .buy }.map(\.0.price).min() ?? terms.cap
      #expect(asked <= interval.price && interval.price <= bid)
    }
  }

  @Test("the search finds what sorting finds", arguments: seeds)
  func againstSorting(seed: UInt64) throws {
    let offers = OfferExample.book(seed: seed, offers: 700, intervals: 1)
    let result = try cleared(offers).intervals[0]
    let prices = Set(offers.map(\.price) + [terms.floor]).sorted()
    let lowest = prices.first { price in
      let supply = offers.filter { $0.side == .sell && $0.price <= price }.reduce(Power.zero) { $0 + $1.quantity }
      let demand = offers.filter { $0.side == .buy && $0.price > price }.reduce(Power.zero) { $0 + $1.quantity }
      return supply >= demand
    }
    #expect(result.lowestPrice == lowest)
  }

  @Test("raising a bid never raises what it clears", arguments: seeds)
  func raising(seed: UInt64) throws {
    let offers = OfferExample.book(seed: seed, offers: 25, intervals: 1)
    for index in offers.indices where offers[index].side == .sell && offers[index].price < terms.cap {
      var raised = offers
      let price = min(terms.cap, offers[index].price + .perMegawattHour(Double(5 * (1 + seed % 4))))
      raised[index] = MarketOffer(
        interval: 1, side: .sell, participant: offers[index].participant, price: price, quantity: offers[index].quantity
      )
      #expect(try cleared(raised).cleared[index] <= cleared(offers).cleared[index])
    }
  }

  @Test("scaling all prices scales the objective", arguments: seeds)
  func scaling(seed: UInt64) throws {
    let offers = OfferExample.book(seed: seed)
    let scaled = offers.map {
      MarketOffer(
        interval: $0.interval, side: $0.side, participant: $0.participant,
        price: EnergyPrice(microPerMegawattHour: 3 * $0.price.microPerMegawattHour), quantity: $0.quantity)
    }
    var wide = terms
    (wide.floor, wide.cap) = (.perMegawattHour(-1_500), .perMegawattHour(12_000))
    let (once, thrice) = (try cleared(offers), try cleared(scaled, wide))
    #expect(try thrice.welfare(of: scaled).quanta == 3 * once.welfare(of: offers).quanta)
    #expect(thrice.cleared == once.cleared)
  }

  @Test("the order of the rows does not matter", arguments: seeds)
  func order(seed: UInt64) throws {
    let offers = OfferExample.book(seed: seed, slopes: true)
    var places = Array(offers.indices)
    var random = OfferExample.Random(seed: seed + 1_000)
    for index in places.indices.dropFirst() { places.swapAt(index, random.next(index + 1)) }
    let (straight, mixed) = (try cleared(offers), try cleared(places.map { offers[$0] }))
    #expect(mixed.intervals == straight.intervals)
    #expect(mixed.cleared == places.map { straight.cleared[$0] })
  }

  @Test("no other quantities have more welfare", arguments: seeds)
  func optimal(seed: UInt64) throws {
    let offers = OfferExample.book(seed: seed, offers: 12, intervals: 1)
    let result = try cleared(offers)
    let best = try result.welfare(of: offers)
    var random = OfferExample.Random(seed: seed)
    for _ in 0..<200 {
      // Moves power from one seller to another, or adds it to a seller and a buyer.
      let (first, second) = (random.next(offers.count), random.next(offers.count))
      guard first != second else { continue }
      let change = Power(kilowatts: Int64(random.next(20_000)) - 10_000)
      let isTrade = offers[first].side != offers[second].side
      var other = result.cleared
      other[first] = other[first] + change
      other[second] = isTrade ? other[second] + change : other[second] - change
      guard [first, second].allSatisfy({ (.zero...offers[$0].quantity).contains(other[$0]) }) else { continue }
      let welfare = try MarketClearing(terms: terms, intervals: result.intervals, cleared: other).welfare(of: offers)
      #expect(welfare <= best)
    }
  }

  @Test("stairs approach the slope's exact cost", arguments: [1, 3, 10, 100])
  func stairs(count: Int) throws {
    let slope = OfferExample.sell("A", 200, to: 300, 200)
    let exact = slope.offeredValue(of: .megawatts(130), over: .hour).amount
    let load = OfferExample.buy("L", 4_000, 130)
    let offers = [load] + slope.stairs(count)
    let result = try cleared(offers)
    let cost = try 4_000 * 130 - result.welfare(of: offers).amount
    // A step that is cut by half is wrong by an eighth of its width squared times the slope, 0.5 per MWh and MW.
    #expect(abs(cost - exact) <= 200 / Double(count) * 200 / Double(count) * 0.5 / 8 + 0.01)
    #expect(slope.stairs(count).reduce(Power.zero) { $0 + $1.quantity } == slope.quantity)
    let distance = abs(result.intervals[0].price.perMegawattHour - 265)
    #expect(distance <= 50 / Double(count) + 0.01)
  }
}
