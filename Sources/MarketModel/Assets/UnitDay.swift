public import Foundation

/// A ticketed outage or derating of a unit.
public struct Outage: Hashable, Sendable {
  public let unit: UnitID
  public let from: Date
  public let to: Date
  /// What is left of the capacity; zero for a full outage.
  public let availableCapacity: Power

  public init(unit: UnitID, from: Date, to: Date, availableCapacity: Power) {
    self.unit = unit
    self.from = from
    self.to = to
    self.availableCapacity = availableCapacity
  }
}

/// One unit on one market day: its limits by interval and the state in which the day finds it.
public struct UnitDay: Hashable, Sendable {
  public let unit: ThermalUnit
  /// Gross output that is available; zero where the unit is out.
  public let availableCapacity: IntervalSeries<Power>
  /// Lowest gross output while on line: minimum stable output, or the heat-supply minimum where that is higher.
  public let minimumOutput: IntervalSeries<Power>
  /// Whether the unit must be on line (heat supply).
  public let mustRun: IntervalSeries<Bool>
  public let initialState: UnitState
  /// From the operator's order for the day, with which a start can begin, to the start of the day; nil if a start may
  /// have been ordered at any time.
  public let minutesFromOrder: Int?

  public init(
    unit: ThermalUnit, grid: IntervalGrid, zone: MarketZone, outages: [Outage], initialState: UnitState,
    minutesFromOrder: Int? = nil
  ) {
    self.unit = unit
    self.initialState = initialState
    self.minutesFromOrder = minutesFromOrder
    let midnight = zone.start(of: grid.day)
    let own = outages.filter { $0.unit == unit.id }
    let available = grid.intervals.map { interval in
      let end = midnight.addingTimeInterval(Double(interval.endMinute) * 60)
      let start = end.addingTimeInterval(Double(-grid.length.minutes) * 60)
      let left = own.filter { $0.from < end && $0.to > start }.map(\.availableCapacity)
      return min(unit.ratedCapacity, left.min() ?? unit.ratedCapacity)
    }
    let heat = unit.heatSupply.flatMap { $0.isInSeason(grid.day) ? $0.minimumOutput : nil }
    let lowest = max(unit.minimumStableOutput, heat ?? .zero)
    availableCapacity = IntervalSeries(grid, repeating: Power.zero).replacing(available)
    minimumOutput = IntervalSeries(grid, repeating: lowest)
    mustRun = availableCapacity.map { heat != nil && $0 >= lowest }
  }

  /// Limits that are already known by interval; all on the same grid.
  public init(
    unit: ThermalUnit, availableCapacity: IntervalSeries<Power>, minimumOutput: IntervalSeries<Power>,
    mustRun: IntervalSeries<Bool>, initialState: UnitState, minutesFromOrder: Int?
  ) {
    precondition(
      availableCapacity.grid == minimumOutput.grid && minimumOutput.grid == mustRun.grid, "limits on different grids")
    self.unit = unit
    self.availableCapacity = availableCapacity
    self.minimumOutput = minimumOutput
    self.mustRun = mustRun
    self.initialState = initialState
    self.minutesFromOrder = minutesFromOrder
  }

  /// A sentence on intervals in which the unit has to supply heat and an outage leaves less than that needs; nil if there are none.
  public var lostHeatDuty: String? {
    guard let heat = unit.heatSupply, heat.isInSeason(grid.day) else { return nil }
    let lost = grid.intervals.filter { availableCapacity[$0] < minimumOutput[$0] }
    guard let first = lost.first, let last = lost.last else { return nil }
    let hours = Double(lost.count) * grid.length.hours
    let least = lost.map { availableCapacity[$0] }.min() ?? .zero
    return
      "Unit \(unit.id) has to supply heat at \(minimumOutput[first]) or more on \(grid.day), but outages leave \(least) in "
      + "\(hours) h from interval \(first.number) to \(last.number); it is off line there, and its heat has to come from elsewhere."
  }

  /// The same limits with the day found in another state.
  public func starting(in state: UnitState) -> UnitDay {
    UnitDay(
      unit: unit, availableCapacity: availableCapacity, minimumOutput: minimumOutput, mustRun: mustRun,
      initialState: state, minutesFromOrder: minutesFromOrder)
  }

  public var grid: IntervalGrid { availableCapacity.grid }

  /// Whether the unit can be on line in an interval: what is available reaches the lowest output.
  public var canRun: IntervalSeries<Bool> {
    let lowest = minimumOutput.values
    var index = -1
    return availableCapacity.map {
      index += 1
      return $0 >= lowest[index]
    }
  }

  /// Intervals at the start of the day in which a unit that is off line cannot be on line yet, because the start that it
  /// would need takes longer than the time since the order.
  public var intervalsBeforeStart: Int {
    guard case .off(let offMinutes) = initialState, let lead = minutesFromOrder else { return 0 }
    let length = grid.length.minutes
    let last = (0..<grid.count).last { index in
      let needed = unit.startUp.stage(afterOffMinutes: offMinutes + index * length)?.minutesToSynchronise ?? 0
      return needed > lead + index * length
    }
    return last.map { $0 + 1 } ?? 0
  }

  /// The largest capacity that is available at any time of the day: where a curve for the whole day must end.
  public var largestAvailableCapacity: Power { availableCapacity.values.max() ?? .zero }
}

extension IntervalSeries {
  /// The same grid with other values, which must be as many.
  func replacing(_ values: [Value]) -> IntervalSeries {
    precondition(values.count == grid.count, "\(values.count) values for \(grid.count) intervals")
    var index = -1
    return map { _ in
      index += 1
      return values[index]
    }
  }
}
