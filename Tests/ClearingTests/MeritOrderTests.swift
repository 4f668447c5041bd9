import Clearing
import MarketModel
import Testing

@Suite("Merit order") struct MeritOrderTests {
  private func sell(_ name: String, _ price: Double, _ megawatts: Double) -> MarketOffer {
    OfferExample.sell(name, price, megawatts)
  }
  private func buy(_ name: String, _ price: Double, _ megawatts: Double) -> MarketOffer {
    OfferExample.buy(name, price, megawatts)
  }

  @Test("the dearest offer that is needed sets the price")
  func steps() throws {
    let result = try outcome([buy("L", 4_000, 100), sell("C", 45.5, 40), sell("A", -500, 50), sell("B", 20, 30)])
    #expect(result.price == 45.5 && result.megawatts == 100)
    #expect(result.each == [100, 20, 50, 30])
  }

  @Test(
    "a range of prices is decided by the rule",
    arguments: [
      (PriceRangeRule.lowest, 70.0), (.highest, 90), (.midpoint, 80),
    ])
  func range(rule: PriceRangeRule, price: Double) throws {
    var terms = OfferExample.terms
    terms.priceRange = rule
    let offers = [buy("L", 4_000, 100), buy("P", 70, 50), sell("A", 10, 100), sell("B", 90, 60)]
    let result = try outcome(offers, terms)
    #expect(result.price == price && result.megawatts == 100)
    #expect(result.each == [100, 0, 100, 0])
    #expect(try cleared(offers, terms).intervals[0].lowestPrice == .perMegawattHour(70))
    #expect(try cleared(offers, terms).intervals[0].highestPrice == .perMegawattHour(90))
  }

  @Test("a buyer who is cut sets the price")
  func marginalBuyer() throws {
    let result = try outcome([buy("L", 100, 20), sell("A", 50, 10), sell("B", 120, 10)])
    #expect(result.price == 100 && result.each == [10, 10, 0])
  }

  @Test("at the cap, at the floor, in shortage and in surplus")
  func limits() throws {
    #expect(try outcome([buy("L", 4_000, 100), sell("A", 10, 70)]).price == 4_000)
    #expect(try outcome([buy("L", 4_000, 50), sell("A", -500, 70)]).price == -500)
    var terms = OfferExample.terms
    (terms.shortagePrice, terms.surplusPrice) = (.lastOffer, .lastBid)
    let short = try outcome([buy("L", 4_000, 60), buy("M", 4_000, 40), sell("A", 10, 50), sell("B", 95, 20)], terms)
    #expect(short.price == 95 && short.each == [42, 28, 50, 20])
    let long = try outcome([buy("L", 4_000, 40), buy("M", 30, 10), sell("A", -500, 70)], terms)
    #expect(long.price == 30 && long.each == [40, 10, 50])
  }

  @Test("ties are cut in proportion, to the kilowatt, whatever the order of the rows")
  func proRata() throws {
    let offers = [buy("L", 4_000, 100), sell("A", 10, 60), sell("C", 30, 30), sell("B", 30, 60)]
    #expect(try outcome(offers).each == [100, 60, 13.333, 26.667])
    let equal = [buy("L", 4_000, 0.010), sell("C", 30, 1), sell("A", 30, 1), sell("B", 30, 1)]
    #expect(try outcome(equal).each == [0.010, 0.003, 0.004, 0.003])
  }

