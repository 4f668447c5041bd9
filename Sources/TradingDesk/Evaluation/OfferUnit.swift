internal import Foundation
internal import MarketModel

/// A unit to test offers with, as a file describes it: physics, and the columns of the data that its fuel is paid by.
struct OfferUnit: Decodable, Hashable, Sendable {
  struct Fuel: Decodable, Hashable, Sendable {
    /// Column of the data, a price known before the gate.
    let column: String
    /// Units of the column's price per MWh of fuel, as 0.1433 t of coal of 6,000 kcal/kg, or 0.34 t of carbon dioxide.
    let perFuelMWh: Double

    enum CodingKeys: String, CodingKey {
      case column
      case perFuelMWh = "per_fuel_MWh"
    }
  }

  let name: String
  let capacity: Double
  let minimum: Double
  let minimumUpHours: Double
  let minimumDownHours: Double
  let startCost: Double
  let efficiency: Double
  let fuels: [Fuel]
  let costFactor: Double?
  let otherCost: Double?
  let rampMWPerMinute: Double?

  enum CodingKeys: String, CodingKey {
    case name, efficiency, fuels
    case capacity = "capacity_MW"
    case minimum = "minimum_MW"
    case minimumUpHours = "minimum_up_hours"
    case minimumDownHours = "minimum_down_hours"
    case startCost = "start_cost"
    case costFactor = "cost_factor"
    case otherCost = "other_cost_per_MWh"
    case rampMWPerMinute = "ramp_MW_per_minute"
  }

  /// - Throws: `DeskProblem` in one sentence.
  static func read(_ file: URL) throws -> OfferUnit {
    guard let data = FileManager.default.contents(atPath: file.path) else {
      throw DeskProblem(.missingInput, "\(file.relativePath) does not exist; name the file of a unit.")
    }
    let unit: OfferUnit
    do { unit = try JSONDecoder().decode(OfferUnit.self, from: data) } catch {
      throw DeskProblem(.badData, "\(file.relativePath) is no unit: \(sentence(error))")
    }
    if let problem = unit.problem { throw DeskProblem(.badData, "\(file.relativePath): \(problem)") }
    return unit
  }

  private static func sentence(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, _): "it lacks \(key.stringValue)."
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "\(context.codingPath.map(\.stringValue).joined(separator: ".")) is of the wrong kind."
    default: "it cannot be read as JSON."
    }
  }

  /// What is wrong, nil if nothing is.
  private var problem: String? {
    if !(capacity > 0 && capacity < 100_000) { return "capacity_MW is \(capacity); it is above 0." }
    if !(minimum > 0 && minimum <= capacity) {
      return "minimum_MW is \(minimum); it is above 0 and at most the capacity of \(capacity)."
    }
    if !(efficiency > 0 && efficiency <= 1) { return "efficiency is \(efficiency); it is above 0 and at most 1." }
    for (key, value) in [("minimum_up_hours", minimumUpHours), ("minimum_down_hours", minimumDownHours)]
    where !(value >= 0 && value <= 168) {
      return "\(key) is \(value); it is 0 to 168."
    }
    if !(startCost >= 0 && startCost < 1e9) { return "start_cost is \(startCost); it is 0 or more." }
    if !((costFactor ?? 1) > 0) { return "cost_factor is \(costFactor ?? 1); it is above 0." }
    if !((rampMWPerMinute ?? 1) > 0) { return "ramp_MW_per_minute is \(rampMWPerMinute ?? 1); it is above 0." }
    return nil
  }

  /// Cost of a MWh at the prices of the columns.
  func costPerMWh(_ price: (String) -> Double) -> Double {
    let fuel = fuels.reduce(0) { $0 + price($1.column) * $1.perFuelMWh }
    return (costFactor ?? 1) * fuel / efficiency + (otherCost ?? 0)
  }

  /// The unit with one cost of a MWh.
  func thermalUnit(costPerMWh: Double) -> ThermalUnit {
    let ramp = RampRate.megawattsPerMinute(rampMWPerMinute ?? capacity)
    let start = StartUpStage(
      temperature: .hot, afterOffMinutes: 0, cost: .estimate(startCost), minutesToSynchronise: 0)
    return ThermalUnit(
      id: UnitID(name), plant: PlantID(name), ratedCapacity: .megawatts(capacity),
      minimumStableOutput: .megawatts(minimum), rampUp: ramp, rampDown: ramp,
      minimumUpMinutes: Int((minimumUpHours * 60).rounded()),
      minimumDownMinutes: Int((minimumDownHours * 60).rounded()),
      maximumStartsPerDay: 24, startUp: StartUpStages([start]), noLoadCostPerHour: .zero,
      fuelCurve: .quadratic(constant: 0, linear: 0, quadratic: 0),
      coal: Coal(pricePerTonne: 1, kilocaloriesPerKilogram: 7_000), auxiliaryPowerPartsPerMillion: 0,
      otherVariableCost: .perMegawattHour(costPerMWh), heatSupply: nil,
      initialState: .on(minutes: 100_000, output: .megawatts(minimum)))
  }
}
