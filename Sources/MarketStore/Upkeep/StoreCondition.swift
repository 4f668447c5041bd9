public import Foundation
import GRDB

/// How a workspace's database is, found without changing it: a database of an earlier schema stays as it is.
public struct StoreCondition: Hashable, Sendable {
  /// What SQLite says about pages that contradict each other, at most twenty sentences; empty for a sound database.
  public let damage: [String]
  /// Rows that name a row of another table that is not there.
  public let danglingRows: Int
  /// Names of the changes to the tables that the database has had, in order.
  public let appliedMigrations: [String]
  /// Changes that this program would make when it opens the database.
  public let missingMigrations: [String]
  /// Changes that a later program made.
  public let unknownMigrations: [String]
  /// Size of the database file.
  public let bytes: Int
  /// The market whose rules apply; nil if none was named.
  public let market: String?
  /// When the program wrote last by its own clock: the latest import or act; nil for neither.
  public let lastWrittenAt: Date?

  public var isSound: Bool { damage.isEmpty && danglingRows == 0 }
}

extension MarketStore {
  /// Reads every page of a database and says how it is.
  ///
  /// - Throws: `StoreProblem` if it cannot be opened, is no database, or is damaged so that nothing can be read.
  public static func condition(of path: String) throws(StoreProblem) -> StoreCondition {
    do {
      return try readOnly(path).read { try StoreCondition($0, path: path) }
    } catch {
      throw StoreProblem.from(error, path: path)
    }
  }

  /// Copies a database while others may write to it: the copy holds all of their transactions or none. The copy must not
  /// exist before.
  ///
  /// - Throws: `StoreProblem` naming the copy if there is no room for it, else the database.
  public static func copy(_ path: String, to copy: String) throws(StoreProblem) {
    do {
      let source = try readOnly(path)
      var configuration = Configuration()
      // The copy is nobody's yet, and whoever asked for it brings it to the disk.
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = OFF") }
      let target = try DatabaseQueue(path: copy, configuration: configuration)
      try source.backup(to: target)
      try target.close()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
      throw .diskFull(path: copy)
    } catch {
      throw StoreProblem.from(error, path: path)
    }
  }

  private static func readOnly(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    return try DatabaseQueue(path: path, configuration: configuration)
  }
}

extension StoreCondition {
  fileprivate init(_ database: Database, path: String) throws {
    let words = try String.fetchAll(database, sql: "PRAGMA integrity_check(20)")
    damage = words == ["ok"] ? [] : words
    danglingRows = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count
    let migrator = StoreSchema.migrator
    let applied = try database.tableExists("grdb_migrations") ? migrator.appliedIdentifiers(database) : []
    appliedMigrations = migrator.migrations.filter(applied.contains)
    missingMigrations = migrator.migrations.filter { !applied.contains($0) }
    unknownMigrations = applied.subtracting(migrator.migrations).sorted()
    bytes =
      try Int.fetchOne(database, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") ?? 0
    market =
      try database.tableExists("settings")
      ? String.fetchOne(database, sql: "SELECT value FROM settings WHERE key = 'market'") : nil
    var instants: [Int64] = []
    for (table, column) in [("imports", "imported_at_us"), ("audit_entries", "at_us")]
    where try database.tableExists(table) {
      if let last = try Int64.fetchOne(database, sql: "SELECT max(\(column)) FROM \(table)") { instants.append(last) }
    }
    lastWrittenAt = instants.max().map(StoredInstant.date)
  }
}
