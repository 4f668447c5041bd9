import Foundation
import Testing

extension Acceptance {
  @Suite("Full disks, other processes and sudden ends leave nothing half-written") struct DamageTests {
    /// Eight series over 900 days, 2024-07-01 and later, about 6 MB in the store.
    static let bigFile = Result { () throws -> URL in
      let names = ["north", "south", "east", "west", "coast", "hills", "lakes", "delta"]
      let columns = names.map { "temperature.forecast@\($0) [°C]" }
      var lines = ["day,interval_end," + columns.joined(separator: ",")]
      for day in 547..<1_447 {
        let name = SpotFile.label(day: day)
        for interval in 1...96 {
          let values = "1\(interval % 10).\(day % 10)"
          lines.append(
            "\(name),\(SpotFile.label(interval: interval)),"
              + Array(repeating: values, count: names.count).joined(separator: ","))
        }
      }
      return try Acceptance.newFile("big.csv", lines.joined(separator: "\n") + "\n")
    }

    @Test("an import on a full disk: refused whole, and it works once there is room")
    func importOnFullDisk() throws {
      guard let disk = try SmallDisk.mounted(megabytes: 4) else { return }
      let workspace = disk.folder.appending(path: "desk")
      try FileManager.default.copyItem(at: try Workspaces.small(), to: workspace)
      let before = try Store.contents(of: workspace)
      let big = try Self.bigFile.get()
      let run = try SpotDesk.run("import", big.path, "--format", "series", workspace: workspace)
      expectRefusal(
        run, exit: 73, saying: ["The disk with", "spotdesk.sqlite", "is full", "nothing was changed", "Make room"])
      #expect(try Store.contents(of: workspace) == before)
      try disk.grow(megabytes: 64)
      _ = try SpotDesk.run("import", big.path, "--format", "series", workspace: workspace).succeeded()
      #expect(try Store.contents(of: workspace) != before)
    }

    @Test("a day on a full disk keeps the files and the store of the last good run", arguments: [0, 100, 300])
    func dayOnFullDisk(kilobytes: Int) throws {
      guard let disk = try SmallDisk.mounted(megabytes: 8) else { return }
      let workspace = disk.folder.appending(path: "desk")
      try FileManager.default.copyItem(at: try Workspaces.small(), to: workspace)
      _ = try SpotDesk.run("day", Workspaces.smallDay, workspace: workspace).succeeded()
      let before = try Store.contents(of: workspace)
      let files = try DayFiles(Workspaces.smallDay, in: workspace)
      try disk.fill(leaving: kilobytes)
      let run = try SpotDesk.run("day", Workspaces.smallDay, "--seed", "2", workspace: workspace)
      expectRefusal(run, exit: 73, saying: [workspace.path])
      try disk.empty()
      #expect(try DayFiles(Workspaces.smallDay, in: workspace).differences(from: files) == [])
      #expect(try Store.contents(of: workspace) == before)
      _ = try SpotDesk.run("day", Workspaces.smallDay, "--seed", "2", workspace: workspace).succeeded()
      #expect(try DayFiles(Workspaces.smallDay, in: workspace).contents.keys.sorted() == DayFiles.names)
    }

    @Test("a first day on a disk that is nearly full: all of it or nothing", arguments: [340, 360, 370, 380, 390, 400])
    func firstDayOnFullDisk(kilobytes: Int) throws {
      guard let disk = try SmallDisk.mounted(megabytes: 8) else { return }
      let workspace = disk.folder.appending(path: "desk")
      try FileManager.default.copyItem(at: try Workspaces.small(), to: workspace)
      let before = try Store.contents(of: workspace)
      try disk.fill(leaving: kilobytes)
      let run = try SpotDesk.run("day", Workspaces.smallDay, workspace: workspace)
      try disk.empty()
      let folder = workspace.appending(path: "days/\(Workspaces.smallDay)")
      guard run.status != 0 else {
        #expect(try DayFiles(Workspaces.smallDay, in: workspace).contents.keys.sorted() == DayFiles.names)
        _ = try SpotDesk.run("clear", Workspaces.smallDay, workspace: workspace).succeeded()
        return
      }
      expectRefusal(run, exit: 73, saying: [workspace.path, "nothing was changed"])
      #expect(!FileManager.default.fileExists(atPath: folder.path))
      #expect(try Store.contents(of: workspace) == before)
    }

    @Test("a second command while another one writes: exit 75, at once, and nothing changed")
    func busy() throws {
      let workspace = try Workspaces.small()
      let before = try Store.contents(of: workspace)
      // The lock as a running command holds it: flock on the lock file, with its process number inside.
      let lock = open(workspace.appending(path: ".spotdesk-lock").path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      try #require(lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
      defer { close(lock) }
      try #require(ftruncate(lock, 0) == 0 && pwrite(lock, "4711\n", 5, 0) == 5)
      let day = try SpotDesk.run("day", Workspaces.smallDay, workspace: workspace)
      expectRefusal(
        day, exit: 75, saying: ["Another spotdesk command (process 4711)", workspace.path, "wait", "stop it"])
      let file = try SpotFile(days: 75..<76).written()
      let second = try SpotDesk.run("import", file.path, "--format", "spot96", workspace: workspace)
      expectRefusal(second, exit: 75, saying: ["process 4711"])
      #expect(try Store.contents(of: workspace) == before)
      #expect(!FileManager.default.fileExists(atPath: workspace.appending(path: "days").path))
    }

    @Test("day while an import runs: exit 75; the import goes on")
    func twoCommands() throws {
      let workspace = try Workspaces.small()
      let big = try Self.bigFile.get()
      let place = ["--workspace", workspace.path]
      let importing = try SpotDesk.start(["import", big.path, "--format", "series"] + place)
      try waitUntilWriting(workspace, importing)
      let day = try SpotDesk.run("day", Workspaces.smallDay, workspace: workspace)
      expectRefusal(
        day, exit: 75, saying: ["Another spotdesk command (process \(importing.process.processIdentifier))"])
      _ = try importing.finish().succeeded()
    }

    @Test("an import that is killed leaves nothing, and the second one works")
    func killed() throws {
      let workspace = try Workspaces.small()
      let before = try Store.contents(of: workspace)
      let big = try Self.bigFile.get()
      let arguments = ["import", big.path, "--format", "series", "--workspace", workspace.path]
      let importing = try SpotDesk.start(arguments)
      try waitUntilWriting(workspace, importing)
      kill(importing.process.processIdentifier, SIGKILL)
      let run = try importing.finish()
      try #require(run.wasKilled && run.status == SIGKILL, "the import ended before it could be killed")
      #expect(run.output.isEmpty)
      #expect(try Store.contents(of: workspace) == before)
      let second = try SpotDesk.start(arguments).finish().succeeded()
      #expect(second.text.contains("big.csv: 86400 rows, 2024-07-01 to 2026-12-17, 7200 series-days"))
    }

    /// Waits until part of the import's transaction is on the disk.
    private func waitUntilWriting(_ workspace: URL, _ program: StartedProgram) throws {
      let log = workspace.appending(path: "spotdesk.sqlite-wal").path
      while program.process.isRunning {
        let size = (try? FileManager.default.attributesOfItem(atPath: log)[.size] as? Int) ?? 0
        if size > 500_000 { return }
        usleep(2_000)
      }
      throw SetUpFailure(
        description: "the import ended before its transaction reached the disk: \(try program.finish())")
    }
  }
}
