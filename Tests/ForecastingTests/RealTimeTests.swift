import Forecasting
import Foundation
import MarketModel
import MarketTestSupport
import NumericMethods
import Testing

@testable import Forecasting

/// A made market whose spread has a known law.
struct TwoSettlementMarket {
  struct Law {
    /// Mean spread, and what of a rise of the day-ahead price since yesterday the real-time price does not follow.
    var bias = -4.0
    var overreaction = 0.4
    /// Mean size of the error, and how much of it carries over to the next interval.
    var error = 5.0
    var memory = 0.0
    /// Below this day-ahead price the real-time price falls to −80 half of the time.
    var floorBelow = -Double.infinity
  }

  var days: [RealTimeDay] = []
  var actual: [[Double]] = []
  /// What the real-time price would be without its error.
  var expected: [[Double]] = []

  init(days count: Int, law: Law = Law(), seed: UInt64, inputs: Int = 1) {
    var random = SplitMix64(seed: seed)
    var level = 60.0
    var before: [Double]?
    var error = 0.0
    for index in 0..<count {
      level = 60 + 0.6 * (level - 60) + 8 * random.nextGaussian()
      let price = (0..<24).map { level + 20 * sin(Double($0 - 8) / 24 * 2 * .pi) + 2 * random.nextGaussian() }
      let mean = price.enumerated().map {
        $0.element + law.bias - law.overreaction * ($0.element - (before?[$0.offset] ?? $0.element))
      }
      let path = mean.enumerated().map { interval, value in
        // Laplace: as heavy as spreads are.
        let uniform = random.nextUniform() - 0.5
        let shock = -law.error * (uniform < 0 ? -1 : 1) * log(1 - 2 * abs(uniform))
        error = law.memory * error + shock
        return price[interval] < law.floorBelow && random.nextUniform() < 0.5 ? -80 : value + error
      }
      days.append(
        RealTimeDay(
          day: Example.day(2023, 1, 2).advanced(by: index), dayAheadPrice: price,
          inputs: (0..<inputs).map { _ in price.map { 100 * $0 } }))
      expected.append(mean)
      actual.append(path)
      before = price
    }
  }

  static func forecaster(threads: Int = 1, inputs: Int = 1, lowest: Double? = nil, highest: Double? = nil)
    -> RealTimeForecaster
  {
    RealTimeForecaster(
      intervals: 24, inputNames: (0..<inputs).map { "input \($0)" }, lowestPrice: lowest, highestPrice: highest,
      seed: 1,
      threads: threads, stopwatch: { 0 })
  }

  /// The errors of each model on the days from `first` on, and the share of prices between the tenth and the ninetieth percentile.
  func scores(from first: Int) throws -> (errors: [String: Double], coverage: Double) {
    var forecaster = TwoSettlementMarket.forecaster()
    var errors: [String: Double] = [:]
    var coverage = 0.0
    let count = Double(days.count - first)
    for index in days.indices {
      if index >= first {
        let list = try forecaster.forecasts(for: days[index])
        for model in list {
          errors[model.model, default: 0] += meanAbsoluteError(of: model.point, against: actual[index]) / count
        }
        let quantiles = try #require(list.last).quantiles
        coverage += intervalCoverage(lower: quantiles[9], upper: quantiles[89], against: actual[index]) / count
      }
      try forecaster.observe(days[index], actual: actual[index])
    }
    return (errors, coverage)
  }

  /// A forecaster that has seen all but the last `left` days.
  func observed(leaving left: Int = 1, threads: Int = 1, lowest: Double? = nil) throws -> RealTimeForecaster {
    var forecaster = TwoSettlementMarket.forecaster(threads: threads, inputs: days[0].inputs.count, lowest: lowest)
    for index in 0..<days.count - left { try forecaster.observe(days[index], actual: actual[index]) }
    return forecaster
  }
}

