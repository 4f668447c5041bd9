import Forecasting
import Foundation
import MarketModel
import MarketTestSupport
import NumericMethods
import Testing

@Suite("Load of the day ahead") struct LoadForecasterTests {
  private func path(_ name: String, _ forecasts: [ModelForecast]) throws -> ModelForecast {
    try #require(forecasts.first { $0.model == name })
  }

  @Test(
    "a law of temperature and weekday is recovered, far below the error of the week before",
    arguments: [1] as [UInt64])
  func recovery(seed: UInt64) throws {
    let load = SyntheticLoad(days: 240, seed: seed)
    var forecaster = try load.forecaster(before: 236)
    var errors: [String: Double] = [:]
    for index in 236..<240 {
      for forecast in try forecaster.forecasts(for: load.days[index]) {
        errors[forecast.model, default: 0] += meanAbsoluteError(of: forecast.point, against: load.expected[index]) / 4
      }
      try forecaster.observe(load.days[index], actual: load.actuals[index])
    }
    #expect(try #require(errors["ensemble"]) < 0.6)
    #expect(try #require(errors["naive"]) > 1)
    #expect(try #require(errors["ensemble"]) < 0.8 * #require(errors["similar-day"]))
    #expect(try #require(errors["vanilla"]) < 0.9)
  }

  @Test("models stand in order, naive is the week before, quantiles never cross and hold the point between them")
  func shape() throws {
    let load = SyntheticLoad(days: 121, noise: 2, seed: 3)
    var forecaster = try load.forecaster(before: 120)
    let forecasts = try forecaster.forecasts(for: load.days[120])
    #expect(forecasts.map(\.model).prefix(3) == ["naive", "similar-day", "vanilla"])
    #expect(forecasts.last?.model == "ensemble")
    #expect(forecasts[0].point == load.actuals[113])
    for name in ["vanilla", "ensemble"] {
      let forecast = try path(name, forecasts)
      #expect(forecast.quantiles.count == 99)
      for (lower, upper) in zip(forecast.quantiles, forecast.quantiles.dropFirst()) {
        #expect(zip(lower, upper).allSatisfy { $0 <= $1 })
      }
      for interval in 0..<24 {
        #expect(forecast.quantiles[4][interval] < forecast.point[interval])
        #expect(forecast.quantiles[94][interval] > forecast.point[interval])
      }
    }
  }

  @Test("the 80 % interval covers about four fifths of a noise whose size it must learn")
  func coverage() throws {
    let load = SyntheticLoad(days: 150, noise: 3, seed: 5)
    var forecaster = try load.forecaster(before: 120)
    var inside = 0
    for index in 120..<150 {
      let quantiles = try path("ensemble", forecaster.forecasts(for: load.days[index])).quantiles
      for (interval, value) in load.actuals[index].enumerated()
      where quantiles[9][interval] <= value && value <= quantiles[89][interval] { inside += 1 }
      try forecaster.observe(load.days[index], actual: load.actuals[index])
    }
    #expect((0.75...0.85).contains(Double(inside) / (30 * 24)))
  }

  @Test("of six stations the one that drives the load is chosen, also when it is not the first")
  func choice() throws {
    let load = SyntheticLoad(days: 200, stations: 6, seed: 7)
    let order = [3, 1, 2, 0, 4, 5]
    func shuffled(_ day: LoadDay) -> LoadDay {
      LoadDay(day: day.day, temperatures: order.map { day.temperatures[$0] })
    }
    var forecaster = try load.forecaster(before: 199) { shuffled($1) }
    let forecast = try path("ensemble", forecaster.forecasts(for: shuffled(load.days[199])))
    #expect(meanAbsoluteError(of: forecast.point, against: load.expected[199]) < 0.8)
    let note = try #require(forecaster.notes.first)
    #expect(note.contains("station 4 100 %"), "\(note)")
  }

  @Test("a holiday is forecast as the free day that it is")
  func holiday() throws {
    let holidays: Set<Int> = [41, 76, 103, 139, 160]  // Working days.
    let load = SyntheticLoad(days: 161, holidays: holidays, seed: 11)
    var forecaster = try load.forecaster(before: 160)
    let free = try path("ensemble", forecaster.forecasts(for: load.days[160])).point
    let worked = LoadDay(day: load.days[160].day, temperatures: load.days[160].temperatures)
    let usual = try path("ensemble", forecaster.forecasts(for: worked)).point
    #expect(meanAbsoluteError(of: free, against: load.expected[160]) < 1.5)
    #expect(abs(mean(usual) - mean(free) - 10) < 2)
  }

  @Test("missing reports are filled from other stations and a silent or frozen station does not spoil the day")
  func missing() throws {
    var load = SyntheticLoad(days: 160, stations: 2, seed: 13)
    // A second station that is the first one, 3° warmer.
    load.days = load.days.map {
      LoadDay(day: $0.day, temperatures: [$0.temperatures[0], $0.temperatures[0].map { $0 + 3 }])
    }
    let nothing = [Double](repeating: .nan, count: 24)
    func holed(_ index: Int, _ day: LoadDay) -> LoadDay {
      var temperatures = day.temperatures
      if index % 10 == 3 { temperatures[0] = nothing }
      if index % 10 == 6 { temperatures[1][5] = .nan }
      if index % 50 == 20 { temperatures = [nothing, nothing] }
      return LoadDay(day: day.day, temperatures: temperatures)
    }
    var forecaster = try load.forecaster(before: 159, changed: holed)
    let one = LoadDay(day: load.days[159].day, temperatures: [nothing, load.days[159].temperatures[1]])
    let still = LoadDay(
      day: one.day, temperatures: [[Double](repeating: 71, count: 24), load.days[159].temperatures[1]])
    for published in [load.days[159], one, still] {
      let forecast = try path("ensemble", forecaster.forecasts(for: published))
      #expect(meanAbsoluteError(of: forecast.point, against: load.expected[159]) < 1.2)
    }
    #expect(try path("ensemble", forecaster.forecasts(for: one)).point.allSatisfy { $0.isFinite })
    let none = LoadDay(day: one.day, temperatures: [nothing, nothing])
    #expect(try path("ensemble", forecaster.forecasts(for: none)).point.allSatisfy { $0.isFinite })
    #expect(forecaster.notes.contains { $0.contains("no station reports") })
  }

  @Test("without weather the calendar and the last days remain, and a note says so")
  func noWeather() throws {
    let load = SyntheticLoad(days: 120, stations: 0, seed: 17)
    var forecaster = try load.forecaster(before: 119)
    let forecast = try path("ensemble", forecaster.forecasts(for: load.days[119]))
    #expect(meanAbsoluteError(of: forecast.point, against: load.expected[119]) < 0.6)
    #expect(forecaster.notes.contains { $0.contains("No temperatures are known") })
  }

  @Test("a day in kW and unknown values are left out, and said")
  func unitChange() throws {
    var load = SyntheticLoad(days: 130, seed: 19)
    load.actuals[100] = load.actuals[100].map { 1000 * $0 }
    load.actuals[110][7] = .nan
    load.actuals[111] = [Double](repeating: .nan, count: 24)
    var forecaster = try load.forecaster(before: 129)
    let forecast = try path("ensemble", forecaster.forecasts(for: load.days[129]))
    #expect(meanAbsoluteError(of: forecast.point, against: load.expected[129]) < 1)
    #expect(forecaster.notes.contains { $0.contains("check its unit") })
  }
}
