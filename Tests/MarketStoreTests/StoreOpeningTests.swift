import Foundation
import GRDB
import MarketModel
import Testing

@testable import MarketStore

@Suite("Opening, breaking and locking") struct StoreOpeningTests {
  private let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  @Test("a file that is no database")
  func notADatabase() throws {
    try Data("day,time\n".utf8 + Array(repeating: 65, count: 5_000)).write(to: URL(fileURLWithPath: fixture.path))
    #expect(throws: StoreProblem.notADatabase(path: fixture.path)) { _ = try MarketStore(path: fixture.path) }
  }

  @Test("a folder that is not there")
  func noFolder() throws {
    let problem = #expect(throws: StoreProblem.self) { _ = try MarketStore(path: fixture.folder + "/none/a.sqlite") }
    guard case .unavailable = problem else {
      Issue.record("\(String(describing: problem))")
      return
    }
  }

  @Test("a database of a later version")
  func newer() throws {
    let store = try MarketStore(path: fixture.path)
    try store.pool.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999 later')") }
    #expect(throws: StoreProblem.newerSchema(path: fixture.path)) { _ = try MarketStore(path: fixture.path) }
  }

  @Test("pages that were overwritten")
  func corrupt() throws {
    do {
      let store = try MarketStore(path: fixture.path)
      try store.importDays((0..<500).map { StoreFixture.day($0, 1) })
      try store.pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
      try store.pool.close()
    }
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: fixture.path))
    try handle.seek(toOffset: 4_096)
    try handle.write(contentsOf: Data(repeating: 0xAB, count: 60_000))
    try handle.close()
    let problem = #expect(throws: StoreProblem.self) { _ = try MarketStore(path: fixture.path).values(asOf: 0) }
    #expect(problem == .corrupt(path: fixture.path))
  }

  @Test("a full disk and a locked file have their sentences, and a full disk leaves nothing")
  func full() throws {
    let store = try MarketStore(path: fixture.path)
    // SQLite's own limit stands for the disk's; it says SQLITE_FULL in both cases.
    try store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 60") }
    #expect(throws: StoreProblem.diskFull(path: fixture.path)) {
      try store.importDays((0..<3_000).map { StoreFixture.day($0, 1) })
    }
    #expect(try store.values(asOf: 0).isEmpty)
    #expect(StoreProblem(DatabaseError(resultCode: .SQLITE_BUSY), path: "w") == .locked(path: "w"))
    #expect(StoreProblem.locked(path: "w").description == "w is locked by another process; wait for it or stop it.")
  }

  @Test("a second writer is told who writes; the lock ends with its owner")
  func lock() throws {
    do {
      let lock = try WorkspaceLock(workspace: fixture.folder)
      let problem = #expect(throws: WorkspaceLockProblem.self) { _ = try WorkspaceLock(workspace: fixture.folder) }
      #expect(
        try #require(problem).description == "Another spotdesk command (process \(getpid())) is writing to "
          + "\(fixture.folder); wait for it or stop it.")
      withExtendedLifetime(lock) {}
    }
    _ = try WorkspaceLock(workspace: fixture.folder)
    #expect(throws: WorkspaceLockProblem.self) { _ = try WorkspaceLock(workspace: fixture.folder + "/none") }
    let file = fixture.folder + "/forecasts.csv"
    let own = try WorkspaceLock(file: file + ".lock", of: file)
    let problem = #expect(throws: WorkspaceLockProblem.self) { _ = try WorkspaceLock(file: file + ".lock", of: file) }
    #expect(try #require(problem) == .held(workspace: file, process: getpid()))
    withExtendedLifetime(own) {}
  }
}
