import Foundation
import Testing

extension Acceptance {
  @Suite("Real prices: a day of a real market", .enabled(if: sharedData != nil, "skipped: no shared data"))
  struct RealDataTests {
    @Test("24 units bid on 2023-03-15 without a violation, are cleared and reviewed")
    func realDay() throws {
      let data = try #require(Acceptance.sharedData).appending(path: "cn_clearing_price_abm")
      let workspace = try Acceptance.newFolder().appending(path: "desk")
      let prices = data.appending(path: "electricity_price.csv.gz")
      let imported = try SpotDesk.run(
        "import", prices.path, "--format", "spot96", "--rules", "shandong", workspace: workspace
      ).succeeded()
      #expect(imported.text.contains("46656 rows, 2021-12-01 to 2023-03-31, 972 series-days"))
      let units = try Acceptance.newFolder().appending(path: "units.csv")
      let built = try SpotDesk.run("portfolio", data.appending(path: "unit.csv").path, "--output", units.path)
        .succeeded()
      #expect(built.text.contains("24 units of 8 plants") && built.text.contains("typical values of the class"))

      let run = try SpotDesk.run("day", "2023-03-15", "--portfolio", units.path, "--json", workspace: workspace)
      let day = try run.succeeded().json()
      #expect(day["simulated"] as? Bool == false)
      #expect((day["units"] as? [Any])?.count == 24)
      let compliance = try #require(day["compliance"] as? [String: Any])
      #expect(compliance["bids"] as? Int == 24 && compliance["violated"] as? Int == 0)
      let used = try #require(day["provenance"] as? [String: Any])
      // The gate of the day before in Shanghai, and no price that appeared after it.
      #expect((used["data_as_of"] as? String)?.hasPrefix("2023-03-14T01:45:00Z") == true)
      for series in try #require(used["series"] as? [[String: Any]])
      where series["series"] as? String == "price.day-ahead" {
        #expect(series["last_day"] as? String == "2023-03-14")
      }

      let cleared = try SpotDesk.run("clear", "2023-03-15", "--json", workspace: workspace).succeeded().json()
      #expect((cleared["units"] as? [Any])?.count == 24 && cleared["simulated"] as? Bool == false)
      let review = try SpotDesk.run("review", "2023-03-15", "--json", workspace: workspace).succeeded().json()
      let rows = try #require(review["units"] as? [[String: Any]])
      #expect(rows.count == 24)
      for row in rows {
        func profit(_ offer: String) throws -> Double {
          try #require((row[offer] as? [String: Any])?["profit"] as? Double)
        }
        let perfect = try profit("perfect_foresight")
        // Money is rounded to hundredths.
        #expect(try perfect >= profit("optimised") - 0.01 && perfect >= profit("standard") - 0.01)
      }
      #expect(try SpotDesk.run("check", bids(workspace).path, workspace: workspace).status == 0)
    }

    private func bids(_ workspace: URL) -> URL { workspace.appending(path: "days/2023-03-15/bids.csv") }
  }
}
