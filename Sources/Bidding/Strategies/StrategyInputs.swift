public import MarketModel

/// What every strategy draws its offers from: one set of forecasts, issued once and shared.
public struct StrategyInputs: Sendable {
  public private(set) var bidding: BiddingInputs
  /// The baseline model's path of the day, per MWh.
  public let reference: [Double]
  public let contracts: [ContractForDifference]
  /// Prices of recent days that were known before the gate, each as long as the day.
  public let recentDays: [[Double]]
  /// For strategies that move the price; nil where it is not known.
  public let rest: RestOfMarket?

  /// - Throws: ``StrategyError`` if a path has another length than the day, a contract covers more than the fleet can
  ///   deliver, a unit has no fuel, or must run through an outage.
  public init(
    bidding: BiddingInputs, reference: [Double], contracts: [ContractForDifference] = [], recentDays: [[Double]] = [],
    rest: RestOfMarket? = nil
  ) throws(StrategyError) {
    self.bidding = bidding
    self.reference = reference
    self.contracts = contracts
    self.rest = rest
    let count = bidding.grid.count
    self.recentDays = recentDays.filter { $0.count == count && $0.allSatisfy(\.isFinite) }
    try checkShapes()
    for day in bidding.unitDays { try StrategyInputs.check(day) }
    try checkContracts()
  }

  /// A linear pool of opinions (Stone, Annals of Mathematical Statistics 32, 1961). Evenly chosen paths give way to recent days as they came
  /// (``StrategyParameter/recentDays``); of the others, evenly chosen ones keep their distance to the expected path but lie around the
  /// reference (``StrategyParameter/secondOpinion``). The pool is wider than any opinion where they disagree.
  public func pooled(for strategy: Strategy) -> StrategyInputs {
    let moved = strategy[.secondOpinion]
    let replaced = recentDays.isEmpty ? 0 : strategy[.recentDays]
    guard moved > 0 || replaced > 0 else { return self }
    let own = bidding.expectedPrices
    let known = bidding.scenarios.values + reference
    let (low, high) = (known.min() ?? 0, known.max() ?? 0)
    var (kept, taken) = (0, 0)
    func isChosen(_ number: Int, _ share: Double) -> Bool {
      (Double(number + 1) * share).rounded(.down) > (Double(number) * share).rounded(.down)
    }
    let paths = bidding.paths.enumerated().map { number, path -> [Double] in
      if isChosen(number, replaced) {
        taken += 1
        return recentDays[(taken - 1) % recentDays.count]
      }
      kept += 1
      guard isChosen(kept - 1, moved) else { return path }
      return path.indices.map { min(max(path[$0] + reference[$0] - own[$0], low), high) }
    }
    let expected = own.indices.map { interval -> Double in
      let model = own[interval] + moved * (reference[interval] - own[interval])
      guard replaced > 0 else { return model }
      let recent = recentDays.reduce(0) { $0 + $1[interval] } / Double(recentDays.count)
      return model + replaced * (recent - model)
    }
    let scenarios = ScenarioSet(
      grid: bidding.grid, targets: [.dayAheadPrice], weights: bidding.scenarios.weights, values: paths.flatMap { $0 })
    return with(
      BiddingInputs(
        unitDays: bidding.unitDays, nextUnitDays: bidding.nextUnitDays, plants: bidding.plants, scenarios: scenarios,
        expectedPrices: expected, dayAfter: bidding.dayAfter, riskAversion: bidding.riskAversion,
        threads: bidding.threads, fuel: bidding.fuel))
  }

  /// The same forecasts for some of the units, in the states in which their day finds them; what was checked of the whole holds for them.
  public func restricted(to unitDays: [UnitDay], next: [UnitDay], plants: [Plant]) -> StrategyInputs {
    with(
      bidding.with(
        unitDays: unitDays, next: next, plants: plants, fuel: bidding.fuel?.restricted(to: unitDays.map(\.unit.id))))
  }

  private func with(_ bidding: BiddingInputs) -> StrategyInputs {
    var inputs = self
    inputs.bidding = bidding
    return inputs
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
