public import Foundation
public import MarketModel

/// A unit of a register that stands alone beside a bid file: the limits that every check needs, and what else its row says.
public struct DeclaredUnit: Hashable, Sendable {
  public let unit: ThermalUnit
  /// Currency units per MWh, from the row.
  public let marginalCost: Double
  /// Further columns that hold a number, by name.
  public let numbers: [String: Double]
  /// Further columns that hold yes or no, by name.
  public let flags: [String: Bool]
  /// Further columns that hold a text, by name.
  public let texts: [String: String]

  public static let required = [
    "unit", "plant", "capacity_MW", "minimum_MW", "ramp_up_MW_per_min", "ramp_down_MW_per_min", "minimum_up_h",
    "minimum_down_h", "start_cost", "no_load_cost_per_h", "marginal_cost_per_MWh",
  ]
  public static let furtherNumbers = [
    "available_MW", "maximum_starts_per_day", "auxiliary_percent", "initial_output_MW", "initial_hours", "start_h",
    "declared_capacity_MW", "disclosed_capacity_MW", "reference_price_per_MWh", "forecast_MW", "heat_minimum_MW",
    "coal_kcal_per_kg", "coal_minimum_kcal_per_kg", "derated_capacity_MW", "parameter_changes", "energy_MWh",
    "charge_MW", "charge_efficiency", "discharge_efficiency", "soc_minimum", "soc_maximum", "soc_initial",
    "cycles_per_day", "wear_cost_per_MWh",
  ]
  public static let furtherFlags = ["active", "cost_file", "filed_minimum_heating", "bid_minimum_heating"]
  public static let furtherTexts = ["kind", "node", "settlement_unit", "group", "exclusion_zones_MW"]

  /// The units of a workbook that has a sheet "units" beside its bids; nil if the file is no such workbook.
  public static func readBeside(bids url: URL) throws(ImportProblem) -> [DeclaredUnit]? {
    guard try WorkbookRecords.spreadsheet(url)?.sheet(named: "units") != nil else { return nil }
    return try read(from: url)
  }

  /// Throws if a required column is missing, a field is not of its kind, or a unit's limits contradict each other.
  public static func read(from url: URL) throws(ImportProblem) -> [DeclaredUnit] {
    try rows(of: try NamedRows(url, sheet: "units"))
  }

  /// The same of a file that is held in memory; `name` stands for its path in sentences.
  public static func read(_ content: Data, name: String) throws(ImportProblem) -> [DeclaredUnit] {
    try rows(of: try NamedRows(content, name: name, sheet: "units"))
  }

  private static func rows(of table: NamedRows) throws(ImportProblem) -> [DeclaredUnit] {
    try table.requireColumns(required, optional: furtherNumbers + furtherFlags + furtherTexts)
    return try table.parsed { row throws(ImportProblem) in try DeclaredUnit(row) }
  }

  init(_ row: NamedRow) throws(ImportProblem) {
    var numbers: [String: Double] = [:]
    for column in DeclaredUnit.furtherNumbers { numbers[column] = try row.optionalNumber(column) }
    var flags: [String: Bool] = [:]
    for column in DeclaredUnit.furtherFlags { flags[column] = try row.optionalFlag(column) }
    var texts: [String: String] = [:]
    for column in DeclaredUnit.furtherTexts { texts[column] = row.optionalText(column) }
    self.numbers = numbers
    self.flags = flags
    self.texts = texts
    marginalCost = try row.number("marginal_cost_per_MWh")
    unit = try DeclaredUnit.thermalUnit(row, numbers: numbers)
    // What the checks judge of wind, solar and storage does not need a thermal unit's limits.
    let isThermal = (texts["kind"] ?? "thermal") == "thermal"
    if isThermal, let problem = unit.problems.first { throw row.problem("unit", "unit \(unit.id): \(problem).") }
  }

  private static func thermalUnit(_ row: NamedRow, numbers: [String: Double]) throws(ImportProblem) -> ThermalUnit {
    let start = StartUpStage(
      temperature: .cold, afterOffMinutes: 0, cost: try row.estimatedMoney("start_cost"),
      minutesToSynchronise: row.optionalText("start_h") == nil ? 0 : try row.minutes("start_h"))
    let heat: HeatSupply? =
      row.optionalText("heat_minimum_MW") == nil
      ? nil : HeatSupply(minimumOutput: try row.power("heat_minimum_MW"), firstMonthDay: 101, lastMonthDay: 1231)
    return ThermalUnit(
      id: UnitID(try row.text("unit")), plant: PlantID(try row.text("plant")),
      ratedCapacity: try row.power("capacity_MW"), minimumStableOutput: try row.power("minimum_MW"),
      rampUp: try row.rampRate("ramp_up_MW_per_min"), rampDown: try row.rampRate("ramp_down_MW_per_min"),
      minimumUpMinutes: try row.minutes("minimum_up_h"), minimumDownMinutes: try row.minutes("minimum_down_h"),
      maximumStartsPerDay: row.optionalText("maximum_starts_per_day") == nil
        ? 96 : try row.wholeNumber("maximum_starts_per_day"),
      startUp: StartUpStages([start]), noLoadCostPerHour: try row.estimatedMoney("no_load_cost_per_h"),
      fuelCurve: .quadratic(constant: 0, linear: 0, quadratic: 0),
      coal: Coal(pricePerTonne: 1, kilocaloriesPerKilogram: Coal.standardKilocaloriesPerKilogram),
      auxiliaryPowerPartsPerMillion: row.optionalText("auxiliary_percent") == nil
        ? 0 : try row.partsPerMillion("auxiliary_percent"),
      otherVariableCost: try row.price("marginal_cost_per_MWh"), heatSupply: heat,
      initialState: try state(row, numbers: numbers))
  }

  /// As the row says, or on line for a month at the lowest output; the checks that need it are then withheld.
  private static func state(_ row: NamedRow, numbers: [String: Double]) throws(ImportProblem) -> UnitState {
    guard let output = numbers["initial_output_MW"], numbers["initial_hours"] != nil else {
      return .on(minutes: 43_200, output: try row.power("minimum_MW"))
    }
    let minutes = try row.minutes("initial_hours")
    return output > 0 ? .on(minutes: minutes, output: try row.power("initial_output_MW")) : .off(minutes: minutes)
  }
}
