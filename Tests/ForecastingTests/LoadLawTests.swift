import Forecasting
import Foundation
import MarketModel
import MarketTestSupport
import NumericMethods
import Testing

@Suite("Laws of a load forecast") struct LoadLawTests {
  @Test("°C and °F give the same forecast")
  func units() throws {
    let load = SyntheticLoad(days: 100, seed: 21)
    func fahrenheit(_ day: LoadDay) -> LoadDay {
      LoadDay(day: day.day, temperatures: day.temperatures.map { $0.map { 1.8 * $0 + 32 } })
    }
    var celsius = try load.forecaster(before: 99)
    var other = try load.forecaster(before: 99) { fahrenheit($1) }
    let one = try #require(try celsius.forecasts(for: load.days[99]).last)
    let two = try #require(try other.forecasts(for: fahrenheit(load.days[99])).last)
    for (a, b) in zip(one.point, two.point) { #expect(abs(a - b) < 1e-5) }
  }

  @Test("a load twice as large has a forecast twice as large")
  func scale() throws {
    var load = SyntheticLoad(days: 90, seed: 22)
    var one = try load.forecaster(before: 89)
    load.actuals = load.actuals.map { $0.map { 2 * $0 } }
    var two = try load.forecaster(before: 89)
    let small = try one.forecasts(for: load.days[89])
    let large = try two.forecasts(for: load.days[89])
    for (a, b) in zip(small, large) {
      for (x, y) in zip(a.point, b.point) { #expect(abs(2 * x - y) < 1e-4) }
    }
  }

  @Test("one and two threads, and telling the days anew, give the same bytes; the seed moves the kernels alone")
  func determinism() throws {
    let load = SyntheticLoad(days: 91, stations: 3, seed: 23)
    func forecasts(seed: UInt64, threads: Int) throws -> [ModelForecast] {
      var forecaster = try load.forecaster(before: 88, seed: seed, threads: threads)
      _ = try forecaster.forecasts(for: load.days[88])
      for index in 88..<90 { try forecaster.observe(load.days[index], actual: load.actuals[index]) }
      return try forecaster.forecasts(for: load.days[90])
    }
    let first = try forecasts(seed: 1, threads: 1)
    #expect(first == (try forecasts(seed: 1, threads: 2)))
    let other = try forecasts(seed: 2, threads: 1)
    for (one, two) in zip(first, other) {
      let moves = one.model.hasPrefix("kernel") || one.model == "ensemble"
      #expect(moves || one == two)
      #expect(!one.model.hasPrefix("kernel") || one != two)
    }
  }

  @Test("a day of 96 points is as good as one of 24")
  func quarterHours() throws {
    let load = SyntheticLoad(days: 61, intervals: 96, seed: 25)
    var forecaster = try load.forecaster(before: 60)
    let forecast = try #require(try forecaster.forecasts(for: load.days[60]).last)
    #expect(forecast.point.count == 96)
    #expect(forecast.quantiles.count == 99)
    #expect(meanAbsoluteError(of: forecast.point, against: load.expected[60]) < 1)
  }

  @Test("a net load that falls below zero is forecast on a linear scale")
  func negative() throws {
    var load = SyntheticLoad(days: 120, seed: 27)
    load.actuals = load.actuals.map { $0.map { $0 - 95 } }
    var forecaster = try load.forecaster(before: 119)
    let forecast = try #require(try forecaster.forecasts(for: load.days[119]).last)
    let law = load.expected[119].map { $0 - 95 }
    #expect(law.contains { $0 < 0 })
    #expect(meanAbsoluteError(of: forecast.point, against: law) < 1.2)
  }

  @Test("what cannot be used is refused in a sentence")
  func refusals() throws {
    let load = SyntheticLoad(days: 60, seed: 29)
    var short = try load.forecaster(before: 20)
    #expect(throws: ForecastingError.self) { try short.forecasts(for: load.days[20]) }
    var forecaster = try load.forecaster(before: 50)
    #expect(throws: ForecastingError.self) { try forecaster.forecasts(for: load.days[49]) }
    #expect(throws: ForecastingError.self) {
      try forecaster.observe(load.days[50], actual: [Double](repeating: 1, count: 23))
    }
    #expect(throws: ForecastingError.self) {
      try forecaster.forecasts(for: LoadDay(day: load.days[50].day, temperatures: []))
    }
    let ragged = LoadDay(day: load.days[50].day, temperatures: [[1, 2, 3]])
    #expect(throws: ForecastingError.self) { try forecaster.forecasts(for: ragged) }
    // A day that was skipped is a day of which nothing is known.
    try forecaster.observe(load.days[52], actual: load.actuals[52])
    #expect(try forecaster.forecasts(for: load.days[53]).last?.point.allSatisfy { $0.isFinite } == true)
  }
}
