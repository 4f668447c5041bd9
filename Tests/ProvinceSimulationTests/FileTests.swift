import MarketModel
import Testing

@testable import ProvinceSimulation

@Suite("Files of a made-up province") struct FileTests {
  private func files(seed: UInt64) throws -> [SimulatedFile] {
    let parameters = try ProvinceParameters(DemonstrationProvince.shortTexts(lastDay: "2024-04-10"))
    return simulateProvince(parameters, seed: seed).files(currency: "CNY")
  }

  @Test("the same seed gives the same bytes, another seed gives others")
  func determinism() throws {
    #expect(try files(seed: 7) == files(seed: 7))
    for (first, second) in zip(try files(seed: 7), try files(seed: 8)) { #expect(first.bytes != second.bytes) }
  }

  @Test("every file has its name, its header and 96 rows for each day")
  func completeness() throws {
    let lines = try files(seed: 7).map { file in
      (file.name, String(decoding: file.bytes, as: UTF8.self).split(separator: "\n"))
    }
    #expect(
      lines.map(\.0) == [
        "simulated-system-forecasts.csv", "simulated-system-actuals.csv", "simulated-day-ahead-prices.csv",
        "simulated-real-time-prices.csv", "simulated-weather-forecasts.csv", "simulated-weather-actuals.csv",
      ])
    #expect(lines.map { $0.1.count - 1 } == [12, 10, 10, 10, 12, 10].map { $0 * 96 })
    #expect(
      lines[0].1[0]
        == "day,interval_end,load.forecast [MW],wind.forecast [MW],solar.forecast [MW],imports.forecast [MW],"
        + "exogenous.forecast@non-bidding [MW]")
    #expect(lines[2].1[0] == "day,interval_end,price.day-ahead [CNY/MWh]")
    #expect(
      lines[5].1[0].hasPrefix(
        "day,interval_end,temperature.actual@coast [degC],wind-speed.actual@coast [m/s],"
          + "irradiance.actual@coast [W/m2],"))
    for (_, rows) in lines {
      #expect(rows[1].hasPrefix("2024-04-01,00:15,"))
      #expect(rows[96].hasPrefix("2024-04-01,24:00,"))
      let columns = rows[0].split(separator: ",").count
      #expect(rows.allSatisfy { $0.split(separator: ",").count == columns })
    }
  }

  @Test("the two years end on 2026-03-31 and the forecasts two days later")
  func period() throws {
    let province = try DemonstrationProvince.shared.get().province
    #expect(province.days == 730)
    #expect(province.lastDay == MarketDay("2026-03-31"))
    #expect(province.lastForecastDay == MarketDay("2026-04-02"))
    #expect(province.values(of: SeriesKey(.load, .forecast))?.count == 732 * 96)
    #expect(province.values(of: SeriesKey(.load, .actual))?.count == 730 * 96)
    #expect(province.values(of: SeriesKey(.temperature, .actual, at: "nowhere")) == nil)
  }

  @Test(
    "numbers are written with a fixed number of decimals",
    arguments: [
      (12.345, 1, "12.3"), (-0.04, 1, "0.0"), (-79.999, 2, "-80.00"), (0, 0, "0"), (1_300, 2, "1300.00"),
      (0.05, 2, "0.05"), (-12.6, 0, "-13"),
    ])
  func decimals(value: Double, decimals: Int, text: String) {
    var bytes: [UInt8] = []
    appendDecimal(value, decimals: decimals, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == text)
  }
}
