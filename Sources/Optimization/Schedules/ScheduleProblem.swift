/// One machine that in each of `intervals` intervals is off or on at one of `levels`.
///
/// A schedule earns `value` (on) or `offValue` (off) in each interval, pays a start cost at each start and
/// earns `finalOnValue` or `finalOffValue` at the end. It keeps the ramps between two on-intervals, the limits
/// of the first and last on-interval, and the minimum times. An obligation that reaches beyond the last
/// interval (a minimum time, the way down to `largestLastLevel`) is cut off there.
///
/// Comparisons of levels with limits allow `levelTolerance`.
public struct ScheduleProblem: Sendable {
  /// Levels of the machine when on, strictly ascending.
  public var levels: [Double]
  /// Number of intervals.
  public var intervals: Int
  /// Value of being on: `value[t * levels.count + l]`; −infinity means not allowed.
  public var value: [Double]
  /// Value of being off in each interval; −infinity means the machine must be on.
  public var offValue: [Double]
  /// Largest increase of the level between two consecutive on-intervals.
  public var largestRise: Double
  /// Largest decrease of the level between two consecutive on-intervals.
  public var largestFall: Double
  /// Largest level in the first on-interval after an off-interval.
  public var largestFirstLevel: Double
  /// Largest level in the last on-interval before an off-interval.
  public var largestLastLevel: Double
  /// Smallest number of consecutive on-intervals; 0 and 1 mean no limit.
  public var minimumOnIntervals: Int
  /// Smallest number of consecutive off-intervals; 0 and 1 mean no limit.
  public var minimumOffIntervals: Int
  /// Costs of a start, ascending by `afterOffIntervals`; the last one that applies counts, none means no cost.
  public var startCosts: [StartCost]
  /// What the machine did before the first interval.
  public var initial: InitialState
  /// Value of being on in the last interval.
  public var finalOnValue: Double
  /// Value of being off in the last interval.
  public var finalOffValue: Double

  /// Creates a problem; what is left out does not bind.
  public init(
    levels: [Double], intervals: Int, value: [Double], offValue: [Double]? = nil,
    largestRise: Double = .infinity, largestFall: Double = .infinity,
    largestFirstLevel: Double = .infinity, largestLastLevel: Double = .infinity,
    minimumOnIntervals: Int = 1, minimumOffIntervals: Int = 1, startCosts: [StartCost] = [],
    initial: InitialState, finalOnValue: Double = 0, finalOffValue: Double = 0
  ) {
    self.levels = levels
    self.intervals = intervals
    self.value = value
    self.offValue = offValue ?? Array(repeating: 0, count: intervals)
    self.largestRise = largestRise
    self.largestFall = largestFall
    self.largestFirstLevel = largestFirstLevel
    self.largestLastLevel = largestLastLevel
    self.minimumOnIntervals = minimumOnIntervals
    self.minimumOffIntervals = minimumOffIntervals
    self.startCosts = startCosts
    self.initial = initial
    self.finalOnValue = finalOnValue
    self.finalOffValue = finalOffValue
  }
}

/// Cost of a start after at least so many off-intervals.
public struct StartCost: Sendable, Hashable {
  /// Smallest off duration to which the cost applies.
  public var afterOffIntervals: Int
  /// Cost of one start.
  public var cost: Double

  /// Creates a start cost.
  public init(afterOffIntervals: Int, cost: Double) {
    self.afterOffIntervals = afterOffIntervals
    self.cost = cost
  }
}

/// What the machine did before the first interval.
public enum InitialState: Sendable, Hashable {
  /// On for so many intervals (at least 1), at last at this level, which need not be one of the levels.
  case on(intervals: Int, level: Double)
  /// Off for so many intervals (at least 1).
  case off(intervals: Int)

  var isOn: Bool {
    switch self {
    case .on: true
    case .off: false
    }
  }
}

extension ScheduleProblem {
  /// Slack in comparisons of levels with ramps and limits: 1e-9 of the largest absolute level, at least 1e-9.
  public var levelTolerance: Double {
    1e-9 * max(1, abs(levels.first ?? 0), abs(levels.last ?? 0))
  }

  /// Cost of a start after an off duration: the last of `startCosts` whose threshold is not above it, else 0.
  public func startCost(afterOffIntervals duration: Int) -> Double {
    startCosts.last { $0.afterOffIntervals <= duration }?.cost ?? 0
  }

  var leastOn: Int { max(1, minimumOnIntervals) }
  var leastOff: Int { max(1, minimumOffIntervals) }

  /// Off durations from here on have the same future.
  var longestOffThatMatters: Int { max(leastOff, startCosts.last?.afterOffIntervals ?? 1) }

  /// Number of lowest levels that are not above a limit.
  func levelCount(notAbove limit: Double) -> Int {
    let tolerance = levelTolerance
    return levels.prefix { $0 <= limit + tolerance }.count
  }

  /// Levels that the ramps allow in the first interval after this initial level.
  func levelsReachable(from initialLevel: Double) -> Range<Int> {
    let tolerance = levelTolerance
    let first = levels.prefix { initialLevel - $0 > largestFall + tolerance }.count
    let end = levels.prefix { $0 - initialLevel <= largestRise + tolerance }.count
    return first..<max(first, end)
  }

  func checkSizes() {
    precondition(intervals > 0, "A schedule needs at least one interval")
    precondition(!levels.isEmpty && levels.count < Int(UInt16.max), "A schedule needs 1 to 65534 levels")
    precondition(
      zip(levels, levels.dropFirst()).allSatisfy { $0 < $1 }, "The levels must be strictly ascending")
    precondition(
      offValue.count == intervals, "offValue needs \(intervals) values, was given \(offValue.count)")
    precondition(largestRise >= 0 && largestFall >= 0, "Ramps must not be negative")
    precondition(
      zip(startCosts, startCosts.dropFirst()).allSatisfy { $0.afterOffIntervals < $1.afterOffIntervals },
      "Start costs must be ascending by off duration")
    precondition(offValue.allSatisfy { $0 < .infinity }, "offValue must not be NaN or +infinity")
    switch initial {
    case .on(let duration, let level):
      precondition(duration > 0 && level.isFinite, "The initial on duration must be at least 1, its level finite")
    case .off(let duration):
      precondition(duration > 0, "The initial off duration must be at least 1")
    }
  }

  func checkValues(_ values: [Double]) {
    let expected = intervals * levels.count
    precondition(values.count == expected, "value needs \(expected) values, was given \(values.count)")
    var unusable = 0
    for value in values { unusable &+= value < .infinity ? 0 : 1 }
    precondition(unusable == 0, "value must not be NaN or +infinity")
  }
}
