import Foundation
import Testing

extension Acceptance {
  @Suite("Days of 23 and 25 hours") struct ClockChangeTests {
    /// Sixty days of hourly prices and load up to a day, in the market's own hours: 23 or 25 where the clock changes.
    static func history(through last: String, days: Int) throws -> URL {
      var lines = ["day,interval_end,load.forecast [MW],price.day-ahead [EUR/MWh]"]
      let calendar = Calendar(identifier: .gregorian)
      let formatter = DateFormatter()
      formatter.calendar = calendar
      formatter.timeZone = TimeZone(identifier: "Europe/Brussels")
      formatter.dateFormat = "yyyy-MM-dd"
      var zoned = calendar
      zoned.timeZone = try #require(TimeZone(identifier: "Europe/Brussels"))
      let end = try #require(formatter.date(from: last))
      for back in stride(from: days - 1, through: 0, by: -1) {
        let start = try #require(zoned.date(byAdding: .day, value: -back, to: end))
        let next = try #require(zoned.date(byAdding: .day, value: 1, to: start))
        let hours = Int(next.timeIntervalSince(start) / 3_600)
        for hour in 1...hours {
          let price = 280 + 60 * sin(Double(hour) / 24 * 6.28) + Double(back * 7 % 13)
          let label = (hour < 10 ? "0" : "") + "\(hour):00"
          lines.append("\(formatter.string(from: start)),\(label),\(40_000 + 300 * hour + 50 * back),\(price)")
        }
      }
      return try Acceptance.newFile("hours.csv", lines.joined(separator: "\n") + "\n")
    }

    @Test(
      "the days around a change of the clock are prepared and cleared, each with its own hours",
      arguments: [("2017-03-25", 24), ("2017-03-26", 23), ("2017-03-27", 24), ("2017-10-29", 25)])
    func around(day: String, hours: Int) throws {
      let workspace = try Acceptance.newFolder().appending(path: "desk")
      let file = try Self.history(through: day, days: 61)
      _ = try SpotDesk.run(
        "import", file.path, "--format", "series", "--rules", "eu-sdac", workspace: workspace
      ).succeeded()
      _ = try SpotDesk.run(
        "import", try Workspaces.smallRegister().path, "--format", "units", workspace: workspace
      ).succeeded()
      let report = try SpotDesk.run("day", day, "--json", workspace: workspace).succeeded().json()
      let forecast = try #require(report["forecast"] as? [String: Any])
      #expect((forecast["expected"] as? [Any])?.count == hours)
      _ = try SpotDesk.run("forecast", day, workspace: workspace).succeeded()
      let files = try DayFiles(day, in: workspace)
      #expect(try ForecastTests.rows("forecast.csv", files).count == hours)
      #expect(try ForecastTests.rows("scenarios.csv", files).allSatisfy { $0.count == hours + 1 })
      let cleared = try SpotDesk.run("clear", day, "--json", workspace: workspace).succeeded().json()
      let units = try #require(cleared["units"] as? [[String: Any]])
      #expect(units.allSatisfy { ($0["output_MW"] as? [Any])?.count == hours })
    }
  }
}
