import Foundation
import Testing

extension LongAcceptance {
  @Suite("Offers that move the price, bids of wind, commitments and market days as they are run")
  struct MarketEvaluationTests {
    private func evaluate(_ arguments: [String]) throws -> ProgramRun {
      try SpotDesk.start(["evaluate"] + arguments + ["--quiet"]).finish()
    }

    @Test("a learned offer: the same with its seed on any threads, with its curve, page and policy")
    func learnedOffer() throws {
      let folder = try Acceptance.newFolder()
      let files = ["curve.csv", "page.html", "policy.json"].map { folder.appending(path: $0) }
      func run(_ threads: String) throws -> ProgramRun {
        try evaluate([
          "learned-offer", "--train-from", "2025-01-01", "--train-days", "10", "--from", "2025-02-01", "--days", "3",
          "--epochs", "5", "--threads", threads, "--json", "--curve", files[0].path, "--page", files[1].path,
          "--policy", files[2].path,
        ]).succeeded()
      }
      let first = try run("1")
      let contents = try files.map { try Data(contentsOf: $0) }
      let report = try first.json()
      #expect(report["simulated"] as? Bool == true)
      let rows = try #require(report["rows"] as? [[String: Any]])
      #expect(rows.compactMap { $0["policy"] as? String } == ["price-taker", "price-maker", "learned"])
      // Three days have no interval; the sum itself twice would look like certainty.
      #expect(rows.allSatisfy { $0["low"] == nil && $0["high"] == nil && $0["violated_bids"] as? Int == 0 })
      let course = try #require(report["course"] as? [Any])
      #expect(String(decoding: contents[0], as: UTF8.self).split(separator: "\n").count == course.count + 1)
      let page = String(decoding: contents[1], as: UTF8.self)
      #expect(page.contains("SIMULATED") && page.contains("–"))
      #expect(try JSONSerialization.jsonObject(with: contents[2]) is [String: Any])
      #expect(try run("2").output == first.output)
      #expect(try files.map { try Data(contentsOf: $0) } == contents)
      let early = try evaluate([
        "learned-offer", "--train-from", "2025-01-01", "--train-days", "10", "--from", "2025-01-05",
      ])
      #expect(early.status == 65 && early.errors.contains("before the first unseen day, 2025-01-05"))
    }

    @Test("market power: a price maker takes no less than a price taker, the province is cleared again as it was")
    func marketPower() throws {
      func run(_ more: [String]) throws -> ProgramRun {
        try evaluate(
          ["market-power", "--from", "2025-03-01", "--days", "2", "--cover", "50,90", "--rounds", "4"] + more
        ).succeeded()
      }
      let document = try run(["--json", "--threads", "1"])
      let report = try document.json()
      #expect(try #require(report["reproduction_error_per_MWh"] as? Double) < 0.01)
      let rows = try #require(report["rows"] as? [[String: Any]])
      #expect(rows.count == 12)
      for cover in [0.5, 0.9] {
        func profit(_ policy: String) -> Double {
          rows.first { $0["policy"] as? String == policy && $0["cover"] as? Double == cover }?["profit"] as? Double
            ?? .nan
        }
        #expect(profit("price-maker") >= profit("price-taker") - 0.01)
        #expect(profit("price-maker-unlimited") >= profit("price-maker") - 0.01)
        #expect(profit("price-maker-informed") >= profit("price-maker-unlimited") - 0.01)
      }
      #expect(try run(["--json", "--threads", "2"]).output == document.output)
      let text = try run([]).text
      #expect(text.contains("simulated") && text.contains("–") && text.contains("regret"))
    }

    /// Days of 48 half hours: wind, an imbalance price against the day-ahead one, and forecasts of both.
    private func windFile(days: Int, phase: Double) throws -> URL {
      var text = "halfhour_index,power_true,power_pred,pd_true,pd_pred,Revenue_middle,OptimalRevenue\n"
      for index in 0..<(48 * days) {
        let (day, part) = (index / 48, index % 48)
        let output = 200 + 80 * SpotFile.wave(day, 2 * part, phase: phase)
        let forecast = 200 + 70 * SpotFile.wave(day, 2 * part, phase: phase + 3)
        let spread = 20 * SpotFile.wave(day + 1, 2 * part, phase: phase + 40)
        let spreadForecast = 0.5 * spread + 4 * SpotFile.wave(day, 2 * part, phase: phase + 9)
        // Revenue beyond the day-ahead price: (output − bid) · spread − 0.07 (output − bid)²; best at spread / 0.14.
        let best = 0.5 * 0.5 * spread * spread / 0.07
        let own = (output - forecast) / 2
        let middle = own * spread - 0.07 * own * own
        let row = [output, forecast, spread, spreadForecast, middle, best]
        text += "\(index)," + row.map { String(format: "%.4f", $0) }.joined(separator: ",") + "\n"
      }
      return try Acceptance.newFile("wind.csv", text)
    }

    @Test("bids of wind: below perfect foresight, the same twice; a column that lacks is named")
    func windOffers() throws {
      let (data, history) = (try windFile(days: 40, phase: 5), try windFile(days: 60, phase: 31))
      let arguments = ["wind-offers", "--data", data.path, "--history", history.path]
      let run = try SpotDesk.start(["evaluate"] + arguments + ["--json"]).finish().succeeded()
      let report = try run.json()
      #expect(report["days"] as? Int == 40 && report["history_days"] as? Int == 60)
      let rows = try #require(report["rows"] as? [[String: Any]])
      #expect(rows.count >= 4)
      #expect(try SpotDesk.start(["evaluate"] + arguments + ["--json"]).finish().output == run.output)
      let text = try SpotDesk.start(["evaluate"] + arguments).finish().succeeded().text
      #expect(text.contains("95 % interval"))
      let bare = try Acceptance.newFile("bare.csv", "power_true,power_pred\n1,2\n")
      let refused = try SpotDesk.start(["evaluate", "wind-offers", "--data", bare.path]).finish()
      #expect(refused.status == 65 && refused.errors.contains("there is no column pd_true, OptimalRevenue"))
      let word = try String(contentsOf: data, encoding: .utf8).replacing("\n7,", with: "\n7,x")
      let wrong = try SpotDesk.start(
        ["evaluate", "wind-offers", "--data", try Acceptance.newFile("word.csv", word).path]
      ).finish()
      #expect(wrong.status == 65 && wrong.errors.contains("line 9, power_true"))
    }

