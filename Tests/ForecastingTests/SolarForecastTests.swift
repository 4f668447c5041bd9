import Foundation
import MarketModel
import NumericMethods
import Testing

@testable import Forecasting

@Suite("Solar forecasts") struct SolarForecastTests {
  static func forecaster(latitude: Double? = nil, longitude: Double? = nil, threads: Int = 2) -> SolarForecaster {
    SolarForecaster(
      intervals: 24, capacity: nil, latitude: latitude, longitude: longitude, seed: 5, threads: threads,
      stopwatch: { 0 })
  }

  @Test("the sun's height by Spencer's series: solstice, equinox, midnight")
  func sun() throws {
    let place = SunPosition(latitude: 23.44, hoursAhead: 0)
    let june = try #require(MarketDay(year: 2013, month: 6, day: 21))
    #expect(abs(place.elevationSine(june, hour: 12) - 1) < 0.001)
    let march = try #require(MarketDay(year: 2013, month: 3, day: 20))
    let pole = SunPosition(latitude: 90, hoursAhead: 0)
    #expect(abs(pole.elevationSine(march, hour: 12)) < 0.01)
    // Sunrise in Berlin (52.52° N, 13.40° E) on that midsummer day: 02:43 UTC at the sun's upper edge, refraction counted.
    let berlin = SunPosition(latitude: 52.52, hoursAhead: 13.40 / 15)
    let height = asin(berlin.elevationSine(june, hour: 2 + 43.0 / 60)) * 180 / .pi
    #expect(abs(height + 0.833) < 0.3, "\(height)°")
    #expect(berlin.elevationSine(june, hour: 23) < 0)
  }

  @Test("the place is learned from the power's upper edge")
  func learnedPlace() throws {
    let plant = SyntheticPlants.solar(days: 200, seed: 1)
    let series = RenewableSeries(
      days: plant.map { RenewableDay($0.day) }, intervals: 24, share: plant.flatMap(\.power))
    let found = try #require(SunPosition.learned(series, latitude: nil, longitude: nil))
    #expect(abs(found.latitude - 35) <= 4 && abs(found.hoursAhead - 2) <= 0.25, "\(found)")
    // With the place given and clocks three hours ahead of UTC, the clock is found.
    let known = try #require(SunPosition.learned(series, latitude: 35, longitude: 75))
    #expect(abs(known.hoursAhead - 2) < 1e-9)
  }

  @Test("a sum over the forecast day becomes growth in each interval, whenever it begins anew")
  func differences() {
    let days = (0..<2).map { index in
      RenewableDay(
        day: SyntheticPlants.first.advanced(by: index),
        columns: ["ssrd": index == 0 ? [0, 0, 7_200, 10_800] : [12_600, 3_600, 3_600, 7_200]], availableCapacity: nil)
    }
    let series = RenewableSeries(days: days, intervals: 4, share: [Double](repeating: 0, count: 8))
    #expect(SolarFeatures.differenced(series, "ssrd") == [0, 0, 1_200, 600, 300, 600, 0, 600])
  }

  @Test("night is zero in all percentiles, day far better than climatology, any number of threads")
  func day() throws {
    let plant = SyntheticPlants.solar(days: 46, seed: 2)
    var forecaster = Self.forecaster()
    var other = Self.forecaster(threads: 1)
    for (day, power) in plant[..<45] {
      try forecaster.observe(day, actual: power)
      try other.observe(day, actual: power)
    }
    let (day, power) = plant[45]
    let forecasts = try forecaster.forecasts(for: day)
    #expect(try other.forecasts(for: day) == forecasts)
    #expect(forecasts.allSatisfy(isOrdered) && forecasts.count == 7)
    for interval in 0..<24 where power[interval] == 0 {
      #expect(forecasts.allSatisfy { $0.quantiles.allSatisfy { $0[interval] == 0 } }, "interval \(interval)")
    }
    #expect(pinball(forecasts[6], power) < 0.5 * pinball(forecasts[0], power))
  }

  @Test("cloud alone stands in for radiation; without weather climatology does")
  func missing() throws {
    let plant = SyntheticPlants.solar(days: 31, seed: 4)
    var forecaster = Self.forecaster(latitude: 35, longitude: 30)
    for (day, power) in plant[..<30] {
      try forecaster.observe(
        SolarDay(day: day.day, columns: ["cloud-cover": day.columns["tcc"] ?? []]), actual: power)
    }
    let (day, power) = plant[30]
    let said = try forecaster.forecasts(
      for: SolarDay(day: day.day, columns: ["cloud-cover": day.columns["tcc"] ?? []]))
    #expect(pinball(said[6], power) < 0.6 * pinball(said[0], power))
    let blind = try forecaster.forecasts(for: SolarDay(day: day.day, columns: [:]))
    #expect(blind.map(\.model) == ["climatology", "ensemble"] && blind.allSatisfy(isOrdered))
    #expect(forecaster.notes.contains { $0.contains("cloud-cover is not known on") })
  }
}
