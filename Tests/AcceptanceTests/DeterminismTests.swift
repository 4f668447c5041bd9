import Foundation
import Testing

extension Acceptance {
  @Suite("The same input gives the same bytes") struct DeterminismTests {
    @Test("one thread as text and two threads as JSON: the same files, and standard output is bids.json")
    func threads() throws {
      let first = try Prepared.next()
      let workspace = try Workspaces.demonstration()
      let second = try SpotDesk.run("day", "--threads", "2", "--json", workspace: workspace).succeeded()
      let files = try DayFiles(Prepared.nextDay, in: workspace)
      #expect(files.differences(from: first.files) == [])
      // One JSON document and nothing else: the bytes of the file.
      _ = try second.json()
      #expect(second.output == files.contents["bids.json"])
      #expect(second.errors.isEmpty)
    }

    @Test("the demonstration itself is the same every time, and another seed makes another one")
    func demonstration() throws {
      func make(_ arguments: String...) throws -> URL {
        let folder = try Acceptance.newFolder().appending(path: "desk")
        let all = ["init", "--demo", folder.path] + arguments
        _ = try SpotDesk.start(all).finish().succeeded()
        return folder
      }
      func prices(_ folder: URL) throws -> Data {
        try Data(contentsOf: folder.appending(path: "simulated/simulated-day-ahead-prices.csv"))
      }
      let own = try prices(try Workspaces.demonstration())
      #expect(try prices(try make()) == own)
      #expect(try prices(try make("--seed", "7")) != own)
    }

    @Test("another seed draws other scenarios and keeps the forecast")
    func seed() throws {
      let workspace = try Workspaces.small()
      let one = try SpotDesk.run("day", Workspaces.smallDay, "--json", workspace: workspace).succeeded()
      let again = try SpotDesk.run("day", Workspaces.smallDay, "--seed", "1", "--json", workspace: workspace)
        .succeeded()
      let two = try SpotDesk.run("day", Workspaces.smallDay, "--seed", "2", "--json", workspace: workspace).succeeded()
      #expect(again.output == one.output)
      func paths(_ run: ProgramRun) throws -> [[Double]] {
        try #require((try run.json()["forecast"] as? [String: Any])?["scenario_paths"] as? [[Double]])
      }
      func expected(_ run: ProgramRun) throws -> [Double] {
        try #require((try run.json()["forecast"] as? [String: Any])?["expected"] as? [Double])
      }
      #expect(try paths(one) != paths(two))
      #expect(try expected(one) == expected(two))
    }
  }
}
