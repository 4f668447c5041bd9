import Foundation
import MarketModel
import Testing

@testable import MarketData

@Suite("Files to evaluate on") struct EvaluationFileTests {
  private let fixture: Fixture
  private let formats: [EvaluationFormat]

  init() throws {
    fixture = try Fixture()
    formats = try EvaluationFormat.read(from: Fixture.sources.appendingPathComponent("evaluation.csv"))
  }

  private func read(_ text: String, format: String? = nil) throws -> EvaluationFile {
    try EvaluationFile.read(fixture.file("data.csv", text), formats: formats, format: format)
  }

  /// Hours with start times, the price being the row's number in the file.
  private func hours(_ day: String, _ labels: [Int]) -> String {
    labels.enumerated().map { "\(day) \($1 < 10 ? "0" : "")\($1):00:00,\($0),5\n" }.joined()
  }

  private func refusal(_ text: String, format: String? = nil) throws -> String {
    let error = #expect(throws: ImportProblem.self) { try read(text, format: format) }
    return try #require(error).description
  }

  @Test("the header tells the format; blanks around names do not matter")
  func detection() throws {
    let day = hours("2016-03-01", Array(0..<24))
    let headers = [
      "Date, Price, Grid load forecast\n": "epf", ",Price,Ampirion Load Forecast\n": "epf",
    ]
    for (header, name) in headers { #expect(try read(header + day).format.name == name) }
    let spot = try read("day,time,demand,clearing price (CNY/MWh)\n2021/12/1,0:15,40334.18,350.8\n2021/12/1,0:30,1,2\n")
    #expect(spot.format.name == "spot96" && spot.length == .quarterHour)
    let wind = try read(
      "ZONEID,TIMESTAMP,TARGETVAR,U10,V10,U100,V100\n1,20120101 1:00,0,1,2,3,4\n1,20120101 2:00,NA,1,2,3,4\n")
    #expect(
      wind.format.name == "gefcom-wind"
        && wind.tables[0].columns.map(\.name) == ["power", "u10", "v10", "u100", "v100"])
    #expect(wind.notes.contains { $0.hasPrefix("power: 1 of 2 values are missing") })
    let own = try read(
      "day,interval_end,wind.actual@coast [MW],wind-speed.forecast@coast [m/s]\n2021-12-01,01:00,3,4\n")
    #expect(own.format.name == "series" && own.tables[0].columns[0].quantity == .wind)
    #expect(own.tables[0].columns[0].location == "coast" && own.tables[0].columns[1].known == .beforeAuction)
    #expect(try refusal("a,b\n1,2\n").contains("belongs to none of the formats"))
  }

  @Test("a wrong format says which columns are missing")
  func wrongFormat() throws {
    let sentence = try refusal("Date,Price,Load\n2016-03-01 00:00:00,1,2\n", format: "gefcom-load")
    #expect(sentence.contains("needs column \"timestamp_local_he\", \"load_mw\", \"w*\", which is missing"))
    #expect(try refusal("Date,Price\n2016-03-01,1\n", format: "xml").contains("there is no format \"xml\""))
  }

  @Test("hour ending: 01:00 is the first hour, 00:00 the last of the day before")
  func hourEnding() throws {
    var text = "timestamp_local_he,load_mw,w1\n"
    for hour in 1...23 { text += "2010-05-01 \(hour < 10 ? "0" : "")\(hour):00:00,\(hour),60\n" }
    text += "2010-05-02 00:00:00,24,61\n2010-05-02 01:00:00,,62\n"
    let table = try read(text).tables[0]
    #expect(table.firstDay.description == "2010-05-01" && table.dayCount == 2)
    #expect(table.values(of: table.columns[0], on: table.firstDay) == (1...24).map(Double.init))
    #expect(table.values(of: table.columns[1], on: table.lastDay)[0] == 62)
    #expect(table.values(of: table.columns[0], on: table.lastDay).allSatisfy { $0.isNaN })
    #expect(table.values(of: table.columns[0], on: table.lastDay.advanced(by: 1)).allSatisfy { $0.isNaN })
  }

  @Test("the end labels 0:15 and 24:00:00 are the first and the last quarter-hour")
  func endLabels() throws {
    var text = "day,time,demand,clearing price (CNY/MWh)\n"
    for number in 1...96 {
      let label = number == 96 ? "24:00:00" : "\(number / 4):\(["00", "15", "30", "45"][number % 4])"
      text += "2021/12/1,\(label),\(number),\(1_000 - number)\n"
    }
    let table = try read(text).tables[0]
    #expect(table.columns[0].values == (1...96).map(Double.init) && table.columns[1].quantity == .dayAheadPrice)
  }

