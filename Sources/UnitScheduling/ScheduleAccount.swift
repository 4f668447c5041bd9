public import MarketModel
public import Optimization

extension UnitProblem {
  /// One day's schedule in exact quantities: cleared energy net of auxiliary power, revenue at the prices, cost.
  ///
  /// - Parameters:
  ///   - schedule: over this problem's single day.
  ///   - prices: per net MWh.
  /// - Throws: `QuantityError` if a sum leaves the range of money.
  public func clearedSchedule(
    _ schedule: Schedule, atPrices prices: IntervalSeries<EnergyPrice>
  ) throws(QuantityError) -> ClearedSchedule {
    precondition(days.count == 1 && prices.grid == days[0].grid, "an account is of one day on one grid")
    let grid = prices.grid
    let output = prices.grid.intervals.map { interval in
      let level = schedule.levelIndex[interval.number - 1]
      return level < 0 ? Power.zero : levels.gross[level]
    }
    let commitment = schedule.levelIndex.map { $0 >= 0 }
    var energy = Energy.zero
    var revenue = Money.zero
    var cost = 0.0
    for (index, price) in prices.values.enumerated() where commitment[index] {
      let net = unit.netOutput(ofGross: output[index]).energy(over: grid.length)
      energy = energy + net
      revenue = try revenue + net.value(at: price)
      cost += levels.costPerHour[schedule.levelIndex[index]] * grid.length.hours
    }
    let startUps = startUps(of: commitment)
    let series: IntervalSeries<Power>
    let onLine: IntervalSeries<Bool>
    do {
      series = try IntervalSeries(grid, output)
      onLine = try IntervalSeries(grid, commitment)
    } catch {
      preconditionFailure(error.description)
    }
    return ClearedSchedule(
      unit: unit.id, output: series, commitment: onLine, clearedEnergy: energy, revenue: revenue,
      operatingCost: .estimate(cost), startUpCost: try Money.sum(startUps.map(\.cost)), starts: startUps.count,
      finalState: finalState(commitment: commitment, output: output))
  }

  /// The state in which a day's commitment leaves the unit.
  public func finalState(commitment: [Bool], output: [Power]) -> UnitState {
    guard let last = commitment.last else { return days[0].initialState }
    let run = commitment.reversed().prefix { $0 == last }.count
    let minutes = run * length.minutes
    let spansDay = run == commitment.count
    switch (last, days[0].initialState) {
    case (true, .on(let before, _)) where spansDay:
      return .on(minutes: before + minutes, output: output.last ?? .zero)
    case (true, _):
      return .on(minutes: minutes, output: output.last ?? .zero)
    case (false, .off(let before)) where spansDay:
      return .off(minutes: before + minutes)
    case (false, _):
      return .off(minutes: minutes)
    }
  }
}
