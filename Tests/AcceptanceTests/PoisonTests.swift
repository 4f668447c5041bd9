import Foundation
import Testing

extension Acceptance {
  @Suite("No look-ahead: what became known after the gate changes no byte") struct PoisonTests {
    /// Microseconds since 1970 of an instant.
    private func microseconds(_ text: String) throws -> Int64 {
      Int64(try Date(text, strategy: .iso8601).timeIntervalSince1970 * 1_000_000)
    }

    @Test("every value of the store that was published after the gate is 1e9: the same bytes")
    func poisonedStore() throws {
      let clean = try Prepared.past()
      let workspace = try Workspaces.demonstration()
      // The pack's information cutoff for 2026-03-20 is 09:45 of the day before in Shanghai.
      let gate = try microseconds("2026-03-19T01:45:00Z")
      let count = try Store.set(1e9, where: "available_at_us > \(gate)", in: workspace)
      // Prices, load, wind, solar, imports, weather: at least 50 series from the day on.
      #expect(count > 500)
      _ = try SpotDesk.run("day", Prepared.pastDay, workspace: workspace).succeeded()
      #expect(try DayFiles(Prepared.pastDay, in: workspace).differences(from: clean.files) == [])
    }

    @Test("a value that was published before the gate changes the bids")
    func counterTest() throws {
      let clean = try Workspaces.small()
      _ = try SpotDesk.run("day", Workspaces.smallDay, workspace: clean).succeeded()
      let workspace = try Workspaces.small()
      // A correction of the day's own load forecast, a quarter of an hour before the gate: a fifth more at every interval.
      let demand = SpotFile().demand
      let correction = try (1...96).map { interval in
        let value = try #require(Double(demand(73, interval)))
        return "2023-03-15,\(SpotFile.label(interval: interval)),2023-03-14T09:30+08:00,\(value * 1.2)"
      }
      let file = try Acceptance.newFile(
        "correction.csv",
        "day,interval_end,available_at,load.forecast [MW]\n" + correction.joined(separator: "\n") + "\n")
      _ = try SpotDesk.run("import", file.path, "--format", "series", workspace: workspace).succeeded()
      _ = try SpotDesk.run("day", Workspaces.smallDay, workspace: workspace).succeeded()
      let files = try DayFiles(Workspaces.smallDay, in: workspace)
      let differences = files.differences(from: try DayFiles(Workspaces.smallDay, in: clean))
      #expect(differences.contains("bids.json"), "\(differences)")
    }

    @Test("a file with 1e9 for everything after the gate, and a later correction of the forecast: the same bytes")
    func poisonedFile() throws {
      let clean = try Workspaces.small()
      _ = try SpotDesk.run("day", Workspaces.smallDay, workspace: clean).succeeded()
      let files = try DayFiles(Workspaces.smallDay, in: clean)
      // 2023-03-15 is day 73. Its prices appear at 17:00 of the day before, after the gate at 09:45; so does all of
      // the day after.
      var poison = SpotFile()
      let (demand, price) = (poison.demand, poison.price)
      poison.price = { $0 >= 73 ? "1000000000" : price($0, $1) }
      poison.demand = { $0 >= 74 ? "1000000000" : demand($0, $1) }
      let workspace = try Workspaces.newSmall(poison)
      let correction = (1...96).map {
        "2023-03-15,\(SpotFile.label(interval: $0)),2023-03-14T10:00+08:00,900000"
      }
      let file = try Acceptance.newFile(
        "correction.csv",
        "day,interval_end,available_at,load.forecast [MW]\n" + correction.joined(separator: "\n") + "\n")
      _ = try SpotDesk.run("import", file.path, "--format", "series", workspace: workspace).succeeded()
      _ = try SpotDesk.run("day", Workspaces.smallDay, workspace: workspace).succeeded()
      #expect(try DayFiles(Workspaces.smallDay, in: workspace).differences(from: files) == [])
    }

    @Test("an outage that became known after the gate changes no byte; one that was known before does")
    func outages() throws {
      func files(_ availableAt: String?) throws -> DayFiles {
        let workspace = try Workspaces.small()
        if let availableAt {
          let file = try Acceptance.newFile(
            "outages.csv",
            "unit,from,to,available_MW,available_at\nHY-1,2023-03-15T00:00,2023-03-16T00:00,500,\(availableAt)\n")
          _ = try SpotDesk.run("import", file.path, "--format", "outages", workspace: workspace).succeeded()
        }
        _ = try SpotDesk.run("day", Workspaces.smallDay, workspace: workspace).succeeded()
        return try DayFiles(Workspaces.smallDay, in: workspace)
      }
      let clean = try files(nil)
      #expect(try files("2023-03-14T09:46+08:00").differences(from: clean) == [])
      #expect(try files("2023-03-14T09:44+08:00").differences(from: clean).contains("bids.csv"))
    }

    @Test("a day that was cleared and reviewed is prepared again with the same bytes")
    func preparedAgain() throws {
      let workspace = try Workspaces.small()
      _ = try SpotDesk.run("day", Workspaces.smallDay, workspace: workspace).succeeded()
      let before = try DayFiles(Workspaces.smallDay, in: workspace)
      for command in ["clear", "review", "day"] {
        _ = try SpotDesk.run(command, Workspaces.smallDay, workspace: workspace).succeeded()
      }
      let after = try DayFiles(Workspaces.smallDay, in: workspace)
      #expect(after.differences(from: before) == ["clearing.json", "review.json"])
    }
  }
}
