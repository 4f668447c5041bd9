import Foundation
import GRDB
import MarketModel

/// A row of table `units`.
struct UnitRecord {
  private struct Stage: Codable {
    let temperature: StartUpStage.Temperature
    let after_off_min: Int
    let cost_quanta: String
    let to_synchronise_min: Int
  }

  private struct Fuel: Codable {
    /// Constant in t/h, linear in t/MWh, quadratic in t/MW²h; or nil.
    var quadratic: [Double]?
    /// Pairs of MW and t/h; or nil.
    var points: [[Double]]?
  }

  static let insertion = """
    INSERT INTO units VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  static func arguments(_ unit: ThermalUnit, availableAt: Int64) throws -> StatementArguments {
    let state: (isOn: Bool, minutes: Int, output: Int64?) =
      switch unit.initialState {
      case .on(let minutes, let output): (true, minutes, output.kilowatts)
      case .off(let minutes): (false, minutes, nil)
      }
    return [
      unit.id.text, availableAt, unit.plant.text, unit.ratedCapacity.kilowatts, unit.minimumStableOutput.kilowatts,
      unit.rampUp.kilowattsPerMinute, unit.rampDown.kilowattsPerMinute, unit.minimumUpMinutes,
      unit.minimumDownMinutes, unit.maximumStartsPerDay, try stagesText(unit.startUp),
      String(unit.noLoadCostPerHour.quanta), try fuelText(unit.fuelCurve), unit.coal.pricePerTonne,
      unit.coal.kilocaloriesPerKilogram, unit.auxiliaryPowerPartsPerMillion,
      unit.otherVariableCost.microPerMegawattHour, unit.heatSupply?.minimumOutput.kilowatts,
      unit.heatSupply?.firstMonthDay, unit.heatSupply?.lastMonthDay, state.isOn, state.minutes, state.output,
      try StoredText.encode(unit.assumedFields),
    ]
  }

  static func unit(_ row: Row) throws -> ThermalUnit {
    ThermalUnit(
      id: UnitID(row["id"]), plant: PlantID(row["plant"]), ratedCapacity: Power(kilowatts: row["rated_capacity_kW"]),
      minimumStableOutput: Power(kilowatts: row["minimum_stable_output_kW"]),
      rampUp: RampRate(kilowattsPerMinute: row["ramp_up_kW_per_min"]),
      rampDown: RampRate(kilowattsPerMinute: row["ramp_down_kW_per_min"]),
      minimumUpMinutes: row["minimum_up_min"], minimumDownMinutes: row["minimum_down_min"],
      maximumStartsPerDay: row["maximum_starts_per_day"], startUp: try stages(row["start_up_stages"]),
      noLoadCostPerHour: try money(row["no_load_cost_per_h_quanta"]), fuelCurve: try fuel(row["fuel_curve"]),
      coal: Coal(
        pricePerTonne: row["coal_price_per_t"], kilocaloriesPerKilogram: row["coal_calorific_value_kcal_per_kg"]),
      auxiliaryPowerPartsPerMillion: row["auxiliary_power_ppm"],
      otherVariableCost: EnergyPrice(microPerMegawattHour: row["other_variable_cost_micro_per_MWh"]),
      heatSupply: heat(row),
      initialState: try StateRecord.state(row["initial_is_on"], row["initial_min"], row["initial_output_kW"]),
      assumedFields: try StoredText.decode([String].self, from: row["assumed_fields"], table: "units"))
  }

  private static func heat(_ row: Row) -> HeatSupply? {
    let minimum: Int64? = row["heat_minimum_kW"]
    let from: Int? = row["heat_from_month_day"]
    let to: Int? = row["heat_to_month_day"]
    guard let minimum, let from, let to else { return nil }
    return HeatSupply(minimumOutput: Power(kilowatts: minimum), firstMonthDay: from, lastMonthDay: to)
  }

  private static func stagesText(_ startUp: StartUpStages) throws -> String {
    try StoredText.encode(
      startUp.stages.map {
        Stage(
          temperature: $0.temperature, after_off_min: $0.afterOffMinutes, cost_quanta: String($0.cost.quanta),
          to_synchronise_min: $0.minutesToSynchronise)
      })
  }

  private static func stages(_ text: String) throws -> StartUpStages {
    StartUpStages(
      try StoredText.decode([Stage].self, from: text, table: "units").map {
        StartUpStage(
          temperature: $0.temperature, afterOffMinutes: $0.after_off_min, cost: try money($0.cost_quanta),
          minutesToSynchronise: $0.to_synchronise_min)
      })
  }

  private static func fuelText(_ curve: FuelCurve) throws -> String {
    switch curve {
    case .quadratic(let constant, let linear, let quadratic):
      try StoredText.encode(Fuel(quadratic: [constant, linear, quadratic]))
    case .piecewise(let points): try StoredText.encode(Fuel(points: points.map { [$0.megawatts, $0.tonnesPerHour] }))
    }
  }

  private static func fuel(_ text: String) throws -> FuelCurve {
    let fuel = try StoredText.decode(Fuel.self, from: text, table: "units")
    if let terms = fuel.quadratic, terms.count == 3 {
      return .quadratic(constant: terms[0], linear: terms[1], quadratic: terms[2])
    }
    guard let points = fuel.points, points.allSatisfy({ $0.count == 2 }) else {
      throw StoreProblem.unreadableRow(table: "units", reason: "fuel curve \(text)")
    }
    return .piecewise(points.map { FuelPoint(megawatts: $0[0], tonnesPerHour: $0[1]) })
  }

  private static func money(_ text: String) throws -> Money {
    guard let quanta = Int128(text) else {
      throw StoreProblem.unreadableRow(table: "units", reason: "\"\(text)\" is no amount of money")
    }
    return Money(quanta: quanta)
  }
}

/// Small lists inside a row, as JSON text with sorted keys.
enum StoredText {
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func decode<Value: Decodable>(_ type: Value.Type, from text: String, table: String) throws -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch {
      throw StoreProblem.unreadableRow(table: table, reason: "\"\(text)\" cannot be decoded")
    }
  }
}

/// The three columns that hold a unit's state.
enum StateRecord {
  static func state(_ isOn: Bool, _ minutes: Int, _ output: Int64?) throws -> UnitState {
    if !isOn { return .off(minutes: minutes) }
    guard let output else { throw StoreProblem.unreadableRow(table: "unit states", reason: "on line without output") }
    return .on(minutes: minutes, output: Power(kilowatts: output))
  }
}
