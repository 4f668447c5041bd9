import Foundation
import MarketStore
import MarketTestSupport
import Testing

@testable import TradingDesk

/// A workspace with a small store and a few files, and a desk on it.
private struct SmallDesk {
  let folder: URL
  let desk: TradingDesk

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "spotdesk-upkeep-\(UUID().uuidString)")
    desk = SmallDesk.desk(folder.appending(path: "desk"))
    try FileManager.default.createDirectory(
      at: desk.workspace.directory.appending(path: "days/2026-04-01"), withIntermediateDirectories: true)
    let store = try MarketStore(path: desk.workspace.storeFile.path)
    try store.setSetting("market", to: "nowhere")
    try put("days/2026-04-01/bids.csv", "unit,segment\n")
    try put("days/2026-04-01/empty.json", "")
    try put("runs/\(String(repeating: "long-name-", count: 20))/日报.json", "{}")
    try put("api-keys.json", "[]")
    try put("learned-prices.bin", "can be made again")
    try put(".spotdesk-lock", "1\n")
  }

  static func desk(_ workspace: URL) -> TradingDesk {
    TradingDesk(
      workspace: Workspace(workspace), dataDirectory: URL(filePath: "/nowhere"), programVersion: "spotdesk test",
      now: { Date(timeIntervalSince1970: 1_790_000_000) }, progress: { _ in })
  }

  func put(_ path: String, _ text: String) throws {
    let file = desk.workspace.directory.appending(path: path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func backUp(_ name: String = "a.tar", withKeys: Bool = true) throws -> URL {
    let archive = folder.appending(path: name)
    _ = try desk.backUp(to: archive, withKeys: withKeys)
    return archive
  }

  /// Names of everything in a folder, hidden files too.
  func names(_ folder: URL) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}

@Suite("Backups hold all and are proved before they are used") struct BackupTests {
  @Test("what is restored is what was backed up: names, bytes, rights, times; no lock and nothing that is made again")
  func roundTrip() throws {
    let small = try SmallDesk()
    defer { small.remove() }
    let keys = small.desk.workspace.directory.appending(path: "api-keys.json").path
    #expect(chmod(keys, 0o600) == 0)
    let archive = try small.backUp()
    let copy = SmallDesk.desk(small.folder.appending(path: "copy"))
    let report = try copy.restore(from: archive)
    #expect(report.files == 5 && report.backedUp == "desk" && report.program == "spotdesk test")
    let expected = try small.names(small.desk.workspace.directory)
      .filter { !$0.hasPrefix(".") && $0 != "learned-prices.bin" && !$0.hasPrefix("spotdesk.sqlite-") }
    #expect(try small.names(copy.workspace.directory) == expected)
    for name in expected where !name.hasPrefix("spotdesk.sqlite") {
      let (old, new) = (
        small.desk.workspace.directory.appending(path: name), copy.workspace.directory.appending(path: name)
      )
      #expect(FileManager.default.contents(atPath: old.path) == FileManager.default.contents(atPath: new.path))
    }
    let facts = try FileManager.default.attributesOfItem(
      atPath: copy.workspace.directory.appending(path: "api-keys.json").path)
    #expect(facts[.posixPermissions] as? Int == 0o600)
    #expect(try MarketStore(path: copy.workspace.storeFile.path).setting("market") == "nowhere")
    // Nobody else may read an archive.
    #expect(try FileManager.default.attributesOfItem(atPath: archive.path)[.posixPermissions] as? Int == 0o600)
  }

  @Test("another program reads the archive, and the hashes of its manifest")
  func otherReaders() throws {
    let small = try SmallDesk()
    defer { small.remove() }
    let archive = try small.backUp(withKeys: false)
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [
      "-c",
      """
      import hashlib, json, sys, tarfile
      archive = tarfile.open(sys.argv[1])
      manifest = json.load(archive.extractfile("manifest.json"))
      for file in manifest["files"]:
          content = archive.extractfile(file["path"]).read()
          assert len(content) == file["bytes"] and hashlib.sha256(content).hexdigest() == file["sha256"], file
      print(len(manifest["files"]), [name for name in archive.getnames() if "日报" in name or "keys" in name] != [], len(archive.getnames()))
      """, archive.path,
    ]
    process.standardOutput = output
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) == "4 True 6\n")
  }

  @Test("no byte of an archive can be changed, cut off or added unseen; nothing is restored from it")
  func damage() throws {
    let small = try SmallDesk()
    defer { small.remove() }
    let sound = try Data(contentsOf: try small.backUp())
    let file = small.folder.appending(path: "damaged.tar")
    let copy = SmallDesk.desk(small.folder.appending(path: "copy"))
    func refuses(_ bytes: Data, _ what: String) throws {
      try bytes.write(to: file)
      let error = #expect(throws: DeskProblem.self, "\(what)") { try copy.checkArchive(file) }
      #expect(error?.kind == .badData, "\(what): \(String(describing: error))")
    }
    for place in stride(from: 1_024, to: sound.count, by: 1_999) {
      var bytes = sound
      bytes[place] ^= UInt8(place % 255 + 1)
      try refuses(bytes, "byte \(place)")
    }
    // The whole of the first head is under a sum, the sum too.
    for place in Array(stride(from: 0, to: 512, by: 5)) + Array(148..<157) {
      var bytes = sound
      bytes[place] ^= 1
      try refuses(bytes, "byte \(place)")
    }
    for length in stride(from: 0, to: sound.count, by: 5_999) { try refuses(sound.prefix(length), "cut at \(length)") }
    try refuses(sound.dropLast(), "one byte less")
    try refuses(sound + [0], "longer")
    try refuses(Data("no archive".utf8), "text")
    #expect(throws: DeskProblem.self) { try copy.restore(from: file) }
    let left = try small.names(small.folder).filter { $0.contains("copy") }
    #expect(left.isEmpty, "\(left)")
    try sound.write(to: file)
    #expect(try copy.checkArchive(file).files == 5)
  }

  @Test("names that lead out of the workspace are refused")
  func escapes() throws {
    for path in ["../x", "/etc/x", "a//b", "a/./b", "a/../../b", "", "a\nb", "a/"] {
      #expect(!ArchiveEntry(path: path, bytes: 0, mode: 0o644, modifiedAt: 0).isContained, "\(path)")
    }
    #expect(ArchiveEntry(path: "days/..x/…", bytes: 0, mode: 0o644, modifiedAt: 0).isContained)
  }

  @Test("archives of a folder: named by workspace and time, the oldest go, others' files stay")
  func rotation() throws {
    let small = try SmallDesk()
    defer { small.remove() }
    let folder = small.folder.appending(path: "archives")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let others = ["desk-old.tar", "desk-20250101T000000Z.tar.gz", "desk2-20200101T000000Z.tar", "note.txt"]
    for name in others + ["desk-20250101T000000Z.tar", "desk-20250102T000000Z.tar"] {
      try Data().write(to: folder.appending(path: name))
    }
    let report = try small.desk.backUp(to: folder, keep: 2)
    #expect(report.archive.hasSuffix("/desk-20260921T141320Z.tar"))
    #expect(report.removed.map { URL(filePath: $0).lastPathComponent } == ["desk-20250101T000000Z.tar"])
    let expected = others + ["desk-20250102T000000Z.tar", "desk-20260921T141320Z.tar"]
    #expect(try small.names(folder) == expected.sorted())
    // The same second again: refused, and the first stays.
    let before = try Data(contentsOf: URL(filePath: report.archive))
    #expect(throws: DeskProblem.self) { try small.desk.backUp(to: folder, keep: 2) }
    #expect(try Data(contentsOf: URL(filePath: report.archive)) == before)
  }

  @Test("an archive in the workspace itself, a place that is taken, a store that is damaged: refused")
  func refusals() throws {
    let small = try SmallDesk()
    defer { small.remove() }
    #expect(throws: DeskProblem.self) { try small.backUp("desk/a.tar") }
    #expect(throws: DeskProblem.self) { try small.backUp("nowhere/a.tar") }
    let archive = try small.backUp()
    #expect(throws: DeskProblem.self) { try small.backUp() }
    #expect(throws: DeskProblem.self) { try small.desk.restore(from: archive) }
    let store = try FileHandle(forWritingTo: small.desk.workspace.storeFile)
    try store.seek(toOffset: 4_096)
    try store.write(contentsOf: Data(repeating: 0x55, count: 8_192))
    try store.close()
    let error = #expect(throws: DeskProblem.self) { try small.backUp("b.tar") }
    #expect(error?.kind == .badData)
    #expect(try small.names(small.folder).filter { $0.contains("b.tar") }.isEmpty)
  }
}

@Suite("The data folder of the program") struct DataDirectoryTests {
  @Test("named, installed beside the program, or of a checkout")
  func places() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "spotdesk-data-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    for folder in ["usr/bin", "usr/share/spotdesk/rules", "checkout/data/rules", "checkout/.build/release"] {
      try FileManager.default.createDirectory(at: root.appending(path: folder), withIntermediateDirectories: true)
    }
    func place(_ executable: String, from folder: String = "", named: String? = nil) throws -> String {
      let environment = named.map { ["SPOTDESK_DATA": root.appending(path: $0).path] } ?? [:]
      return try DataDirectory.locate(
        executable: root.appending(path: executable), workingDirectory: root.appending(path: folder),
        environment: environment
      ).path.replacing(root.path + "/", with: "")
    }
    #expect(try place("usr/bin/spotdesk") == "usr/share/spotdesk")
    #expect(try place("checkout/.build/release/spotdesk") == "checkout/data")
    #expect(try place("usr/bin/spotdesk", named: "checkout/data") == "checkout/data")
    #expect(try place("elsewhere/spotdesk", from: "checkout/.build") == "checkout/data")
    #expect(throws: DeskProblem.self) { try place("usr/bin/spotdesk", named: "usr") }
  }
}
