import Clearing
import MarketModel
import Testing

/// A right result with one planted error each: the auditor names that error and no other.
@Suite("Audit findings") struct AuditFindingTests {
  private let terms = OfferExample.terms

  /// Every price from 30 to 80 balances: A, B and C are filled, D sells nothing.
  private let range = [
    OfferExample.buy("L", 4_000, 150), OfferExample.sell("A", 10, 60), OfferExample.sell("B", 30, 30),
    OfferExample.sell("C", 30, 60), OfferExample.sell("D", 80, 25), OfferExample.sell("E", 80, 25),
  ]

  /// What is planted into an interval; prices per MWh, nil where the right value stays.
  private struct Planted {
    var price: Double?
    var balance: Double?
    var lowest: Double?
    var highest: Double?
    var total: Double?
  }

  private func kinds(
    _ offers: [MarketOffer], _ terms: ClearingTerms, _ planted: Planted = Planted(), cleared quantities: [Double]? = nil
  ) throws -> Set<ClearingFinding.Kind> {
    let result = try cleared(offers, terms)
    #expect(ClearingAudit(result, of: offers).isPassed)
    let right = try #require(result.intervals.first)
    func price(_ planted: Double?, _ right: EnergyPrice) -> EnergyPrice {
      planted.map { .perMegawattHour($0) } ?? right
    }
    let interval = IntervalClearing(
      interval: right.interval, price: price(planted.price, right.price),
      balancePrice: price(planted.balance, right.balancePrice), lowestPrice: price(planted.lowest, right.lowestPrice),
      highestPrice: price(planted.highest, right.highestPrice),
      cleared: planted.total.map { .megawatts($0) } ?? right.cleared, offeredSupply: right.offeredSupply,
      offeredDemand: right.offeredDemand, state: right.state, marginalOffers: right.marginalOffers)
    let wrong = MarketClearing(
      terms: terms, intervals: [interval], cleared: quantities.map { $0.map { .megawatts($0) } } ?? result.cleared)
    return Set(ClearingAudit(wrong, of: offers).findings.map(\.kind))
  }

  private func terms(_ rule: PriceRangeRule) -> ClearingTerms {
    var terms = terms
    terms.priceRange = rule
    return terms
  }

  @Test("a total that nobody trades, and sides that do not trade the same")
  func totals() throws {
    #expect(try kinds(range, terms, Planted(total: 149)) == [.unbalanced, .volumeRule])
    // The sellers and the total agree, the buyer is one kilowatt short.
    let short = [149.999, 60, 30, 60, 0, 0]
    #expect(try kinds(range, terms, cleared: short) == [.unbalanced, .inTheMoneyNotFilled])
  }

  @Test("a lowest price that is not the lowest, and a highest one that is not the highest")
  func bounds() throws {
    #expect(try kinds(range, terms(.highest), Planted(lowest: 29)) == [.priceRange])
    #expect(try kinds(range, terms(.highest), Planted(lowest: 31)) == [.priceRange])
    #expect(try kinds(range, terms(.lowest), Planted(highest: 81)) == [.priceRange])
    #expect(try kinds(range, terms(.lowest), Planted(highest: 79)) == [.priceRange])
    // The wrong end by a millionth.
    #expect(try kinds(range, terms(.highest), Planted(lowest: 29.999_999)) == [.priceRange])
  }

  @Test("a range that leaves the market's bounds on either side, or is upside down")
  func outOfBounds() throws {
    // Every price from the floor to 10 balances, and every price from 10 to the cap.
    let low = [OfferExample.buy("L", 10, 5), OfferExample.sell("A", -500, 5)]
    let high = [OfferExample.buy("L", 4_000, 5), OfferExample.sell("A", 10, 5)]
    #expect(try kinds(low, terms(.highest), Planted(lowest: -501)).contains(.priceOutOfBounds))
    #expect(try kinds(high, terms(.lowest), Planted(highest: 4_001)).contains(.priceOutOfBounds))
    let turned = Planted(lowest: 80, highest: 30)
    #expect(try kinds(range, terms, turned).isSuperset(of: [.priceOutOfBounds, .priceRange]))
  }

  @Test("a price beyond the cap or the floor")
  func price() throws {
    let short = [OfferExample.buy("L", 4_000, 5), OfferExample.sell("A", 10, 3)]
    let long = [OfferExample.buy("L", 4_000, 3), OfferExample.sell("A", -500, 5)]
    #expect(try kinds(short, terms, Planted(price: 4_000.01)) == [.priceOutOfBounds, .priceRule])
    #expect(try kinds(long, terms, Planted(price: -500.01)) == [.priceOutOfBounds, .priceRule])
    #expect(try kinds(short, terms, Planted(price: 3_999.99)) == [.priceRule])
    #expect(try kinds(long, terms, Planted(price: -499.99)) == [.priceRule])
  }

