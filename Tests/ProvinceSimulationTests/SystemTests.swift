import MarketModel
import ProvinceSimulation
import Testing

@Suite("Load, wind, solar and weather of the demonstration province") struct SystemTests {
  @Test("load peaks between 60 and 90 GW and its forecast is off by 1.5 to 2.5 %")
  func load() throws {
    let demonstration = try DemonstrationProvince.shared.get()
    let actual = try demonstration.series(.load, .actual)
    let forecast = try demonstration.series(.load, .forecast)
    #expect((actual.max() ?? 0) > 60_000 && (actual.max() ?? 0) < 90_500)
    #expect((actual.min() ?? 0) > 30_000)
    let error = mean(zip(forecast, actual).map { abs($0 / $1 - 1) })
    #expect(error > 0.015 && error < 0.025)
  }

  @Test("wind stays within capacity and its forecast is off by 8 to 15 % of it")
  func wind() throws {
    let demonstration = try DemonstrationProvince.shared.get()
    let capacity = 30_000.0
    let actual = try demonstration.series(.wind, .actual)
    let forecast = try demonstration.series(.wind, .forecast)
    #expect((actual + forecast).allSatisfy { (0...capacity).contains($0) })
    let errors = zip(forecast, actual).map { ($0 - $1) / capacity }
    let deviation = mean(errors.map { $0 * $0 }).squareRoot()
    #expect(deviation > 0.08 && deviation < 0.15)
    #expect(abs(mean(errors)) < 0.015)
  }

  @Test("the sun does not shine at night, and solar output stays within capacity")
  func solar() throws {
    let demonstration = try DemonstrationProvince.shared.get()
    for stage in [SeriesStage.forecast, .actual] {
      let solar = try demonstration.series(.solar, stage)
      #expect(solar.allSatisfy { (0...66_000).contains($0) })
      let night = solar.enumerated().filter { $0.offset % 96 < 16 || $0.offset % 96 >= 84 }
      #expect(night.allSatisfy { $0.element == 0 })
      #expect((solar.max() ?? 0) > 35_000)
    }
  }

  @Test("wind and solar are about a third of what the province generates")
  func renewableShare() throws {
    let demonstration = try DemonstrationProvince.shared.get()
    let renewable = mean(try demonstration.series(.wind, .actual)) + mean(try demonstration.series(.solar, .actual))
    let generated = mean(try demonstration.series(.load, .actual)) - mean(try demonstration.series(.imports, .actual))
    #expect(renewable / generated > 0.30 && renewable / generated < 0.38)
  }

  @Test("weather is plausible at every site and differs between them")
  func weather() throws {
    let demonstration = try DemonstrationProvince.shared.get()
    #expect(demonstration.province.sites.count == 6)
    for site in demonstration.province.sites {
      #expect(try demonstration.series(.temperature, .actual, at: site).allSatisfy { (-30...46).contains($0) })
      #expect(try demonstration.series(.windSpeed, .actual, at: site).allSatisfy { (0...60).contains($0) })
      #expect(try demonstration.series(.irradiance, .actual, at: site).allSatisfy { (0...1_100).contains($0) })
      let forecast = try demonstration.series(.windSpeed, .forecast, at: site).prefix(730 * 96)
      let likeness = correlation(Array(forecast), try demonstration.series(.windSpeed, .actual, at: site))
      #expect(likeness > 0.7 && likeness < 0.98)
    }
    let coast = try demonstration.series(.windSpeed, .actual, at: "coast")
    let plain = try demonstration.series(.windSpeed, .actual, at: "plain")
    let likeness = correlation(coast, plain)
    #expect(likeness > 0.3 && likeness < 0.95)
  }
}