    /// A of 100 MW at 10 always runs; B of 10 to 50 MW at 20 with a start of 100 is needed in the second hour.
    private static let instance = """
      {"time_periods": 3, "demand": [50, 120, 60], "reserves": [0, 0, 0], "renewable_generators": {},
       "thermal_generators": {
        "A": {"must_run": 1, "power_output_minimum": 0, "power_output_maximum": 100, "ramp_up_limit": 100,
              "ramp_down_limit": 100, "ramp_startup_limit": 100, "ramp_shutdown_limit": 100, "time_up_minimum": 1,
              "time_down_minimum": 1, "power_output_t0": 50, "unit_on_t0": 1, "time_up_t0": 5, "time_down_t0": 0,
              "startup": [{"lag": 1, "cost": 0}], "piecewise_production": [{"mw": 0, "cost": 0}, {"mw": 100, "cost": 1000}]},
        "B": {"must_run": 0, "power_output_minimum": 10, "power_output_maximum": 50, "ramp_up_limit": 50,
              "ramp_down_limit": 50, "ramp_startup_limit": 50, "ramp_shutdown_limit": 50, "time_up_minimum": 1,
              "time_down_minimum": 1, "power_output_t0": 0, "unit_on_t0": 0, "time_up_t0": 0, "time_down_t0": 5,
              "startup": [{"lag": 1, "cost": 100}], "piecewise_production": [{"mw": 10, "cost": 200}, {"mw": 50, "cost": 1000}]}
       }}
      """

    @Test("a commitment by hand: 500 + 1,000 + 400 + 100 + 600, beside a published bound, as a page and a schedule")
    func commitment() throws {
      let folder = try Acceptance.newFolder()
      let file = folder.appending(path: "tiny.json")
      try Data(Self.instance.utf8).write(to: file)
      let bounds = folder.appending(path: "bounds.csv")
      try Data("Group,Instance,Primal bound,Dual bound\nlib/\(folder.lastPathComponent),tiny,2600,2599\n".utf8).write(
        to: bounds)
      let (schedule, page) = (folder.appending(path: "schedule.csv"), folder.appending(path: "page.html"))
      let run = try evaluate([
        "commitment", "--instance", file.path, "--gap", "0", "--json", "--output", schedule.path, "--page", page.path,
        "--published", bounds.path,
      ]).succeeded()
      let solved = try run.json()
      #expect(abs((solved["objective"] as? Double ?? .nan) - 2_600) < 1e-6)
      #expect(solved["audit"] as? String == "passed" && solved["published_dual"] as? Double == 2_599)
      let rows = try String(contentsOf: schedule, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("B") }
      #expect(rows == ["B,1,0,0.0", "B,2,1,20.0", "B,3,0,0.0"])
      #expect(try String(contentsOf: page, encoding: .utf8).contains("tiny"))
      let fast = try evaluate(["commitment", "--instance", file.path, "--fast"]).succeeded().text
      #expect(fast.contains("2600.00") && fast.contains("passed") && fast.contains("steps done"))
      let damaged = try Acceptance.newFile("damaged.json", Self.instance.replacing("\"mw\": 100", with: "\"mw\": 90"))
      let refused = try evaluate(["commitment", "--instance", damaged.path])
      #expect(refused.status == 65 && refused.errors.contains("piecewise_production"))
      let unreadable = try evaluate([
        "commitment", "--instance", file.path, "--published", try Acceptance.newFile("b.csv", "Group\n").path,
      ])
      #expect(unreadable.status == 65 && unreadable.errors.contains("lacks one of the columns"))
    }

    @Test(
      "a day of a market in both markets: every dispatch audited, the same on any threads",
      .enabled(if: Acceptance.sharedData != nil, "skipped: no shared data"))
    func market() throws {
      let data = try #require(Acceptance.sharedData).appending(path: "rts_gmlc")
      let folder = try Acceptance.newFolder()
      let files = ["prices.csv", "schedule.csv"].map { folder.appending(path: $0) }
      func costs(_ threads: String) throws -> [Double] {
        let report = try evaluate([
          "market", "--data", data.path, "--from", "2020-07-06", "--days", "1", "--real-time", "--no-network",
          "--look-ahead", "0", "--gap", "0.01", "--threads", threads, "--json", "--output", files[0].path,
          "--schedule", files[1].path, "--page", folder.appending(path: "page.html").path,
        ]).succeeded().json()
        let total = try #require(report["total"] as? [String: Any])
        #expect(total["audit"] as? String == "passed")
        return ["day_ahead_cost", "real_time_cost"].compactMap { total[$0] as? Double }
      }
      let first = try costs("1")
      #expect(first.count == 2 && first.allSatisfy { $0 > 1_000_000 })
      let contents = try files.map { try Data(contentsOf: $0) }
      #expect(contents.allSatisfy { $0.count > 1_000 })
      #expect(try String(contentsOf: folder.appending(path: "page.html"), encoding: .utf8).contains("2020-07-06"))
      #expect(try costs("2") == first)
      #expect(try files.map { try Data(contentsOf: $0) } == contents)
    }
  }
}
