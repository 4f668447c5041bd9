public import Clearing
public import MarketModel
internal import UnitScheduling

/// The best feasible outcome had the prices been known: the ceiling of every strategy, on the same output levels, from
/// the same initial state, as a price taker.
///
/// The day stands alone: how it leaves the unit for the next day is not valued, so that no schedule of the day earns more.
public func perfectForesight(unitDays: [UnitDay], at prices: MarketPrices) throws(ClearingError) -> [ClearedSchedule] {
  let path = prices.prices.values.map(\.perMegawattHour)
  var schedules: [ClearedSchedule] = []
  for day in unitDays where day.canRun.values.contains(true) {
    let problem = UnitProblem([day])
    do {
      schedules.append(
        try problem.clearedSchedule(try problem.bestSchedule(atPrices: path), atPrices: prices.prices))
    } catch {
      throw ClearingError(unit: day.unit.id, problem: "\(error)")
    }
  }
  return schedules
}

/// Perfect foresight of one unit over consecutive days as one schedule, in currency units: the ceiling of a backtest in which
/// each day starts as the day before has left the unit.
public func perfectForesightProfit(
  days: [UnitDay], prices: [IntervalSeries<EnergyPrice>]
) throws(ClearingError) -> Double {
  guard let first = days.first else { return 0 }
  do {
    return try UnitProblem(days).bestSchedule(atPrices: prices.flatMap { $0.values.map(\.perMegawattHour) }).value
  } catch {
    throw ClearingError(unit: first.unit.id, problem: "\(error)")
  }
}
