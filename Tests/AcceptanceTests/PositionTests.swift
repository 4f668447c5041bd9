import Foundation
import Testing

extension Acceptance {
  @Suite("One position of units and all other assets") struct PositionTests {
    /// A prepared past day of the demonstration with forty joint paths written by hand, so that nothing is forecast.
    static let workspace = Result { () throws -> URL in
      let workspace = try Workspaces.copy(of: try Prepared.past().workspace)
      let header = (["path", "target", "weight"] + (1...96).map(String.init)).joined(separator: ",")
      var lines = [header]
      for path in 1...40 {
        let level = Double(path % 9) - 4
        for (target, base, swing) in [("day-ahead-price", 330.0, 25.0), ("load", 60_000, 900), ("wind", 9_000, 900)] {
          let values = (1...96).map { interval -> String in
            let wave = sin((Double(interval) - 60) / 96 * 2 * .pi)
            return String(base * (1 + 0.3 * wave) + swing * (target == "wind" ? -level : level))
          }
          lines.append("\(path),\(target),0.025," + values.joined(separator: ","))
        }
      }
      let file = workspace.appending(path: "days/\(Prepared.pastDay)/scenarios.csv")
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
      return workspace
    }

    private func assets(_ name: String = "", _ text: String = "") throws -> URL {
      let folder = try Acceptance.newFolder().appending(path: "assets")
      try FileManager.default.copyItem(at: Acceptance.root.appending(path: "data/demonstration/assets"), to: folder)
      if !name.isEmpty { try Data(text.utf8).write(to: folder.appending(path: name)) }
      return folder
    }

    @Test(
      "a document of parts that add up, a hedge that lifts the worst paths, bids without violations, the same on any threads"
    )
    func document() throws {
      let workspace = try Self.workspace.get()
      let run = try SpotDesk.run("position", Prepared.pastDay, "--json", "--threads", "1", workspace: workspace)
        .succeeded()
      let report = try #require(try JSONSerialization.jsonObject(with: run.output) as? [String: Any])
      let parts = try #require(report["parts"] as? [[String: Any]])
      let names = parts.compactMap { $0["name"] as? String }
      for name in [
        "thermal", "contracts", "storage ES-1", "storage ES-2", "station LW-1", "virtual power plant", "retail",
      ] {
        #expect(names.contains(name), "\(name)")
      }
      let total = try #require(report["total"] as? [String: Any])
      let sum = parts.reduce(0) { $0 + ($1["expected_profit"] as? Double ?? .nan) }
      #expect(abs(sum - (total["expected_profit"] as? Double ?? 0)) < 1)
      let hedge = try #require(report["hedge"] as? [String: Any])
      let before = try #require(hedge["conditional_value_at_risk_5_before"] as? Double)
      let after = try #require(hedge["conditional_value_at_risk_5_after"] as? Double)
      #expect(after >= before)
      let checked = try #require(report["compliance"] as? [[String: Any]])
      #expect(checked.count == 3 && checked.allSatisfy { ($0["violations"] as? [String])?.isEmpty == true })
      let notes = try #require(report["notes"] as? [String])
      #expect(notes.contains { $0.contains("PS-1: the scenarios hold no solar") })
      let again = try SpotDesk.run("position", Prepared.pastDay, "--json", "--threads", "2", workspace: workspace)
      #expect(again.output == run.output)
      let day = workspace.appending(path: "days/\(Prepared.pastDay)")
      let page = try String(contentsOf: day.appending(path: "position.html"), encoding: .utf8)
      #expect(page.contains("<svg") && !page.contains("http://") || page.contains("www.w3.org"))
      let bids = try String(contentsOf: day.appending(path: "asset-bids.csv"), encoding: .utf8)
      #expect(bids.split(separator: "\n").filter { $0.hasPrefix("ES-1,") }.count == 10)
      let steps = try String(contentsOf: day.appending(path: "plant-offers.csv"), encoding: .utf8)
      #expect(steps.split(separator: "\n").count > 96)
      let procurement = try #require(report["procurement"] as? [String: Any])
      #expect((procurement["blocks"] as? [[String: Any]])?.count == 5)
      #expect(notes.contains { $0.contains("states no capacity payment of storages") })
    }

