internal import Foundation
internal import MarketModel

/// A prepared day as the store keeps it: units with their limits and states, and both books, exact.
struct StoredDay: Codable {
  var market: String
  var packVersion: String
  var intervalMinutes: Int
  var intervals: Int
  var units: [StoredUnit]
  var standard: [StoredBid]
  var optimised: [StoredBid]
  var forecast: StoredForecast

  /// Name under which the store keeps it.
  static let kind = "prepared-day"

  struct StoredForecast: Codable {
    var point: [Double]
    var sameAsYesterday: [Double]
    /// 10 % and 90 % quantiles.
    var low: [Double]
    var high: [Double]
    /// 5 % and 95 % quantiles; nil of days that were prepared before they were kept.
    var lowest: [Double]?
    var highest: [Double]?
  }

  struct StoredUnit: Codable {
    var unit: UnitID
    var availableKilowatts: [Int64]
    var minimumKilowatts: [Int64]
    var mustRun: [Bool]
    var isOn: Bool
    var stateMinutes: Int
    var outputKilowatts: Int64
    var minutesFromOrder: Int?
  }

  struct StoredBid: Codable {
    var unit: UnitID
    var form: CurveForm
    var kilowatts: [Int64]
    var microPerMegawattHour: [Int64]
    var commitment: [Bool]
    var plannedMegawatts: [Double]
  }
}

extension StoredDay {
  /// As the store keeps it: the keys are the properties' names.
  func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return try encoder.encode(self)
  }

  static func decoded(_ content: Data) throws -> StoredDay { try JSONDecoder().decode(StoredDay.self, from: content) }
}

extension StoredDay.StoredUnit {
  init(_ day: UnitDay) {
    unit = day.unit.id
    availableKilowatts = day.availableCapacity.values.map(\.kilowatts)
    minimumKilowatts = day.minimumOutput.values.map(\.kilowatts)
    mustRun = day.mustRun.values
    minutesFromOrder = day.minutesFromOrder
    switch day.initialState {
    case .on(let minutes, let output): (isOn, stateMinutes, outputKilowatts) = (true, minutes, output.kilowatts)
    case .off(let minutes): (isOn, stateMinutes, outputKilowatts) = (false, minutes, 0)
    }
  }

  func unitDay(of unit: ThermalUnit, on grid: IntervalGrid) throws(IntervalSeriesError) -> UnitDay {
    UnitDay(
      unit: unit, availableCapacity: try IntervalSeries(grid, availableKilowatts.map { Power(kilowatts: $0) }),
      minimumOutput: try IntervalSeries(grid, minimumKilowatts.map { Power(kilowatts: $0) }),
      mustRun: try IntervalSeries(grid, mustRun),
      initialState: isOn
        ? .on(minutes: stateMinutes, output: Power(kilowatts: outputKilowatts)) : .off(minutes: stateMinutes),
      minutesFromOrder: minutesFromOrder)
  }
}

extension StoredDay.StoredBid {
  init(_ bid: UnitBid) {
    unit = bid.unit
    form = bid.curve.form
    kilowatts = bid.curve.points.map(\.output.kilowatts)
    microPerMegawattHour = bid.curve.points.map(\.price.microPerMegawattHour)
    commitment = bid.commitment.values
    plannedMegawatts = bid.plannedMegawatts
  }

  func bid(on grid: IntervalGrid) throws -> UnitBid {
    let points = zip(kilowatts, microPerMegawattHour).map {
      BidPoint(output: Power(kilowatts: $0), price: EnergyPrice(microPerMegawattHour: $1))
    }
    return UnitBid(
      unit: unit, curve: try BidCurve(form: form, points: points), commitment: try IntervalSeries(grid, commitment),
      plannedMegawatts: plannedMegawatts)
  }
}
