public import Foundation
import GRDB
public import MarketModel

extension MarketStore {
  /// One observation for each day of the range that has one, in order of the days: of several publications the latest
  /// that was out at or before `asOf`.
  public func observations(
    of key: SeriesKey, from first: MarketDay, through last: MarketDay, asOf: Date
  ) throws(StoreProblem) -> [DayObservation] {
    try reading { database in
      // SQLite takes the other columns from the row that holds the maximum.
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT day, max(available_at_us) AS available_at_us, interval_min, value_count, value_doubles
          FROM observations WHERE series = (SELECT id FROM series WHERE key = ?) AND day BETWEEN ? AND ?
            AND available_at_us <= ?
          GROUP BY day ORDER BY day
          """,
        arguments: [key.description, first.dayNumber, last.dayNumber, StoredInstant.microseconds(asOf)])
      var found: [DayObservation] = []
      while let row = try rows.next() { found.append(try ObservationRecord(row).observation(of: key)) }
      return found
    }
  }

  /// The series that had at least one day at `asOf`, in order.
  public func seriesKeys(asOf: Date) throws(StoreProblem) -> [SeriesKey] {
    try reading { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT key FROM series
          WHERE EXISTS (SELECT 1 FROM observations WHERE series = series.id AND available_at_us <= ?)
          """, arguments: [StoredInstant.microseconds(asOf)]
      ).map { text in
        guard let key = SeriesKey(text) else { throw StoreProblem.unreadableRow(table: "series", reason: text) }
        return key
      }.sorted()
    }
  }

  /// The first day of a series that was known at `asOf`; nil if none was.
  public func firstDay(of key: SeriesKey, asOf: Date) throws(StoreProblem) -> MarketDay? {
    try edge("ASC", of: key, asOf: asOf)
  }

  /// The last day of a series that was known at `asOf`; nil if none was.
  public func lastDay(of key: SeriesKey, asOf: Date) throws(StoreProblem) -> MarketDay? {
    try edge("DESC", of: key, asOf: asOf)
  }

  private func edge(_ order: String, of key: SeriesKey, asOf: Date) throws(StoreProblem) -> MarketDay? {
    try reading { database in
      try Int.fetchOne(
        database,
        sql: """
          SELECT day FROM observations WHERE series = (SELECT id FROM series WHERE key = ?) AND available_at_us <= ?
          ORDER BY day \(order) LIMIT 1
          """, arguments: [key.description, StoredInstant.microseconds(asOf)]
      ).map { MarketDay(dayNumber: $0) }
    }
  }
}
