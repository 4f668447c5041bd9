import Foundation
import Testing

extension Acceptance {
  @Suite("The price forecast of a day, without units") struct ForecastTests {
    static let names = ["forecast.csv", "forecast.html", "forecast.json", "scenarios.csv"]
    static let day = Workspaces.smallDay

    /// Prices and demand of the small market, no units.
    static func workspace() throws -> URL {
      let folder = try Acceptance.newFolder().appending(path: "desk")
      _ = try SpotDesk.run(
        "import", try SpotFile().written().path, "--format", "spot96", "--rules", "shandong", workspace: folder
      ).succeeded()
      return folder
    }

    static func rows(_ name: String, _ files: DayFiles) throws -> [[Double]] {
      String(decoding: try #require(files.contents[name]), as: UTF8.self).split(separator: "\n").dropFirst()
        .map { $0.split(separator: ",").compactMap { Double($0) } }
    }

    @Test("percentiles never fall, scenarios stand for all by weight, one and two threads give the same bytes")
    func files() throws {
      let workspace = try Self.workspace()
      let run = try SpotDesk.run(
        "forecast", Self.day, "--reduce", "8", "--threads", "1", "--json", workspace: workspace
      ).succeeded()
      let files = try DayFiles(Self.day, in: workspace)
      #expect(files.contents.keys.sorted() == Self.names)
      #expect(run.output == files.contents["forecast.json"])
      let report = try run.json()
      #expect(report["schema"] as? String == "spotdesk.forecast/1")
      let used = try #require(report["provenance"] as? [String: Any])
      #expect((used["data_as_of"] as? String)?.hasPrefix("2023-03-14T01:45:00Z") == true)
      let table = try Self.rows("forecast.csv", files)
      #expect(table.count == 96 && table.allSatisfy { $0.count == 101 })
      #expect(table.map { $0[0] } == (1...96).map(Double.init))
      #expect(table.allSatisfy { row in zip(row[2...], row[3...]).allSatisfy { $0 <= $1 } && row[1] == row[51] })
      let paths = try Self.rows("scenarios.csv", files)
      #expect(paths.count == 8 && paths.allSatisfy { $0.count == 97 })
      #expect(abs(paths.reduce(0) { $0 + $1[0] } - 1) < 1e-5)
      let page = String(decoding: try #require(files.contents["forecast.html"]), as: UTF8.self)
      #expect(page.hasPrefix("<!") && page.contains("</html>"))
      for outside in ["src=\"http", "href=\"http", "@import", "url(http"] { #expect(!page.contains(outside)) }

      let text = try SpotDesk.run("forecast", Self.day, "--reduce", "8", "--threads", "2", workspace: workspace)
        .succeeded().text
      #expect(try DayFiles(Self.day, in: workspace).differences(from: files) == [])
      #expect(text.contains("24:00") && text.contains("P(floor)") && text.contains("held-out MAE"))
    }

    @Test("what is published after the gate changes no byte")
    func noLookAhead() throws {
      let workspace = try Self.workspace()
      let first = try SpotDesk.run("forecast", Self.day, "--json", workspace: workspace).succeeded()
      // 2023-03-14T01:45:00Z, the gate: prices of two days and the demand of one come after it.
      let gate = 1_678_758_300_000_000
      #expect(try Store.set(1_000, where: "available_at_us > \(gate)", in: workspace) == 3)
      let second = try SpotDesk.run("forecast", Self.day, "--json", workspace: workspace).succeeded()
      #expect(first.output == second.output)
    }

    @Test("the models of every forecast are kept once, those of the prepared day among them")
    func models() throws {
      let workspace = try Workspaces.small()
      func kept() throws -> [[String: Any]] {
        let run = try SpotDesk.run("forecast", Self.day, "--models", "--json", workspace: workspace)
        return try #require(try run.succeeded().json()["forecasts"] as? [[String: Any]])
      }
      let refused = try SpotDesk.run("forecast", Self.day, "--models", workspace: workspace)
      expectRefusal(refused, exit: 3, saying: ["No forecast of 2023-03-15", "spotdesk forecast 2023-03-15"])
      _ = try SpotDesk.run("day", Self.day, workspace: workspace).succeeded()
      let one = try kept()
      #expect(one.count == 1)
      _ = try SpotDesk.run("forecast", Self.day, workspace: workspace).succeeded()
      #expect(try kept().count == 1)
      _ = try SpotDesk.run("forecast", Self.day, "--seed", "2", workspace: workspace).succeeded()
      let two = try kept()
      #expect(two.compactMap { $0["seed"] as? Int } == [1, 2])
      #expect((one[0]["data_hash"] as? String)?.count == 64 && one[0]["program"] as? String != nil)
      let models = try #require(one[0]["models"] as? [[String: Any]])
      #expect(abs(models.reduce(0) { $0 + ($1["weight"] as? Double ?? 0) } - 1) < 0.001)
      let fields = ["name", "version", "window_days", "features", "weight", "held_out_mae"]
      #expect(models.allSatisfy { $0.keys.sorted() == fields.sorted() })
    }

    @Test("more kept scenarios than there are is a wrong usage")
    func wrongCount() throws {
      let run = try SpotDesk.run("forecast", "--scenarios", "50", "--reduce", "51")
      #expect(run.status == 64 && run.errors.contains("--reduce is 51"))
    }
  }
}
