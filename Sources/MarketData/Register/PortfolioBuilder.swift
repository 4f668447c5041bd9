public import Foundation
public import MarketModel

/// Makes a portfolio from a register of five columns (unit ID, capacity, utilisation hours, coal use per net kWh, own use):
/// chooses plausible units of the classes in `classes` and completes them with the typical values of the class.
///
/// In each class the units are ordered by coal use and taken at equal distances, so that cheap and dear ones are among
/// them. Three after one another, by class and number, make a plant. Every column that is not the register's own is
/// named in `assumedFields`. No chance is involved.
public func buildPortfolio(fromRegister register: URL, classes: URL) throws -> Portfolio {
  let rows = try RegisterRow.read(from: register)
  var members: [(row: RegisterRow, unitClass: UnitClass, position: Int)] = []
  for unitClass in try UnitClass.read(from: classes) {
    let chosen = try choose(unitClass, among: rows, file: register.relativePath)
    for (position, row) in chosen.enumerated() { members.append((row, unitClass, position)) }
  }
  var units: [ThermalUnit] = []
  var plants: [PlantID: Int] = [:]
  for (index, member) in members.enumerated() {
    let plant = PlantID("P\(index / unitsPerPlant + 1)")
    plants[plant] = max(plants[plant, default: 0], member.unitClass.plantMaximumStartsPerDay)
    units.append(member.unitClass.complete(member.row, plant: plant, position: member.position))
  }
  return try Portfolio(
    units: units, plants: plants.map { Plant(id: $0.key, maximumStartsPerDay: $0.value) }.sorted { $0.id < $1.id })
}

/// Units of one plant, as the portfolio's description says: 24 units in 8 plants.
private let unitsPerPlant = 3

/// One row of the five-column register.
private struct RegisterRow {
  /// Net coal use of units that can exist, in g/kWh; the register has values from 63 to 714.
  static let plausibleCoalUse = 250.0...340.0
  /// Own use of units that can exist, in parts per million; the register has values from 0 to 58 %.
  static let plausibleOwnUse = 20_000...100_000

  let id: Int
  let capacity: Power
  /// Standard coal per net kilowatt-hour, in grams.
  let gramsPerNetKilowattHour: Double
  let ownUsePartsPerMillion: Int

  static func read(from url: URL) throws(ImportProblem) -> [RegisterRow] {
    let table = try NamedRows(url)
    let names = [
      "unit ID", "Capacity(MW)", "utilization hour (h)", "coal consumption (g coal/KWh)",
      "power consumption rate (%)",
    ]
    try table.requireColumns(names)
    return try table.parsed { row throws(ImportProblem) in
      RegisterRow(
        id: try row.wholeNumber(names[0]), capacity: try row.power(names[1]),
        gramsPerNetKilowattHour: try row.number(names[3]),
        ownUsePartsPerMillion: try row.partsPerMillion(names[4]))
    }
  }

  var isPlausible: Bool {
    RegisterRow.plausibleCoalUse.contains(gramsPerNetKilowattHour)
      && RegisterRow.plausibleOwnUse.contains(ownUsePartsPerMillion)
  }
}

/// The units of one class, in the order of the register.
private func choose(_ unitClass: UnitClass, among rows: [RegisterRow], file: String) throws(ImportProblem) -> [RegisterRow] {
  let candidates = rows.filter { $0.isPlausible && $0.capacity == Power.megawatts(unitClass.megawatts) }
    .sorted { ($0.gramsPerNetKilowattHour, $0.id) < ($1.gramsPerNetKilowattHour, $1.id) }
  guard candidates.count >= unitClass.units else {
    throw .header(
      file: file,
      sentence: "only \(candidates.count) plausible units of \(shownNumber(unitClass.megawatts)) MW, and "
        + "\(unitClass.units) are wanted; lower the number in the table of classes.")
  }
  return (0..<unitClass.units).map { candidates[(2 * $0 + 1) * candidates.count / (2 * unitClass.units)] }
    .sorted { $0.id < $1.id }
}

extension UnitClass {
  /// The register's columns that a completed unit takes from its class.
  private static let assumed = [
    "plant", "minimum_stable_output_MW", "ramp_up_MW_per_min", "ramp_down_MW_per_min", "minimum_up_h", "minimum_down_h",
    "maximum_starts_per_day", "hot_start_cost", "hot_start_h", "warm_after_h", "warm_start_cost", "warm_start_h",
    "cold_after_h", "cold_start_cost", "cold_start_h", "no_load_cost_per_h", "fuel_constant_t_per_h",
    "fuel_linear_t_per_MWh", "fuel_quadratic_t_per_MW2h", "coal_price_per_t", "coal_calorific_value_kcal_per_kg",
    "other_variable_cost_per_MWh", "initial_state", "initial_h", "initial_output_MW",
  ]
  private static let assumedHeat = ["heat_minimum_MW", "heat_from", "heat_to"]

  fileprivate func complete(_ row: RegisterRow, plant: PlantID, position: Int) -> ThermalUnit {
    let rated = row.capacity
    let netShare = 1 - Double(row.ownUsePartsPerMillion) / 1_000_000
    let suppliesHeat = heatEvery > 0 && (position + 1).isMultiple(of: heatEvery)
    let ramp = RampRate(kilowattsPerMinute: part(rampSharePerMinute, of: rated).kilowatts)
    return ThermalUnit(
      id: UnitID("U\(row.id)"), plant: plant, ratedCapacity: rated,
      minimumStableOutput: part(minimumShare, of: rated), rampUp: ramp, rampDown: ramp,
      minimumUpMinutes: minimumUpMinutes, minimumDownMinutes: minimumDownMinutes,
      maximumStartsPerDay: maximumStartsPerDay, startUp: startUp, noLoadCostPerHour: noLoadCostPerHour,
      fuelCurve: fuelCurve(
        tonnesPerMegawattHour: row.gramsPerNetKilowattHour / 1_000 * netShare, rated: rated.megawatts),
      coal: coal, auxiliaryPowerPartsPerMillion: row.ownUsePartsPerMillion, otherVariableCost: otherVariableCost,
      heatSupply: suppliesHeat
        ? HeatSupply(
          minimumOutput: part(heatMinimumShare, of: rated), firstMonthDay: heatSeason.first,
          lastMonthDay: heatSeason.last) : nil,
      initialState: .on(minutes: initialMinutes, output: part(initialShare, of: rated)),
      assumedFields: UnitClass.assumed + (suppliesHeat ? UnitClass.assumedHeat : []))
  }

  private func part(_ share: Double, of power: Power) -> Power { .megawatts(share * power.megawatts) }
}
