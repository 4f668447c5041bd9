import Foundation
import Testing

extension Acceptance {
  @Suite("A batch of strategies: stopped, spread out, damaged, poisoned") struct BatchTests {
    static let arguments = [
      "backtest", "--from", "2023-03-12", "--to", "2023-03-15", "--strategies", "optimised", "--scenarios", "50",
      "--json",
    ]

    /// A workspace with its forecasts issued, and the report of an uninterrupted run.
    private static let prepared = Result { () throws -> (workspace: URL, report: Data) in
      let workspace = try Workspaces.small()
      let run = try SpotDesk.run(arguments + ["--workspace", workspace.path, "--threads", "1"]).succeeded()
      return (workspace, run.output)
    }

    private func run(_ more: String..., in workspace: URL) throws -> ProgramRun {
      try SpotDesk.run(Self.arguments + more + ["--workspace", workspace.path])
    }

    private func runFolder(_ workspace: URL) throws -> URL {
      let runs = workspace.appending(path: "runs")
      let names = try FileManager.default.contentsOfDirectory(atPath: runs.path)
      return runs.appending(path: try #require(names.first))
    }

    @Test("two threads, three processes and a second run write the bytes of one thread")
    func spread() throws {
      let (made, report) = try Self.prepared.get()
      let workspace = try Workspaces.copy(of: made)
      #expect(try run("--jobs", "2", in: workspace).succeeded().output == report)
      #expect(try run("--executor", "processes", "--shards", "3", in: workspace).succeeded().output == report)
      let identifier = try runFolder(workspace).lastPathComponent
      let reduced = try SpotDesk.run(["reduce", identifier, "--json", "--workspace", workspace.path]).succeeded()
      #expect(reduced.output == report)
    }

    @Test("a run that is killed wherever it stands goes on to the same bytes")
    func killed() throws {
      let (made, report) = try Self.prepared.get()
      let workspace = try Workspaces.copy(of: made)
      for milliseconds in [150, 300, 500, 800] {
        let started = try SpotDesk.start(Self.arguments + ["--workspace", workspace.path, "--threads", "1"])
        Thread.sleep(forTimeInterval: Double(milliseconds) / 1_000)
        kill(started.process.processIdentifier, SIGKILL)
        _ = try started.finish()
        #expect(try run("--resume", in: workspace).succeeded().output == report, "killed after \(milliseconds) ms")
      }
    }

    @Test(
      "a damaged forecast is said and issued anew; a damaged journal is written anew; an unfinished run is not reduced")
    func damaged() throws {
      let (made, report) = try Self.prepared.get()
      let workspace = try Workspaces.copy(of: made)
      let shelf = workspace.appending(path: "forecasts")
      let names = try FileManager.default.contentsOfDirectory(atPath: shelf.path).filter { $0.hasSuffix(".forecast") }
      let forecast = shelf.appending(path: try #require(names.min()))
      var bytes = try Data(contentsOf: forecast)
      bytes[bytes.count / 2] ^= 0xFF
      try bytes.write(to: forecast)
      let task = try runFolder(workspace).appending(path: "tasks/03-optimised-01.jsonl")
      try Data(contentsOf: task).dropLast(40).write(to: task)
      let identifier = try runFolder(workspace).lastPathComponent
      let reduced = try SpotDesk.run(["reduce", identifier, "--workspace", workspace.path])
      #expect(reduced.status == 3)
      #expect(reduced.errorLines.last?.contains("3 of 4 days") == true, "\(reduced.errors)")
      let again = try SpotDesk.start(Self.arguments + ["--resume", "--workspace", workspace.path]).finish().succeeded()
      #expect(again.output == report)
      #expect(again.errors.contains("is damaged; its forecast is issued anew"))
    }

    @Test("a disk that fills stops the run with one sentence, and with room again it goes on to the same bytes")
    func fullDisk() throws {
      let (made, report) = try Self.prepared.get()
      guard let disk = try SmallDisk.mounted(megabytes: 16) else { return }
      let workspace = disk.folder.appending(path: "desk")
      try FileManager.default.copyItem(at: made, to: workspace)
      try FileManager.default.removeItem(at: workspace.appending(path: "runs"))
      for kilobytes in [0, 64] {
        try disk.fill(leaving: kilobytes)
        let stopped = try run("--resume", in: workspace)
        #expect(stopped.status == 73, "\(kilobytes) kB: \(stopped.errors)")
        let sentence = stopped.errorLines.last ?? ""
        #expect(sentence.contains("is full") || sentence.contains("cannot be written"), "\(stopped.errors)")
        try disk.empty()
      }
      #expect(try run("--resume", in: workspace).succeeded().output == report)
    }

    @Test(
      "a run that was prepared alone and lived through by shards has the bytes of one that was not; weekly fits are another run"
    )
    func preparedAlone() throws {
      let workspace = try Workspaces.copy(of: Self.prepared.get().workspace)
      let run = try run("--refit", "weekly", "--prepare-only", in: workspace).succeeded().json()
      let identifier = try #require(run["run"] as? String)
      for index in ["0", "1"] {
        _ = try SpotDesk.run([
          "shard", identifier, "--index", index, "--count", "2", "--workspace", workspace.path,
        ]).succeeded()
      }
      let reduced = try SpotDesk.run(["reduce", identifier, "--json", "--workspace", workspace.path]).succeeded()
      #expect(try self.run("--refit", "weekly", in: workspace).succeeded().output == reduced.output)
      #expect(try reduced.output != Self.prepared.get().report)
    }

    @Test("what came after the last day changes no byte of any strategy's days")
    func poisoned() throws {
      let (made, _) = try Self.prepared.get()
      // 2023-03-15 is day 73: its own prices clear the day, everything later is poison.
      var poison = SpotFile()
      let (demand, price) = (poison.demand, poison.price)
      poison.price = { $0 >= 74 ? "1000000000" : price($0, $1) }
      poison.demand = { $0 >= 74 ? "1000000000" : demand($0, $1) }
      let workspace = try Workspaces.newSmall(poison)
      let pooled = Acceptance.root.appending(path: "data/strategies/three-opinions.json").path
      let strategies = ["--strategies", "optimised,position,\(pooled)", "--scenarios", "50", "--json", "--workspace"]
      let days = ["backtest", "--from", "2023-03-14", "--to", "2023-03-15"]
      let clean = try SpotDesk.run(days + strategies + [Workspaces.copy(of: made).path]).succeeded().json()
      let spoiled = try SpotDesk.run(days + strategies + [workspace.path]).succeeded().json()
      for key in ["days", "rows", "unit_profits", "lost_days"] {
        let (own, other) = (try #require(clean[key]) as? NSArray, try #require(spoiled[key]) as? NSArray)
        #expect(own == other, "\(key)")
      }
    }

    @Test("a shard of a run that is not there, a sweep with a wrong key: one sentence")
    func refusals() throws {
      let workspace = try Self.prepared.get().workspace
      let shard = try SpotDesk.run(["shard", "nothing", "--index", "0", "--count", "2", "--workspace", workspace.path])
      #expect(shard.status == 3 && shard.errorLines.count == 1)
      let file = try Acceptance.newFile(
        "sweep.yaml", "from: 2023-03-12\nto: 2023-03-13\nstrategy: optimised\nseed: 1\n")
      let sweep = try SpotDesk.run(["sweep", file.path, "--workspace", workspace.path])
      #expect(sweep.status == 65)
      #expect(sweep.errorLines.last?.contains("sweep.yaml:4: a sweep has no key seed") == true, "\(sweep.errors)")
    }

    @Test("a sweep says what of the best try may be luck")
    func sweep() throws {
      let workspace = try Workspaces.copy(of: Self.prepared.get().workspace)
      let file = try Acceptance.newFile(
        "sweep.yaml",
        """
        from: 2023-03-12
        to: 2023-03-15
        strategy: optimised
        scenarios: 50
        parameters: { risk_aversion: [0, 0.3], second_opinion: [0, 1] }
        """)
      let report = try SpotDesk.run(["sweep", file.path, "--json", "--workspace", workspace.path]).succeeded().json()
      let group = try #require((report["groups"] as? [[String: Any]])?.first)
      #expect((group["rows"] as? [Any])?.count == 4)
      let luck = try #require(group["p_value_of_reality_check"] as? Double)
      #expect((0...1).contains(luck))
    }
  }
}
