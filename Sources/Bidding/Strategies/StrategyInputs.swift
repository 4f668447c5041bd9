public import MarketModel

/// What every strategy draws its offers from: one set of forecasts, issued once and shared.
public struct StrategyInputs: Sendable {
  public let bidding: BiddingInputs
  /// The baseline model's path of the day, per MWh.
  public let reference: [Double]
  public let contracts: [ContractForDifference]

  /// - Throws: ``StrategyError`` if a path has another length than the day, a contract covers more than the fleet can
  ///   deliver, a unit has no fuel, or must run through an outage.
  public init(
    bidding: BiddingInputs, reference: [Double], contracts: [ContractForDifference] = []
  ) throws(StrategyError) {
    self.bidding = bidding
    self.reference = reference
    self.contracts = contracts
    try checkShapes()
    for day in bidding.unitDays { try StrategyInputs.check(day) }
    try checkContracts()
  }

  private func checkShapes() throws(StrategyError) {
    let count = bidding.grid.count
    guard reference.count == count else {
      throw StrategyError(
        "The reference path has \(reference.count) prices; \(bidding.grid.day) has \(count) intervals.")
    }
    guard bidding.scenarios.targets.contains(.dayAheadPrice) else {
      throw StrategyError("The scenarios of \(bidding.grid.day) hold no day-ahead price.")
    }
    guard reference.allSatisfy(\.isFinite), bidding.scenarios.values.allSatisfy(\.isFinite) else {
      throw StrategyError("The forecasts of \(bidding.grid.day) hold values that are no numbers.")
    }
  }

  private static func check(_ day: UnitDay) throws(StrategyError) {
    let id = day.unit.id
    guard day.unit.costPerHour(atMegawatts: day.unit.ratedCapacity.megawatts) > 0 else {
      throw StrategyError("Unit \(id) has no fuel: an hour at \(day.unit.ratedCapacity) costs nothing.")
    }
    let contradiction = day.grid.intervals.first { interval in
      day.mustRun[interval] && day.availableCapacity[interval] < day.minimumOutput[interval]
    }
    if let interval = contradiction {
      throw StrategyError(
        "Unit \(id) must run at \(day.minimumOutput[interval]) in interval \(interval.number) of \(day.grid.day), but an "
          + "outage leaves \(day.availableCapacity[interval]).")
    }
  }

  private func checkContracts() throws(StrategyError) {
    for interval in bidding.grid.intervals {
      let sold = contracts.reduce(Power.zero) { $0 + $1.power(in: interval) }
      let capacity = bidding.unitDays.reduce(Power.zero) { $0 + $1.unit.ratedCapacity }
      if sold > capacity {
        throw StrategyError(
          "Contracts sell \(sold) in interval \(interval.number) of \(bidding.grid.day); the fleet has \(capacity).")
      }
    }
  }

  /// Scenarios from rows of prices.
  ///
  /// - Throws: ``StrategyError`` if there is no row, or one has another length than the day.
  public static func scenarios(_ rows: [[Double]], on grid: IntervalGrid) throws(StrategyError) -> ScenarioSet {
    guard !rows.isEmpty else { throw StrategyError("There are no scenarios of \(grid.day).") }
    for (number, row) in rows.enumerated() where row.count != grid.count {
      throw StrategyError(
        "Scenario \(number + 1) has \(row.count) prices; \(grid.day) has \(grid.count) intervals.")
    }
    return ScenarioSet(
      grid: grid, targets: [.dayAheadPrice],
      weights: [Double](repeating: 1 / Double(rows.count), count: rows.count), values: rows.flatMap { $0 })
  }
}
