import Foundation
import Testing

extension Acceptance {
  @Suite("From the draft to the platform, with an audit trail") struct ProcessTests {
    private static let day = Workspaces.smallDay

    /// The small workspace with its day prepared and drafted by lin, and checked.
    private static let drafted = Result { () throws -> URL in
      let workspace = try Workspaces.small()
      _ = try SpotDesk.run("day", day, workspace: workspace).succeeded()
      _ = try SpotDesk.run("bids", "draft", day, "--by", "lin", workspace: workspace).succeeded()
      _ = try SpotDesk.run("bids", "check", day, "--by", "lin", workspace: workspace).succeeded()
      return workspace
    }

    private static func sealed() throws -> URL {
      let workspace = try Workspaces.copy(of: try drafted.get())
      _ = try SpotDesk.run("bids", "approve", day, "--by", "wang", workspace: workspace).succeeded()
      _ = try SpotDesk.run("bids", "seal", day, "--by", "wang", workspace: workspace).succeeded()
      return workspace
    }

    @Test("approved by another, sealed, exported, sent, and compared with what the platform shows")
    func wholeWay() throws {
      let workspace = try Workspaces.copy(of: try Self.drafted.get())
      func bids(_ arguments: [String]) throws -> ProgramRun {
        try SpotDesk.run(["bids"] + arguments + ["--workspace", workspace.path])
      }
      expectRefusal(try bids(["approve", Self.day, "--by", "LIN"]), exit: 2, saying: ["LIN drafted", "D05"])
      expectRefusal(try bids(["seal", Self.day, "--by", "wang"]), exit: 2, saying: ["are checked"])
      _ = try bids(["approve", Self.day, "--by", "wang"]).succeeded()
      let status = try bids(["seal", Self.day, "--by", "wang", "--json"]).succeeded().json()
      let hash = try #require(status["sealed"] as? String)
      #expect(status["stage"] as? String == "sealed" && status["checker"] as? String == "wang")
      let (csv, xlsx) = (workspace.appending(path: "out.csv"), workspace.appending(path: "out.xlsx"))
      _ = try bids(["export", Self.day, "--output", csv.path, "--by", "wang"]).succeeded()
      _ = try bids(["export", Self.day, "--output", xlsx.path, "--by", "wang"]).succeeded()
      #expect(try SystemTool.run("sha256sum", csv.path).text.hasPrefix(hash))
      _ = try bids(["submit", Self.day, "--receipt", "R-1", "--by", "wang"]).succeeded()
      _ = try bids(["echo", Self.day, xlsx.path, "--by", "wang"]).succeeded()
      let text = try String(contentsOf: csv, encoding: .utf8)
      let altered = try Acceptance.newFile("shown.csv", text.replacing(",-80,", with: ",-79,"))
      let echo = try bids(["echo", Self.day, altered.path, "--by", "wang", "--json"])
      #expect(echo.status == 2)
      #expect(try (echo.json()["differences"] as? [String])?.first?.contains("sent -80, shown -79") == true)
      let again = try bids(["draft", Self.day, "--file", xlsx.path, "--by", "lin", "--json"]).succeeded().json()
      #expect(again["payload"] as? String == hash, "the workbook holds what was sealed")
      let trail = try SpotDesk.run("audit", "list", Self.day, "--json", workspace: workspace).succeeded().json()
      let actions = try #require(trail["entries"] as? [[String: Any]]).compactMap { $0["action"] as? String }
      #expect(
        actions == [
          "drafted", "checked", "approved", "sealed", "exported", "exported", "submitted", "echoed", "echoed",
          "drafted",
        ])
      #expect(try SpotDesk.run("audit", "verify", workspace: workspace).status == 0)
    }

    @Test("a bid above the cap is refused by the checks, and nobody can approve or override it")
    func refused() throws {
      let workspace = try Workspaces.copy(of: try Self.drafted.get())
      let file = workspace.appending(path: "days/\(Self.day)/bids.csv")
      var lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
      let last = try #require(lines.lastIndex { $0.hasPrefix("QL-3") })
      var fields = lines[last].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      fields[6] = "1301"
      lines[last] = fields.joined(separator: ",")
      let wrong = try Acceptance.newFile("bids.csv", lines.joined(separator: "\n") + "\n")
      _ = try SpotDesk.run("bids", "draft", Self.day, "--file", wrong.path, "--by", "lin", workspace: workspace)
        .succeeded()
      let page = workspace.appending(path: "report.html")
      let check = try SpotDesk.run(
        "bids", "check", Self.day, "--by", "lin", "--html", page.path, workspace: workspace)
      #expect(check.status == 2 && check.text.contains("C07 QL-3 blocks"))
      #expect(try String(contentsOf: page, encoding: .utf8).contains("鲁发改价格〔2021〕822号"))
      expectRefusal(
        try SpotDesk.run("bids", "approve", Self.day, "--by", "wang", workspace: workspace), exit: 2,
        saying: ["C07 QL-3"])
      expectRefusal(
        try SpotDesk.run(
          "bids", "override", Self.day, "C07", "QL-3", "--by", "chen", "--reason", "no", workspace: workspace),
        exit: 2, saying: ["cannot be overridden"])
    }

    @Test("a row that is changed or removed with another program is found")
    func tampering() throws {
      let sealed = try Self.sealed()
      for change in [
        "UPDATE audit_entries SET actor = 'zhao' WHERE sequence = 3", "DELETE FROM audit_entries WHERE sequence = 4",
        "UPDATE documents SET content = content || x'0a' WHERE kind = 'bid-payload'",
      ] {
        let workspace = try Workspaces.copy(of: sealed)
        try Store.execute([change], in: workspace)
        let run = try SpotDesk.run("audit", "verify", workspace: workspace)
        #expect(run.status == 65 && run.text.contains("was altered"), "\(change): \(run.text)")
      }
    }

    @Test("what happens if nothing is submitted is computed by the pack's rule")
    func missing() throws {
      let workspace = try Workspaces.copy(of: try Self.drafted.get())
      let before = try SpotDesk.run("bids", "missing", Self.day, "--json", workspace: workspace).succeeded().json()
      let units = try #require(before["units"] as? [[String: Any]])
      #expect(units.count == 3 && units.allSatisfy { $0["taken"] as? String == "unknown" })
      let file = workspace.appending(path: "days/\(Self.day)/bids.csv")
      _ = try SpotDesk.run("bids", "default", Self.day, "--file", file.path, "--by", "lin", workspace: workspace)
        .succeeded()
      let after = try SpotDesk.run("bids", "missing", Self.day, "--json", workspace: workspace).succeeded().json()
      #expect(after["profit_if_missing"] as? Double == after["profit_if_submitted"] as? Double)
      let rows = try #require(after["units"] as? [[String: Any]])
      #expect(rows.allSatisfy { $0["taken"] as? String == "registered-default" })
    }
  }
}