  @Test("days of 23 and 25 hours are fitted to 24 and said")
  func clockChanges() throws {
    // 2016-03-27 and 2016-10-30 are Sundays.
    let spring = try read("Date,Price,x\n" + hours("2016-03-27", [0, 1] + Array(3..<24)))
    #expect(spring.tables[0].columns[0].values == [0, 1, 1, 2] + (3...22).map(Double.init))
    #expect(spring.notes == ["days of 23 or 25 hours were fitted to 24: 2016-03-27"])
    let autumn = try read("Date,Price,x\n" + hours("2016-10-30", [0, 1, 2, 2] + Array(3..<24)))
    #expect(autumn.tables[0].columns[0].values == [0, 1, 3, 4] + (5...24).map(Double.init))
    #expect(autumn.notes == ["days of 23 or 25 hours were fitted to 24: 2016-10-30"])
    // On a Wednesday the hour is a gap.
    let gap = try read("Date,Price,x\n" + hours("2016-03-30", [0, 1] + Array(3..<24)))
    #expect(gap.tables[0].columns[0].values[2].isNaN && gap.notes == ["days with missing rows: 2016-03-30"])
  }

  @Test("a missing day stays in the calendar; a doubled row counts once")
  func gaps() throws {
    let all = Array(0..<24)
    let text = "Date,Price,x\n" + hours("2016-03-01", all) + hours("2016-03-03", [0] + all)
    let file = try read(text)
    let table = file.tables[0]
    #expect(table.dayCount == 3 && table.columns[0].values.count == 72)
    #expect(table.columns[0].values[24..<48].allSatisfy { $0.isNaN } && table.columns[0].values[49] == 2)
    #expect(
      file.notes == [
        "days that are not in the file count as not known: 2016-03-02",
        "1 rows stand a second time and were left out, the first in line 27",
      ])
  }

  @Test("text in a number, a broken time and a short row are refused with their line")
  func refusals() throws {
    let text = try refusal("Date,Price,x\n2016-03-01 00:00:00,abc,5\n2016-03-01 01:00:00,1,5\n")
    #expect(text.contains("data.csv:2, column \"Price\": \"abc\" is no number"))
    #expect(try refusal("Date,Price,x\nyesterday,1,5\n").contains(":2, column \"Date\": \"yesterday\" is no time"))
    #expect(try refusal("Date,Price,x\n2016-03-01 00:00:00,1\n").contains("2 fields where the header has 3"))
    let odd = hours("2016-03-01", [0, 1, 2, 3]) + "2016-03-01 04:10:00,1,1\n"
    #expect(try refusal("Date,Price,x\n" + odd).contains(":6: the time is no interval of 2016-03-01"))
    #expect(try refusal("Date,Price,Price 2\n2016-03-01,1,1\n").contains("both hold price.day-ahead"))
    #expect(try refusal("Date,Price\n").contains("no rows"))
  }

  @Test("sites are told apart, each with its own calendar")
  func sites() throws {
    let text = """
      sheet,Date,Hour,DA_LMP,RT_LMP,DEMAND,DryBulb,RegCP
      A,2017-01-01,1,30,31,100,40,1
      B,2017-01-02,24,50,51,200,41,
      """
    let file = try read(text)
    #expect(file.format.name == "smd" && file.tables.map(\.site) == ["A", "B"] && file.length == .hour)
    #expect(file.tables[1].firstDay.description == "2017-01-02" && file.tables[1].columns[1].values[23] == 51)
    #expect(file.tables[0].columns(of: .temperature).map(\.known) == [.afterwards])
    #expect(file.tables[0].columns.map(\.name) == ["day-ahead price", "real-time price", "demand", "dry bulb"])
  }

  @Test("the shared files are read whole", .enabled(if: Fixture.sharedData() != nil))
  func shared() throws {
    let data = try #require(Fixture.sharedData())
    let expected: [(path: String, format: String, days: Int, sites: Int)] = [
      ("epf_benchmark/NP.csv.gz", "epf", 2_184, 1), ("epf_de_2015_2020/DE.csv.gz", "epf", 1_826, 1),
      ("cn_clearing_price_abm/electricity_price.csv.gz", "spot96", 486, 1),
      ("gefcom2014_load/gefcom2014_load.csv.gz", "gefcom-load", 3_652, 1),
      ("gefcom2014_wind_zone1/Task15_W_Zone1.csv.gz", "gefcom-wind", 639, 1),
      ("gefcom2014_solar/gefcom2014_solar_tidy.csv.gz", "gefcom-solar", 640, 3),
      ("isone_smd_2017/2017_smd_hourly_allzones.csv.gz", "smd", 120, 9),
    ]
    for (path, format, days, sites) in expected {
      let url = data.appendingPathComponent(path)
      guard FileManager.default.fileExists(atPath: url.path) else { continue }
      let file = try EvaluationFile.read(url, formats: formats, format: nil)
      #expect(file.format.name == format && file.tables.count == sites && file.tables[0].dayCount == days)
    }
  }
}
