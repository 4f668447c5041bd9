public import MarketModel
public import Optimization

/// A unit's physics as a schedule problem over consecutive days; only the values of the levels are missing.
public struct UnitProblem: Sendable {
  public let levels: OutputLevels
  public let days: [UnitDay]
  /// By interval over all days.
  public let allowed: [ClosedRange<Int>?]
  public let mustRun: [Bool]
  private let frame: ScheduleProblem
  /// Operating cost per hour of each level with each day's own cost of fuel, and the day of each interval.
  private let costPerHour: [[Double]]
  private let dayOfInterval: [Int]

  /// An outage that holds when the horizon begins has already taken the unit off line or down; that is not its doing,
  /// so minimum up time and ramps do not hold it back.
  public init(_ days: [UnitDay]) {
    self.init(days, levels: OutputLevels(days))
  }

  public init(_ days: [UnitDay], levels: OutputLevels) {
    self.days = days
    self.levels = levels
    var allowed = days.flatMap { levels.allowedRanges(on: $0) }
    for interval in 0..<min(days[0].intervalsBeforeStart, allowed.count) { allowed[interval] = nil }
    self.allowed = allowed
    mustRun = days.flatMap(\.mustRun.values)
    costPerHour = days.map { day in
      day.unit == levels.unit ? levels.costPerHour : levels.megawatts.map { day.unit.costPerHour(atMegawatts: $0) }
    }
    dayOfInterval = days.indices.flatMap { [Int](repeating: $0, count: days[$0].grid.count) }
    frame = UnitProblem.frame(days, levels: levels, allowed: allowed, mustRun: mustRun)
  }

  public var intervals: Int { allowed.count }

  /// Operating cost per hour of a level with the cost of fuel on the interval's day.
  func costPerHour(_ level: Int, in interval: Int) -> Double { costPerHour[dayOfInterval[interval]][level] }

  public var length: IntervalLength { days[0].grid.length }
  public var unit: ThermalUnit { levels.unit }

  /// The schedule problem in which being on at a level in an interval is worth `value(interval, level)` for that
  /// interval, in currency units; levels that the day does not allow are excluded here.
  public func problem(value: (Int, Int) -> Double) -> ScheduleProblem {
    var problem = frame
    var values = [Double](repeating: -.infinity, count: intervals * levels.count)
    for interval in 0..<intervals {
      guard let range = allowed[interval] else { continue }
      let row = interval * levels.count
      for level in range { values[row + level] = value(interval, level) }
    }
    problem.value = values
    return problem
  }

  /// The problem with one level, whose value is given by interval: for expected values that already contain the choice
  /// of output. Ramps do not appear in it.
  public func commitmentProblem(onValue: [Double]) -> ScheduleProblem {
    precondition(onValue.count == intervals, "one value for each interval")
    var problem = frame
    problem.levels = [0]
    problem.value = zip(onValue, allowed).map { $1 == nil ? -.infinity : $0 }
    problem.largestRise = .infinity
    problem.largestFall = .infinity
    problem.largestFirstLevel = .infinity
    problem.largestLastLevel = .infinity
    if case .on(let before, let level) = problem.initial {
      for interval in 0..<min(intervalsToShutDown(from: level), intervals) where allowed[interval] != nil {
        problem.offValue[interval] = -.infinity
      }
      problem.initial = .on(intervals: before, level: 0)
    }
    return problem
  }

  /// Intervals that the unit needs on line to come down to the output from which it can be shut down.
  private func intervalsToShutDown(from level: Double) -> Int {
    // The first day's own lowest output: a heat season may raise it from the second day on.
    let last = (days[0].minimumOutput.values.max() ?? unit.minimumStableOutput).megawatts
    var count = 0
    var current = level
    while current > last + frame.levelTolerance {
      let reachable = levels.megawatts.first { $0 >= current - frame.largestFall - frame.levelTolerance }
      guard let next = reachable, next < current else { return intervals }
      current = next
      count += 1
    }
    return count
  }

  private static func frame(
    _ days: [UnitDay], levels: OutputLevels, allowed: [ClosedRange<Int>?], mustRun: [Bool]
  ) -> ScheduleProblem {
    let unit = levels.unit
    let minutes = days[0].grid.length.minutes
    func intervals(_ duration: Int) -> Int { (duration + minutes - 1) / minutes }
    let lowest = days.flatMap(\.minimumOutput.values).max() ?? unit.minimumStableOutput
    return ScheduleProblem(
      levels: levels.megawatts, intervals: allowed.count, value: [],
      offValue: zip(mustRun, allowed).map { $0 && $1 != nil ? -.infinity : 0 },
      largestRise: unit.rampUp.largestChange(over: days[0].grid.length).megawatts,
      largestFall: unit.rampDown.largestChange(over: days[0].grid.length).megawatts,
      largestFirstLevel: lowest.megawatts, largestLastLevel: lowest.megawatts,
      minimumOnIntervals: intervals(unit.minimumUpMinutes), minimumOffIntervals: intervals(unit.minimumDownMinutes),
      startCosts: unit.startUp.stages.reduce(into: []) { costs, stage in
        let after = intervals(stage.afterOffMinutes)
        // Of two stages that begin within one interval the colder one counts from its end on.
        if costs.last?.afterOffIntervals == after { costs.removeLast() }
        costs.append(StartCost(afterOffIntervals: after, cost: stage.cost.amount))
      },
      initial: initial(days[0], levels: levels, allowed: allowed[0]))
  }

  private static func initial(_ day: UnitDay, levels: OutputLevels, allowed: ClosedRange<Int>?) -> InitialState {
    let minutes = day.grid.length.minutes
    switch day.initialState {
    case .off(let offMinutes):
      return .off(intervals: max(1, offMinutes / minutes))
    case .on(let onMinutes, let output):
      guard let allowed else { return .off(intervals: 1) }
      let up = levels.unit.rampUp.largestChange(over: day.grid.length).megawatts
      let down = levels.unit.rampDown.largestChange(over: day.grid.length).megawatts
      let reachable =
        (levels.megawatts[allowed.lowerBound] - up)...(levels.megawatts[allowed.upperBound] + down)
      return .on(
        intervals: max(1, onMinutes / minutes),
        level: min(max(output.megawatts, reachable.lowerBound), reachable.upperBound))
    }
  }
}
