import Foundation
import Testing

extension Acceptance {
  @Suite("Doctor, backup and restore") struct UpkeepTests {
    @Test("a sound workspace is healthy; every line has its check, and JSON says the same")
    func healthy() throws {
      let workspace = try Workspaces.small()
      let run = try SpotDesk.run("doctor", workspace: workspace).succeeded()
      for name in ["workspace", "store", "schema", "audit", "lock", "disk", "clock", "rules", "calendar", "keys"] {
        #expect(run.errors.isEmpty && run.text.split(separator: "\n").contains { $0.contains(" \(name) ") }, "\(name)")
      }
      let report = try SpotDesk.run("doctor", "--json", workspace: workspace).succeeded().json()
      #expect(report["schema"] as? String == "spotdesk.doctor/1")
      #expect(report["is_healthy"] as? Bool == true)
      #expect((report["checks"] as? [[String: Any]])?.count == 10)
    }

    @Test("without a workspace: exit 66, one sentence")
    func noWorkspace() throws {
      let nowhere = try Acceptance.newFolder().appending(path: "nothing")
      expectRefusal(try SpotDesk.run("doctor", workspace: nowhere), exit: 66, saying: ["is no workspace"])
      expectRefusal(try SpotDesk.run("backup", "x.tar", workspace: nowhere), exit: 66, saying: ["is no workspace"])
      expectRefusal(
        try SpotDesk.run("restore", "/nowhere/x.tar", workspace: nowhere), exit: 66,
        saying: ["/nowhere/x.tar", "No such file"])
      #expect(!FileManager.default.fileExists(atPath: nowhere.path))
    }

    @Test("a damaged store: the doctor says so, no backup is made of it, and a restored one has every row")
    func damagedStore() throws {
      let workspace = try Workspaces.small()
      _ = try SpotDesk.run("day", Workspaces.smallDay, workspace: workspace).succeeded()
      let contents = try Store.contents(of: workspace)
      let files = try DayFiles(Workspaces.smallDay, in: workspace)
      let archives = try Acceptance.newFolder()
      let report = try SpotDesk.run("backup", archives.path, "--json", workspace: workspace).succeeded().json()
      let archive = try #require(report["archive"] as? String)
      let store = try FileHandle(forWritingTo: Store.file(workspace))
      try store.seek(toOffset: 8_192)
      try store.write(contentsOf: Data(repeating: 0xA5, count: 60_000))
      try store.close()
      let sick = try SpotDesk.run("doctor", workspace: workspace)
      #expect(sick.status == 65 && sick.text.contains("● store") && sick.text.contains("spotdesk restore"))
      expectRefusal(
        try SpotDesk.run("backup", archives.path, workspace: workspace), exit: 65,
        saying: ["spotdesk.sqlite", "damaged"])
      #expect(try FileManager.default.contentsOfDirectory(atPath: archives.path).count == 1)
      expectRefusal(
        try SpotDesk.run("restore", archive, workspace: workspace), exit: 73, saying: ["is a workspace already"])
      let aside = workspace.deletingLastPathComponent().appending(path: "damaged")
      try FileManager.default.moveItem(at: workspace, to: aside)
      _ = try SpotDesk.run("restore", archive, workspace: workspace).succeeded()
      #expect(try Store.contents(of: workspace) == contents)
      #expect(try DayFiles(Workspaces.smallDay, in: workspace).differences(from: files) == [])
      _ = try SpotDesk.run("doctor", workspace: workspace).succeeded()
      _ = try SpotDesk.run("clear", Workspaces.smallDay, workspace: workspace).succeeded()
    }

    @Test("a database that is none, cut off, empty or gone: exit 65 or 66 and never a crash")
    func otherDamage() throws {
      for (bytes, words) in [(Data("hello".utf8), "not a SpotDesk database"), (Data(), "no tables")] {
        let workspace = try Acceptance.newFolder()
        try bytes.write(to: Store.file(workspace))
        let run = try SpotDesk.run("doctor", workspace: workspace)
        #expect(run.status == 65 && run.errors.isEmpty && run.text.contains(words), "\(run.text)")
      }
      let workspace = try Workspaces.small()
      let whole = try Data(contentsOf: Store.file(workspace))
      for part in [100, 4_096, whole.count / 2] {
        for suffix in ["-wal", "-shm"] { unlink(Store.file(workspace).path + suffix) }
        try whole.prefix(part).write(to: Store.file(workspace))
        let run = try SpotDesk.run("doctor", workspace: workspace)
        #expect(run.status == 65 && run.errors.isEmpty, "\(part): \(run.text)\(run.errors)")
      }
    }

