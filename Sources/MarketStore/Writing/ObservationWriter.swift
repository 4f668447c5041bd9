import Foundation
import GRDB
import MarketModel

/// Writes observations inside one transaction. A class because it holds prepared statements; it does not outlive
/// the call.
final class ObservationWriter {
  private let database: Database
  private let file: String
  private let importID: Int64
  private let find: Statement
  private let insert: Statement
  private var seriesIDs: [SeriesKey: Int64] = [:]
  private(set) var writtenDays = 0
  private var knownDays = 0

  init(_ database: Database, file: String, now: Date) throws {
    self.database = database
    self.file = file
    try database.execute(
      sql: """
        INSERT INTO imports (file, sha256, format, row_count, skipped_count, written_day_count, imported_at_us)
        VALUES (?, '', '', 0, 0, 0, ?)
        """, arguments: [file, StoredInstant.microseconds(now)])
    importID = database.lastInsertedRowID
    find = try database.makeStatement(
      sql: """
        SELECT observations.*, imports.file FROM observations JOIN imports ON imports.id = import
        WHERE series = ? AND day = ? AND available_at_us = ?
        """)
    insert = try database.makeStatement(sql: "INSERT INTO observations VALUES (?, ?, ?, ?, ?, ?, ?)")
  }

  func write(_ observations: [DayObservation]) throws {
    for observation in observations { try write(observation) }
  }

  /// Completes the row of table `imports`.
  func finish(_ imported: ImportedFile) throws -> ImportReport {
    let earlier = try Int64.fetchOne(
      database, sql: "SELECT min(imported_at_us) FROM imports WHERE sha256 = ?", arguments: [imported.sha256])
    try database.execute(
      sql: """
        UPDATE imports SET sha256 = ?, format = ?, row_count = ?, skipped_count = ?, written_day_count = ? WHERE id = ?
        """,
      arguments: [imported.sha256, imported.format, imported.rows, imported.skippedRows, writtenDays, importID])
    return ImportReport(
      file: file, writtenDays: writtenDays, knownDays: knownDays, earlierImport: earlier.map(StoredInstant.date))
  }

  private func write(_ observation: DayObservation) throws {
    if let value = observation.values.first(where: { !$0.isFinite }) {
      throw StoreProblem.unfit(what: "\(observation.key) on \(observation.day)", reason: "\(value) is no number")
    }
    let series = try seriesID(observation.key)
    let availableAt = StoredInstant.microseconds(observation.availableAt)
    let known = try Row.fetchOne(find, arguments: [series, observation.day.dayNumber, availableAt])
    if let known {
      try compare(observation, with: known)
      knownDays += 1
      return
    }
    try insert.execute(arguments: [
      series, observation.day.dayNumber, availableAt, observation.length.minutes, observation.values.count,
      SeriesBlob.data(observation.values), importID,
    ])
    writtenDays += 1
  }

  private func compare(_ observation: DayObservation, with row: Row) throws {
    let known = try ObservationRecord(row)
    let knownFile: String = row["file"]
    guard known.intervalMinutes == observation.length.minutes, known.values.count == observation.values.count else {
      throw StoreProblem.unfit(
        what: "\(observation.key) on \(observation.day) from \(file)",
        reason: "it has \(observation.values.count) values where \(knownFile) gave \(known.values.count)")
    }
    for (index, (old, new)) in zip(known.values, observation.values).enumerated() where old != new {
      let interval = TradingInterval(day: observation.day, number: index + 1, length: observation.length)
      throw StoreProblem.contradiction(
        StoreProblem.Contradiction(
          series: observation.key, day: observation.day, interval: interval.endLabel,
          availableAt: observation.availableAt, knownValue: old, knownFile: knownFile, newValue: new, newFile: file))
    }
  }

  private func seriesID(_ key: SeriesKey) throws -> Int64 {
    if let known = seriesIDs[key] { return known }
    let text = key.description
    try database.execute(sql: "INSERT INTO series (key) VALUES (?) ON CONFLICT DO NOTHING", arguments: [text])
    let found = try Int64.fetchOne(database, sql: "SELECT id FROM series WHERE key = ?", arguments: [text])
    guard let found else { throw StoreProblem.unreadableRow(table: "series", reason: "\(text) was not kept") }
    seriesIDs[key] = found
    return found
  }
}
