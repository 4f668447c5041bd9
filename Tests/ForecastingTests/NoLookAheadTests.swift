import MarketModel
import NumericMethods
import Testing

@testable import Forecasting

@Suite("No forecast sees what lies after its gate") struct NoLookAheadTests {
  @Test("a change of yesterday's price changes the forecast")
  func yesterdayCounts() throws {
    var market = SyntheticMarket(days: 75, seed: 31)
    let before = try forecastPrices(market.inputs(at: 74)).point
    market.prices[73] = market.prices[73].map { $0 + 60 }
    let after = try forecastPrices(market.inputs(at: 74)).point
    #expect(mean(after) > mean(before) + 5)
  }

  @Test("the price of the day itself has no part in its forecast")
  func dayItself() throws {
    var market = SyntheticMarket(days: 75, seed: 32)
    let before = try forecastPrices(market.inputs(at: 74))
    market.prices[74] = market.prices[74].map { $0 + 500 }
    let after = try forecastPrices(market.inputs(at: 74))
    #expect(before.point == after.point)
    #expect(before.quantiles == after.quantiles)
  }

  @Test("no expert's path changes with prices of its day or later, or with inputs of later days", arguments: 0..<7)
  func experts(index: Int) throws {
    let family = PriceFamily.allCases[index]
    let market = SyntheticMarket(days: 160, seed: 41)
    let changed = SyntheticMarket.changed(market, from: 150, seed: 41)
    for (one, other) in zip(family.experts(seed: 1), family.experts(seed: 1)) {
      #expect(try path(one, market, at: 150) == path(other, changed, at: 150))
    }
    for (one, other) in zip(family.experts(seed: 1), family.experts(seed: 1)) {
      #expect(try path(one, market, at: 159) != path(other, changed, at: 159) || one.windowDays == 1_456)
    }
  }

  /// The path of an expert for a day of a market whose later days are in the history too.
  private func path(_ expert: any PriceModel, _ market: SyntheticMarket, at position: Int) throws -> [Double]? {
    var expert = expert
    var history = PriceHistory(intervals: 24, inputNames: ["load"])
    for index in market.days.indices {
      history.open(PriceDay(day: market.days[index], inputs: [market.load[index]]))
      history.close(market.prices[index])
    }
    return try expert.predicted(PriceView(history: history, position: position), refitAfter: 1)
  }

  @Test(
    "a session that goes on from the day before says the same as one that starts anew, and starts anew where history was revised"
  )
  func session() throws {
    var market = SyntheticMarket(days: 80, seed: 63)
    var session = PriceForecastSession()
    let first = try session.forecast(market.inputs(at: 76))
    #expect(try first.point == forecastPrices(market.inputs(at: 76)).point)
    var other = session
    let second = try session.forecast(market.inputs(at: 77))
    #expect(try second.quantiles == forecastPrices(market.inputs(at: 77)).quantiles)
    #expect(try second.quantiles == other.forecast(market.inputs(at: 77)).quantiles)
    // A week's jump is told day by day.
    #expect(try session.forecast(market.inputs(at: 79)).point != second.point)
    market.prices[60] = market.prices[60].map { $0 + 40 }
    let revised = try session.forecast(market.inputs(at: 79))
    #expect(try revised.point == forecastPrices(market.inputs(at: 79)).point)
  }
}

extension SyntheticMarket {
  /// The same market with other prices from a position on, and another load from the day after.
  static func changed(_ market: SyntheticMarket, from start: Int, seed: UInt64) -> SyntheticMarket {
    var other = market
    var random = SplitMix64(seed: seed)
    for position in start..<market.days.count {
      other.prices[position] = market.prices[position].map { $0 * 3 + 400 * random.nextGaussian() }
      if position > start { other.load[position] = market.load[position].map { $0 * 2 + random.nextGaussian() } }
    }
    return other
  }
}