    @Test("an altered record, a clock that went back, keys that others may read: named, exit 65")
    func otherFindings() throws {
      let workspace = try Workspaces.small()
      _ = try SpotDesk.run("day", Workspaces.smallDay, workspace: workspace).succeeded()
      _ = try SpotDesk.run("bids", "draft", Workspaces.smallDay, "--by", "lin", workspace: workspace).succeeded()
      _ = try SpotDesk.run("doctor", workspace: workspace).succeeded()
      try Store.execute(["UPDATE audit_entries SET actor = 'zhao'"], in: workspace)
      let altered = try SpotDesk.run("doctor", workspace: workspace)
      #expect(altered.status == 65 && altered.text.contains("● audit") && altered.text.contains("altered"))

      let early = try Workspaces.small()
      try Store.execute(["UPDATE imports SET imported_at_us = imported_at_us + 864000000000"], in: early)
      let clock = try SpotDesk.run("doctor", workspace: early)
      #expect(clock.status == 65 && clock.text.contains("● clock") && clock.text.contains("timedatectl"))

      let open = try Workspaces.small()
      _ = try SpotDesk.run("keys", "add", "Li Wei", workspace: open).succeeded()
      _ = try SpotDesk.run("doctor", workspace: open).succeeded()
      #expect(chmod(open.appending(path: "api-keys.json").path, 0o644) == 0)
      let keys = try SpotDesk.run("doctor", workspace: open)
      #expect(keys.status == 65 && keys.text.contains("● keys") && keys.text.contains("chmod 600"))
    }

    @Test("a file of another user in the workspace, and what a stopped command left: a warning, exit 0")
    func leftovers() throws {
      let workspace = try Workspaces.small()
      let partial = workspace.appending(path: ".units.csv.partial")
      try Data("half".utf8).write(to: partial)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -7_200)], ofItemAtPath: partial.path)
      let run = try SpotDesk.run("doctor", workspace: workspace).succeeded()
      #expect(run.text.contains("○ workspace") && run.text.contains(".units.csv.partial"))
      guard getuid() == 0 else { return }
      #expect(chown(Store.file(workspace).path, 65_534, 65_534) == 0)
      let owned = try SpotDesk.run("doctor", workspace: workspace).succeeded()
      #expect(owned.text.contains("○ workspace") && owned.text.contains("spotdesk.sqlite belongs to another user"))
    }

    @Test("a newer schema: the doctor and restore refuse it; a backup of it is still made")
    func newerSchema() throws {
      let workspace = try Workspaces.small()
      try Store.execute(["INSERT INTO grdb_migrations VALUES ('99 later')"], in: workspace)
      let run = try SpotDesk.run("doctor", workspace: workspace)
      #expect(run.status == 65 && run.text.contains("newer version: 99 later"))
      let archive = try Acceptance.newFolder().appending(path: "a.tar")
      _ = try SpotDesk.run("backup", archive.path, workspace: workspace).succeeded()
      let place = try Acceptance.newFolder().appending(path: "desk")
      expectRefusal(
        try SpotDesk.run("restore", archive.path, workspace: place), exit: 65, saying: ["newer version", "99 later"])
      #expect(!FileManager.default.fileExists(atPath: place.path))
    }

    @Test("a full disk: no half archive and no half workspace, exit 73; it works once there is room")
    func fullDisk() throws {
      guard let disk = try SmallDisk.mounted(megabytes: 16) else { return }
      let workspace = try Workspaces.small()
      let archive = try Acceptance.newFolder().appending(path: "a.tar")
      _ = try SpotDesk.run("backup", archive.path, workspace: workspace).succeeded()
      let size = try #require(try FileManager.default.attributesOfItem(atPath: archive.path)[.size] as? Int)
      for share in [0, 0.2, 0.5, 0.8] {
        try disk.fill(leaving: Int(share * Double(size) / 1_024))
        let target = disk.folder.appending(path: "b.tar")
        let backup = try SpotDesk.run("backup", target.path, workspace: workspace)
        expectRefusal(backup, exit: 73, saying: [disk.folder.path])
        let place = disk.folder.appending(path: "desk")
        expectRefusal(try SpotDesk.run("restore", archive.path, workspace: place), exit: 73, saying: [disk.folder.path])
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.folder.path) == ["filler"])
        try disk.empty()
      }
      let place = disk.folder.appending(path: "desk")
      _ = try SpotDesk.run("restore", archive.path, workspace: place).succeeded()
      #expect(try Store.contents(of: place) == Store.contents(of: workspace))
    }

    @Test("a backup while an import writes holds all of it or none; the import goes on")
    func whileWriting() throws {
      let workspace = try Workspaces.small()
      let before = try Store.contents(of: workspace)
      let big = try DamageTests.bigFile.get()
      let importing = try SpotDesk.start(
        ["import", big.path, "--format", "series", "--workspace", workspace.path])
      let folder = try Acceptance.newFolder()
      var archives: [URL] = []
      while importing.process.isRunning, archives.count < 40 {
        let archive = folder.appending(path: "\(archives.count).tar")
        _ = try SpotDesk.run("backup", archive.path, workspace: workspace).succeeded()
        archives.append(archive)
      }
      _ = try importing.finish().succeeded()
      let after = try Store.contents(of: workspace)
      for archive in [archives.first, archives.last].compactMap({ $0 }) {
        let place = try Acceptance.newFolder().appending(path: "desk")
        _ = try SpotDesk.run("restore", archive.path, workspace: place).succeeded()
        #expect([before, after].contains(try Store.contents(of: place)))
      }
    }
  }
}
