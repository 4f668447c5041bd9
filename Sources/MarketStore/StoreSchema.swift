import GRDB

/// The tables of the store, one migration for each change. A migration that has been released is never edited.
enum StoreSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 series") { try createSeriesTables($0) }
    migrator.registerMigration("2 registers") { try createRegisterTables($0) }
    migrator.registerMigration("3 results") { try createResultTables($0) }
    migrator.registerMigration("4 audit trail") { try createAuditTable($0) }
    migrator.registerMigration("5 fuel") { try createFuelTable($0) }
    return migrator
  }

  private static func createSeriesTables(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE imports (
          id INTEGER PRIMARY KEY, file TEXT NOT NULL, sha256 TEXT NOT NULL, format TEXT NOT NULL,
          row_count INTEGER NOT NULL, skipped_count INTEGER NOT NULL, written_day_count INTEGER NOT NULL,
          imported_at_us INTEGER NOT NULL
        );
        CREATE TABLE series (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
        CREATE TABLE observations (
          series INTEGER NOT NULL REFERENCES series, day INTEGER NOT NULL, available_at_us INTEGER NOT NULL,
          interval_min INTEGER NOT NULL, value_count INTEGER NOT NULL, value_doubles BLOB NOT NULL,
          import INTEGER NOT NULL REFERENCES imports, PRIMARY KEY (series, day, available_at_us)
        ) WITHOUT ROWID;
        CREATE INDEX imports_by_content ON imports (sha256);
        """)
  }

  private static func createRegisterTables(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE register_versions (
          register TEXT NOT NULL, available_at_us INTEGER NOT NULL, entry_count INTEGER NOT NULL,
          PRIMARY KEY (register, available_at_us)
        ) WITHOUT ROWID;
        CREATE TABLE units (
          id TEXT NOT NULL, available_at_us INTEGER NOT NULL, plant TEXT NOT NULL, rated_capacity_kW INTEGER NOT NULL,
          minimum_stable_output_kW INTEGER NOT NULL, ramp_up_kW_per_min INTEGER NOT NULL,
          ramp_down_kW_per_min INTEGER NOT NULL, minimum_up_min INTEGER NOT NULL, minimum_down_min INTEGER NOT NULL,
          maximum_starts_per_day INTEGER NOT NULL, start_up_stages TEXT NOT NULL,
          no_load_cost_per_h_quanta TEXT NOT NULL, fuel_curve TEXT NOT NULL, coal_price_per_t REAL NOT NULL,
          coal_calorific_value_kcal_per_kg REAL NOT NULL, auxiliary_power_ppm INTEGER NOT NULL,
          other_variable_cost_micro_per_MWh INTEGER NOT NULL, heat_minimum_kW INTEGER, heat_from_month_day INTEGER,
          heat_to_month_day INTEGER, initial_is_on INTEGER NOT NULL, initial_min INTEGER NOT NULL,
          initial_output_kW INTEGER, assumed_fields TEXT NOT NULL, PRIMARY KEY (id, available_at_us)
        ) WITHOUT ROWID;
        CREATE TABLE plants (
          id TEXT NOT NULL, available_at_us INTEGER NOT NULL, maximum_starts_per_day INTEGER,
          PRIMARY KEY (id, available_at_us)
        ) WITHOUT ROWID;
        CREATE TABLE contracts (
          id TEXT NOT NULL, available_at_us INTEGER NOT NULL, counterparty TEXT NOT NULL, first_day INTEGER NOT NULL,
          last_day INTEGER NOT NULL, from_min INTEGER NOT NULL, to_min INTEGER NOT NULL, power_kW INTEGER NOT NULL,
          price_micro_per_MWh INTEGER NOT NULL, reference TEXT NOT NULL, PRIMARY KEY (id, available_at_us)
        ) WITHOUT ROWID;
        CREATE TABLE outages (
          unit TEXT NOT NULL, from_us INTEGER NOT NULL, available_at_us INTEGER NOT NULL, to_us INTEGER NOT NULL,
          available_kW INTEGER NOT NULL, PRIMARY KEY (unit, from_us, available_at_us)
        ) WITHOUT ROWID;
        """)
  }

  private static func createResultTables(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE unit_states (
          strategy TEXT NOT NULL, day INTEGER NOT NULL, unit TEXT NOT NULL, available_at_us INTEGER NOT NULL,
          is_on INTEGER NOT NULL, state_min INTEGER NOT NULL, output_kW INTEGER,
          PRIMARY KEY (strategy, unit, day, available_at_us)
        ) WITHOUT ROWID;
        CREATE TABLE documents (
          day INTEGER NOT NULL, kind TEXT NOT NULL, strategy TEXT NOT NULL, available_at_us INTEGER NOT NULL,
          content BLOB NOT NULL, PRIMARY KEY (kind, strategy, day, available_at_us)
        );
        CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        """)
  }

  /// Rows are added and never changed; the triggers are against accidents, the chain of hashes against intent.
  private static func createAuditTable(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE audit_entries (
          sequence INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, day INTEGER, actor TEXT NOT NULL, action TEXT NOT NULL,
          content TEXT NOT NULL, previous_hash TEXT NOT NULL, hash TEXT NOT NULL
        );
        CREATE TRIGGER audit_entries_are_not_changed BEFORE UPDATE ON audit_entries
        BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END;
        CREATE TRIGGER audit_entries_are_not_removed BEFORE DELETE ON audit_entries
        BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END;
        """)
  }

  private static func createFuelTable(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE fuel_records (
          plant TEXT NOT NULL, kind TEXT NOT NULL, substance TEXT NOT NULL, day INTEGER NOT NULL,
          available_at_us INTEGER NOT NULL, last_day INTEGER NOT NULL, amount_t REAL NOT NULL,
          t_per_t_of_standard_coal REAL NOT NULL, PRIMARY KEY (plant, kind, substance, day, available_at_us)
        ) WITHOUT ROWID;
        """)
  }
}
