import Foundation
import Testing

extension Acceptance {
  @Suite("Strategies in shadow, as they are run") struct LearningTests {
    static let days = "2023-03-12..2023-03-15"

    @Test("arms on the same forecasts, regret beside its bound, what was played; the same bytes once more, and a page")
    func learned() throws {
      let workspace = try Workspaces.small()
      let page = try Acceptance.newFolder().appending(path: "learning.html")
      func learn(_ more: String...) throws -> ProgramRun {
        try SpotDesk.run(
          ["strategy", "learn", Self.days, "--arms", "standard,optimised", "--scenarios", "50", "--json"] + more + [
            "--workspace", workspace.path,
          ]
        ).succeeded()
      }
      let first = try learn("--page", page.path)
      let document = try first.json()
      let arms = try #require(document["arms"] as? [[String: Any]])
      #expect(arms.compactMap { $0["name"] as? String } == ["standard", "optimised"])
      let rows = try #require(document["days"] as? [[String: Any]])
      #expect(rows.count == 4 && rows.allSatisfy { ($0["profits"] as? [Any])?.count == 2 })
      func number(_ key: String) throws -> Double { try #require(document[key] as? Double) }
      // Four days are no evidence: the first champion stays, and what was played is what it earned.
      #expect(try number("played_profit") == number("fixed_profit"))
      #expect(try number("regret") <= number("regret_bound"))
      let totals = arms.compactMap { $0["profit"] as? Double }
      #expect(try abs(number("played_regret") - ((totals.max() ?? 0) - number("played_profit"))) < 0.05)
      let following = try #require(document["following"] as? [[String: Any]])
      #expect(following.compactMap { $0["days_champion"] as? Int } == [4, 0])
      let text = try String(contentsOf: page, encoding: .utf8)
      #expect(text.contains("Cumulative regret") && text.contains("AdaHedge") && !text.contains("<script"))
      #expect(try learn("--resume").output == first.output)
      let state = try SpotDesk.run("strategy", "show", "--json", workspace: workspace).succeeded().json()
      #expect(state["champion"] as? String == "standard")
      expectRefusal(
        try SpotDesk.run(
          "strategy", "rollback", "--reason", "none", workspace: workspace), exit: 3, saying: ["never changed"])
    }
  }
}
