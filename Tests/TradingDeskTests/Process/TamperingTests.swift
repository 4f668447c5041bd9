import Foundation
import MarketModel
import MarketStore
import Testing

@testable import TradingDesk

/// The store's file changed by another program (python3's sqlite3), statement by statement.
@Suite("Tampering with the audit trail") struct TamperingTests {
  private static let now = Date(timeIntervalSince1970: 1_772_700_000)

  private func desk(_ folder: URL) -> TradingDesk {
    TradingDesk(
      workspace: Workspace(folder), dataDirectory: folder, programVersion: "test", now: { Self.now }, progress: { _ in }
    )
  }

  /// A workspace with a trail of four acts of a payload.
  private func workspace(_ folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let store = try MarketStore(path: folder.appending(path: "spotdesk.sqlite").path)
    let day = MarketDay(dayNumber: 20_517)
    let content = Data("unit,segment,from_MW,to_MW,price_per_MWh\nA,1,0,100,50\n".utf8)
    let hash = sha256(content)
    let document = StoredDocument(
      day: day, kind: BidPayload.kind, strategy: hash, content: content, availableAt: Self.now)
    let draft = BidAct.Draft(payload: hash, source: "a", units: 1, rulePack: "here 1")
    let acts: [(BidAct, String)] = [
      (.draft(draft), "lin"), (.approve(BidAct.Payload(payload: hash)), "wang"),
      (.seal(BidAct.Payload(payload: hash)), "wang"),
      (.submit(BidAct.Submission(payload: hash, receipt: "R")), "wang"),
    ]
    for (act, actor) in acts {
      _ = try desk(folder).record(act, day: day, by: actor, store: store, documents: [document])
    }
  }

  private static let changes: [String] =
    (1...4).flatMap { row in
      [
        "actor = 'zhao'", "action = 'echoed'", "content = '{}'", "at_us = at_us + 1", "day = day + 1", "day = NULL",
        "hash = previous_hash || ''", "previous_hash = hash", "sequence = sequence + 50",
      ].map { "UPDATE audit_entries SET \($0) WHERE sequence = \(row)" }
        + ["DELETE FROM audit_entries WHERE sequence = \(row)"]
    } + [
      "UPDATE documents SET content = content || x'0a' WHERE kind = 'bid-payload'",
      "DELETE FROM documents WHERE kind = 'bid-payload'",
      "INSERT INTO audit_entries SELECT sequence + 1, at_us, day, actor, action, content, hash, hash FROM audit_entries "
        + "ORDER BY sequence DESC LIMIT 1",
      "UPDATE audit_entries SET at_us = 'x' WHERE sequence = 2", "DELETE FROM audit_entries",
    ]

  @Test("every change of every row is found, the unchanged trail is intact, an accident is refused")
  func everyRow() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tampering-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let original = folder.appending(path: "original")
    try workspace(original)
    let intact = try desk(original).verifyAudit()
    #expect(intact.isIntact && intact.entries == 4 && intact.remarks.isEmpty)
    #expect(try desk(original).verifyAudit(head: intact.head).isIntact)
    #expect(try !desk(original).verifyAudit(head: String(repeating: "1", count: 64)).isIntact)
    let refused = try alterCopies(in: folder, with: Self.changes)
    #expect(refused == "the audit trail is never changed")
    for (index, change) in Self.changes.enumerated() {
      let found = try desk(folder.appending(path: "\(index)")).verifyAudit()
      #expect(!found.isIntact, "\(change)")
    }
  }

  /// Makes a copy of the workspace for each statement and runs it there without triggers; gives what the store says to
  /// a plain DELETE.
  private func alterCopies(in folder: URL, with statements: [String]) throws -> String {
    let program = """
      import shutil, sqlite3, sys
      folder = sys.argv[1]
      whole = sqlite3.connect(folder + "/original/spotdesk.sqlite")
      whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
      for number, statement in enumerate(sys.argv[2:]):
          copy = "%s/%d" % (folder, number)
          shutil.copytree(folder + "/original", copy)
          store = sqlite3.connect(copy + "/spotdesk.sqlite")
          for name, in store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
              store.execute("DROP TRIGGER " + name)
          store.execute(statement)
          store.commit()
          store.close()
      try:
          whole.execute("DELETE FROM audit_entries")
      except sqlite3.Error as error:
          print(error)
      """
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program, folder.path] + statements
    process.standardOutput = output
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
