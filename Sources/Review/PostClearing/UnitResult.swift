public import MarketModel

/// What one unit's offer brought on a day.
public struct UnitResult: Hashable, Sendable {
  public let clearedEnergy: Energy
  public let revenue: Money
  /// Fuel, no-load, other variable cost and start-ups.
  public let cost: Money
  public let profit: Money
  public let starts: Int

  public init(_ schedule: ClearedSchedule) throws(QuantityError) {
    clearedEnergy = schedule.clearedEnergy
    revenue = schedule.revenue
    cost = try schedule.operatingCost + schedule.startUpCost
    profit = try schedule.profit
    starts = schedule.starts
  }

  private init(_ clearedEnergy: Energy, revenue: Money, cost: Money, profit: Money, starts: Int) {
    (self.clearedEnergy, self.revenue, self.cost, self.profit, self.starts) = (
      clearedEnergy, revenue, cost, profit, starts
    )
  }

  /// Every amount in whole hundredths, so that what is told of a unit and of the fleet adds up.
  public var rounded: UnitResult {
    UnitResult(clearedEnergy, revenue: revenue.rounded, cost: cost.rounded, profit: profit.rounded, starts: starts)
  }

  private init(sum results: [UnitResult]) throws(QuantityError) {
    clearedEnergy = results.reduce(.zero) { $0 + $1.clearedEnergy }
    revenue = try Money.sum(results.map(\.revenue))
    cost = try Money.sum(results.map(\.cost))
    profit = try Money.sum(results.map(\.profit))
    starts = results.reduce(0) { $0 + $1.starts }
  }

  static func total(_ results: [UnitResult]) throws(QuantityError) -> UnitResult { try UnitResult(sum: results) }

  /// The sum over units or days.
  public static func total(of results: [UnitResult]) throws(QuantityError) -> UnitResult {
    try UnitResult(sum: results)
  }

  /// The sum over units or days.
  public static func total(_ schedules: [ClearedSchedule]) throws(QuantityError) -> UnitResult {
    var results: [UnitResult] = []
    for schedule in schedules { results.append(try UnitResult(schedule)) }
    return try total(results)
  }
}
