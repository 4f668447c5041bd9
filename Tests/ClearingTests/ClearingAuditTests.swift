import Clearing
import MarketModel
import Testing

/// The auditor finds every kind of wrong result.
@Suite("Clearing audit") struct ClearingAuditTests {
  private let offers = [
    OfferExample.buy("L", 4_000, 100), OfferExample.sell("A", 10, 60), OfferExample.sell("B", 30, 30),
    OfferExample.sell("C", 30, 60), OfferExample.sell("D", 80, 50),
  ]

  private func kinds(
    terms: ClearingTerms? = nil, price: Double = 30, lowest: Double? = nil, highest: Double? = nil,
    total: Double = 100, state: IntervalState = .balanced, _ quantities: [Double]
  ) throws -> Set<ClearingFinding.Kind> {
    let right = try cleared(offers)
    let interval = IntervalClearing(
      interval: 1, price: .perMegawattHour(price), balancePrice: .perMegawattHour(price),
      lowestPrice: .perMegawattHour(lowest ?? price), highestPrice: .perMegawattHour(highest ?? price),
      cleared: .megawatts(total), offeredSupply: right.intervals[0].offeredSupply,
      offeredDemand: right.intervals[0].offeredDemand, state: state, marginalOffers: 2)
    let result = MarketClearing(
      terms: terms ?? OfferExample.terms, intervals: [interval], cleared: quantities.map { .megawatts($0) })
    return Set(ClearingAudit(result, of: offers).findings.map(\.kind))
  }

  @Test("the right result passes")
  func passes() throws {
    #expect(try kinds([100, 60, 13.333, 26.667, 0]).isEmpty)
    #expect(ClearingAudit(try cleared(offers), of: offers).verdict == "passed")
  }

  @Test("each wrong result is found and named")
  func found() throws {
    #expect(try kinds([100, 60, 40, 0, 0]).contains(.quantityOutOfRange))
    #expect(try kinds([100, 50, 20, 30, 0]).contains(.inTheMoneyNotFilled))
    #expect(try kinds([100, 60, 10, 20, 10]).contains(.outOfTheMoneyFilled))
    #expect(try kinds([100, 60, 13, 26, 0]).contains(.unbalanced))
    #expect(try kinds([100, 60, 30, 10, 0]) == [.tieBreak])
    #expect(try kinds(price: 80, [100, 60, 30, 10, 0]).contains(.priceRange))
    #expect(try kinds(price: 30, highest: 60, [100, 60, 13.333, 26.667, 0]).contains(.priceRange))
    #expect(try kinds(price: 30, state: .shortage, [100, 60, 13.333, 26.667, 0]) == [.priceRule])
    #expect(try kinds(total: 99, [99, 60, 13, 26, 0]).isSuperset(of: [.inTheMoneyNotFilled, .volumeRule]))
    #expect(try kinds([100, 60, 13.333]) == [.incomplete])
    var narrow = OfferExample.terms
    narrow.cap = .perMegawattHour(20)
    #expect(try kinds(terms: narrow, [100, 60, 13.333, 26.667, 0]).contains(.priceOutOfBounds))
  }

  @Test("a class that is served before its turn is found")
  func order() throws {
    var terms = OfferExample.terms
    terms.tieBreak = .priority(["wind", "coal"])
    let offers = [
      OfferExample.buy("L", 4_000, 50), OfferExample.sell("A", 30, 40, class: "coal"),
      OfferExample.sell("B", 30, 40, class: "wind"),
    ]
    let right = try cleared(offers, terms)
    #expect(ClearingAudit(right, of: offers).isPassed)
    let wrong = MarketClearing(
      terms: terms, intervals: right.intervals, cleared: [50, 25, 25].map { .megawatts($0) })
    #expect(ClearingAudit(wrong, of: offers).findings.map(\.kind) == [.tieBreak])
  }

  @Test("a welfare that the surpluses do not add up to is found")
  func welfare() throws {
    let result = try cleared(offers)
    let right = try result.welfare(of: offers)
    #expect(ClearingAudit(result, of: offers, welfare: right).isPassed)
    let wrong = try right + Money(hundredths: 200)
    #expect(ClearingAudit(result, of: offers, welfare: wrong).findings.map(\.kind) == [.welfare])
  }
}
