import GRDB
import MarketModel

/// A row of table `fuel_records`.
enum FuelTableRecord {
  static func fuel(_ row: Row) throws -> FuelRecord {
    let text: String = row["kind"]
    guard let kind = FuelRecord.Kind(rawValue: text) else {
      throw StoreProblem.unreadableRow(table: "fuel_records", reason: "kind \"\(text)\"")
    }
    return FuelRecord(
      plant: PlantID(row["plant"]), kind: kind, substance: row["substance"], day: MarketDay(dayNumber: row["day"]),
      lastDay: MarketDay(dayNumber: row["last_day"]), tonnes: row["amount_t"],
      tonnesPerTonneOfStandardCoal: row["t_per_t_of_standard_coal"])
  }

  /// Keeps one record; false if it is known. Another content for the same publication throws.
  static func insert(_ record: Available<FuelRecord>, _ database: Database) throws -> Bool {
    let value = record.value
    let availableAt = StoredInstant.microseconds(record.availableAt)
    let known = try Row.fetchOne(
      database,
      sql: """
        SELECT * FROM fuel_records
        WHERE plant = ? AND kind = ? AND substance = ? AND day = ? AND available_at_us = ?
        """, arguments: [value.plant.text, value.kind.rawValue, value.substance, value.day.dayNumber, availableAt])
    if let known {
      if try fuel(known) == value { return false }
      throw StoreProblem.alreadyKnown(
        what: "The \(value.kind.rawValue) of \(value.substance) of plant \(value.plant) on \(value.day)",
        availableAt: record.availableAt)
    }
    try database.execute(
      sql: "INSERT INTO fuel_records VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        value.plant.text, value.kind.rawValue, value.substance, value.day.dayNumber, availableAt,
        value.lastDay.dayNumber, value.tonnes, value.tonnesPerTonneOfStandardCoal,
      ])
    return true
  }
}
