import Foundation
import MarketModel
import MarketTestSupport
import NumericMethods
import Testing

@testable import Forecasting

@Suite("Spread and intraday update") struct RealTimeSpreadTests {
  @Test("a spread that lies below zero has a low probability of a positive sign")
  func sign() throws {
    var law = TwoSettlementMarket.Law()
    law.overreaction = 0
    for (bias, range) in [(-10.0, 0.0...0.25), (0, 0.35...0.65), (10, 0.75...1)] {
      law.bias = bias
      let market = TwoSettlementMarket(days: 30, law: law, seed: 8)
      var forecaster = try market.observed()
      let probabilities = try forecaster.spreadProbabilities(for: market.days[29])
      #expect(range.contains(mean(probabilities.positive)))
      #expect(probabilities.floorPrice == 0)
    }
  }

  @Test("the floor is likely where the day-ahead price is low and unlikely elsewhere")
  func floor() throws {
    var law = TwoSettlementMarket.Law()
    law.floorBelow = 45
    let market = TwoSettlementMarket(days: 50, law: law, seed: 9)
    var forecaster = try market.observed(lowest: -80)
    let base = market.days[49]
    func probability(at price: Double, hour: Int) throws -> Double {
      let day = RealTimeDay(
        day: base.day, dayAheadPrice: [Double](repeating: price, count: 24),
        inputs: [[Double](repeating: 100 * price, count: 24)])
      let answer = try forecaster.spreadProbabilities(for: day)
      #expect(answer.floorPrice == -80)
      return answer.floor[hour]
    }
    #expect(try probability(at: 35, hour: 2) > 0.25)
    #expect(try probability(at: 75, hour: 14) < 0.1)
  }

  @Test("a spike is a price above the 95 % quantile of what has been, and comes with high day-ahead prices")
  func spike() throws {
    let market = TwoSettlementMarket(days: 62, seed: 10)
    var forecaster = try market.observed(leaving: 1)
    let known = market.actual[1..<61].flatMap { $0 }
    let base = market.days[61]
    let high = RealTimeDay(day: base.day, dayAheadPrice: base.dayAheadPrice.map { $0 + 15 }, inputs: base.inputs)
    let low = RealTimeDay(day: base.day, dayAheadPrice: base.dayAheadPrice.map { $0 - 15 }, inputs: base.inputs)
    let likely = try forecaster.spreadProbabilities(for: high)
    let unlikely = try forecaster.spreadProbabilities(for: low)
    #expect(abs(likely.spikePrice - quantile(known, at: 0.95)) < 1e-9)
    #expect(mean(likely.spike) > 2 * mean(unlikely.spike))
    #expect(likely.spike.allSatisfy { (0...1).contains($0) })
  }

  @Test("percentiles of weighted errors lie between the middles of their weights")
  func percentiles() {
    // Middles at 1 and 3 of 4: the median lies half way, 25 % at the first, 75 % at the second.
    let errors = SpreadDistribution.Errors(errors: [10, 20], weights: [2, 2], total: 4)
    let values = errors.percentiles()
    #expect(values[49] == 15 && values[24] == 10 && values[74] == 20 && values[0] == 10 && values[98] == 20)
    #expect(errors.worth == 2)
    #expect(errors.share { $0 > 15 } == 0.5)
    let heavy = SpreadDistribution.Errors(errors: [0, 100], weights: [3, 1], total: 4)
    #expect(abs(heavy.worth - 1.6) < 1e-12)
    // Middles at 1.5 and 3.5.
    #expect(abs(heavy.percentiles()[49] - 25) < 1e-9)
  }

  @Test("a weighted median takes the value at which half of the weight is reached")
  func weightedMedian() {
    #expect(IntradayUpdate.weightedMedian([(3, 1), (1, 1), (2, 1)]) == 2)
    #expect(IntradayUpdate.weightedMedian([(3, 5), (1, 1), (2, 1)]) == 3)
    #expect(IntradayUpdate.weightedMedian([]) == 0)
  }

  @Test("an error of known memory is carried on with slopes that fall as its powers")
  func slopes() {
    var random = SplitMix64(seed: 2)
    var error = 0.0
    let days = (0..<100).map { _ -> SpreadDistribution.Day in
      let zero = [Double](repeating: 0, count: 24)
      let actual = zero.map { _ in
        error = 0.8 * error + random.nextGaussian()
        return error
      }
      return SpreadDistribution.Day(dayAhead: zero, forecast: zero, actual: actual, scale: 1)
    }
    let rule = IntradayUpdate(days: days, intervals: 24)
    #expect(abs(rule.slopes[0] - 0.75) < 0.1)
    #expect(abs(rule.slopes[3] - 0.4) < 0.12)
    #expect(zip(rule.slopes, rule.slopes.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(rule.remaining[0] < 0.75 && rule.remaining[20] > 0.9)
  }

  @Test("the update keeps what was seen, helps the next hours, and changes nothing when nothing was seen")
  func update() throws {
    var law = TwoSettlementMarket.Law()
    law.memory = 0.85
    let market = TwoSettlementMarket(days: 60, law: law, seed: 7)
    var forecaster = try market.observed(leaving: 20)
    var before = 0.0
    var after = 0.0
    for index in 40..<60 {
      let ensemble = try #require(try forecaster.forecasts(for: market.days[index]).last)
      #expect(try forecaster.updated(afterIntervals: 0, observed: []).point == ensemble.point)
      let unseen = try forecaster.updated(afterIntervals: 2, observed: [.nan, .nan])
      #expect(unseen.point == ensemble.point && unseen.quantiles == ensemble.quantiles)
      let seen = Array(market.actual[index][..<12])
      let updated = try forecaster.updated(afterIntervals: 12, observed: seen)
      #expect(Array(updated.point[..<12]) == seen && updated.quantiles[3][..<12] == seen[...])
      #expect(updated.quantiles[9][12] <= updated.quantiles[89][12])
      let next = Array(market.actual[index][12..<16])
      before += meanAbsoluteError(of: Array(ensemble.point[12..<16]), against: next)
      after += meanAbsoluteError(of: Array(updated.point[12..<16]), against: next)
      try forecaster.observe(market.days[index], actual: market.actual[index])
    }
    #expect(after < 0.92 * before)
  }
}

@Suite("Real-time price of New England", .enabled(if: SharedTable.folder != nil, "skipped: no shared data"))
struct RealTimeDataTests {
  @Test("in February, from January on, the ensemble errs 15 % less than the day-ahead price")
  func february() throws {
    let table = try SharedTable(
      "isone_smd_2017/2017_smd_hourly_allzones.csv.gz", fields: [3, 5, 9], intervals: 24, prefix: "ISO NE CA")
    var forecaster = RealTimeForecaster(
      intervals: 24, inputNames: ["cleared demand"], lowestPrice: nil, highestPrice: nil, seed: 1, threads: 2,
      stopwatch: { 0 })
    var own = 0.0
    var dayAhead = 0.0
    for index in 0..<59 {
      let day = RealTimeDay(
        day: Example.day(2017, 1, 1).advanced(by: index), dayAheadPrice: table.columns[1][index],
        inputs: [table.columns[0][index]])
      let actual = table.columns[2][index]
      if index >= 31 {
        own += meanAbsoluteError(of: try #require(try forecaster.forecasts(for: day).last).point, against: actual) / 28
        dayAhead += meanAbsoluteError(of: day.dayAheadPrice, against: actual) / 28
      }
      try forecaster.observe(day, actual: actual)
    }
    #expect(own < 0.85 * dayAhead)
  }
}