  @Test("named classes are served in their order, in proportion within a class")
  func priority() throws {
    var terms = OfferExample.terms
    terms.tieBreak = .priority(["wind", "coal"])
    let offers = [
      buy("L", 4_000, 50), OfferExample.sell("A", 30, 20, class: "coal"), OfferExample.sell("B", 30, 40, class: "wind"),
      OfferExample.sell("C", 30, 20, class: "coal"),
    ]
    #expect(try outcome(offers, terms).each == [50, 5, 40, 5])
    let stranger = offers.dropLast() + [OfferExample.sell("C", 30, 20, class: "gas")]
    #expect {
      try cleared(Array(stranger), terms)
    } throws: {
      "\($0)".contains("class \"gas\"") && "\($0)".contains("\"wind\", \"coal\"")
    }
  }

  @Test("slopes meet between their ends: 200 to 300 at 200 to 300 MW meets 250 MW at 250")
  func slopes() throws {
    let offers = [
      OfferExample.buy("L", 4_000, 250), OfferExample.sell("A", 100, 200), OfferExample.sell("A", 200, to: 300, 100),
    ]
    let result = try outcome(offers)
    #expect(result.price == 250 && result.each == [250, 200, 50])
    // Demand that falls from 300 to 100 over 200 MW: 100 + x = supply slope x, so x = 100 at 200.
    let meeting = [OfferExample.buy("L", 300, to: 100, 200), OfferExample.sell("A", 100, to: 300, 200)]
    #expect(try outcome(meeting).price == 200 && outcome(meeting).megawatts == 100)
  }

  @Test("a slope is exact where a step at the end price is not: 22,500 and 30,000")
  func slopeCost() {
    let slope = OfferExample.sell("A", 200, to: 300, 200)
    #expect(slope.offeredValue(of: .megawatts(100), over: .hour).amount == 22_500)
    #expect(OfferExample.sell("A", 300, 100).offeredValue(of: .megawatts(100), over: .hour).amount == 30_000)
    #expect(slope.offeredValue(of: .megawatts(100), over: .quarterHour).amount == 5_625)
    let demand = OfferExample.buy("L", 300, to: 100, 200)
    #expect(demand.offeredValue(of: .megawatts(100), over: .hour).amount == 25_000)
  }

  @Test("the price is rounded to the tick, the balance is not")
  func tick() throws {
    let result = try cleared([OfferExample.buy("L", 4_000, 1), OfferExample.sell("A", 0, to: 100, 3)]).intervals[0]
    #expect(result.price == .perMegawattHour(33.33))
    #expect(result.balancePrice == EnergyPrice(microPerMegawattHour: 33_333_334))
  }

  @Test("buyers and sellers at one price trade the most or the least")
  func volume() throws {
    let offers = [buy("L", 50, 30), sell("A", 50, 40)]
    #expect(try outcome(offers).megawatts == 30)
    var terms = OfferExample.terms
    terms.equalPriceVolume = .least
    #expect(try outcome(offers, terms).megawatts == 0)
  }

  @Test("a rule that is not known stops only a day on which it decides")
  func unknownRules() throws {
    let bare = ClearingTerms(floor: .perMegawattHour(-500), cap: .perMegawattHour(4_000))
    #expect(try outcome([buy("L", 4_000, 100), sell("A", 10, 50), sell("B", 20, 60)], bare).price == 20)
    let cases: [([MarketOffer], ClearingRule)] = [
      ([buy("L", 4_000, 100), sell("A", 10, 100)], .priceRange),
      ([buy("L", 4_000, 50), sell("A", 10, 40), sell("B", 10, 40)], .tieBreak),
      ([buy("L", 50, 30), sell("A", 50, 40)], .equalPriceVolume),
      ([buy("L", 4_000, 50), sell("A", 10, 40)], .shortagePrice),
      ([buy("L", 4_000, 50), sell("A", -500, 60)], .surplusPrice),
    ]
    for (offers, rule) in cases {
      #expect { try cleared(offers, bare) } throws: { error in
        guard case MeritOrderError.unknownRule(rule, interval: 1, why: _)? = error as? MeritOrderError else {
          return false
        }
        return "\(error)".contains(rule.rawValue)
      }
    }
  }

  @Test("offers beyond the bounds, and none at all, are refused")
  func refused() {
    #expect { try cleared([buy("L", 4_000.01, 1)]) } throws: { "\($0)".contains("4000.01") }
    #expect(throws: MeritOrderError.noOffers) { try cleared([]) }
    let giants = (0...1_000).map { sell("G\($0)", 10, 1_000_000) } + [buy("L", 4_000, 1)]
    #expect(throws: MeritOrderError.tooMuchPower(.sell, interval: 1)) { try cleared(giants) }
    // A petawatt is the most, and is cleared.
    #expect(throws: Never.self) { try cleared(Array(giants.dropFirst())) }
  }

  @Test("what stands exactly at a bound is allowed: the refusal names the offer and the price that lie beyond")
  func atTheBounds() {
    let edge = [sell("A", -500, 5), sell("B", 4_000, 5), buy("L", 4_000, 5), buy("M", -500, 5)]
    #expect(throws: Never.self) { try cleared(edge) }
    #expect { try cleared(edge + [sell("C", -500.01, 5)]) } throws: { error in
      guard case MeritOrderError.offerOutsideBounds(let index, _, let price, _, _)? = error as? MeritOrderError else {
        return false
      }
      return index == 4 && price == .perMegawattHour(-500.01)
    }
    #expect { try cleared([OfferExample.sell("A", -500, to: 4_000.01, 5)]) } throws: { error in
      guard case MeritOrderError.offerOutsideBounds(_, _, let price, _, _)? = error as? MeritOrderError else {
        return false
      }
      return price == .perMegawattHour(4_000.01)
    }
  }

  @Test("all that is offered at the cap is sold to all that is bid at it: no shortage, and no rule for one is needed")
  func balancedAtTheCap() throws {
    var terms = OfferExample.terms
    terms.shortagePrice = nil
    let offers = [buy("L", 4_000, 100), sell("A", 4_000, 100)]
    let result = try cleared(offers, terms)
    #expect(result.intervals.map(\.state) == [.balanced] && result.intervals[0].price == terms.cap)
    #expect(ClearingAudit(result, of: offers).isPassed)
  }

  @Test("half a tick rounds up, and a bound that lies between two ticks is a price")
  func halfTick() throws {
    var terms = OfferExample.terms
    terms.priceTick = .perMegawattHour(10)
    #expect(try outcome([buy("L", 4_000, 5), sell("A", 105, 9)], terms).price == 110)
    #expect(try outcome([buy("L", 4_000, 5), sell("A", -105, 9)], terms).price == -100)
    #expect(try outcome([buy("L", 4_000, 5), sell("A", 104.99, 9)], terms).price == 100)
    var odd = ClearingTerms(floor: .perMegawattHour(-496), cap: .perMegawattHour(3_996))
    (odd.priceTick, odd.priceRange, odd.equalPriceVolume) = (terms.priceTick, .lowest, .most)
    #expect(try outcome([buy("L", 3_996, 5), sell("A", 3_996, 5)], odd).price == 3_996)
    #expect(try outcome([buy("L", -496, 5), sell("A", -496, 5)], odd).price == -496)
  }

  @Test("a slope of nothing has a value of nothing and stairs of nothing")
  func emptySlope() {
    let slope = OfferExample.sell("A", 10, to: 20, 0)
    #expect(slope.offeredValue(of: .zero, over: .hour) == .zero)
    #expect(slope.stairs(2).map(\.quantity) == [.zero, .zero])
  }

  @Test("offers of nothing clear nothing")
  func nothing() throws {
    #expect(try outcome([buy("L", 4_000, 0), sell("A", 10, 0)]).megawatts == 0)
    #expect(try outcome([buy("L", 4_000, 0), sell("A", 10, 5)]).each == [0, 0])
    #expect(try outcome([buy("L", 4_000, 5), sell("A", 10, 0)]).price == 4_000)
  }

  @Test("any intervals in any order of rows")
  func intervals() throws {
    let offers = [
      OfferExample.sell("A", 10, 5, at: 25), OfferExample.buy("L", 4_000, 3, at: 2),
      OfferExample.buy("L", 4_000, 2, at: 25), OfferExample.sell("A", 20, 5, at: 2),
    ]
    let result = try cleared(offers)
    #expect(result.intervals.map(\.interval) == [2, 25])
    #expect(result.intervals.map(\.price.perMegawattHour) == [20, 10])
    #expect(result.cleared.map(\.megawatts) == [2, 3, 2, 3])
  }
}
