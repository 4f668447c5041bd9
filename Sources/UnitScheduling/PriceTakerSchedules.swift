public import MarketModel
public import Optimization

extension UnitProblem {
  /// The most profitable schedule had these prices been known: own cost, ramps, minimum times and start-ups included.
  ///
  /// - Parameter prices: per net MWh, one for each interval of all days.
  public func bestSchedule(atPrices prices: [Double]) throws(ScheduleError) -> Schedule {
    try Optimization.bestSchedule(for: ownCostProblem(atPrices: prices))
  }

  /// The outputs that earn most at these prices in the intervals on line, at own cost, within ramps and limits.
  ///
  /// - Parameter commitment: one of each interval, which the unit's limits and times allow.
  public func bestOutput(on commitment: [Bool], atPrices prices: [Double]) throws(ScheduleError) -> Schedule {
    guard days.count == 1, days[0].unit == levels.unit else {
      return try bestLevels(for: ownCostProblem(atPrices: prices), on: commitment)
    }
    let hours = length.hours
    let found = try bestLevels(
      for: problem { _, _ in 0 }, on: commitment,
      worth: PricedLevels(
        amount: levels.netMegawatts.map { hours * $0 }, cost: levels.costPerHour.map { hours * $0 }, allowed: allowed),
      paths: [prices])
    guard let schedule = found.first else { preconditionFailure("one path has one schedule") }
    return schedule
  }

  func ownCostProblem(atPrices prices: [Double]) -> ScheduleProblem {
    precondition(prices.count == intervals, "one price for each interval")
    let hours = length.hours
    return problem { interval, level in
      hours * (prices[interval] * levels.netMegawatts[level] - costPerHour(level, in: interval))
    }
  }

  /// What the market orders of a unit that follows its offer: in the intervals on line, the outputs that are worth most
  /// at the prices when every part costs what it was offered at, within ramps and limits.
  public func dispatch(
    of curve: BidCurve, commitment: [Bool], atPrices prices: [Double]
  ) throws(ScheduleError) -> Schedule {
    guard let schedule = try dispatch(of: curve, commitment: commitment, onPaths: [prices]).first else {
      preconditionFailure("one path has one schedule")
    }
    return schedule
  }

  /// The same on many price paths, each over all intervals.
  public func dispatch(
    of curve: BidCurve, commitment: [Bool], onPaths paths: [[Double]]
  ) throws(ScheduleError) -> [Schedule] {
    precondition(commitment.count == intervals, "one declaration for each interval")
    let hours = length.hours
    let offered = levels.megawatts.map { hours * curve.offeredCostPerHour(atMegawatts: $0) }
    let gross = levels.megawatts.map { hours * $0 }
    return try bestLevels(
      for: problem { _, _ in 0 }, on: commitment,
      worth: PricedLevels(amount: gross, cost: offered, allowed: allowed), paths: paths)
  }

  /// Profit of a schedule at prices with the unit's own cost, by interval, start-ups apart, in currency units.
  public func operatingProfit(of schedule: Schedule, atPrices prices: [Double]) -> [Double] {
    let hours = length.hours
    return zip(schedule.levelIndex, prices).map { level, price in
      level < 0 ? 0 : hours * (price * levels.netMegawatts[level] - levels.costPerHour[level])
    }
  }

  /// What the starts of a commitment cost, in currency units.
  public func startUpCost(of commitment: [Bool]) -> Double {
    startUps(of: commitment).reduce(0) { $0 + $1.cost.amount }
  }

  /// The stage of each start of a commitment, in order.
  public func startUps(of commitment: [Bool]) -> [StartUpStage] {
    var found: [StartUpStage] = []
    var offMinutes: Int? = if case .off(let minutes) = days[0].initialState { minutes } else { nil }
    if offMinutes == nil, allowed.first.map({ $0 == nil }) ?? false { offMinutes = 0 }
    for isOn in commitment {
      if isOn {
        if let off = offMinutes, let stage = unit.startUp.stage(afterOffMinutes: off) { found.append(stage) }
        offMinutes = nil
      } else {
        offMinutes = (offMinutes ?? 0) + length.minutes
      }
    }
    return found
  }
}
