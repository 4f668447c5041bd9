public import Clearing
public import MarketModel
internal import Optimization
internal import UnitScheduling

/// What one unit's day would have brought under other knowledge and other decisions, all of it at the realised prices, within the limits
/// that were known at the gate, and from the state in which the day found the unit.
public struct DecisionOutcomes: Hashable, Sendable {
  /// Best schedule at the realised prices.
  public let perfect: ClearedSchedule
  /// On line as is best at the paths with one error alone and with both, at the best output for the realised prices.
  public let onModel: Money
  public let onSystem: Money
  public let onForecast: ClearedSchedule
  /// On line as is best at the forecast, along the submitted curve; where that was on line nowhere, at the best output.
  public let curveOnForecast: Money
  /// On line as submitted, at the best output.
  public let submittedCommitment: ClearedSchedule
  /// On line as submitted along the submitted curve: what the market bought.
  public let submitted: ClearedSchedule
  /// On line as is best at the realised prices, along the submitted curve: the most that this curve could have brought.
  public let curveOnPerfect: Money
}

/// Runs the counterfactuals of one unit on one day.
///
/// - Throws: `ClearingError` if the unit's limits leave it no schedule.
public func decisionOutcomes(
  of bid: UnitBid, on day: UnitDay, paths: InformationPaths, prices: MarketPrices
) throws(ClearingError) -> DecisionOutcomes {
  do {
    return try DecisionRun(bid: bid, day: day, paths: paths, prices: prices).outcomes()
  } catch {
    throw ClearingError(unit: day.unit.id, problem: "\(error)")
  }
}

private struct DecisionRun {
  let bid: UnitBid
  let paths: InformationPaths
  let prices: MarketPrices
  let problem: UnitProblem

  init(bid: UnitBid, day: UnitDay, paths: InformationPaths, prices: MarketPrices) {
    (self.bid, self.paths, self.prices) = (bid, paths, prices)
    problem = UnitProblem([day])
  }

  func outcomes() throws -> DecisionOutcomes {
    let perfect = try problem.bestSchedule(atPrices: paths.actual)
    let onForecast = try problem.bestSchedule(atPrices: paths.forecast).on
    let hasSystemError = paths.systemShare > 0
    let onModel = hasSystemError ? try problem.bestSchedule(atPrices: paths.model).on : onForecast
    let onSystem = hasSystemError ? try problem.bestSchedule(atPrices: paths.system).on : perfect.on
    let submittedOn = bid.commitment.values
    let best = try account(perfect)
    let ideal = try ideal(onForecast, perfect, best)
    let submitted = try account(dispatch(submittedOn))
    return DecisionOutcomes(
      perfect: best, onModel: try self.ideal(onModel, perfect, best, or: (onForecast, ideal)).profit.rounded,
      onSystem: try self.ideal(onSystem, perfect, best, or: (onForecast, ideal)).profit.rounded, onForecast: ideal,
      curveOnForecast: try curveOnForecast(onForecast, ideal, submitted).profit.rounded,
      submittedCommitment: try self.ideal(submittedOn, perfect, best, or: (onForecast, ideal)), submitted: submitted,
      curveOnPerfect: try (perfect.on == submittedOn ? submitted : account(dispatch(perfect.on))).profit.rounded)
  }

  /// A curve that was on line in no interval decided nothing: whatever it asks, what was lost is the commitment's.
  private func curveOnForecast(
    _ commitment: [Bool], _ ideal: ClearedSchedule, _ submitted: ClearedSchedule
  ) throws -> ClearedSchedule {
    guard bid.commitment.values.contains(true) else { return ideal }
    return commitment == bid.commitment.values ? submitted : try account(dispatch(commitment))
  }

  private func account(_ schedule: Schedule) throws -> ClearedSchedule {
    try problem.clearedSchedule(schedule, atPrices: prices.prices)
  }

  private func dispatch(_ commitment: [Bool]) throws -> Schedule {
    try problem.dispatch(of: bid.curve, commitment: commitment, atPrices: paths.actual)
  }

  /// The best outputs of a commitment at the realised prices; that of the best commitment is the best schedule.
  private func ideal(
    _ commitment: [Bool], _ perfect: Schedule, _ best: ClearedSchedule, or known: ([Bool], ClearedSchedule)? = nil
  ) throws -> ClearedSchedule {
    if commitment == perfect.on { return best }
    if let known, known.0 == commitment { return known.1 }
    return try account(problem.bestOutput(on: commitment, atPrices: paths.actual))
  }
}
