public import Clearing
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

/// One unit: standard offer, optimised offer, and perfect foresight above both.
public struct UnitReview: Hashable, Sendable {
  public let unit: UnitID
  public let standard: UnitResult
  public let optimised: UnitResult
  public let perfectForesight: UnitResult
  /// Optimised less standard profit.
  public let difference: Money
  /// Perfect foresight less optimised profit.
  public let regret: Money
}

/// A day after clearing: every unit and the fleet.
public struct DayReview: Hashable, Sendable {
  public let day: MarketDay
  public let units: [UnitReview]
  public let fleet: UnitReview
  /// Contracts for difference, which no bid of a price taker changes.
  public let contractPayment: Money
}

/// Compares what the standard and the optimised book brought with perfect foresight, unit by unit.
///
/// - Throws: `QuantityError` if a sum of money leaves its range.
public func reviewDay(
  standard: ClearingResult, optimised: ClearingResult, perfectForesight: [ClearedSchedule], contractPayment: Money
) throws(QuantityError) -> DayReview {
  var units: [UnitReview] = []
  for ceiling in perfectForesight {
    guard let low = standard.schedules.first(where: { $0.unit == ceiling.unit }),
      let own = optimised.schedules.first(where: { $0.unit == ceiling.unit })
    else { continue }
    units.append(
      try review(ceiling.unit, try UnitResult(low), try UnitResult(own), try UnitResult(ceiling)))
  }
  let fleet = try review(
    UnitID("fleet"), try .total(units.map(\.standard)), try .total(units.map(\.optimised)),
    try .total(units.map(\.perfectForesight)))
  return DayReview(day: optimised.day, units: units, fleet: fleet, contractPayment: contractPayment)
}

private func review(
  _ unit: UnitID, _ standard: UnitResult, _ optimised: UnitResult, _ ceiling: UnitResult
) throws(QuantityError) -> UnitReview {
  UnitReview(
    unit: unit, standard: standard, optimised: optimised, perfectForesight: ceiling,
    difference: try optimised.profit - standard.profit, regret: try ceiling.profit - optimised.profit)
}
