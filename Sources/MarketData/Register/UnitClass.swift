import Foundation
import MarketModel

/// Typical values of one class of units: a row of `data/portfolio/unit-classes.csv`.
struct UnitClass {
  static let columns = [
    "class_MW", "units", "minimum_percent", "ramp_percent_per_min", "minimum_up_h", "minimum_down_h",
    "maximum_starts_per_day", "hot_start_cost", "hot_start_h", "warm_after_h", "warm_start_cost", "warm_start_h",
    "cold_after_h", "cold_start_cost", "cold_start_h", "no_load_cost_per_h", "half_load_excess_percent",
    "quadratic_share_percent", "coal_price_per_t", "coal_calorific_value_kcal_per_kg", "other_variable_cost_per_MWh",
    "heat_every", "heat_minimum_percent", "heat_from", "heat_to", "initial_h", "initial_output_percent",
    "plant_maximum_starts_per_day",
  ]

  let megawatts: Double
  /// How many units of the class a portfolio gets.
  let units: Int
  let minimumShare: Double
  let rampSharePerMinute: Double
  let minimumUpMinutes: Int
  let minimumDownMinutes: Int
  let maximumStartsPerDay: Int
  let startUp: StartUpStages
  let noLoadCostPerHour: Money
  /// By how much more fuel a megawatt-hour takes at half load than at full load.
  let halfLoadExcess: Double
  /// Share of the quadratic term in the fuel of a megawatt-hour at full load.
  let quadraticShare: Double
  let coal: Coal
  let otherVariableCost: EnergyPrice
  /// Every so many units of the class supply heat; 0 for none.
  let heatEvery: Int
  let heatMinimumShare: Double
  let heatSeason: (first: Int, last: Int)
  let initialMinutes: Int
  let initialShare: Double
  let plantMaximumStartsPerDay: Int

  init(_ row: NamedRow) throws(ImportProblem) {
    func share(_ column: String) throws(ImportProblem) -> Double { Double(try row.partsPerMillion(column)) / 1_000_000 }
    func stage(_ temperature: StartUpStage.Temperature) throws(ImportProblem) -> StartUpStage {
      let name = temperature.rawValue
      return StartUpStage(
        temperature: temperature, afterOffMinutes: temperature == .hot ? 0 : try row.minutes("\(name)_after_h"),
        cost: try row.money("\(name)_start_cost"), minutesToSynchronise: try row.minutes("\(name)_start_h"))
    }
    megawatts = try row.number("class_MW")
    units = try row.wholeNumber("units")
    minimumShare = try share("minimum_percent")
    rampSharePerMinute = try share("ramp_percent_per_min")
    minimumUpMinutes = try row.minutes("minimum_up_h")
    minimumDownMinutes = try row.minutes("minimum_down_h")
    maximumStartsPerDay = try row.wholeNumber("maximum_starts_per_day")
    startUp = StartUpStages([try stage(.hot), try stage(.warm), try stage(.cold)])
    noLoadCostPerHour = try row.money("no_load_cost_per_h")
    halfLoadExcess = try share("half_load_excess_percent")
    quadraticShare = try share("quadratic_share_percent")
    coal = Coal(
      pricePerTonne: try row.number("coal_price_per_t"),
      kilocaloriesPerKilogram: try row.number("coal_calorific_value_kcal_per_kg"))
    otherVariableCost = try row.price("other_variable_cost_per_MWh")
    heatEvery = try row.wholeNumber("heat_every")
    heatMinimumShare = try share("heat_minimum_percent")
    heatSeason = (try row.monthDay("heat_from"), try row.monthDay("heat_to"))
    initialMinutes = try row.minutes("initial_h")
    initialShare = try share("initial_output_percent")
    plantMaximumStartsPerDay = try row.wholeNumber("plant_maximum_starts_per_day")
  }

  static func read(from url: URL) throws(ImportProblem) -> [UnitClass] {
    let table = try NamedRows(url)
    try table.requireColumns(columns)
    return try table.parsed { row throws(ImportProblem) in try UnitClass(row) }.sorted { $0.megawatts < $1.megawatts }
  }

  /// The fuel curve whose average at full load is `tonnesPerMegawattHour`, at half load higher by `halfLoadExcess` = w,
  /// and whose quadratic term makes up `quadraticShare` = s of the fuel at full load. With h the average and P the rating:
  ///
  ///     a / P + b + c·P = h,   2a / P + b + c·P / 2 = h·(1 + w),   c·P = s·h
  ///     a = h·P·(w + s/2),   b = h·(1 − w − 3s/2),   c = s·h / P
  ///
  /// The incremental fuel at full load is h·(1 − w + s/2).
  func fuelCurve(tonnesPerMegawattHour average: Double, rated: Double) -> FuelCurve {
    .quadratic(
      constant: average * rated * (halfLoadExcess + quadraticShare / 2),
      linear: average * (1 - halfLoadExcess - 1.5 * quadraticShare), quadratic: average * quadraticShare / rated)
  }
}
