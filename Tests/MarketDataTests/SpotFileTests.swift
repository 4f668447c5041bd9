import Foundation
import MarketModel
import Testing

@testable import MarketData

@Suite("Files of 96 labelled intervals") struct SpotFileTests {
  private let fixture: Fixture
  private let zone: MarketZone

  init() throws {
    fixture = try Fixture()
    zone = try Fixture.zone("Asia/Shanghai", .quarterHour)
  }

  private func read(_ text: String, badRows: MarketFileReader.BadRows = .refuseFile) throws -> Reading {
    try Reading(fixture.file("p.csv", text), .spot96, zone: zone, badRows: badRows)
  }

  /// The sentence of the only wrong row, without the file's folder.
  private func refusal(_ text: String) throws -> String {
    let problem = #expect(throws: ImportProblem.self) { _ = try read(text) }
    return try #require(problem).description.replacingOccurrences(of: fixture.folder.path + "/", with: "")
  }

  @Test("two days become two observations each, known at the times of the source table")
  func twoDays() throws {
    let reading = try read(
      Fixture.spotHeader + Fixture.spotDay("2021/12/1") + Fixture.spotDay("2021/12/2", price: { "\(-$0)" }))
    #expect(reading.summary.rows == 192 && reading.summary.days == 2)
    #expect(reading.days.map { $0.map(\.key.description) } == Array(repeating: ["load.forecast", "price.day-ahead"], count: 2))
    #expect(reading.days[1][1].values == (1...96).map { Double(-$0) })
    let day = try Fixture.day("2021-12-02")
    #expect(reading.days[1].allSatisfy { $0.day == day && $0.length == .quarterHour })
    // D-1 08:45 and 17:00 in Shanghai are 00:45 and 09:00 UTC of 2021-12-01.
    #expect(reading.days[1].map { LocalTime.text($0.availableAt) } == ["2021-12-01T00:45:00Z", "2021-12-01T09:00:00Z"])
    #expect(reading.summary.warnings.isEmpty && reading.summary.sha256.count == 64)
  }

