import Foundation
import MarketModel
import MarketTestSupport
import NumericMethods
import Testing

@testable import Forecasting

@Suite("Predictors") struct FeatureTests {
  /// A history of the market's days with the last one open.
  static func view(_ market: SyntheticMarket, holiday: Int? = nil) -> PriceView {
    var history = PriceHistory(intervals: market.prices[0].count, inputNames: ["load"])
    for index in market.days.indices {
      history.open(PriceDay(day: market.days[index], inputs: [market.load[index]], isHoliday: index == holiday))
      if index < market.days.count - 1 { history.close(market.prices[index]) }
    }
    return PriceView(history: history, position: market.days.count - 1)
  }

  @Test("LEAR's row holds prices of 1, 2, 3, 7 days before, load of 0, 1, 7 days before, and the weekday")
  func order() throws {
    let market = SyntheticMarket(days: 41, seed: 1)
    let row = LearPriceModel.row(FeatureTests.view(market), 40, [0])
    #expect(row.count == 96 + 72 + 7)
    let prices = market.prices[39] + market.prices[38] + market.prices[37] + market.prices[33]
    #expect(Array(row.prefix(96)) == prices)
    #expect(Array(row[96..<168]) == market.load[40] + market.load[39] + market.load[33])
    // 41 days from Monday 2 January: the last one is Saturday 11 February.
    #expect(Array(row.suffix(7)) == [0, 0, 0, 0, 0, 1, 0])
  }

  @Test("on 96 intervals a predictor is the mean of its hour")
  func quarterHours() throws {
    let market = SyntheticMarket(days: 41, length: .quarterHour, seed: 1)
    let row = LearPriceModel.row(FeatureTests.view(market), 40, [0])
    #expect(row.count == 175)
    #expect(abs(row[0] - market.prices[39][0..<4].reduce(0, +) / 4) < 1e-9)
  }

  @Test("a levelled price is asinh of its distance from the mean of the last 168 hours, and is restored from it")
  func levelled() throws {
    let market = SyntheticMarket(days: 80, seed: 4)
    let view = FeatureTests.view(market)
    let table = try #require(LevelledDays(view, windowDays: 1_456))
    #expect(table.positions == Array(28..<79))
    let level = mean(market.prices[72..<79].flatMap { $0 })
    let last = Array(table.rows[51 * table.columns..<52 * table.columns])
    let restored = table.restored(Array(last.prefix(24)))
    for (hour, price) in restored.enumerated() { #expect(abs(price - market.prices[78][hour]) < 1e-6) }
    #expect(abs(table.restored([0])[0] - level) < 1e-9)
  }

  @Test("a daily value counts as known two days before only")
  func quoted() throws {
    var market = SyntheticMarket(days: 60, seed: 5)
    market.load = market.days.indices.map { [Double](repeating: Double($0), count: 24) }
    let row = LearPriceModel.row(FeatureTests.view(market), 59, [0])
    #expect(row.count == 96 + 1 + 7 && row[96] == 57)
  }

  @Test("a holiday counts as a Sunday, a shifted workday as a Monday")
  func holidays() throws {
    let monday = Example.day(2023, 5, 1)
    #expect(PriceDay(day: monday, inputs: [], isHoliday: true).weekday == 7)
    #expect(PriceDay(day: Example.day(2023, 5, 6), inputs: [], isShiftedWorkday: true).weekday == 1)
    #expect(PriceDay(day: Example.day(2023, 5, 2), inputs: []).weekday == 2)
    let market = SyntheticMarket(days: 75, seed: 2)
    let wednesday = 72
    #expect(market.days[wednesday].weekday == 3)
    // Sundays of this market are 50 lower than Wednesdays.
    let ordinary = try forecastPrices(market.inputs(at: wednesday)).point
    let holiday = try forecastPrices(market.inputs(at: wednesday, holidays: [market.days[wednesday]])).point
    #expect(mean(holiday) < mean(ordinary) - 5)
  }
}

@Suite("Mix and calibration") struct CalibrationTests {
  @Test("weights start equal, move to the better model and add up to one")
  func weights() {
    var mix = ExpertMix(count: 2)
    #expect(mix.weights == [0.5, 0.5])
    #expect(mix.mixed([[10, 20], [20, 40]]) == [15, 30])
    // The first model is 1 off, the second 9 off on the same side.
    for _ in 0..<5 {
      mix.learn([[101], [109]], actual: [100])
      #expect(abs(mix.weights.reduce(0, +) - 1) < 1e-12)
    }
    #expect(mix.weights[0] > 0.9)
  }

  @Test("a mix of models on both sides of the price stays between them")
  func bothSides() {
    var mix = ExpertMix(count: 2)
    for _ in 0..<200 { mix.learn([[90], [110]], actual: [100]) }
    #expect(abs(mix.mixed([[90], [110]])[0] - 100) < 3)
  }

  @Test("the pool moves to the better expert, leaves out one without a path, and knows nothing of unknown prices")
  func pool() {
    var pool = ExpertPool(experts: 3, intervals: 2)
    let paths: [[Double]?] = [[101, 51], [109, 59], nil]
    #expect(pool.mixed(paths) == [105, 55])
    for _ in 0..<5 { pool.learn(paths, actual: [100, .nan]) }
    let weights = pool.weights(of: paths)
    #expect(abs(weights.reduce(0, +) - 1) < 1e-12 && weights[2] == 0)
    // The interval without prices has learned by the day's weights alone.
    #expect(weights[0] > 0.8)
    #expect(pool.mixed([nil, nil, nil]).isEmpty)
    // One whose path comes back counts again.
    #expect(pool.mixed([nil, nil, [7, 7]])[1] == 7)
  }

  @Test("the mix takes out a part of its recent error")
  func correction() {
    var pool = ExpertPool(experts: 1, intervals: 1)
    for _ in 0..<200 { pool.learn([[90]], actual: [100]) }
    #expect(abs(pool.mixed([[90]])[0] - 92) < 1e-6)
  }

  @Test("pooling adjacent violators gives the non-decreasing steps nearest to the points")
  func monotone() {
    let curve = MonotoneCurve([(1, 10, 1), (2, 30, 1), (3, 20, 1), (4, 40, 1)])
    // 30 and 20 become one step of 25 at 2.5.
    #expect(curve.value(at: 0) == 10 && curve.value(at: 2.5) == 25 && curve.value(at: 9) == 40)
    #expect(abs(curve.value(at: 1.75) - 17.5) < 1e-12)
  }

  @Test("λ of a window on which the price never moved is searched anew on another window")
  func zeroPenalty() throws {
    let view = FeatureTests.view(SyntheticMarket(days: 70, seed: 12))
    let rows = (7..<69).map { LearPriceModel.row(view, $0, []) }
    let flat = LassoAutoregression(
      rows: rows, prices: rows.map { _ in [-80] }, penalties: nil, threads: 1)
    #expect(flat.penalties == [0])
    var random = SplitMix64(seed: 13)
    let moving = rows.map { _ in [300 + 20 * random.nextGaussian()] }
    let again = LassoAutoregression(rows: rows, prices: moving, penalties: flat.penalties, threads: 1)
    #expect(try #require(again.penalties.first) > 0)
  }
}
