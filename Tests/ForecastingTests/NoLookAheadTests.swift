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

  /// λ alone comes from the final fits, which know the whole history (methods.md 1.3: one number for each interval,
  /// chosen once a day); everything else of a block's fit comes from the days before the block. So with λ fixed the
  /// fits of two histories that differ from the block's start onwards are the same to the last bit.
  @Test(
    "with λ fixed, a block's fit and its first forecast are those of a history that ends before the block",
    arguments: 41..<44 as Range<UInt64>)
  func blocks(seed: UInt64) throws {
    let market = SyntheticMarket(days: 100, seed: seed)
    let changed = SyntheticMarket.changed(market, from: 72, seed: seed)
    let first = try ForecastRun(market.inputs(at: 100 - 1))
    let second = try ForecastRun(changed.inputs(at: 100 - 1))
    let window = Array(7..<72)
    func path(_ run: ForecastRun) throws -> [Double] {
      let fit = LassoAutoregression(
        rows: window.compactMap { run.table.rows[$0] }, prices: window.compactMap { run.source.prices[$0] },
        penalties: [Double](repeating: 0.05, count: 24), threads: 1)
      return try fit.predicted(for: #require(run.table.rows[72]))
    }
    #expect(try path(first) == path(second))
  }

  @Test(
    "similar days and the weekly naive at a position know no later price and no later input",
    arguments: 51..<54 as Range<UInt64>)
  func similarDays(seed: UInt64) throws {
    let market = SyntheticMarket(days: 100, seed: seed)
    let start = 60 + Int(seed) % 7
    let changed = SyntheticMarket.changed(market, from: start, seed: seed)
    let first = try market.inputs(at: 99)
    let second = try changed.inputs(at: 99)
    #expect(SimilarDays(first).predicted(at: start) == SimilarDays(second).predicted(at: start))
    #expect(NaiveForecast.weekly(first, at: start) == NaiveForecast.weekly(second, at: start))
    #expect(SimilarDays(first).predicted(at: start + 9) != SimilarDays(second).predicted(at: start + 9))
  }

  @Test("a held-out day's forecasts are those of the same day held out of a history changed after it")
  func heldOut() throws {
    // 40 days: no LEAR, hence no λ, and the exception does not matter. One block: positions 11…38.
    let market = SyntheticMarket(days: 40, seed: 61)
    let changed = SyntheticMarket.changed(market, from: 30, seed: 61)
    let first = try ForecastRun(market.inputs(at: 39)).heldOutDays()
    let second = try ForecastRun(changed.inputs(at: 39)).heldOutDays()
    #expect(first.map(\.position) == Array(11..<39))
    #expect(first.map(\.position) == second.map(\.position))
    for (one, other) in zip(first, second) where one.position <= 30 { #expect(one.forecasts == other.forecasts) }
    #expect(zip(first, second).contains { $0.forecasts != $1.forecasts })
  }

  @Test("held-out days follow one another up to the day before, in blocks of 28")
  func positions() throws {
    let run = try ForecastRun(SyntheticMarket(days: 120, seed: 62).inputs(at: 119))
    // 112 complete days; 28 of them stay for the first fit, so 84 = 3 blocks.
    #expect(run.heldOutDays().map(\.position) == Array(35..<119))
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
