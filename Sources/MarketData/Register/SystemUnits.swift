public import Foundation
public import MarketModel

/// Units with their own physics from a public system's unit file.
public struct SystemUnits: Sendable {
  public let units: [ThermalUnit]
  /// "RTS-GMLC" or "NEM".
  public let system: String
  /// Names of thermal units that were left out, and why.
  public let leftOut: [String]

  /// Reads `gen.csv` of RTS-GMLC (Barrows et al., IEEE Transactions on Power Systems 35(1), 2020) or the generator table of the
  /// NEM dataset (Xenophon and Hill, Scientific Data 5:180203, 2018); nil if the header is of neither.
  ///
  /// Fuel is told in tonnes of standard coal (29.3076 GJ each) at the price of the same heat. Only units that burn fuel and have a lowest
  /// output are taken, and whose starts do not cost less the longer it was off line. What a file lacks is named in `assumedFields`.
  ///
  /// - Throws: `ImportProblem` for a row that cannot be read.
  public static func read(from url: URL) throws -> SystemUnits? {
    let table = try NamedRows(url)
    if table.header.contains("GEN UID"), table.header.contains("HR_avg_0") { return try rtsGmlc(table) }
    if table.header.contains("DUID"), table.header.contains("HEAT_RATE") { return try nem(table) }
    return nil
  }

  /// Gigajoules in a tonne of standard coal: 7,000 kcal/kg.
  static let gigajoulesPerTonne = 29.3076
  /// Gigajoules in a million British thermal units.
  static let gigajoulesPerMMBTU = 1.055056

  // MARK: RTS-GMLC

  private static func rtsGmlc(_ table: NamedRows) throws(ImportProblem) -> SystemUnits {
    var units: [ThermalUnit] = []
    var leftOut: [String] = []
    for row in table.rows where (try number(row, "Fuel Price $/MMBTU")) > 0 {
      let name = try row.text("GEN UID")
      guard try row.number("PMin MW") > 0 else {
        leftOut.append("\(name) (no lowest output)")
        continue
      }
      let unit = try rtsUnit(row, name: name)
      if zip(unit.startUp.stages, unit.startUp.stages.dropFirst()).contains(where: { $0.cost > $1.cost }) {
        leftOut.append("\(name) (its starts cost less the longer it was off line)")
      } else {
        units.append(unit)
      }
    }
    return SystemUnits(units: units, system: "RTS-GMLC", leftOut: leftOut)
  }

  private static func rtsUnit(_ row: NamedRow, name: String) throws(ImportProblem) -> ThermalUnit {
    let fuelPrice = try row.number("Fuel Price $/MMBTU")
    let ramp = RampRate(kilowattsPerMinute: try row.power("Ramp Rate MW/Min").kilowatts)
    let minimum = onTick(try row.power("PMin MW"))
    let other = try number(row, "Non Fuel Start Cost $")
    func start(_ state: String) throws(ImportProblem) -> Double {
      fuelPrice * (try number(row, "Start Heat \(state) MBTU")) + other
    }
    let warmAfter = try number(row, "Start Time Warm Hr")
    let coldAfter = try number(row, "Start Time Cold Hr")
    return ThermalUnit(
      id: UnitID(name), plant: PlantID("bus-" + (try row.text("Bus ID"))), ratedCapacity: try row.power("PMax MW"),
      minimumStableOutput: minimum, rampUp: ramp, rampDown: ramp,
      minimumUpMinutes: minutes(try row.number("Min Up Time Hr")),
      minimumDownMinutes: minutes(try row.number("Min Down Time Hr")), maximumStartsPerDay: assumedStarts,
      startUp: stages(
        hot: try start("Hot"), warm: (warmAfter, try start("Warm")), cold: (coldAfter, try start("Cold"))),
      noLoadCostPerHour: .zero, fuelCurve: .piecewise(try heatPoints(row)),
      coal: coal(pricePerGigajoule: fuelPrice / gigajoulesPerMMBTU), auxiliaryPowerPartsPerMillion: 0,
      otherVariableCost: .perMegawattHour(try number(row, "VOM")), heatSupply: nil,
      initialState: .on(minutes: assumedMinutesOn, output: minimum), assumedFields: assumed + ["hot_start_h"])
  }

  /// Corners of the input-output curve: the average heat rate up to the first output, then the rate of each step (BTU/kWh).
  private static func heatPoints(_ row: NamedRow) throws(ImportProblem) -> [FuelPoint] {
    let largest = try row.number("PMax MW")
    let average = try number(row, "HR_avg_0")
    var output = try row.number("PMin MW")
    let tonnes = gigajoulesPerMMBTU / gigajoulesPerTonne / 1_000
    var heat = output * average
    var points = [FuelPoint(megawatts: output, tonnesPerHour: heat * tonnes)]
    for step in 1...4 {
      let next = min(try number(row, "Output_pct_\(step)") * largest, largest)
      guard next > output + 1e-6 else { continue }
      let rate = try number(row, "HR_incr_\(step)")
      heat += (next - output) * (rate == 0 ? average : rate)
      output = next
      points.append(FuelPoint(megawatts: output, tonnesPerHour: heat * tonnes))
    }
    return points
  }

