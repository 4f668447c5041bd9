public import Foundation
public import MarketModel

extension UnitRegister {
  /// The register as the text of a file that `read` turns into the same units, in the order given.
  public static func text(of units: [ThermalUnit]) throws(PortfolioError) -> String {
    let columns = required + optional
    var lines = [columns.joined(separator: ",")]
    for unit in units {
      let fields = try fields(of: unit)
      lines.append(columns.map { column in fields[column].map(csvField) ?? "" }.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Writes the register in one step: the file is the old one or the new one, never a part.
  public static func write(_ units: [ThermalUnit], to url: URL) throws {
    try Data(text(of: units).utf8).write(to: url, options: .atomic)
  }

  private static func fields(of unit: ThermalUnit) throws(PortfolioError) -> [String: String] {
    var fields = [
      "unit": unit.id.text, "plant": unit.plant.text, "rated_capacity_MW": unit.ratedCapacity.megawattText,
      "minimum_stable_output_MW": unit.minimumStableOutput.megawattText,
      "ramp_up_MW_per_min": decimalText(Int128(unit.rampUp.kilowattsPerMinute), decimals: 3),
      "ramp_down_MW_per_min": decimalText(Int128(unit.rampDown.kilowattsPerMinute), decimals: 3),
      "minimum_up_h": hours(unit.minimumUpMinutes), "minimum_down_h": hours(unit.minimumDownMinutes),
      "maximum_starts_per_day": "\(unit.maximumStartsPerDay)",
      "coal_price_per_t": shortestNumber(unit.coal.pricePerTonne),
      "coal_calorific_value_kcal_per_kg": shortestNumber(unit.coal.kilocaloriesPerKilogram),
      "auxiliary_power_percent": decimalText(Int128(unit.auxiliaryPowerPartsPerMillion), decimals: 4),
      "other_variable_cost_per_MWh": unit.otherVariableCost.text,
      "assumed": unit.assumedFields.joined(separator: ";"),
    ]
    fields["no_load_cost_per_h"] = try money(unit.noLoadCostPerHour, of: unit)
    for stage in try stages(of: unit) {
      let name = stage.temperature.rawValue
      if stage.temperature != .hot { fields["\(name)_after_h"] = hours(stage.afterOffMinutes) }
      fields["\(name)_start_cost"] = try money(stage.cost, of: unit)
      fields["\(name)_start_h"] = hours(stage.minutesToSynchronise)
    }
    add(unit.fuelCurve, to: &fields)
    add(unit.initialState, to: &fields)
    if let heat = unit.heatSupply {
      fields["heat_minimum_MW"] = heat.minimumOutput.megawattText
      fields["heat_from"] = monthDay(heat.firstMonthDay)
      fields["heat_to"] = monthDay(heat.lastMonthDay)
    }
    return fields
  }

  private static func add(_ curve: FuelCurve, to fields: inout [String: String]) {
    switch curve {
    case .quadratic(let constant, let linear, let quadratic):
      fields["fuel_constant_t_per_h"] = shortestNumber(constant)
      fields["fuel_linear_t_per_MWh"] = shortestNumber(linear)
      fields["fuel_quadratic_t_per_MW2h"] = shortestNumber(quadratic)
    case .piecewise(let points):
      fields["fuel_points"] = points.map { shortestNumber($0.megawatts) + ":" + shortestNumber($0.tonnesPerHour) }
        .joined(
          separator: ";")
    }
  }

  private static func add(_ state: UnitState, to fields: inout [String: String]) {
    switch state {
    case .on(let minutes, let output):
      fields["initial_state"] = "on"
      fields["initial_h"] = hours(minutes)
      fields["initial_output_MW"] = output.megawattText
    case .off(let minutes):
      fields["initial_state"] = "off"
      fields["initial_h"] = hours(minutes)
    }
  }

  /// The stages, which must be hot first and at most one of each for the file to hold them.
  private static func stages(of unit: ThermalUnit) throws(PortfolioError) -> [StartUpStage] {
    let stages = unit.startUp.stages
    guard stages.first?.temperature == .hot, Set(stages.map(\.temperature)).count == stages.count else {
      throw PortfolioError(unit: unit.id, problem: "start-up stages must be hot, then warm and cold once at most")
    }
    return stages
  }

  private static func money(_ money: Money, of unit: ThermalUnit) throws(PortfolioError) -> String {
    guard money.rounded == money else {
      throw PortfolioError(unit: unit.id, problem: "an amount of money has more than two decimals")
    }
    return money.text
  }

  private static func hours(_ minutes: Int) -> String { shortestNumber(Double(minutes) / 60) }

  private static func monthDay(_ value: Int) -> String {
    [value / 100, value % 100].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: "-")
  }
}