@Suite("Real-time price") struct RealTimeTests {
  @Test("the fit of least absolute error is not pulled by spikes")
  func absoluteLoss() {
    var random = SplitMix64(seed: 1)
    var rows: [Double] = []
    var response: [Double] = []
    for _ in 0..<400 {
      let x = 10 * random.nextUniform()
      rows.append(x)
      // y = 2 + 3x, one value in five 500 too high.
      response.append(2 + 3 * x + 0.1 * random.nextGaussian() + (random.nextUniform() < 0.2 ? 500 : 0))
    }
    let fit = AbsoluteLossRegression(
      rows: rows, columns: 1, response: response, weights: [Double](repeating: 1, count: 400), typical: 10,
      penalty: 1e-3)
    #expect(abs(fit.predicted(for: [5]) - 17) < 0.5)
    #expect(abs(fit.predicted(for: [6]) - fit.predicted(for: [5]) - 3) < 0.1)
  }

  @Test("a column that never moves has no effect, and a value far outside is held at three deviations")
  func degenerate() {
    let fit = AbsoluteLossRegression(
      rows: [7, 0, 7, 1, 7, 2, 7, 3], columns: 2, response: [0, 1, 2, 3], weights: [1, 1, 1, 1], typical: 1,
      penalty: 1e-6)
    #expect(abs(fit.predicted(for: [1000, 2]) - 2) < 1e-3)
    // Mean 1.5, deviation 1.29: held at 5.37.
    #expect(abs(fit.predicted(for: [7, 1e9]) - (1.5 + 3 * 1.290_994)) < 1e-2)
  }

  @Test("a known spread is recovered: the error is near that of the law, far below the day-ahead price's")
  func recovery() throws {
    let market = TwoSettlementMarket(days: 100, seed: 5)
    let (errors, _) = try market.scores(from: 50)
    let noise = mean((50..<100).map { meanAbsoluteError(of: market.expected[$0], against: market.actual[$0]) })
    let own = try #require(errors["ensemble"])
    let dayAhead = try #require(errors["day-ahead"])
    #expect(try #require(errors["regression"]) < 1.04 * noise)
    #expect(own < 1.08 * noise && own < 0.9 * dayAhead)
    #expect(try #require(errors["naive"]) > dayAhead)
  }

  @Test("where the spread is noise, the ensemble loses next to nothing to the day-ahead price")
  func noSpread() throws {
    var law = TwoSettlementMarket.Law()
    law.bias = 0
    law.overreaction = 0
    let (errors, _) = try TwoSettlementMarket(days: 80, law: law, seed: 6).scores(from: 30)
    #expect(try #require(errors["ensemble"]) < 1.03 * (try #require(errors["day-ahead"])))
  }

  @Test("the central 80 % interval holds 80 %")
  func coverage() throws {
    let coverage = try TwoSettlementMarket(days: 110, seed: 11).scores(from: 30).coverage
    #expect(abs(coverage - 0.8) < 0.03)
  }

  @Test("quantiles never cross and stay within the price limits; the ensemble comes last")
  func shape() throws {
    let market = TwoSettlementMarket(days: 25, seed: 2)
    var forecaster = TwoSettlementMarket.forecaster(lowest: 50, highest: 70)
    for index in 0..<24 {
      try forecaster.observe(market.days[index], actual: market.actual[index].map { min(max($0, 50), 70) })
    }
    let list = try forecaster.forecasts(for: market.days[24])
    #expect(
      list.map(\.model) == [
        "day-ahead", "naive", "hourly-median", "regression", "regression-recent", "regression-inputs",
        "similar-intervals", "ensemble",
      ])
    let quantiles = list[7].quantiles
    for (lower, upper) in zip(quantiles, quantiles.dropFirst()) { #expect(zip(lower, upper).allSatisfy { $0 <= $1 }) }
    #expect(quantiles.joined().allSatisfy { (50...70).contains($0) })
    #expect(list[7].point.allSatisfy { (50...70).contains($0) })
  }

