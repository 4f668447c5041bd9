import Foundation
import Testing

extension Acceptance {
  @Suite("Settlement, review and market brief as they are run") struct SettlementCommandTests {
    @Test("settle, review and market print one document each, and agree on what was realised")
    func documents() throws {
      let workspace = try Workspaces.copy(of: try Prepared.past().workspace)
      let day = Prepared.pastDay
      let settled = try SpotDesk.run("settle", day, "--json", workspace: workspace).succeeded().json()
      #expect(settled["schema"] as? String == "spotdesk.settle/1" && settled["currency"] as? String == "CNY")
      let lines = try #require(settled["lines"] as? [[String: Any]])
      for line in lines {
        #expect(line["formula"] as? String != nil && line["clause"] as? String != nil)
        #expect((line["inputs"] as? [Any])?.isEmpty == false && (line["periods"] as? [Any])?.count == 96)
      }
      let sum = lines.reduce(0.0) { $0 + ($1["amount"] as? Double ?? .nan) }
      #expect(abs(sum - (settled["total"] as? Double ?? .nan)) < 0.005)
      #expect((settled["assumptions"] as? [String])?.contains { $0.contains("settlement.mode") } == true)

      let review = try SpotDesk.run("review", day, "--json", workspace: workspace).succeeded().json()
      let waterfall = try #require(review["waterfall"] as? [String: Any])
      #expect(waterfall["unexplained"] as? Double == 0)
      let steps = try #require(waterfall["steps"] as? [[String: Any]])
      #expect(steps.first?["step"] as? String == "perfect-foresight" && steps.last?["step"] as? String == "realised")
      let one = try SpotDesk.run("review", day, "--unit", "HY-1", "--json", workspace: workspace).succeeded().json()
      #expect((one["units"] as? [Any])?.count == 1)

      let market = try SpotDesk.run("market", day, "--json", workspace: workspace).succeeded().json()
      #expect((market["bidding_space_MW"] as? [Any])?.count == 96 && (market["similar_days"] as? [Any])?.count == 5)
      let sentences = try #require(market["sentences"] as? [[String: Any]])
      #expect(sentences.count >= 8)
      for sentence in sentences {
        #expect(sentence["english"] as? String != nil && sentence["chinese"] as? String != nil)
      }
      let page = try SpotDesk.run("market", day, "--html", workspace: workspace).succeeded().text
      #expect(page.contains("竞价空间") && !page.contains("<script src") && !page.contains("http://cdn"))
    }

    @Test("the statement read back has no difference; a wrong line ends with 2; refusals are one sentence")
    func reconciliation() throws {
      let workspace = try Workspaces.copy(of: try Prepared.past().workspace)
      let file = try Acceptance.newFolder().appending(path: "statement.csv")
      _ = try SpotDesk.run("settle", Prepared.pastDay, "--output", file.path, workspace: workspace).succeeded()
      _ = try SpotDesk.run("settle", Prepared.pastDay, "--statement", file.path, workspace: workspace).succeeded()
      let text = try String(contentsOf: file, encoding: .utf8)
      let lines = text.split(separator: "\n").map(String.init)
      let paid = try #require(
        lines.indices.dropFirst().first { (Double(lines[$0].split(separator: ",").last ?? "") ?? 0) > 100 })
      let left = lines.indices.filter { $0 != paid }.map { lines[$0] }
      let short = try Acceptance.newFile("short.csv", left.joined(separator: "\n") + "\n")
      let run = try SpotDesk.run("settle", Prepared.pastDay, "--statement", short.path, workspace: workspace)
      #expect(run.text.contains("the statement lacks the line"))
      #expect(run.status == 2)
      expectRefusal(
        try SpotDesk.run("settle", Prepared.pastDay, "--statement", "none.csv", workspace: workspace), exit: 66,
        saying: ["none.csv"])
      let other = try Acceptance.newFile("other.csv", "a,b\n1,2\n")
      expectRefusal(
        try SpotDesk.run("settle", Prepared.pastDay, "--statement", other.path, workspace: workspace), exit: 65,
        saying: ["layout", "changed"])
      expectRefusal(
        try SpotDesk.run("settle", "2020-01-01", workspace: workspace), exit: 3, saying: ["not prepared"])
      expectRefusal(
        try SpotDesk.run("review", Prepared.pastDay, "--unit", "ZZ", workspace: workspace), exit: 3, saying: ["ZZ"])
      expectRefusal(
        try SpotDesk.run("strategy", "show", workspace: workspace), exit: 3, saying: ["learned nothing"])
    }
  }
}
