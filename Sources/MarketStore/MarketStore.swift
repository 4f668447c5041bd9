import Foundation
import GRDB

/// The workspace's database: what was known, and since when. Every read of history says as of when.
///
/// SQLite in WAL mode: many readers and one writer at a time; writers of different processes are kept apart by
/// ``WorkspaceLock``. Series are blobs of one market day; everything else is a row.
public struct MarketStore: Sendable {
  /// Path of the database file.
  public let path: String
  let pool: DatabasePool

  /// Opens the database, makes it if there is none, and brings its tables up to date.
  public init(path: String) throws(StoreProblem) {
    self.path = path
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(5)
      pool = try DatabasePool(path: path, configuration: configuration)
      let migrator = StoreSchema.migrator
      guard try !pool.read({ try migrator.hasBeenSuperseded($0) }) else { throw StoreProblem.newerSchema(path: path) }
      try migrator.migrate(pool)
    } catch {
      throw StoreProblem.from(error, path: path)
    }
  }

  /// Runs a read and gives its errors the store's words.
  func reading<Value>(_ read: (Database) throws -> Value) throws(StoreProblem) -> Value {
    do { return try pool.read(read) } catch { throw StoreProblem.from(error, path: path) }
  }

  /// Runs one transaction and gives its errors the store's words; an error undoes all of it.
  func writing<Value>(_ write: (Database) throws -> Value) throws(StoreProblem) -> Value {
    do { return try pool.write(write) } catch { throw StoreProblem.from(error, path: path) }
  }
}

/// Instants as the store keeps them: whole microseconds since 1970.
enum StoredInstant {
  static func microseconds(_ instant: Date) -> Int64 {
    // Dates outside ±290,000 years stand for "always" and "never".
    let value = (instant.timeIntervalSince1970 * 1_000_000).rounded()
    return value >= 9.2e18 ? .max : (value <= -9.2e18 ? .min : Int64(value))
  }

  static func date(_ microseconds: Int64) -> Date { Date(timeIntervalSince1970: Double(microseconds) / 1_000_000) }
}
