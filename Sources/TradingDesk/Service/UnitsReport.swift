internal import Foundation
public import MarketModel

/// The units of a workspace as they are known now.
public struct UnitsReport: Sendable, Encodable {
  public var schema = "spotdesk.units/1"
  public var units: [Row]

  /// Power is gross MW, time hours, money in the market's currency.
  public struct Row: Sendable, Encodable {
    public var unit: UnitID
    public var plant: PlantID
    public var capacityMW: Double
    public var minimumMW: Double
    public var rampUpMWPerMinute: Double
    public var rampDownMWPerMinute: Double
    public var minimumUpHours: Double
    public var minimumDownHours: Double
    public var maximumStartsPerDay: Int
    public var noLoadCostPerHour: Double
    /// Names of columns that hold typical values of the class instead of the unit's own.
    public var assumed: [String]
  }
}

extension TradingDesk {
  /// The register of units, in its order.
  public func listUnits() throws -> UnitsReport {
    let store = try openStore()
    let units = try inDeskTerms { try store.units(asOf: .distantFuture) }
    return UnitsReport(
      units: units.map { unit in
        UnitsReport.Row(
          unit: unit.id, plant: unit.plant, capacityMW: unit.ratedCapacity.megawatts,
          minimumMW: unit.minimumStableOutput.megawatts,
          rampUpMWPerMinute: Double(unit.rampUp.kilowattsPerMinute) / 1_000,
          rampDownMWPerMinute: Double(unit.rampDown.kilowattsPerMinute) / 1_000,
          minimumUpHours: Double(unit.minimumUpMinutes) / 60, minimumDownHours: Double(unit.minimumDownMinutes) / 60,
          maximumStartsPerDay: unit.maximumStartsPerDay, noLoadCostPerHour: unit.noLoadCostPerHour.rounded.amount,
          assumed: unit.assumedFields)
      })
  }
}
