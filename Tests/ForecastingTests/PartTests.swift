import Foundation
import MarketModel
import MarketTestSupport
import NumericMethods
import Testing

@testable import Forecasting

@Suite("Predictors") struct FeatureTests {
  @Test(
    "an hourly grid has the published 96 + 72k + 7 columns, known from the eighth day on", arguments: [true, false])
  func columns(withLoad: Bool) throws {
    let table = try FeatureTable(SyntheticMarket(days: 41, seed: 1).inputs(at: 40, withLoad: withLoad))
    #expect(table.columnCount == 96 + (withLoad ? 72 : 0) + 7)
    #expect(table.rows.count == 41)
    #expect(table.rows.prefix(7).allSatisfy { $0 == nil })
    #expect(table.rows.dropFirst(7).allSatisfy { $0 != nil })
  }

  @Test("a row holds prices of 1, 2, 3, 7 days before, load of 0, 1, 7 days before, and the weekday")
  func order() throws {
    let market = SyntheticMarket(days: 41, seed: 1)
    let row = try #require(try FeatureTable(market.inputs(at: 40)).rows[40])
    let prices = market.prices[39] + market.prices[38] + market.prices[37] + market.prices[33]
    #expect(Array(row.prefix(96)) == prices)
    #expect(Array(row[96..<168]) == market.load[40] + market.load[39] + market.load[33])
    // 41 days from Monday 2 January: the last one is Saturday 11 February.
    #expect(Array(row.suffix(7)) == [0, 0, 0, 0, 0, 1, 0])
  }

  @Test("on 96 intervals a predictor is the mean of its hour")
  func quarterHours() throws {
    #expect(FeatureTable.hourlyMeans([1, 2, 3, 6, 10, 10, 20, 20], perHour: 4) == [3, 15])
    let market = SyntheticMarket(days: 41, length: .quarterHour, seed: 1)
    let table = try FeatureTable(market.inputs(at: 40))
    #expect(table.columnCount == 175)
    #expect(try #require(table.rows[40])[0] == market.prices[39][0..<4].reduce(0, +) / 4)
  }

  @Test("a holiday counts as a Sunday, a shifted workday as a Monday")
  func holidays() throws {
    let calendar = DayCalendar(holidays: [Example.day(2023, 5, 1)], shiftedWorkdays: [Example.day(2023, 5, 6)])
    #expect(calendar.weekday(Example.day(2023, 5, 1)) == 7)  // a Monday
    #expect(calendar.kind(Example.day(2023, 5, 1)) == 2)
    #expect(calendar.weekday(Example.day(2023, 5, 6)) == 1)  // a Saturday
    #expect(calendar.kind(Example.day(2023, 5, 6)) == 0)
    #expect(calendar.weekday(Example.day(2023, 5, 2)) == 2)
    let market = SyntheticMarket(days: 75, seed: 2)
    let wednesday = 72
    #expect(market.days[wednesday].weekday == 3)
    let table = try FeatureTable(market.inputs(at: wednesday, holidays: [market.days[wednesday]]))
    #expect(try #require(table.rows[wednesday]).suffix(7) == [0, 0, 0, 0, 0, 0, 1])
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

  @Test("two equally likely errors of −1 and +2 make the lower and the upper half of the quantiles")
  func tinyQuantiles() {
    // Both past forecasts were 10, as the new one is, so both weights are 1.001.
    let residuals = ResidualQuantiles(forecasts: [[10], [10]], actuals: [[9], [12]], lowest: nil, highest: nil)
    #expect(residuals.errors == [[-1], [2]])
    let column = residuals.quantiles(of: [10], neighbourIntervals: 0, threads: 1).map { $0[0] }
    #expect(column.prefix(49).allSatisfy { $0 == 9 })
    #expect(column.suffix(49).allSatisfy { $0 == 12 })
  }

  @Test("what lies beyond the limits gathers at them, and a forecast's own level draws its errors")
  func limitsAndLevels() {
    // Forecasts of 0 erred by ±5, forecasts of 1000 by ±300.
    let residuals = ResidualQuantiles(
      forecasts: [[0], [0], [1000], [1000]], actuals: [[-5], [5], [700], [1300]], lowest: -3, highest: 1200)
    let low = residuals.quantiles(of: [0], neighbourIntervals: 0, threads: 1).map { $0[0] }
    #expect(low[9] == -3 && low[89] == 5)
    let high = residuals.quantiles(of: [1000], neighbourIntervals: 0, threads: 1).map { $0[0] }
    #expect(high[9] == 700 && high[89] == 1200)
  }

  @Test("scenarios take the quantile at each of their ranks", arguments: [3, 40])
  func exactMarginals(days: Int) {
    var random = SplitMix64(seed: 9)
    let errors = (0..<days).map { _ in (0..<4).map { _ in random.nextGaussian() } }
    // Quantile p of interval t is 100 · p + 1000 · t.
    let rows = (1...99).map { level in (0..<4).map { Double(level) + 1000 * Double($0) } }
    let values = JointScenarios(errors: errors, hoursPerInterval: 1).paths(count: 50, quantiles: rows, seed: 4)
    for interval in 0..<4 {
      let sorted = (0..<50).map { values[$0 * 4 + interval] - 1000 * Double(interval) }.sorted()
      // Ranks (r + ½) / 50: 1, 3, 5 … 99 per cent.
      for (rank, value) in sorted.enumerated() { #expect(abs(value - Double(2 * rank + 1)) < 1e-9) }
    }
  }

  @Test("errors that move together make scenarios that do, independent ones only the kernel's share")
  func dependence() {
    var random = SplitMix64(seed: 10)
    let shared = (0..<60).map { _ -> [Double] in
      let common = random.nextGaussian()
      return [common, common + 0.01 * random.nextGaussian()]
    }
    let loose = (0..<60).map { _ in [random.nextGaussian(), random.nextGaussian()] }
    let rows = (1...99).map { [Double($0), Double($0)] }
    func found(_ errors: [[Double]]) -> Double {
      let values = JointScenarios(errors: errors, hoursPerInterval: 1).paths(count: 500, quantiles: rows, seed: 4)
      return correlation((0..<500).map { values[2 * $0] }, (0..<500).map { values[2 * $0 + 1] })
    }
    #expect(found(shared) > 0.9)
    #expect(found(loose) < 0.5)
  }

  @Test("λ of a window on which the price never moved is searched anew on another window")
  func zeroPenalty() throws {
    let table = try FeatureTable(SyntheticMarket(days: 70, seed: 12).inputs(at: 69, withLoad: false))
    let rows = (7..<69).compactMap { table.rows[$0] }
    let flat = LassoAutoregression(
      rows: rows, prices: rows.map { _ in [-80] }, penalties: nil, threads: 1)
    #expect(flat.penalties == [0])
    var random = SplitMix64(seed: 13)
    let moving = rows.map { _ in [300 + 20 * random.nextGaussian()] }
    let again = LassoAutoregression(rows: rows, prices: moving, penalties: flat.penalties, threads: 1)
    #expect(try #require(again.penalties.first) > 0)
  }
}
