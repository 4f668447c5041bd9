public import Foundation
import GRDB
public import MarketModel

extension MarketStore {
  /// Keeps a whole unit register as of an instant; false if the register known then says the same.
  public func save(units: [ThermalUnit], availableAt: Date) throws(StoreProblem) -> Bool {
    try save(units, in: .units, availableAt: availableAt)
  }

  /// Keeps the whole list of plants as of an instant; false if the list known then says the same.
  public func save(plants: [Plant], availableAt: Date) throws(StoreProblem) -> Bool {
    try save(plants, in: .plants, availableAt: availableAt)
  }

  /// Keeps the whole list of contracts as of an instant; false if the list known then says the same.
  public func save(contracts: [ContractForDifference], availableAt: Date) throws(StoreProblem) -> Bool {
    try save(contracts, in: .contracts, availableAt: availableAt)
  }

  /// Keeps outage tickets, each with its own time of publication, and returns how many were new.
  ///
  /// A later ticket for the same unit and the same beginning takes the place of the earlier one from its
  /// publication on.
  public func save(outages: [Available<Outage>]) throws(StoreProblem) -> Int {
    try writing { database in
      var written = 0
      for outage in outages where try OutageRecord.insert(outage, database) { written += 1 }
      return written
    }
  }

  /// Keeps stocks, arrivals and quotas, each with its own time of publication, and returns how many were new.
  ///
  /// A later record of the same plant, kind, substance and day takes the place of the earlier one from its publication on.
  public func save(fuel: [Available<FuelRecord>]) throws(StoreProblem) -> Int {
    try writing { database in
      var written = 0
      for record in fuel where try FuelTableRecord.insert(record, database) { written += 1 }
      return written
    }
  }

  /// Stocks, arrivals and quotas as they were known at an instant, by plant, kind, substance and day.
  public func fuel(asOf: Date) throws(StoreProblem) -> [FuelRecord] {
    try reading { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT plant, kind, substance, day, max(available_at_us), last_day, amount_t, t_per_t_of_standard_coal
          FROM fuel_records WHERE available_at_us <= ? GROUP BY plant, kind, substance, day
          ORDER BY plant, kind, substance, day
          """, arguments: [StoredInstant.microseconds(asOf)]
      ).map(FuelTableRecord.fuel)
    }
  }

  /// The unit register as it was known at an instant, in order of the identifiers; empty if none was.
  public func units(asOf: Date) throws(StoreProblem) -> [ThermalUnit] {
    try entries(.units, asOf: asOf).sorted { $0.id < $1.id }
  }

  /// The plants as they were known at an instant; empty if none were.
  public func plants(asOf: Date) throws(StoreProblem) -> [Plant] {
    try entries(.plants, asOf: asOf).sorted { $0.id < $1.id }
  }

  /// The contracts as they were known at an instant; empty if none were.
  public func contracts(asOf: Date) throws(StoreProblem) -> [ContractForDifference] {
    try entries(.contracts, asOf: asOf).sorted { $0.id < $1.id }
  }

  /// The outage tickets as they were known at an instant, by unit and beginning.
  public func outages(asOf: Date) throws(StoreProblem) -> [Outage] {
    try reading { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT unit, from_us, max(available_at_us), to_us, available_kW FROM outages WHERE available_at_us <= ?
          GROUP BY unit, from_us
          """, arguments: [StoredInstant.microseconds(asOf)]
      ).map(OutageRecord.outage)
    }.sorted { ($0.unit, $0.from) < ($1.unit, $1.from) }
  }

  private func save<Entry>(
    _ entries: [Entry], in table: RegisterTable<Entry>, availableAt: Date
  ) throws(StoreProblem) -> Bool {
    try writing { try table.save(entries, $0, availableAt: StoredInstant.microseconds(availableAt)) }
  }

  private func entries<Entry>(_ table: RegisterTable<Entry>, asOf: Date) throws(StoreProblem) -> [Entry] {
    try reading { database in
      guard let known = try table.entries(database, asOf: StoredInstant.microseconds(asOf)) else { return [] }
      return known.entries
    }
  }
}
