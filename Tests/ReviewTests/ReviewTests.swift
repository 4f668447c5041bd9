import Clearing
import MarketModel
import MarketTestSupport
import Testing

@testable import Review

@Suite("Review") struct ReviewTests {
  static let basis = PriceBasis(
    stage: .dayAhead, place: .node, standing: .disclosed, includesCapacityAdder: false, includesTax: true)

  static func prices(_ values: [Double], day: MarketDay = Example.day) -> MarketPrices {
    MarketPrices(basis: basis, prices: Example.series(values.map { EnergyPrice.perMegawattHour($0) }, day: day))
  }

  static func book(_ strategy: OfferStrategy, secondPrice: Double) throws -> BidBook {
    let curve = try BidCurve(
      form: .slopes,
      points: [(165, -80), (175, secondPrice), (330, secondPrice + 40)].map {
        BidPoint(output: .megawatts($0), price: .perMegawattHour($1))
      })
    return BidBook(
      day: Example.day, strategy: strategy,
      bids: [
        UnitBid(
          unit: UnitID("A1"), curve: curve,
          commitment: IntervalSeries(Example.grid(), repeating: true),
          plannedMegawatts: [Double](repeating: 0, count: 96))
      ])
  }

  @Test("perfect foresight is above every offer, and the differences add up", arguments: [250.0, 300, 350, 500, 900])
  func ceiling(price: Double) throws {
    let days = [Example.unitDay()]
    let prices = Self.prices(Example.pricePath())
    let standard = try clearAsPriceTaker(Self.book(.standard, secondPrice: price), unitDays: days, at: prices)
    let optimised = try clearAsPriceTaker(Self.book(.optimised, secondPrice: 305), unitDays: days, at: prices)
    let ceiling = try perfectForesight(unitDays: days, at: prices)
    let (low, own) = (try UnitResult(standard.schedules[0]), try UnitResult(optimised.schedules[0]))
    let high = try UnitResult(ceiling[0])
    #expect(high.profit >= low.profit)
    #expect(high.profit >= own.profit)
    #expect(try own.revenue - own.cost == own.profit)
    #expect(try UnitResult.total(optimised.schedules) == own)
    let both = try UnitResult.total(of: [own, low])
    #expect(try both.profit == own.profit + low.profit && both.revenue - both.cost == both.profit)
  }

  @Test("perfect foresight of two days as one schedule is at least that of the days one after the other")
  func manyDays() throws {
    let unit = Example.unit()
    let tomorrow = Example.day.advanced(by: 1)
    let first = Self.prices(Example.pricePath())
    let second = Self.prices(Example.pricePath(shift: 40, valley: 200), day: tomorrow)
    let alone = try #require(try perfectForesight(unitDays: [Example.unitDay(unit)], at: first).first)
    let after = try #require(
      try perfectForesight(
        unitDays: [Example.unitDay(unit, day: tomorrow, state: alone.finalState)], at: second
      ).first)
    let together = try perfectForesightProfit(
      days: [Example.unitDay(unit), Example.unitDay(unit, day: tomorrow)], prices: [first.prices, second.prices])
    #expect(together >= (try alone.profit.amount) + (try after.profit.amount) - 0.05)
  }
}
