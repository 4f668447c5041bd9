import Foundation
import Testing

extension LongAcceptance {
  @Suite("Storages, virtual power plants and kept paths as they are run") struct AssetEvaluationTests {
    private func evaluate(_ arguments: String...) throws -> ProgramRun {
      try SpotDesk.start(["evaluate"] + arguments + ["--quiet"]).finish()
    }

    @Test("a year's storage report: perfect foresight is the ceiling, the shares are of it, the same on any threads")
    func storage() throws {
      let file = try Acceptance.newFile("prices.csv", Acceptance.EvaluateTests.prices())
      let arguments = [
        "evaluate", "storage", "--data", file.path, "--from", "2023-02-20", "--to", "2023-02-22", "--hours", "1,2",
        "--round-trip", "0.85,0.9", "--wear", "2", "--cycles", "1", "--json", "--quiet",
      ]
      let run = try SpotDesk.start(arguments + ["--threads", "1"]).finish().succeeded()
      let storages = try #require(try run.json()["storages"] as? [[String: Any]])
      #expect(storages.count == 4)
      for storage in storages {
        let ceiling = try #require(storage["perfect_foresight_profit"] as? Double)
        let rows = try #require(storage["rows"] as? [[String: Any]])
        #expect(rows.compactMap { $0["policy"] as? String } == ["persistence", "self-schedule", "price-based"])
        for row in rows {
          let profit = try #require(row["profit"] as? Double)
          let share = try #require(row["share_of_perfect_foresight"] as? Double)
          #expect(profit <= ceiling + 0.01 && abs(share - 100 * profit / ceiling) < 0.01)
          #expect(try #require(row["cycles_per_day"] as? Double) <= 1.0001)
        }
      }
      #expect(try SpotDesk.start(arguments + ["--threads", "2"]).finish().output == run.output)
      let text = try evaluate(
        "storage", "--data", file.path, "--from", "2023-02-20", "--to", "2023-02-21", "--hours", "1"
      ).succeeded().text
      #expect(text.contains("self-schedule") && text.contains("perfect foresight"))
    }

    @Test("forecasts that were kept give the same report as forecasts made now; other days are refused")
    func keptForecasts() throws {
      let file = try Acceptance.newFile("prices.csv", Acceptance.EvaluateTests.prices())
      let kept = try Acceptance.newFolder().appending(path: "forecasts.csv")
      _ = try evaluate(
        "prices", "--data", file.path, "--test-from", "2023-02-20", "--test-to", "2023-02-21", "--output", kept.path
      ).succeeded()
      let days = [
        "--data", file.path, "--from", "2023-02-20", "--to", "2023-02-21", "--hours", "1", "--json", "--quiet",
      ]
      let read = try SpotDesk.start(["evaluate", "storage"] + days + ["--forecasts", kept.path]).finish().succeeded()
      #expect(try #require(try read.json()["storages"] as? [[String: Any]]).count == 1)
      let more = try evaluate(
        "storage", "--data", file.path, "--from", "2023-02-20", "--to", "2023-02-25", "--forecasts", kept.path)
      #expect(more.status != 0 && more.errors.contains("2023-02-22"))
      let wrong = try evaluate(
        "storage", "--data", file.path, "--from", "2023-02-20", "--to", "2023-02-21", "--round-trip", "1.2")
      #expect(wrong.status == 64 && wrong.errors.contains("--round-trip is 1.2; give shares from 0.04 to 1"))
    }

    @Test("a virtual power plant: above its bound, paid to the cent, schedules kept, the same on any threads")
    func virtualPowerPlant() throws {
      func run(_ threads: String) throws -> [String: Any] {
        var document = try evaluate(
          "virtual-power-plant", "--resources", "300", "--members", "30", "--intervals", "24", "--silent", "5",
          "--json",
          "--threads", threads
        ).succeeded().json()
        document["seconds"] = nil
        return document
      }
      let document = try run("1")
      let dispatch = try #require(document["dispatch"] as? [String: Any])
      let (cost, bound) = (dispatch["cost"] as? Double ?? .nan, dispatch["cost_bound"] as? Double ?? .nan)
      #expect(cost >= bound - 0.01 && cost - bound < 0.01 * abs(bound))
      #expect(dispatch["largest_deviation_MW"] as? Double ?? .nan < 1e-6)
      let settlement = try #require(document["settlement"] as? [String: Any])
      let money = ["market_payment_cents", "fee_cents", "members_cents", "difference_cents"].map {
        settlement[$0] as? Int ?? .min
      }
      #expect(money[0] == money[1] + money[2] && money[3] == 0)
      #expect((settlement["statements"] as? [Any])?.count == 30)
      #expect(((document["silence"] as? [String: Any])?["resources"] as? [Any])?.count == 5)
      #expect(try NSDictionary(dictionary: run("2")) == NSDictionary(dictionary: document))
      let text = try evaluate("virtual-power-plant", "--resources", "200", "--members", "20", "--intervals", "24")
        .succeeded().text
      #expect(text.contains("made up") && text.contains("settle"))
      let none = try evaluate("virtual-power-plant", "--resources", "0")
      #expect(none.status == 64 && none.errors.contains("--resources is 0; use 1 to 200000."))
    }

    @Test(
      "positions of replayed days from kept forecasts: known money of every class, the same twice, errors of 62 days")
    func keptPaths() throws {
      let workspace = try Workspaces.copy(of: try Prepared.past().workspace)
      _ = try SpotDesk.run("replay", "2026-03-30..2026-03-31", "--again", "--quiet", workspace: workspace).succeeded()
      let arguments = ["position", "2026-03-30..2026-03-31", "--json", "--workspace", workspace.path]
      let run = try SpotDesk.run(arguments + ["--threads", "1"]).succeeded()
      let report = try run.json()
      #expect(report["paths"] as? String == "kept" && report["days"] as? Int == 2)
      let classes = try #require(report["classes"] as? [[String: Any]])
      #expect(classes.compactMap { $0["name"] as? String }.contains("station") && classes.count == 6)
      #expect(classes.allSatisfy { $0["realised_profit"] is Double })
      #expect((report["violations"] as? [Any])?.isEmpty == true)
      #expect(try SpotDesk.run(arguments + ["--threads", "2"]).output == run.output)
      let none = try SpotDesk.run(["position", "2026-03-28..2026-03-29", "--workspace", workspace.path])
      #expect(none.status == 3)
    }
  }
}
