import Foundation
import Testing

extension Acceptance {
  @Suite("Past days lived through, with planted causes") struct ReplayTests {
    static let days = "2026-03-16..2026-03-17"
    static let planted = """
      {"causes": [
        {"day": "2026-03-16", "kind": "segment", "unit": "HY-2", "segment": 2, "to_MW": 900, "price": -80},
        {"day": "2026-03-17", "kind": "wind-forecast", "factor": 2.5},
        {"day": "2026-03-16", "kind": "outage", "unit": "HY-1", "from": "14:00", "to": "24:00"}]}
      """

    @Test("what was planted into the demonstration province is found, and named with its unit and its day")
    func found() throws {
      let workspace = try Workspaces.demonstration()
      let file = try Acceptance.newFile("planted.json", Self.planted)
      let replay = try SpotDesk.run(
        "replay", Self.days, "--planted", file.path, "--scenarios", "50", "--json", workspace: workspace
      ).succeeded().json()
      #expect(replay["schema"] as? String == "spotdesk.replay/1" && replay["simulated"] as? Bool == true)
      #expect((replay["planted"] as? [String])?.count == 3 && replay["forecasts_issued"] as? Int == 2)
      let days = try #require(replay["days"] as? [[String: Any]])
      #expect(days.allSatisfy { $0["violated_bids"] as? Int == 0 })

      let review = try SpotDesk.run("review", Self.days, "--json", workspace: workspace).succeeded().json()
      let findings = try #require(review["findings"] as? [[String: Any]])
      func finding(_ day: String, _ cause: String) -> [String: Any]? {
        findings.first { $0["day"] as? String == day && $0["cause"] as? String == cause }
      }
      let wind = try #require(finding("2026-03-17", "load-and-renewable-error"))
      #expect((wind["sentence"] as? String)?.contains("wind, expected") == true)
      let outage = try #require(finding("2026-03-16", "physics-and-outages"))
      #expect(outage["unit"] as? String == "HY-1")
      let segment = try #require(finding("2026-03-16", "bid-shape"))
      #expect(segment["unit"] as? String == "HY-2")
      #expect((segment["sentence"] as? String)?.contains("segment 2 (400 to 900 MW at -80") == true)
      for row in try #require(review["days"] as? [[String: Any]]) {
        #expect((row["waterfall"] as? [String: Any])?["unexplained"] as? Double == 0)
      }
      #expect((review["notes"] as? [String])?.contains { $0.contains("planted on purpose: 2026-03-16") } == true)

      // Days that have bids keep them.
      let again = try SpotDesk.run("replay", Self.days, "--json", workspace: workspace).succeeded().json()
      #expect(again["days_kept"] as? Int == 2 && again["profit"] as? Double == replay["profit"] as? Double)
    }

    @Test("a file of causes that is wrong, a real market, a strategy that knows the prices: one sentence each")
    func refused() throws {
      let workspace = try Workspaces.demonstration()
      func refuse(_ text: String, saying: String) throws {
        let file = try Acceptance.newFile("planted.json", text)
        expectRefusal(
          try SpotDesk.run("replay", Self.days, "--planted", file.path, workspace: workspace), exit: 65,
          saying: [saying])
      }
      try refuse("{}", saying: "causes")
      try refuse(#"{"causes": [{"day": "2026-03-16", "kind": "rain"}]}"#, saying: "no kind \"rain\"")
      try refuse(#"{"causes": [{"day": "2026-03-16", "kind": "outage", "unit": "HY-1"}]}"#, saying: "later \"to\"")
      try refuse(#"{"causes": [{"day": "March", "kind": "wind-forecast", "factor": 2}]}"#, saying: "no date")
      expectRefusal(
        try SpotDesk.run("replay", Self.days, "--planted", "none.json", workspace: workspace), exit: 66,
        saying: ["none.json"])
      expectRefusal(
        try SpotDesk.run("replay", Self.days, "--strategy", "perfect-foresight", workspace: workspace), exit: 65,
        saying: ["knows the prices"])
      let real = try Workspaces.small()
      let file = try Acceptance.newFile("planted.json", Self.planted)
      expectRefusal(
        try SpotDesk.run("replay", "2023-03-12", "--planted", file.path, workspace: real), exit: 65,
        saying: ["simulated workspaces alone"])
    }
  }
}
