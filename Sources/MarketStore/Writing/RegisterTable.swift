import Foundation
import GRDB
import MarketModel

/// One register kept in versions: each holds the whole list as of its time of publication.
struct RegisterTable<Entry: Hashable> {
  /// Name of the table and of the register.
  let name: String
  let insertion: String
  let arguments: (Entry, Int64) throws -> StatementArguments
  let entry: (Row) throws -> Entry

  /// The entries of the latest version at or before an instant; nil if there is none.
  func entries(_ database: Database, asOf: Int64) throws -> (version: Int64, entries: [Entry])? {
    let version = try Int64.fetchOne(
      database, sql: "SELECT max(available_at_us) FROM register_versions WHERE register = ? AND available_at_us <= ?",
      arguments: [name, asOf])
    guard let version else { return nil }
    let rows = try Row.fetchAll(database, sql: "SELECT * FROM \(name) WHERE available_at_us = ?", arguments: [version])
    return (version, try rows.map(entry))
  }

  /// Adds a version; false if the latest one at that instant says the same already.
  func save(_ entries: [Entry], _ database: Database, availableAt: Int64) throws -> Bool {
    if let known = try self.entries(database, asOf: availableAt) {
      if Set(known.entries) == Set(entries) { return false }
      guard known.version < availableAt else {
        throw StoreProblem.alreadyKnown(what: "The register of \(name)", availableAt: StoredInstant.date(availableAt))
      }
    }
    try database.execute(
      sql: "INSERT INTO register_versions VALUES (?, ?, ?)", arguments: [name, availableAt, entries.count])
    for entry in entries { try database.execute(sql: insertion, arguments: try arguments(entry, availableAt)) }
    return true
  }
}

extension RegisterTable where Entry == ThermalUnit {
  static var units: Self {
    Self(
      name: "units", insertion: UnitRecord.insertion, arguments: { try UnitRecord.arguments($0, availableAt: $1) },
      entry: UnitRecord.unit)
  }
}

extension RegisterTable where Entry == Plant {
  static var plants: Self {
    Self(
      name: "plants", insertion: PlantRecord.insertion, arguments: { PlantRecord.arguments($0, availableAt: $1) },
      entry: PlantRecord.plant)
  }
}

extension RegisterTable where Entry == ContractForDifference {
  static var contracts: Self {
    Self(
      name: "contracts", insertion: ContractRecord.insertion,
      arguments: { ContractRecord.arguments($0, availableAt: $1) }, entry: ContractRecord.contract)
  }
}
