internal import Foundation
internal import MarketModel
internal import MarketStore

/// What a unit delivered of the schedule that it sold: the schedule itself where nothing stood in its way.
///
/// Where less was available than was known at the gate, output is cut to it. Below the lowest output the unit trips; it comes back when
/// it is available again and its minimum down time is over, from its lowest output along its ramp, and pays a start.
struct DeliveredDay: Sendable {
  let unit: ThermalUnit
  /// Gross output by interval.
  let output: [Power]
  /// Net of auxiliary power.
  let net: [Energy]
  let operatingCost: Money
  let startUpCost: Money
  let isAsSold: Bool

  init(_ sold: ClearedSchedule, of day: UnitDay, actual: UnitDay) throws(QuantityError) {
    let unit = day.unit
    self.unit = unit
    let length = sold.output.grid.length
    guard actual.availableCapacity != day.availableCapacity else {
      output = sold.output.values
      net = output.map { unit.netOutput(ofGross: $0).energy(over: length) }
      (operatingCost, startUpCost, isAsSold) = (sold.operatingCost, sold.startUpCost, true)
      return
    }
    let (delivered, restarts) = DeliveredDay.follow(sold, of: day, actual: actual)
    output = delivered
    net = delivered.map { unit.netOutput(ofGross: $0).energy(over: length) }
    let cost = delivered.reduce(0.0) { sum, power in
      power > .zero ? sum + unit.costPerHour(atMegawatts: power.megawatts) * length.hours : sum
    }
    operatingCost = .estimate(cost)
    startUpCost = try Money.sum([sold.startUpCost] + restarts)
    isAsSold = false
  }

  private static func follow(
    _ sold: ClearedSchedule, of day: UnitDay, actual: UnitDay
  ) -> (output: [Power], restarts: [Money]) {
    let unit = day.unit
    let length = sold.output.grid.length
    let rise = unit.rampUp.largestChange(over: length)
    var output: [Power] = []
    var restarts: [Money] = []
    var offMinutes: Int?
    var isReturning = false
    for index in sold.output.values.indices {
      let wanted = sold.output.values[index]
      let lowest = day.minimumOutput.values[index]
      let available = actual.availableCapacity.values[index]
      if wanted > .zero, available < lowest {
        offMinutes = (offMinutes ?? 0) + length.minutes
        output.append(.zero)
        continue
      }
      if let off = offMinutes, wanted > .zero {
        guard off >= unit.minimumDownMinutes else {
          offMinutes = off + length.minutes
          output.append(.zero)
          continue
        }
        restarts += unit.startUp.stage(afterOffMinutes: off).map { [$0.cost] } ?? []
        (offMinutes, isReturning) = (nil, true)
      }
      if wanted == .zero { offMinutes = offMinutes.map { $0 + length.minutes } }
      let limit = min(wanted, available)
      let before = output.last ?? .zero
      let reachable = isReturning ? max(before + rise, lowest) : limit
      if reachable >= limit { isReturning = false }
      output.append(min(limit, reachable))
    }
    return (output, restarts)
  }
}

extension PastDay {
  /// The limits of the units as they turned out: with every outage ticket, also those that came after the gate.
  func actualUnitDays(_ store: MarketStore) throws -> [UnitDay] {
    let outages = try inDeskTerms { try store.outages(asOf: .distantFuture) }
    return unitDays.map { day in
      let known = UnitDay(
        unit: day.unit, grid: grid, zone: pack.zone, outages: outages, initialState: day.initialState,
        minutesFromOrder: day.minutesFromOrder)
      return UnitDay(
        unit: day.unit, availableCapacity: known.availableCapacity, minimumOutput: day.minimumOutput,
        mustRun: day.mustRun, initialState: day.initialState, minutesFromOrder: day.minutesFromOrder)
    }
  }
}