    @Test("many days make one report: classes add up, each way of buying has a margin, the page is written")
    func range() throws {
      let workspace = try Self.workspace.get()
      let page = try Acceptance.newFolder().appending(path: "year.html")
      let range = "\(Prepared.pastDay)..2026-04-03"
      let arguments = [
        "position", range, "--every", "30", "--paths", "joint", "--json", "--html", page.path, "--workspace",
        workspace.path,
      ]
      let run = try SpotDesk.run(arguments + ["--threads", "1"]).succeeded()
      let report = try #require(try JSONSerialization.jsonObject(with: run.output) as? [String: Any])
      #expect(report["days"] as? Int == 1 && report["every"] as? Int == 30)
      let classes = try #require(report["classes"] as? [[String: Any]])
      let total = try #require(report["total"] as? [String: Any])
      for figure in ["expected_profit", "realised_profit", "day_ahead_m_wh"] {
        guard let whole = total[figure] as? Double else { continue }
        let sum = classes.reduce(0) { $0 + ($1[figure] as? Double ?? .nan) }
        #expect(abs(sum - whole) < 1, "\(figure)")
      }
      #expect(total["realised_profit"] as? Double != nil)
      let ways = try #require(report["procurement"] as? [[String: Any]])
      #expect(ways.map { $0["way"] as? String } == ["all in real time", "as expected day-ahead", "advised"])
      #expect(try String(contentsOf: page, encoding: .utf8).contains("Position of 1 days"))
      let again = try SpotDesk.run(arguments + ["--threads", "2"])
      #expect(again.output == run.output)
    }

    @Test(
      "where the wind that came is not known, no path stands in for it: the station and the whole have no realised figures"
    )
    func unknownWind() throws {
      let workspace = try Workspaces.copy(of: try Self.workspace.get())
      try Store.execute(
        ["DELETE FROM observations WHERE series IN (SELECT id FROM series WHERE key = 'wind.actual')"],
        in: workspace)
      let run = try SpotDesk.run([
        "position", "\(Prepared.pastDay)..2026-04-03", "--every", "30", "--paths", "joint", "--json", "--html",
        try Acceptance.newFolder().appending(path: "page.html").path, "--workspace", workspace.path,
      ]).succeeded()
      let report = try #require(try JSONSerialization.jsonObject(with: run.output) as? [String: Any])
      let classes = try #require(report["classes"] as? [[String: Any]])
      func realised(_ name: String) -> Double? {
        classes.first { $0["name"] as? String == name }?["realised_profit"] as? Double
      }
      #expect(realised("station") == nil && realised("thermal") != nil && realised("retail") != nil)
      #expect((report["total"] as? [String: Any])?["realised_profit"] as? Double == nil)
      let notes = try #require(report["notes"] as? [String])
      #expect(notes.contains { $0.contains("station LW-1: the wind that came is not known") }, "\(notes)")
    }

    @Test("an impossible state of charge is left out and said")
    func impossibleCharge() throws {
      let text = """
        storage,charge_MW,discharge_MW,usable_MWh,charge_efficiency,discharge_efficiency,wear_per_MWh,cycles_per_day,state_of_charge
        ES-9,100,100,200,0.95,0.95,25,1.5,1.4

        """
      let run = try SpotDesk.run(
        "position", Prepared.pastDay, "--assets", try assets("storages.csv", text).path,
        workspace: try Self.workspace.get()
      ).succeeded()
      #expect(run.text.contains("ES-9: the state of charge is 140.0 %, outside 0 to 100 %; it is left out"))
      #expect(!run.text.contains("storage ES-9 │"))
    }

    @Test("what is missing or wrong is said in one sentence, with the right code")
    func refusals() throws {
      let workspace = try Self.workspace.get()
      func code(_ arguments: [String], _ words: String) throws -> Int32 {
        let run = try SpotDesk.run(["position"] + arguments + ["--workspace", workspace.path])
        #expect(run.errors.contains(words), "\(run.errors)")
        return run.status
      }
      #expect(try code(["2026-02-01"], "has no bids") == 3)
      #expect(try code([Prepared.pastDay, "--assets", "/nowhere"], "/nowhere is no folder") == 66)
      let range = "\(Prepared.pastDay)..2026-04-03"
      #expect(try code([range, "--every", "0"], "--every is 0") == 64)
      #expect(try code([range, "--paths", "new"], "--paths is new") == 64)
      #expect(try code([Prepared.pastDay, "--html", "x.html"], "--html belongs to many days") == 64)
      #expect(try code(["2026-02-01..2026-02-03"], "has no bids") == 3)
      #expect(try code([range, "--seed", "77"], "No price forecast of") == 3)
      #expect(try code([Prepared.pastDay, "--risk-weight", "2"], "--risk-weight is 2") == 64)
      let wrong = try assets("stations.csv", "station,source\nA,wind\n")
      #expect(try code([Prepared.pastDay, "--assets", wrong.path], "missing column rated_MW") == 65)
      let group = try assets(
        "customer-groups.csv", "group,customers,mean_MW,tariff_per_MWh,load_sensitivity\nsteel,3,many,300,1\n")
      #expect(try code([Prepared.pastDay, "--assets", group.path], "\"many\" is no number") == 65)
    }
  }
}
