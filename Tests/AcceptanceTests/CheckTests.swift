import Foundation
import Testing

extension Acceptance {
  @Suite("check judges a bid file, whoever wrote it") struct CheckTests {
    /// The small workspace with its day prepared, under a rule pack that knows the rules of curves.
    private static let prepared = Result { () throws -> URL in
      let workspace = try Workspaces.small()
      _ = try SpotDesk.run("day", Workspaces.smallDay, workspace: workspace).succeeded()
      return workspace
    }

    /// Cells of bids.csv by row, the header first.
    private func rows(_ workspace: URL) throws -> [[String]] {
      let file = workspace.appending(path: "days/\(Workspaces.smallDay)/bids.csv")
      return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    /// Runs check on a changed copy of bids.csv; `change` gets the rows and the positions of one unit's segments.
    private func check(_ change: (inout [[String]], _ segments: [Int]) throws -> Void) throws -> ProgramRun {
      let workspace = try Self.prepared.get()
      var rows = try rows(workspace)
      let unit = try #require(rows.dropFirst().first { row in rows.filter { $0[0] == row[0] }.count >= 3 })[0]
      try change(&rows, rows.indices.filter { rows[$0][0] == unit })
      let text = rows.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
      return try SpotDesk.run("check", try Acceptance.newFile("changed.csv", text).path, workspace: workspace)
    }

    private func expectViolation(
      _ run: ProgramRun, check: String, saying words: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) {
      #expect(run.status == 2, "\(run.text)\(run.errors)", sourceLocation: sourceLocation)
      let line = run.text.split(separator: "\n").first { $0.hasPrefix("● \(check) ") } ?? ""
      for word in words + [Workspaces.smallDay] {
        #expect(line.contains(word), "\"\(word)\" is missing in: \(run.text)", sourceLocation: sourceLocation)
      }
      #expect(run.text.contains("3 bids, 1 violated"), sourceLocation: sourceLocation)
    }

    @Test("the file as it was written passes")
    func asWritten() throws {
      let run = try check { _, _ in }.succeeded()
      #expect(run.text.contains("3 bids, 0 violated"))
      let judged = try SpotDesk.run(
        "check", try Self.prepared.get().appending(path: "days/\(Workspaces.smallDay)/bids.csv").path, "--json",
        workspace: try Self.prepared.get()
      ).succeeded().json()
      #expect((judged["violations"] as? [Any])?.isEmpty == true)
    }

    @Test("a price above the cap")
    func aboveCap() throws {
      let run = try check { rows, segments in rows[segments[segments.count - 1]][6] = "1350" }
      expectViolation(
        run, check: "C07", saying: ["price 1350 CNY/MWh is above the bid cap 1300 CNY/MWh", "Lower the price"])
    }

    @Test("prices that fall")
    func falling() throws {
      let run = try check { rows, segments in rows[segments[2]][6] = "-70" }
      expectViolation(run, check: "C01", saying: ["segment 3", "-70 CNY/MWh", "below"])
    }

    @Test("a gap between two segments")
    func gap() throws {
      let run = try check { rows, segments in
        let start = try #require(Double(rows[segments[1]][4]))
        rows[segments[1]][4] = "\(Int(start) + 3)"
      }
      expectViolation(run, check: "C03", saying: ["segment 2"])
    }

    @Test("a price per kWh instead of per MWh")
    func wrongUnit() throws {
      let run = try check { rows, segments in
        for (number, segment) in segments.enumerated() { rows[segment][6] = "0.3\(number)" }
      }
      #expect(run.status == 2 && run.text.contains("● F04 "))
    }

    @Test("a file that is no bid file is refused with one sentence")
    func unreadable() throws {
      let column = try check { rows, _ in for row in rows.indices { rows[row].remove(at: 6) } }
      expectRefusal(column, exit: 65, saying: ["changed.csv", "missing column \"price_per_MWh\"", "the header has"])
      let number = try check { rows, segments in rows[segments[0]][6] = "abc" }
      expectRefusal(number, exit: 65, saying: ["changed.csv:2", "column \"price_per_MWh\"", "\"abc\" is no number"])
      let empty = try check { rows, _ in rows = [rows[0]] }
      expectRefusal(empty, exit: 65, saying: ["changed.csv", "holds no segments", "one row for each"])
    }

    @Test("a day that was not prepared")
    func otherDay() throws {
      let run = try check { rows, _ in for row in rows.indices.dropFirst() { rows[row][1] = "2023-03-10" } }
      expectRefusal(run, exit: 3, saying: ["2023-03-10 has no bids", "Run `spotdesk day 2023-03-10` first"])
    }
  }
}