  @Test("a missing interval is named with its day")
  func missingInterval() throws {
    let text = Fixture.spotHeader + Fixture.spotDay("2021/12/1", numbers: (1...96).filter { $0 != 33 })
    #expect(
      try refusal(text)
        == "p.csv:96: 2021-12-01 has 95 of 96 intervals: 08:15 is missing. Add the rows, or leave the whole day out.")
  }

  @Test("a label that stands twice, out of order or outside the day")
  func labels() throws {
    let twice = try refusal(Fixture.spotHeader + Fixture.spotDay("2021/12/1", numbers: Array(1...96) + [96]))
    #expect(twice == "p.csv:98: interval 24:00 of 2021-12-01 stands twice; keep one row.")
    let swapped = try refusal(Fixture.spotHeader + Fixture.spotDay("2021/12/1", numbers: [2, 1] + Array(3...96)))
    #expect(
      swapped == "p.csv:3: interval 00:15 of 2021-12-01 is out of order; sort the rows by day and interval.")
    let odd = try refusal(
      Fixture.spotHeader + Fixture.spotDay("2021/12/1").replacingOccurrences(of: ",0:15,", with: ",0:17,"))
    #expect(odd.hasPrefix(
      "p.csv:2, column \"time\": \"0:17\" is no interval of 2021-12-01, which has 96 of 15 minutes."))
  }

  @Test("cells that hold no number", arguments: [("abc", "\"abc\" is no number"), ("", "the cell is empty"), ("NaN", "\"NaN\" is no number")])
  func noNumber(cell: String, found: String) throws {
    let text = Fixture.spotHeader + Fixture.spotDay("2021/12/1", price: { $0 == 5 ? cell : "1\($0)" })
    #expect(
      try refusal(text) == "p.csv:6, column \"clearing price (CNY/MWh)\": \(found) in interval 01:15 of 2021-12-01; "
        + "a number is needed.")
  }

  @Test("a day that returns after another one is refused")
  func split() throws {
    let text = Fixture.spotHeader + Fixture.spotDay("2021/12/1") + Fixture.spotDay("2021/12/2") + Fixture.spotDay("2021/12/1")
    #expect(
      try refusal(text) == "p.csv:194, column \"day\": 2021-12-01 stands in the file a second time; put the rows of a "
        + "day together and keep each once.")
  }

  @Test("a missing column is named with what was found")
  func missingColumn() throws {
    let text = Fixture.spotHeader.replacingOccurrences(of: "demand", with: "load") + Fixture.spotDay("2021/12/1")
    #expect(
      try refusal(text) == "p.csv: missing column \"demand\"; the header has \"day\", \"time\", \"load\", "
        + "\"clearing price (CNY/MWh)\". Check the format, or rename the column.")
    #expect(try refusal("day;time;demand\n1;2;3\n").contains("separated by semicolons"))
    #expect(try refusal(Fixture.spotHeader) == "p.csv has no rows under a header. Check that it is the file you meant.")
    #expect(throws: ImportProblem.self) { _ = try read("") }
  }

  @Test("a wrong day is left out whole and counted, if asked")
  func leaveOut() throws {
    let reading = try read(
      Fixture.spotHeader + Fixture.spotDay("2021/12/1") + Fixture.spotDay("2021/12/2", load: { $0 == 7 ? "x" : "40000" })
        + Fixture.spotDay("2021/12/3"), badRows: .leaveOutDay)
    #expect(reading.days.map(\.[0].day.description) == ["2021-12-01", "2021-12-03"])
    #expect(reading.summary.skippedDays == [try Fixture.day("2021-12-02")])
    #expect(reading.summary.skippedProblemCount == 1 && reading.summary.skippedProblems.map(\.line) == [104])
  }

  @Test("load in kW or GW and a price per kWh are refused with a guess")
  func units() throws {
    let kilowatts = try refusal(Fixture.spotHeader + Fixture.spotDay("2021/12/1", load: { "\(40_000_000 + $0)" }))
    #expect(kilowatts.contains("outside 100…1,000,000 MW, in which load.forecast is kept. It looks like kW: divide by 1,000."))
    let gigawatts = try refusal(Fixture.spotHeader + Fixture.spotDay("2021/12/1", load: { "40.\($0)" }))
    #expect(gigawatts.contains("It looks like GW: multiply by 1,000."))
    let perKilowattHour = try refusal(Fixture.spotHeader + Fixture.spotDay("2021/12/1", price: { "0.3\($0)" }))
    #expect(perKilowattHour.contains("It looks like CNY/kWh: multiply by 1,000."))
    // A day at the floor of −80 and one at 0 are days as any other.
    _ = try read(Fixture.spotHeader + Fixture.spotDay("2021/12/1", price: { _ in "-80" }))
    _ = try read(Fixture.spotHeader + Fixture.spotDay("2021/12/1", price: { _ in "0" }))
  }

  @Test("a value far outside is kept and reported")
  func farOutside() throws {
    let reading = try read(
      Fixture.spotHeader + Fixture.spotDay("2021/12/1", load: { $0 == 33 ? "9000000" : "40000" }))
    #expect(reading.days[0][0].values[32] == 9_000_000)
    #expect(reading.summary.warnings.count == 1)
    #expect(reading.summary.warnings[0].contains(
      "1 value is more than 50 times the median magnitude of about 40,"))
    #expect(reading.summary.warnings[0].hasSuffix("the largest, 9,000,000, stands in interval 33 of 2021-12-01. Kept as it is."))
  }

  @Test("a market with another interval or currency is told so")
  func otherMarket() throws {
    let url = try fixture.file("p.csv", Fixture.spotHeader + Fixture.spotDay("2021/12/1"))
    let hourly = try Fixture.zone("Asia/Shanghai", .hour)
    let problem = #expect(throws: ImportProblem.self) { _ = try Reading(url, .spot96, zone: hourly) }
    #expect(try #require(problem).description.contains("has intervals of 15 minutes and the market has 60"))
    #expect(throws: ImportProblem.self) { _ = try Reading(url, .spot96, zone: zone, currency: "EUR") }
  }

  @Test("an error of the consumer comes out as it is")
  func consumer() throws {
    struct Stop: Error {}
    let url = try fixture.file("p.csv", Fixture.spotHeader + Fixture.spotDay("2021/12/1"))
    let reader = MarketFileReader(
      table: try SourceTable(.spot96, in: Fixture.sources), zone: zone, currency: "CNY", badRows: .refuseFile)
    #expect(throws: Stop.self) { _ = try reader.readSeries(from: url) { _ in throw Stop() } }
  }

  @Test("the contest's prices: 486 days", .enabled(if: Fixture.sharedData() != nil))
  func contest() throws {
    let shared = try #require(Fixture.sharedData())
    let url = shared.appendingPathComponent("cn_clearing_price_abm/electricity_price.csv.gz")
    let reading = try Reading(url, .spot96, zone: zone)
    #expect(reading.summary.rows == 46_656 && reading.summary.days == 486)
    #expect(reading.summary.firstDay?.description == "2021-12-01" && reading.summary.lastDay?.description == "2023-03-31")
    #expect(reading.days[0][0].values[0] == 40_334.18 && reading.days[485][1].values[95] == 209.61)
    #expect(reading.summary.warnings.isEmpty)
  }
}
