import Foundation
import MarketModel
import NumericMethods
import Testing

@testable import Forecasting

@Suite("Wind forecasts") struct WindForecastTests {
  static func forecaster(threads: Int = 2, capacity: Double? = 1) -> WindForecaster {
    WindForecaster(
      intervals: 24, capacity: capacity, latitude: nil, longitude: nil, seed: 7, threads: threads, stopwatch: { 0 })
  }

  static let plant = SyntheticPlants.wind(days: 40, seed: 3)

  static func taught(_ days: Int, threads: Int = 2) throws -> WindForecaster {
    var forecaster = Self.forecaster(threads: threads)
    for (day, power) in plant[..<days] { try forecaster.observe(day, actual: power) }
    return forecaster
  }

  @Test("the curve is found: far better than climatology, percentiles in order, the same on any number of threads")
  func recovery() throws {
    var one = try Self.taught(38, threads: 1)
    var two = try Self.taught(38, threads: 2)
    let (day, power) = Self.plant[38]
    let forecasts = try one.forecasts(for: day)
    #expect(try two.forecasts(for: day) == forecasts)
    #expect(
      forecasts.map(\.model) == [
        "climatology", "power-curve", "analogues", "linear-quantiles", "boosted-quantiles", "quantile-forest",
        "ensemble",
      ])
    #expect(forecasts.allSatisfy(isOrdered))
    let losses = forecasts.map { pinball($0, power) }
    #expect(losses[6] < 0.6 * losses[0])
    let speeds = zip(day.columns["u100"] ?? [], day.columns["v100"] ?? []).map { ($0 * $0 + $1 * $1).squareRoot() }
    let gap = mean(zip(forecasts[6].point, speeds).map { abs($0 - SyntheticPlants.powerCurve($1)) })
    #expect(gap < 0.07, "mean gap to the true curve \(gap)")
    // A second day after the truth of the first.
    try one.observe(day, actual: power)
    #expect(try one.forecasts(for: Self.plant[39].day).allSatisfy(isOrdered))
  }

  @Test("truth of the day and after does not reach its forecast")
  func noLookAhead() throws {
    var one = Self.forecaster()
    var other = Self.forecaster()
    for (day, power) in Self.plant[..<30] {
      try one.observe(day, actual: power)
      try other.observe(day, actual: power)
    }
    let said = try one.forecasts(for: Self.plant[30].day)
    #expect(try other.forecasts(for: Self.plant[30].day) == said)
    try one.observe(Self.plant[30].day, actual: Self.plant[30].power)
    try other.observe(Self.plant[30].day, actual: Self.plant[30].power.map { 1 - $0 })
    let next = Self.plant[31].day
    #expect(try one.forecasts(for: next) != other.forecasts(for: next))
  }

  @Test("missing inputs and powers are survived and said")
  func missing() throws {
    var forecaster = Self.forecaster()
    for (index, (day, power)) in Self.plant[..<30].enumerated() {
      var power = power
      if index == 20 { power = [Double](repeating: .nan, count: 24) }
      var columns = day.columns
      if index % 10 == 3 { columns["u10"]?[5] = .nan }
      try forecaster.observe(WindDay(day: day.day, columns: columns), actual: power)
    }
    let (day, power) = Self.plant[30]
    var columns = day.columns
    columns["u10"] = nil
    columns["v10"]?[3] = .nan
    let without = try forecaster.forecasts(for: WindDay(day: day.day, columns: columns))
    #expect(without.last.map(isOrdered) == true && without.count == 7)
    #expect(forecaster.notes.contains { $0.hasPrefix("u10 is not known on") })
    let blind = try forecaster.forecasts(for: WindDay(day: day.day, columns: [:]))
    #expect(blind.map(\.model) == ["climatology", "ensemble"] && blind[0].quantiles == blind[1].quantiles)
    #expect(forecaster.notes.contains { $0.contains("climatology stands in") })
    try forecaster.observe(day, actual: power)
  }

  @Test("outage and curtailment are no weather")
  func availability() throws {
    // Half of the plant is out on every third day; on days 8 and 9 output is held at 0.2.
    var days: [WindDay] = []
    var powers: [[Double]] = []
    for (index, (day, power)) in Self.plant[..<31].enumerated() {
      let available = index % 3 == 0 ? 50.0 : 100.0
      days.append(
        WindDay(
          day: day.day, columns: day.columns, availableCapacity: [Double](repeating: available, count: 24)))
      powers.append(power.map { (8...9).contains(index) ? min(20, $0 * available) : $0 * available })
    }
    var forecaster = Self.forecaster(capacity: 100)
    for index in 0..<30 { try forecaster.observe(days[index], actual: powers[index]) }
    let said = try forecaster.forecasts(for: days[30])
    #expect(said.allSatisfy { $0.quantiles[98].allSatisfy { $0 <= 50 + 1e-9 } })
    #expect(pinball(said[6], powers[30]) < 0.7 * pinball(said[0], powers[30]))
    #expect(forecaster.notes.contains { $0.contains("flat output below the power curve") })
  }

  @Test("what cannot be used is refused in a sentence")
  func refusals() throws {
    var forecaster = Self.forecaster()
    #expect(throws: ForecastingError.self) { try forecaster.forecasts(for: Self.plant[0].day) }
    #expect(throws: ForecastingError.self) { try forecaster.observe(Self.plant[0].day, actual: [1, 2]) }
    let short = WindDay(day: Self.plant[0].day.day, columns: ["u100": [1]])
    #expect(throws: ForecastingError.self) { try forecaster.observe(short, actual: Self.plant[0].power) }
    try forecaster.observe(Self.plant[0].day, actual: Self.plant[0].power)
    #expect(throws: ForecastingError.self) { try forecaster.observe(Self.plant[2].day, actual: Self.plant[2].power) }
    let early = try forecaster.forecasts(for: Self.plant[1].day)
    #expect(early.last?.model == "ensemble" && early.allSatisfy(isOrdered))
  }
}
