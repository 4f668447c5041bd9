import Foundation
import Testing

/// The workspace's database as another program sees it: python3's sqlite3, which shares no code with SpotDesk.
enum Store {
  /// A hash of every row of every table; fails if the database is damaged.
  static func contents(of workspace: URL) throws -> String {
    try python(
      """
      import hashlib, sqlite3, sys
      store = sqlite3.connect(sys.argv[1])
      assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
      digest = hashlib.sha256()
      names = [row[0] for row in store.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
      for name in names:
          for row in store.execute(f'SELECT * FROM "{name}"'):
              digest.update(repr((name, row)).encode())
      print(digest.hexdigest())
      """, [file(workspace).path])
  }

  /// Sets every value of the observations that a condition chooses; gives how many series-days were set.
  static func set(_ value: Double, where condition: String, in workspace: URL) throws -> Int {
    let count = try python(
      """
      import sqlite3, struct, sys
      store = sqlite3.connect(sys.argv[1])
      keys = store.execute(
          "SELECT series, day, available_at_us, value_count FROM observations WHERE " + sys.argv[2]).fetchall()
      store.executemany(
          "UPDATE observations SET value_doubles = ? WHERE series = ? AND day = ? AND available_at_us = ?",
          [(struct.pack("<%dd" % n, *[float(sys.argv[3])] * n), series, day, at) for series, day, at, n in keys])
      store.commit()
      print(len(keys))
      """, [file(workspace).path, condition, "\(value)"])
    return try #require(Int(count))
  }

  /// Runs statements on the database, without the triggers that would refuse them.
  static func execute(_ statements: [String], in workspace: URL) throws {
    _ = try python(
      """
      import sqlite3, sys
      store = sqlite3.connect(sys.argv[1])
      for name, in store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
          store.execute("DROP TRIGGER " + name)
      for statement in sys.argv[2:]:
          store.execute(statement)
      store.commit()
      """, [file(workspace).path] + statements)
  }

  static func file(_ workspace: URL) -> URL { workspace.appending(path: "spotdesk.sqlite") }

  private static func python(_ program: String, _ arguments: [String]) throws -> String {
    let all = ["python3", "-c", program] + arguments
    let run = try StartedProgram(URL(filePath: "/usr/bin/env"), all, environment: [:], directory: nil).finish()
    guard run.status == 0 else { throw SetUpFailure(description: "python3: \(run.errors)") }
    return run.text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// The files of a prepared day.
struct DayFiles {
  static let names = ["bids.csv", "bids.json", "compliance.json", "page.html", "units.csv"]
  let contents: [String: Data]

  init(_ day: String, in workspace: URL) throws {
    let folder = workspace.appending(path: "days").appending(path: day)
    var contents: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      contents[name] = try Data(contentsOf: folder.appending(path: name))
    }
    self.contents = contents
  }

  /// Names of files that differ, or that one side lacks.
  func differences(from other: DayFiles) -> [String] {
    Set(contents.keys).union(other.contents.keys).filter { contents[$0] != other.contents[$0] }.sorted()
  }
}
