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

  /// A linear pool of two opinions (Stone, Annals of Mathematical Statistics 32, 1961): evenly chosen paths, `share` of them, keep their
  /// distance to the expected path but lie around the reference. The pool is wider than either where the two disagree.
  public func pooled(_ share: Double) -> StrategyInputs {
    guard share > 0 else { return self }
    let own = bidding.expectedPrices
    let known = bidding.scenarios.values + reference
    let (low, high) = (known.min() ?? 0, known.max() ?? 0)
    let paths = bidding.paths.enumerated().map { number, path -> [Double] in
      let isMoved = (Double(number + 1) * share).rounded(.down) > (Double(number) * share).rounded(.down)
      return isMoved ? path.indices.map { min(max(path[$0] + reference[$0] - own[$0], low), high) } : path
    }
    let scenarios = ScenarioSet(
      grid: bidding.grid, targets: [.dayAheadPrice], weights: bidding.scenarios.weights, values: paths.flatMap { $0 })
    return StrategyInputs(
      pooled: BiddingInputs(
        unitDays: bidding.unitDays, nextUnitDays: bidding.nextUnitDays, plants: bidding.plants, scenarios: scenarios,
        expectedPrices: own.indices.map { own[$0] + share * (reference[$0] - own[$0]) }, dayAfter: bidding.dayAfter,
        riskAversion: bidding.riskAversion, threads: bidding.threads), reference: reference, contracts: contracts)
  }

  /// The same forecasts for some of the units, in the states in which their day finds them; what was checked of the whole holds for them.
  public func restricted(to unitDays: [UnitDay], next: [UnitDay], plants: [Plant]) -> StrategyInputs {
    StrategyInputs(
      pooled: BiddingInputs(
        unitDays: unitDays, nextUnitDays: next, plants: plants, scenarios: bidding.scenarios,
        expectedPrices: bidding.expectedPrices, dayAfter: bidding.dayAfter, riskAversion: bidding.riskAversion,
        threads: bidding.threads), reference: reference, contracts: contracts)
  }

  private init(pooled bidding: BiddingInputs, reference: [Double], contracts: [ContractForDifference]) {
    self.bidding = bidding
    self.reference = reference
    self.contracts = contracts
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