  // MARK: NEM

  private static func nem(_ table: NamedRows) throws(ImportProblem) -> SystemUnits {
    var units: [ThermalUnit] = []
    var leftOut: [String] = []
    for row in table.rows where row.optionalText("FUEL_CAT") == "Fossil" {
      let name = try row.text("DUID")
      guard try row.number("MIN_GEN") > 0 else {
        leftOut.append("\(name) (no lowest output)")
        continue
      }
      let unit = try nemUnit(row, name: name)
      if zip(unit.startUp.stages, unit.startUp.stages.dropFirst()).contains(where: { $0.cost > $1.cost }) {
        leftOut.append("\(name) (its starts cost less the longer it was off line)")
      } else {
        units.append(unit)
      }
    }
    return SystemUnits(units: units, system: "NEM", leftOut: leftOut)
  }

  /// The heat of an hour is `HEAT_RATE · (P + NL_FUEL_CONS · (capacity − P))`: the rate holds at full load, and the part without load runs
  /// on at every output.
  private static func nemUnit(_ row: NamedRow, name: String) throws(ImportProblem) -> ThermalUnit {
    let capacity = try row.power("REG_CAP")
    let minimum = onTick(try row.power("MIN_GEN"))
    let rate = try row.number("HEAT_RATE") / gigajoulesPerTonne
    let idle = try row.number("NL_FUEL_CONS")
    func ramp(_ column: String) throws(ImportProblem) -> RampRate {
      RampRate(kilowattsPerMinute: max(1, Int64((try row.number(column) * 1_000 / 60).rounded())))
    }
    return ThermalUnit(
      id: UnitID(name), plant: PlantID(try row.text("STATIONID")), ratedCapacity: capacity,
      minimumStableOutput: minimum, rampUp: try ramp("RR_UP"), rampDown: try ramp("RR_DOWN"),
      minimumUpMinutes: minutes(try row.number("MIN_ON_TIME")),
      minimumDownMinutes: minutes(try row.number("MIN_OFF_TIME")), maximumStartsPerDay: assumedStarts,
      startUp: stages(
        hot: try row.number("SU_COST_HOT"), warm: (assumedWarmHours, try row.number("SU_COST_WARM")),
        cold: (assumedColdHours, try row.number("SU_COST_COLD"))), noLoadCostPerHour: .zero,
      fuelCurve: .quadratic(constant: rate * idle * capacity.megawatts, linear: rate * (1 - idle), quadratic: 0),
      coal: coal(pricePerGigajoule: try row.number("FC_2016-17")), auxiliaryPowerPartsPerMillion: 0,
      otherVariableCost: try row.price("VOM"), heatSupply: nil,
      initialState: .on(minutes: assumedMinutesOn, output: minimum),
      assumedFields: assumed + ["hot_start_h", "warm_after_h", "cold_after_h"])
  }

  // MARK: What both share

  private static let assumed = [
    "auxiliary_power_percent", "maximum_starts_per_day", "initial_state", "initial_h", "initial_output_MW",
  ]
  private static let assumedStarts = 2
  private static let assumedMinutesOn = 10_080
  private static let assumedWarmHours = 8.0
  private static let assumedColdHours = 48.0

  /// A number; "NA" and an empty field are 0.
  private static func number(_ row: NamedRow, _ column: String) throws(ImportProblem) -> Double {
    row.optionalText(column) == "NA" ? 0 : try row.optionalNumber(column) ?? 0
  }

  /// Computed limits have digits that no market takes: up to the next tenth of a megawatt.
  private static func onTick(_ power: Power) -> Power { Power(kilowatts: (power.kilowatts + 99) / 100 * 100) }

  private static func minutes(_ hours: Double) -> Int { Int((hours * 60).rounded()) }

  private static func coal(pricePerGigajoule: Double) -> Coal {
    Coal(
      pricePerTonne: pricePerGigajoule * gigajoulesPerTonne,
      kilocaloriesPerKilogram: Coal.standardKilocaloriesPerKilogram)
  }

  /// Warm and cold starts where they begin later than the one before.
  private static func stages(hot: Double, warm: (Double, Double), cold: (Double, Double)) -> StartUpStages {
    func cost(_ amount: Double) -> Money { .estimate((amount * 100).rounded() / 100) }
    var stages = [StartUpStage(temperature: .hot, afterOffMinutes: 0, cost: cost(hot), minutesToSynchronise: 0)]
    for (temperature, after, amount) in [
      (StartUpStage.Temperature.warm, warm.0, warm.1), (.cold, cold.0, cold.1),
    ] where minutes(after) > (stages.last?.afterOffMinutes ?? 0) {
      stages.append(
        StartUpStage(
          temperature: temperature, afterOffMinutes: minutes(after), cost: cost(amount), minutesToSynchronise: 0))
    }
    return StartUpStages(stages)
  }
}
