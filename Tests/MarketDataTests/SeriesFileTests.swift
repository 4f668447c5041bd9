import Foundation
import MarketModel
import Testing

@testable import MarketData

@Suite("Hourly benchmark files and our own format") struct SeriesFileTests {
  private let fixture: Fixture

  init() throws { fixture = try Fixture() }

  private func epfDay(_ day: String, header: String) -> String {
    (0..<24).map { "\(day) \($0 < 10 ? "0" : "")\($0):00:00,\(30 + $0).5,\(40_000 + $0),\(2_000 + $0)\n" }.joined()
  }

  private func seriesDay(_ day: String, count: Int = 24, extra: String = "", value: (Int) -> String = { "\(500 + $0)" }) -> String {
    (1...count).map { "\(day),\($0):00\(extra),\(value($0))\n" }.joined()
  }

  private func refusal(_ text: String, currency: String = "CNY") throws -> String {
    let url = try fixture.file("s.csv", text)
    let zone = try Fixture.zone("Asia/Shanghai", .hour)
    let problem = #expect(throws: ImportProblem.self) { _ = try Reading(url, .series, zone: zone, currency: currency) }
    return try #require(problem).description.replacingOccurrences(of: fixture.folder.path + "/", with: "")
  }

  @Test("the benchmark's header has blanks or no first name; 24 hours even where the clock changes", arguments: ["Date, Price, Grid load forecast, Wind power forecast\n", ",Price,Grid load forecast,Wind power forecast\n"])
  func epf(header: String) throws {
    let zone = try Fixture.zone("Europe/Oslo", .hour)
    // 2013-03-31 has 23 hours in Oslo.
    let text = header + epfDay("2013-03-30", header: header) + epfDay("2013-03-31", header: header)
    let reading = try Reading(try fixture.file("NP.csv", text), .epf, zone: zone, currency: "EUR")
    #expect(reading.summary.days == 2 && reading.days[1].allSatisfy { $0.values.count == 24 })
    #expect(
      reading.summary.series.map(\.description)
        == ["price.day-ahead", "exogenous.forecast@Grid load forecast", "exogenous.forecast@Wind power forecast"])
    #expect(reading.days[1][0].values[0] == 30.5 && reading.days[1][2].values[23] == 2_023)
    // D-1 08:00 in Oslo is 07:00 UTC in winter, D-1 17:00 is 16:00.
    #expect(reading.days[1].map { LocalTime.text($0.availableAt) }.prefix(2) == ["2013-03-30T16:00:00Z", "2013-03-30T07:00:00Z"])
  }

  @Test("columns named by series and unit", arguments: ["m/s", "m_per_s"])
  func series(unit: String) throws {
    let zone = try Fixture.zone("Asia/Shanghai", .hour)
    let header = "day,interval_end,load.actual [MW],price.day-ahead [CNY/MWh],wind-speed.forecast@coast [\(unit)]\n"
    let rows = (1...24).map { "2024-02-29,\($0):00,\(500 + $0),-\($0).25,7.5\n" }.joined()
    let reading = try Reading(try fixture.file("s.csv", header + rows), .series, zone: zone)
    #expect(reading.summary.series.map(\.description) == ["load.actual", "price.day-ahead", "wind-speed.forecast@coast"])
    #expect(
      reading.days[0].map { LocalTime.text($0.availableAt) }
        == ["2024-02-29T18:00:00Z", "2024-02-28T09:00:00Z", "2024-02-28T00:30:00Z"])
    #expect(reading.days[0][1].values[23] == -24.25)
  }

  @Test("a day may stand again with another time of publication, not with the same")
  func publications() throws {
    let header = "day,interval_end,available_at,load.forecast [MW]\n"
    let first = seriesDay("2024-02-29", extra: ",2024-02-28T08:30")
    let second = seriesDay("2024-02-29", extra: ",2024-02-28T12:00:00+08:00", value: { "\(600 + $0)" })
    let zone = try Fixture.zone("Asia/Shanghai", .hour)
    let reading = try Reading(try fixture.file("s.csv", header + first + second), .series, zone: zone)
    #expect(reading.days.map { LocalTime.text($0[0].availableAt) } == ["2024-02-28T00:30:00Z", "2024-02-28T04:00:00Z"])
    #expect(try refusal(header + first + second + first).contains("2024-02-29 stands in the file a second time"))
  }

  @Test("days with a clock change have 23 and 25 hours")
  func clockChange() throws {
    let zone = try Fixture.zone("Europe/Berlin", .hour)
    let header = "day,interval_end,load.actual [MW]\n"
    let text = header + seriesDay("2024-03-31", count: 23) + seriesDay("2024-10-27", count: 25)
    let reading = try Reading(try fixture.file("s.csv", text), .series, zone: zone, currency: "EUR")
    #expect(reading.days.map { $0[0].values.count } == [23, 25])
  }

  @Test("a unit that is not the quantity's own, none, or a name that is no series")
  func header() throws {
    let start = "day,interval_end,"
    #expect(
      try refusal(start + "load.forecast [kW]\n") == "s.csv: column \"load.forecast [kW]\" is in kW and load is kept in MW: "
        + "divide by 1,000, and write MW.")
    #expect(try refusal(start + "price.day-ahead [EUR/MWh]\n").contains("is in EUR/MWh and price is kept in CNY/MWh: convert the values"))
    #expect(try refusal(start + "load.forecast\n") == "s.csv: column \"load.forecast\" states no unit; write \"load.forecast [MW]\".")
    #expect(try refusal(start + "demand [MW]\n").hasPrefix("s.csv: column \"demand [MW]\" names no series"))
    #expect(try refusal(start + "load.forecast [MW],load.forecast [MW]\n").contains("both hold load.forecast; keep one"))
    #expect(try refusal("day,load.forecast [MW]\n").hasPrefix("s.csv: missing column \"interval_end\""))
    #expect(try refusal("day,interval_end\n").hasPrefix("s.csv: no column holds a series"))
  }

  @Test("a temperature in kelvin is guessed")
  func kelvin() throws {
    let text = "day,interval_end,temperature.forecast@x [degC]\n" + seriesDay("2024-02-29", value: { "28\($0 % 10)" })
    #expect(try refusal(text).contains("It looks like K: subtract 273.15."))
  }

  @Test("rows of another width and dates that do not exist")
  func rows() throws {
    let header = "day,interval_end,load.actual [MW]\n"
    #expect(try refusal(header + "2024-02-29,1:00\n").hasPrefix("s.csv:2: the row has 2 fields where the header has 3."))
    #expect(try refusal(header + "2023-02-29,1:00,5\n").hasPrefix("s.csv:2, column \"day\": \"2023-02-29\" is no date"))
    let many = try refusal(header + (1...50).map { _ in "x,1:00,5\n" }.joined())
    #expect(many.hasSuffix("\nReading stopped after 20 wrong rows."))
  }

  @Test("every file of the benchmark reads", .enabled(if: Fixture.sharedData() != nil))
  func benchmark() throws {
    let shared = try #require(Fixture.sharedData()).appendingPathComponent("epf_benchmark")
    for (name, zone, days) in [("NP", "Europe/Oslo", 1_456), ("PJM", "America/New_York", 1_456), ("DE", "Europe/Berlin", 1_456)] {
      let reading = try Reading(
        shared.appendingPathComponent("\(name).csv.gz"), .epf, zone: try Fixture.zone(zone, .hour), currency: "EUR")
      #expect(reading.summary.days * 24 == reading.summary.rows)
      #expect(reading.summary.days >= days, "\(name): \(reading.summary.days)")
      #expect(reading.summary.series.count == 3 && reading.summary.ignoredColumns.isEmpty)
    }
  }
}
