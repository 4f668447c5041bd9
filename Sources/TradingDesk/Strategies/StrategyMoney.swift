internal import Bidding
internal import MarketModel

extension [ContractForDifference] {
  /// What contracts against the day-ahead price pay at a day's prices, in currency units; the others wait for the real-time price.
  func payoff(at prices: MarketPrices) -> Double {
    let grid = prices.prices.grid
    return filter { $0.reference == .dayAhead }.reduce(0) { sum, contract in
      zip(grid.intervals, prices.prices.values).reduce(sum) { total, each in
        total + contract.power(in: each.0).megawatts * grid.length.hours
          * (contract.price.perMegawattHour - each.1.perMegawattHour)
      }
    }
  }
}

extension StrategyRun {
  private var accounts: [TaskDay.UnitAccount] { groups.flatMap { $0.flatMap(\.units) } }

  /// - Parameter givenPayoff: of the contracts at the prices that came.
  func settlement(givenPayoff: Double) -> StrategiesReport.Settlement {
    let revenue = accounts.reduce(0) { $0 + $1.revenue }
    let starts = accounts.reduce(0) { $0 + $1.startCost }
    let moved = groups.flatMap { $0.compactMap(\.moved) }
    let payoff = moved.isEmpty ? givenPayoff : moved.reduce(0) { $0 + $1.contractPayoff }
    func money(_ value: Double) -> Double { DayReport.rounded(value, 2) }
    return StrategiesReport.Settlement(
      energyRevenue: money(revenue), operatingCost: money(revenue - starts - profit), startCost: money(starts),
      profit: money(profit), contractPayoff: money(payoff), total: money(profit + payoff))
  }

  /// Nil for perfect foresight itself.
  func attribution(from ceiling: StrategyRun) -> StrategiesReport.Attribution? {
    guard strategy.method != .perfectForesight else { return nil }
    let best = accounts.reduce(0) { $0 + $1.bestOnLine }
    return StrategiesReport.Attribution(
      perfectForesight: DayReport.rounded(ceiling.profit, 2),
      commitment: DayReport.rounded(best - ceiling.profit, 2), output: DayReport.rounded(profit - best, 2))
  }
}