  @Test("a price between two ticks, and the next tick but one")
  func tick() throws {
    #expect(try kinds(range, terms, Planted(price: 30.004)) == [.priceOffTick])
    #expect(try kinds(range, terms, Planted(price: 30.01)) == [.priceRule])
    #expect(try kinds(range, terms, Planted(price: 29.99)) == [.priceRule])
  }

  @Test("a tie that was cut though no rule says how; a full or an empty one needs none")
  func tieWithoutRule() throws {
    var bare = terms
    bare.tieBreak = nil
    for rule in PriceRangeRule.allCases {
      bare.priceRange = rule
      #expect(try kinds(range, bare).isEmpty)
    }
    let short = [OfferExample.buy("L", 4_000, 100)] + range.dropFirst()
    let right = try cleared(short)
    let cut = MarketClearing(terms: bare, intervals: right.intervals, cleared: right.cleared)
    #expect(ClearingAudit(cut, of: short).findings.map(\.kind) == [.tieBreak])
    // One offer alone is cut without a rule.
    let alone = [OfferExample.buy("L", 4_000, 100), OfferExample.sell("A", 10, 60), OfferExample.sell("B", 30, 60)]
    #expect(try kinds(alone, bare).isEmpty)
  }

  @Test("an interval that has offers and no result")
  func missingInterval() throws {
    let offers = [1, 2].flatMap { [OfferExample.buy("L", 4_000, 5, at: $0), OfferExample.sell("A", 10, 9, at: $0)] }
    let right = try cleared(offers)
    let wrong = MarketClearing(terms: terms, intervals: Array(right.intervals.dropLast()), cleared: right.cleared)
    #expect(ClearingAudit(wrong, of: offers).findings.map(\.kind) == [.incomplete])
  }

  @Test("welfare over intervals of any length", arguments: IntervalLength.allCases)
  func welfare(length: IntervalLength) throws {
    var terms = terms
    terms.intervalLength = length
    let result = try cleared(range, terms)
    let right = try result.welfare(of: range)
    // 150 MW at 4,000, less 60 at 10 and 90 at 30.
    #expect(abs(right.amount - (600_000 - 600 - 2_700) * Double(length.minutes) / 60) < 0.01)
    #expect(ClearingAudit(result, of: range, welfare: right).isPassed)
    for change: Int64 in [-2, 2] {
      let wrong = try right + Money(hundredths: change)
      #expect(ClearingAudit(result, of: range, welfare: wrong).findings.map(\.kind) == [.welfare])
    }
  }

  @Test("welfare of billions is compared to a billionth")
  func largeWelfare() throws {
    let offers = [OfferExample.buy("L", 4_000, 1_000_000), OfferExample.sell("A", 10, 1_000_000)]
    let result = try cleared(offers)
    let right = try result.welfare(of: offers)
    #expect(right == Money(hundredths: 399_000_000_000))
    let near = try right + Money(hundredths: 200)
    let far = try right + Money(hundredths: 1_000)
    #expect(ClearingAudit(result, of: offers, welfare: near).isPassed)
    #expect(ClearingAudit(result, of: offers, welfare: far).findings.map(\.kind) == [.welfare])
  }

  @Test("a range that is turned round is a finding, and a price off the tick is one though it is the balance")
  func turnedRange() throws {
    #expect(try kinds(range, terms(.midpoint), Planted(lowest: 80, highest: 30)).contains(.priceOutOfBounds))
    var ticked = terms
    ticked.priceTick = .perMegawattHour(0.01)
    #expect(try kinds(range, ticked, Planted(price: 30.003, balance: 30.003)).contains(.priceOffTick))
  }

  @Test("a share that is off by a whole kilowatt, and one that is rounded")
  func roundedShares() throws {
    let pair = [OfferExample.buy("L", 4_000, 10), OfferExample.sell("A", 10, 10), OfferExample.sell("B", 10, 10)]
    #expect(try kinds(pair, terms, cleared: [10, 5, 5]).isEmpty)
    #expect(try kinds(pair, terms, cleared: [10, 5.001, 4.999]) == [.tieBreak])
    // 5 kW among three: each is owed one and two thirds.
    let three = [OfferExample.buy("L", 4_000, 0.005)] + ["A", "B", "C"].map { OfferExample.sell($0, 10, 10) }
    for shares in [[2.0, 2, 1], [2, 1, 2], [1, 2, 2]] {
      #expect(try kinds(three, terms, cleared: [0.005] + shares.map { $0 / 1_000 }).isEmpty)
    }
  }

  @Test("a class that gets nothing because the one before it is not served in full")
  func waitingClass() throws {
    var terms = terms
    terms.tieBreak = .priority(["first", "second"])
    let offers = [
      OfferExample.buy("L", 4_000, 4), OfferExample.sell("A", 10, 5, class: "first"),
      OfferExample.sell("B", 10, 5, class: "second"),
    ]
    #expect(try kinds(offers, terms).isEmpty)
    #expect(try kinds(offers, terms, cleared: [4, 3.999, 0.001]) == [.tieBreak])
  }
}
