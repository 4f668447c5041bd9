public import Foundation
public import MarketModel

/// The unit register as a file: `units.csv`, one row per unit, units of measure in the column names.
public enum UnitRegister {
  /// The columns that every register has.
  static let required = [
    "unit", "plant", "rated_capacity_MW", "minimum_stable_output_MW", "ramp_up_MW_per_min", "ramp_down_MW_per_min",
    "minimum_up_h", "minimum_down_h", "maximum_starts_per_day", "hot_start_cost", "hot_start_h", "no_load_cost_per_h",
    "coal_price_per_t", "coal_calorific_value_kcal_per_kg", "auxiliary_power_percent", "other_variable_cost_per_MWh",
    "initial_state", "initial_h",
  ]
  /// The columns that may be absent, or empty in a row that does not need them.
  static let optional = [
    "warm_after_h", "warm_start_cost", "warm_start_h", "cold_after_h", "cold_start_cost", "cold_start_h",
    "fuel_constant_t_per_h", "fuel_linear_t_per_MWh", "fuel_quadratic_t_per_MW2h", "fuel_points", "heat_minimum_MW",
    "heat_from", "heat_to", "initial_output_MW", "assumed",
  ]

  /// Reads a register; every wrong row is reported, up to `RowProblem.limit`.
  public static func read(from url: URL) throws(ImportProblem) -> [ThermalUnit] {
    let table = try NamedRows(url)
    try table.requireColumns(required, optional: optional)
    var lines: [UnitID: Int] = [:]
    return try table.parsed { row throws(ImportProblem) in
      let unit = try unit(row)
      if let earlier = lines.updateValue(row.line, forKey: unit.id) {
        throw row.problem("unit", "unit \(unit.id) is in the register twice, first in line \(earlier); keep one.")
      }
      if let problem = unit.problems.first {
        throw row.problem("", PortfolioError(unit: unit.id, problem: problem).description)
      }
      guard unit.fuelCurve.tonnesPerHour(atMegawatts: unit.ratedCapacity.megawatts) > 0 else {
        throw row.problem(
          "", "unit \(unit.id) has no fuel: its curve burns 0 t/h at rated capacity; state what an hour burns, above 0."
        )
      }
      return unit
    }
  }

  private static func unit(_ row: NamedRow) throws(ImportProblem) -> ThermalUnit {
    ThermalUnit(
      id: UnitID(try row.text("unit")), plant: PlantID(try row.text("plant")),
      ratedCapacity: try row.power("rated_capacity_MW"),
      minimumStableOutput: try row.power("minimum_stable_output_MW"),
      rampUp: try row.rampRate("ramp_up_MW_per_min"), rampDown: try row.rampRate("ramp_down_MW_per_min"),
      minimumUpMinutes: try row.minutes("minimum_up_h"), minimumDownMinutes: try row.minutes("minimum_down_h"),
      maximumStartsPerDay: try row.wholeNumber("maximum_starts_per_day"), startUp: try startUp(row),
      noLoadCostPerHour: try row.money("no_load_cost_per_h"), fuelCurve: try fuelCurve(row),
      coal: Coal(
        pricePerTonne: try row.number("coal_price_per_t"),
        kilocaloriesPerKilogram: try row.number("coal_calorific_value_kcal_per_kg")),
      auxiliaryPowerPartsPerMillion: try row.partsPerMillion("auxiliary_power_percent"),
      otherVariableCost: try row.price("other_variable_cost_per_MWh"), heatSupply: try heatSupply(row),
      initialState: try initialState(row), assumedFields: try assumed(row))
  }

  private static func startUp(_ row: NamedRow) throws(ImportProblem) -> StartUpStages {
    var stages = [
      StartUpStage(
        temperature: .hot, afterOffMinutes: 0, cost: try row.money("hot_start_cost"),
        minutesToSynchronise: try row.minutes("hot_start_h"))
    ]
    for (name, temperature) in [("warm", StartUpStage.Temperature.warm), ("cold", .cold)] {
      let columns = ["\(name)_after_h", "\(name)_start_cost", "\(name)_start_h"]
      guard columns.contains(where: { row.optionalText($0) != nil }) else { continue }
      stages.append(
        StartUpStage(
          temperature: temperature, afterOffMinutes: try row.minutes(columns[0]), cost: try row.money(columns[1]),
          minutesToSynchronise: try row.minutes(columns[2])))
    }
    return StartUpStages(stages)
  }

  private static func fuelCurve(_ row: NamedRow) throws(ImportProblem) -> FuelCurve {
    let terms = ["fuel_constant_t_per_h", "fuel_linear_t_per_MWh", "fuel_quadratic_t_per_MW2h"]
    let hasTerms = terms.contains { row.optionalText($0) != nil }
    guard let text = row.optionalText("fuel_points") else {
      guard hasTerms else {
        throw row.problem("fuel_points", "the unit has no fuel curve; give points or three terms.")
      }
      return .quadratic(
        constant: try row.number(terms[0]), linear: try row.number(terms[1]), quadratic: try row.number(terms[2]))
    }
    guard !hasTerms else { throw row.problem("fuel_points", "the unit has points and terms; keep one of them.") }
    var points: [FuelPoint] = []
    for pair in text.split(separator: ";") {
      let numbers = pair.split(separator: ":").compactMap { Double($0.trimmingCharacters(in: .whitespaces)) }
      guard numbers.count == 2, numbers.allSatisfy(\.isFinite) else {
        throw row.problem("fuel_points", "\"\(pair)\" is no point; write MW:t/h;MW:t/h, as 150:52.1;300:96.")
      }
      points.append(FuelPoint(megawatts: numbers[0], tonnesPerHour: numbers[1]))
    }
    return .piecewise(points)
  }

  private static func heatSupply(_ row: NamedRow) throws(ImportProblem) -> HeatSupply? {
    guard ["heat_minimum_MW", "heat_from", "heat_to"].contains(where: { row.optionalText($0) != nil }) else {
      return nil
    }
    return HeatSupply(
      minimumOutput: try row.power("heat_minimum_MW"), firstMonthDay: try row.monthDay("heat_from"),
      lastMonthDay: try row.monthDay("heat_to"))
  }

  private static func initialState(_ row: NamedRow) throws(ImportProblem) -> UnitState {
    let minutes = try row.minutes("initial_h")
    switch try row.text("initial_state") {
    case "on": return .on(minutes: minutes, output: try row.power("initial_output_MW"))
    case "off": return .off(minutes: minutes)
    case let other: throw row.problem("initial_state", "\"\(other)\" is neither on nor off.")
    }
  }

  private static func assumed(_ row: NamedRow) throws(ImportProblem) -> [String] {
    guard let text = row.optionalText("assumed") else { return [] }
    let names = text.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
    if let unknown = names.first(where: { !required.contains($0) && !optional.contains($0) }) {
      throw row.problem("assumed", "\"\(unknown)\" is no column of the register.")
    }
    return names
  }
}
