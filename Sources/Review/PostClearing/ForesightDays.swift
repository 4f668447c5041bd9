public import Clearing
public import MarketModel
internal import UnitScheduling

/// What one day of a schedule over many days brings, in currency units and net MWh.
public struct ForesightDay: Hashable, Sendable {
  public var profit = 0.0
  public var revenue = 0.0
  public var energy = 0.0
  public var starts = 0
  public var startCost = 0.0
  public var hoursOnLine = 0.0
}

/// Perfect foresight of one unit over consecutive days as one schedule, day by day: its sum is no less than what any offers earn
/// that carry the unit's state from day to day. A single day of it may earn less than an offer's.
///
/// - Parameter prices: of each day, per net MWh.
public func perfectForesightDays(
  days: [UnitDay], prices: [IntervalSeries<EnergyPrice>]
) throws(ClearingError) -> [ForesightDay] {
  guard let first = days.first else { return [] }
  let problem = UnitProblem(days)
  let path = prices.flatMap { $0.values.map(\.perMegawattHour) }
  do {
    let schedule = try problem.bestSchedule(atPrices: path)
    let profit = problem.operatingProfit(of: schedule, atPrices: path)
    var startUps = problem.startUps(of: schedule.on)[...]
    let hours = problem.length.hours
    var interval = 0
    var wasOn = first.initialState.isOn && problem.allowed[0] != nil
    return days.map { day in
      var result = ForesightDay()
      for _ in 0..<day.grid.count {
        let level = schedule.levelIndex[interval]
        if level >= 0 {
          if !wasOn, let stage = startUps.popFirst() {
            result.starts += 1
            result.startCost += stage.cost.amount
          }
          let energy = problem.levels.netMegawatts[level] * hours
          result.energy += energy
          result.revenue += energy * path[interval]
          result.profit += profit[interval]
          result.hoursOnLine += hours
        }
        wasOn = level >= 0
        interval += 1
      }
      result.profit -= result.startCost
      return result
    }
  } catch {
    throw ClearingError(unit: first.unit.id, problem: "\(error)")
  }
}
