public import Foundation
import GRDB
public import MarketModel

/// What the caller knows of a file once it has been read to its end.
public struct ImportedFile: Hashable, Sendable {
  public let sha256: String
  public let format: String
  public let rows: Int
  public let skippedRows: Int

  public init(sha256: String, format: String, rows: Int, skippedRows: Int) {
    self.sha256 = sha256
    self.format = format
    self.rows = rows
    self.skippedRows = skippedRows
  }
}

/// What an import changed.
public struct ImportReport: Hashable, Sendable {
  public let file: String
  /// Days of series that are new.
  public let writtenDays: Int
  /// Days of series that were known with the same values.
  public let knownDays: Int
  /// When the same content was imported before, if it was.
  public let earlierImport: Date?
  /// Nothing was new, so the store is unchanged.
  public var changedNothing: Bool { writtenDays == 0 }
}

/// One finished import.
public struct ImportEntry: Hashable, Sendable {
  public let file: String
  public let sha256: String
  public let format: String
  public let rows: Int
  public let skippedRows: Int
  public let writtenDays: Int
  public let importedAt: Date
}

extension MarketStore {
  /// Imports one file in one transaction: `read` calls its argument with the observations and returns what the file
  /// was. If anything throws, or the process dies, nothing of it stays.
  ///
  /// The same values again are no change; another value for the same series, day and time of publication throws
  /// `StoreProblem.contradiction`. Errors of `read` come out as they are.
  public func importObservations(
    from file: String, now: Date, _ read: (_ write: ([DayObservation]) throws -> Void) throws -> ImportedFile
  ) throws -> ImportReport {
    do {
      var report: ImportReport?
      try pool.writeInTransaction(.immediate) { database in
        let writer = try ObservationWriter(database, file: file, now: now)
        let imported = try read { try writer.write($0) }
        report = try writer.finish(imported)
        return writer.writtenDays == 0 ? .rollback : .commit
      }
      guard let report else { preconditionFailure("a transaction ended without a report") }
      return report
    } catch let error as DatabaseError {
      throw StoreProblem(error, path: path)
    }
  }

  /// The imports that were finished at or before an instant, oldest first.
  public func imports(asOf: Date) throws(StoreProblem) -> [ImportEntry] {
    try reading { database in
      try Row.fetchAll(
        database, sql: "SELECT * FROM imports WHERE imported_at_us <= ? ORDER BY imported_at_us, id",
        arguments: [StoredInstant.microseconds(asOf)]
      ).map { row in
        ImportEntry(
          file: row["file"], sha256: row["sha256"], format: row["format"], rows: row["row_count"],
          skippedRows: row["skipped_count"], writtenDays: row["written_day_count"],
          importedAt: StoredInstant.date(row["imported_at_us"]))
      }
    }
  }
}
