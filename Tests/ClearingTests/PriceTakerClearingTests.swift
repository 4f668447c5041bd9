import Clearing
import MarketModel
import MarketTestSupport
import Testing

@Suite("Price-taker clearing") struct PriceTakerClearingTests {
  static let basis = PriceBasis(
    stage: .dayAhead, place: .node, standing: .disclosed, includesCapacityAdder: false, includesTax: true)

  static func prices(_ values: [Double]) -> MarketPrices {
    MarketPrices(basis: basis, prices: Example.series(values.map { EnergyPrice.perMegawattHour($0) }))
  }

  static func book(_ points: [(Double, Double)], on: (Int) -> Bool = { _ in true }) throws -> BidBook {
    let curve = try BidCurve(
      form: .steps, points: points.map { BidPoint(output: .megawatts($0), price: .perMegawattHour($1)) })
    let commitment = Example.series((1...96).map(on))
    return BidBook(
      day: Example.day, strategy: .optimised,
      bids: [
        UnitBid(
          unit: UnitID("A1"), curve: curve, commitment: commitment,
          plannedMegawatts: [Double](repeating: 0, count: 96))
      ])
  }

  @Test("a day at one price: energy, revenue and cost by hand")
  func worked() throws {
    // On line at 165 MW all day, 100 per MWh, net 155.1 MW: 3,722.4 MWh and 372,240.
    let unit = Example.unit(state: .on(minutes: 6_000, output: .megawatts(165)))
    let result = try clearAsPriceTaker(
      Self.book([(165, -80), (330, 300)]), unitDays: [Example.unitDay(unit)],
      at: Self.prices([Double](repeating: 100, count: 96)))
    let schedule = try #require(result.schedules.first)
    #expect(schedule.clearedEnergy.megawattHours == 3_722.4)
    #expect(schedule.revenue.text == "372240.00")
    // 9 + 0.25·165 + 0.00005·165² = 51.61125 t/h of standard coal at 1,120, and 8 per gross MWh.
    let fuel: Double = 51.61125 * 1_120
    let cost: Double = 24 * (fuel + 1_320)
    #expect(abs(schedule.operatingCost.amount - cost) < 0.01)
    #expect(schedule.startUpCost == .zero)
    #expect(schedule.finalState == .on(minutes: 7_440, output: .megawatts(165)))
  }

  @Test("raising a segment's price never raises what clears", arguments: 0..<20)
  func monotone(step: Int) throws {
    let prices = Self.prices(Example.pricePath(valley: 250))
    let low = 250 + Double(step) * 15
    func cleared(_ price: Double) throws -> Energy {
      try #require(
        try clearAsPriceTaker(Self.book([(165, -80), (330, price)]), unitDays: [Example.unitDay()], at: prices)
          .schedules.first
      ).clearedEnergy
    }
    #expect(try cleared(low + 15) <= cleared(low))
  }

  @Test("off line nothing clears, and a start costs its stage")
  func offLine() throws {
    let unit = Example.unit(state: .off(minutes: 600))
    let book = try Self.book([(165, -80), (330, 300)]) { $0 > 48 }
    let result = try clearAsPriceTaker(
      book, unitDays: [Example.unitDay(unit)], at: Self.prices(Example.pricePath(valley: 250)))
    let schedule = try #require(result.schedules.first)
    #expect(schedule.output.values.prefix(48).allSatisfy { $0 == .zero })
    #expect(schedule.starts == 1)
    // 600 minutes off at midnight and twelve hours more: warm.
    #expect(schedule.startUpCost.text == "300000.00")
  }

  @Test("a bid of a unit that is not in the portfolio is refused with a sentence")
  func unknownUnit() throws {
    let other = Example.unitDay(Example.unit("B1"))
    #expect {
      try clearAsPriceTaker(Self.book([(165, -80)]), unitDays: [other], at: Self.prices(Example.pricePath()))
    } throws: {
      "\($0)" == "Unit A1: is not in the portfolio of 2023-03-15; import its register entry"
    }
  }
}
