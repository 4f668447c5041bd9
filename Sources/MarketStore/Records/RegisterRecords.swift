import GRDB
import MarketModel

/// A row of table `plants`.
enum PlantRecord {
  static let insertion = "INSERT INTO plants VALUES (?, ?, ?)"

  static func arguments(_ plant: Plant, availableAt: Int64) -> StatementArguments {
    [plant.id.text, availableAt, plant.maximumStartsPerDay]
  }

  static func plant(_ row: Row) -> Plant {
    Plant(id: PlantID(row["id"]), maximumStartsPerDay: row["maximum_starts_per_day"])
  }
}

/// A row of table `contracts`.
enum ContractRecord {
  static let insertion = "INSERT INTO contracts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

  static func arguments(_ contract: ContractForDifference, availableAt: Int64) -> StatementArguments {
    [
      contract.id, availableAt, contract.counterparty, contract.firstDay.dayNumber, contract.lastDay.dayNumber,
      contract.fromMinute, contract.toMinute, contract.power.kilowatts, contract.price.microPerMegawattHour,
      contract.reference.rawValue,
    ]
  }

  static func contract(_ row: Row) throws -> ContractForDifference {
    let referenceText: String = row["reference"]
    guard let reference = ContractForDifference.Reference(rawValue: referenceText) else {
      throw StoreProblem.unreadableRow(table: "contracts", reason: "reference \"\(referenceText)\"")
    }
    return ContractForDifference(
      id: row["id"], counterparty: row["counterparty"], firstDay: MarketDay(dayNumber: row["first_day"]),
      lastDay: MarketDay(dayNumber: row["last_day"]), fromMinute: row["from_min"], toMinute: row["to_min"],
      power: Power(kilowatts: row["power_kW"]),
      price: EnergyPrice(microPerMegawattHour: row["price_micro_per_MWh"]), reference: reference)
  }
}

/// A row of table `outages`.
enum OutageRecord {
  static func outage(_ row: Row) -> Outage {
    Outage(
      unit: UnitID(row["unit"]), from: StoredInstant.date(row["from_us"]), to: StoredInstant.date(row["to_us"]),
      availableCapacity: Power(kilowatts: row["available_kW"]))
  }
}

extension OutageRecord {
  /// Keeps one ticket; false if it is known. Another content for the same publication throws.
  static func insert(_ outage: Available<Outage>, _ database: Database) throws -> Bool {
    let value = outage.value
    let availableAt = StoredInstant.microseconds(outage.availableAt)
    let from = StoredInstant.microseconds(value.from)
    let to = StoredInstant.microseconds(value.to)
    let known = try Row.fetchOne(
      database, sql: "SELECT * FROM outages WHERE unit = ? AND from_us = ? AND available_at_us = ?",
      arguments: [value.unit.text, from, availableAt])
    if let known {
      let same = known["to_us"] == to && known["available_kW"] == value.availableCapacity.kilowatts
      if same { return false }
      throw StoreProblem.alreadyKnown(
        what: "The outage of unit \(value.unit) from \(instantText(value.from))", availableAt: outage.availableAt)
    }
    try database.execute(
      sql: "INSERT INTO outages VALUES (?, ?, ?, ?, ?)",
      arguments: [value.unit.text, from, availableAt, to, value.availableCapacity.kilowatts])
    return true
  }
}
