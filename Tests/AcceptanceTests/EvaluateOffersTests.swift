import Foundation
import Testing

extension Acceptance {
  @Suite("spotdesk evaluate offers") struct EvaluateOffersTests {
    static let unit = """
      {"name":"coal","capacity_MW":600,"minimum_MW":240,"minimum_up_hours":8,"minimum_down_hours":8,"start_cost":10000,
       "efficiency":0.4,"fuels":[{"column":"Load forecast","per_fuel_MWh":0.0002}]}
      """

    private func offers(_ prices: URL, _ unit: URL, _ more: String...) throws -> ProgramRun {
      try SpotDesk.start(
        [
          "evaluate", "offers", "--data", prices.path, "--unit", unit.path, "--from", "2023-02-15", "--to",
          "2023-02-18", "--rules", "eu-sdac", "--quiet",
        ] + more
      ).finish()
    }

    @Test(
      "every policy stands below perfect foresight; the same bytes at any number of threads and from a file of forecasts"
    )
    func table() throws {
      let prices = try Acceptance.newFile("prices.csv", EvaluateTests.prices())
      let unit = try Acceptance.newFile("unit.json", Self.unit)
      let folder = try Acceptance.newFolder()
      let days = folder.appending(path: "days.csv")
      let run = try offers(prices, unit, "--json", "--threads", "2", "--output", days.path).succeeded()
      let document = try run.json()
      let ceiling = try #require(document["perfect_foresight_profit"] as? Double)
      let rows = try #require(document["rows"] as? [[String: Any]])
      #expect(
        rows.compactMap { $0["policy"] as? String } == [
          "always-on", "cost-plus", "naive", "reference", "point", "optimised", "placebo",
        ])
      for row in rows {
        #expect(try #require(row["profit"] as? Double) <= ceiling + 0.01)
        #expect(row["violated_bids"] as? Int == 0)
      }
      #expect(rows.count { ($0["uplift"] as? [String: Any]) == nil } == 1, "the baseline has no uplift")
      #expect(try String(contentsOf: days, encoding: .utf8).split(separator: "\n").count == 5)
      let one = try offers(prices, unit, "--json", "--threads", "1").succeeded()
      #expect(one.output == run.output)
    }

    @Test("a unit that cannot be is refused in one sentence")
    func refusals() throws {
      let prices = try Acceptance.newFile("prices.csv", EvaluateTests.prices())
      let heavy = try Acceptance.newFile(
        "heavy.json", Self.unit.replacing("\"minimum_MW\":240", with: "\"minimum_MW\":900"))
      let oil = try Acceptance.newFile("oil.json", Self.unit.replacing("Load forecast", with: "Oil"))
      let forecasts = try Acceptance.newFile("none.csv", "model,day,interval,actual,point\n")
      expectRefusal(try offers(prices, heavy), exit: 65, saying: ["heavy.json", "at most the capacity"])
      expectRefusal(
        try offers(prices, heavy.appendingPathExtension("gone")), exit: 66, saying: ["does not exist"])
      let good = try Acceptance.newFile("unit.json", Self.unit)
      expectRefusal(
        try offers(prices, good, "--forecasts", forecasts.path), exit: 65, saying: ["no forecast of 2023-02-15"])
      expectRefusal(
        try offers(prices, oil, "--forecasts", forecasts.path), exit: 65, saying: ["no column \"Oil\""])
    }
  }
}
