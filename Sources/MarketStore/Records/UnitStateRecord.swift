import GRDB
import MarketModel

/// A row of table `unit_states`.
enum UnitStateRecord {
  static func state(_ row: Row) throws -> StoredUnitState {
    StoredUnitState(
      strategy: row["strategy"], day: MarketDay(dayNumber: row["day"]), unit: UnitID(row["unit"]),
      state: try StateRecord.state(row["is_on"], row["state_min"], row["output_kW"]),
      availableAt: StoredInstant.date(row["available_at_us"]))
  }

  static func save(_ entry: StoredUnitState, _ database: Database, ifKnown: KnownResult) throws {
    let availableAt = StoredInstant.microseconds(entry.availableAt)
    let known = try Row.fetchOne(
      database, sql: "SELECT * FROM unit_states WHERE strategy = ? AND unit = ? AND day = ? AND available_at_us = ?",
      arguments: [entry.strategy, entry.unit.text, entry.day.dayNumber, availableAt])
    if let known {
      if try state(known).state == entry.state { return }
      guard ifKnown == .replace else {
        throw StoreProblem.alreadyKnown(
          what: "The state of unit \(entry.unit) after \(entry.day), strategy \"\(entry.strategy)\",",
          availableAt: entry.availableAt)
      }
    }
    let (isOn, minutes, output): (Bool, Int, Int64?) =
      switch entry.state {
      case .on(let minutes, let output): (true, minutes, output.kilowatts)
      case .off(let minutes): (false, minutes, nil)
      }
    try database.execute(
      sql: "INSERT OR REPLACE INTO unit_states VALUES (?, ?, ?, ?, ?, ?, ?)",
      arguments: [entry.strategy, entry.day.dayNumber, entry.unit.text, availableAt, isOn, minutes, output])
  }
}