  @Test("the same bytes on one and two threads, asked once, twice or not at all before")
  func deterministic() throws {
    let market = TwoSettlementMarket(days: 25, seed: 3)
    var first = try market.observed(threads: 1)
    var second = try market.observed(threads: 2)
    let answer = try first.forecasts(for: market.days[24])
    #expect(try second.forecasts(for: market.days[24]) == answer)
    #expect(try second.forecasts(for: market.days[24]) == answer)
    var asked = TwoSettlementMarket.forecaster()
    for index in 0..<24 {
      _ = try asked.forecasts(for: market.days[index])
      try asked.observe(market.days[index], actual: market.actual[index])
    }
    #expect(try asked.forecasts(for: market.days[24]) == answer)
  }

  @Test("without history the day-ahead price stands in and a note says so")
  func beginning() throws {
    let market = TwoSettlementMarket(days: 1, seed: 1)
    var forecaster = TwoSettlementMarket.forecaster()
    let list = try forecaster.forecasts(for: market.days[0])
    #expect(list.last?.point == market.days[0].dayAheadPrice)
    #expect(forecaster.notes.count == 2 && forecaster.notes[0].contains("day-ahead price stands in"))
    #expect(try forecaster.spreadProbabilities(for: market.days[0]).positive == [Double](repeating: 0.5, count: 24))
  }

  @Test("missing prices and inputs of history are survived, missing inputs of the day are said")
  func missing() throws {
    let market = TwoSettlementMarket(days: 45, seed: 4)
    let unknown = [Double](repeating: .nan, count: 24)
    var forecaster = TwoSettlementMarket.forecaster()
    for index in 0..<44 {
      var day = market.days[index]
      var actual = market.actual[index]
      if index % 5 == 1 { actual[7] = .nan }
      if index % 11 == 2 { actual = unknown }
      if index % 9 == 3 { day = RealTimeDay(day: day.day, dayAheadPrice: unknown, inputs: day.inputs) }
      if index % 7 == 4 { day = RealTimeDay(day: day.day, dayAheadPrice: day.dayAheadPrice, inputs: [unknown]) }
      if index == 43 { actual = [.infinity] + actual.dropFirst() }
      try forecaster.observe(day, actual: actual)
    }
    let last = market.days[44]
    let list = try forecaster.forecasts(
      for: RealTimeDay(day: last.day, dayAheadPrice: last.dayAheadPrice, inputs: [unknown]))
    #expect(list.allSatisfy { $0.point.allSatisfy(\.isFinite) })
    #expect(list[7].quantiles.joined().allSatisfy { $0.isFinite })
    #expect(forecaster.notes == ["input 0 is not known in full on \(last.day): the regression does without inputs."])
    #expect(meanAbsoluteError(of: list[7].point, against: market.expected[44]) < 5)
  }

  @Test("what cannot be used is refused in a sentence")
  func refused() throws {
    let market = TwoSettlementMarket(days: 12, seed: 4)
    var forecaster = try market.observed(leaving: 2)
    let day = market.days[10]
    let broken = RealTimeDay(day: day.day, dayAheadPrice: [.nan] + day.dayAheadPrice.dropFirst(), inputs: day.inputs)
    #expect(throws: ForecastingError.self) { try forecaster.forecasts(for: broken) }
    let short = RealTimeDay(day: day.day, dayAheadPrice: [1], inputs: day.inputs)
    #expect(throws: ForecastingError.self) { try forecaster.forecasts(for: short) }
    let bare = RealTimeDay(day: day.day, dayAheadPrice: day.dayAheadPrice)
    #expect(throws: ForecastingError.self) { try forecaster.forecasts(for: bare) }
    #expect(throws: ForecastingError.self) { try forecaster.forecasts(for: market.days[3]) }
    #expect(throws: ForecastingError.self) { try forecaster.observe(day, actual: [1]) }
    #expect(throws: ForecastingError.self) { try forecaster.updated(afterIntervals: 1, observed: [1]) }
    _ = try forecaster.forecasts(for: day)
    #expect(throws: ForecastingError.self) { try forecaster.updated(afterIntervals: 2, observed: [1]) }
  }
}
