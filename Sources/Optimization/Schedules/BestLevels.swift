/// The best levels for a given commitment: `on[t]` says whether the machine is on in interval t.
///
/// Dynamic programme over the levels of each block of on-intervals: time O(T · L), memory O(T · L) two-byte
/// parents. Start costs, off values and final values count as in ``bestSchedule(for:)``, and ties are broken
/// alike: the lower level. Throws when the commitment breaks a minimum time or leaves no allowed levels.
public func bestLevels(for problem: ScheduleProblem, on: [Bool]) throws(ScheduleError) -> Schedule {
  problem.checkSizes()
  return try LevelSearch(problem, on: on).schedule(for: problem.value)
}

/// The best levels of one commitment under each of several sets of values, which replace `problem.value`.
///
/// Shares checks and buffers: the fast way through many scenarios.
///
/// - Parameter fill: writes the values of a scenario, by its number, over those of the one before; the layout is that of
///   `problem.value`, with which the first begins.
public func bestLevels(
  for problem: ScheduleProblem, on: [Bool], scenarios: Int, fill: (Int, inout [Double]) -> Void
) throws(ScheduleError) -> [Schedule] {
  problem.checkSizes()
  let search = try LevelSearch(problem, on: on)
  var values = problem.value
  var schedules: [Schedule] = []
  schedules.reserveCapacity(scenarios)
  for number in 0..<scenarios {
    fill(number, &values)
    schedules.append(try search.schedule(for: values))
  }
  return schedules
}

/// Workspace of ``bestLevels(for:on:)``: everything that does not depend on the values.
final class LevelSearch {
  private let problem: ScheduleProblem
  private let on: [Bool]
  private let starts: [Int]
  private let startCost: [Double]
  private let window: RampWindow
  private let count: Int
  private let firstLevels: Int
  private let lastLevels: Int
  private let reachable: Range<Int>
  private var current: UnsafeMutablePointer<Double>
  private var next: UnsafeMutablePointer<Double>
  private let parents: UnsafeMutablePointer<UInt16>
  /// Level in the last interval of a block, by the interval after it.
  private var levelBefore: [Int]

  init(_ problem: ScheduleProblem, on: [Bool]) throws(ScheduleError) {
    precondition(
      on.count == problem.intervals, "The commitment needs \(problem.intervals) values, was given \(on.count)")
    let offDurations = try problem.offDurationsAtStarts(of: on)
    self.problem = problem
    self.on = on
    starts = offDurations.map(\.interval)
    startCost = offDurations.map { problem.startCost(afterOffIntervals: $0.duration) }
    window = RampWindow(for: problem)
    count = problem.levels.count
    firstLevels = problem.levelCount(notAbove: problem.largestFirstLevel)
    lastLevels = problem.levelCount(notAbove: problem.largestLastLevel)
    switch problem.initial {
    case .on(_, let level): reachable = problem.levelsReachable(from: level)
    case .off: reachable = 0..<0
    }
    current = .allocate(capacity: count)
    next = .allocate(capacity: count)
    parents = .allocate(capacity: count * problem.intervals)
    levelBefore = Array(repeating: 0, count: problem.intervals + 1)
  }

  deinit {
    current.deallocate()
    next.deallocate()
    parents.deallocate()
  }

  func schedule(for values: [Double]) throws(ScheduleError) -> Schedule {
    problem.checkValues(values)
    let result = values.withUnsafeBufferPointer { buffer -> Result<Double, ScheduleError> in
      guard let base = buffer.baseAddress else { return .failure(.nothingAllowed(interval: 0)) }
      return forward(base)
    }
    let value = try result.get()
    return Schedule(levelIndex: trace(), value: value, starts: starts)
  }

  private func forward(_ values: UnsafePointer<Double>) -> Result<Double, ScheduleError> {
    var total = 0.0
    var wasOn = problem.initial.isOn
    var startNumber = 0
    for interval in 0..<problem.intervals {
      let gains = values + interval * count
      switch (wasOn, on[interval]) {
      case (false, true):
        total -= startCost[startNumber]
        startNumber += 1
        begin(from: total, gains: gains, among: 0..<firstLevels)
      case (true, true) where interval == 0:
        begin(from: 0, gains: gains, among: reachable)
      case (true, true):
        window.advance(current, gains: gains, into: next, parents: parents + interval * count)
        swap(&current, &next)
      case (true, false):
        if interval > 0 { total = closeBlock(before: interval, among: 0..<lastLevels) }
        total += problem.offValue[interval]
      case (false, false):
        total += problem.offValue[interval]
      }
      wasOn = on[interval]
      guard total > -.infinity else { return .failure(firstObstacle(values)) }
    }
    if wasOn { total = closeBlock(before: problem.intervals, among: 0..<count) }
    guard total > -.infinity else { return .failure(firstObstacle(values)) }
    return .success(total + (wasOn ? problem.finalOnValue : problem.finalOffValue))
  }

  private func begin(from total: Double, gains: UnsafePointer<Double>, among range: Range<Int>) {
    current.initialize(repeating: -.infinity, count: count)
    for level in range { current[level] = total + gains[level] }
  }

  private func closeBlock(before interval: Int, among range: Range<Int>) -> Double {
    let best = bestLevel(current, among: range)
    levelBefore[interval] = best.level
    return best.value
  }

  private func trace() -> [Int] {
    var levelIndex = Array(repeating: -1, count: problem.intervals)
    var level = -1
    for interval in stride(from: problem.intervals - 1, through: 0, by: -1) where on[interval] {
      let isLast = interval + 1 == problem.intervals || !on[interval + 1]
      level = isLast ? levelBefore[interval + 1] : Int(parents[(interval + 1) * count + level])
      levelIndex[interval] = level
    }
    return levelIndex
  }

  /// Runs the whole problem with the commitment fixed, and takes its explanation.
  private func firstObstacle(_ values: UnsafePointer<Double>) -> ScheduleError {
    var fixed = problem
    fixed.value = Array(UnsafeBufferPointer(start: values, count: problem.intervals * count))
    for interval in 0..<problem.intervals {
      if on[interval] {
        fixed.offValue[interval] = -.infinity
      } else {
        for level in 0..<count { fixed.value[interval * count + level] = -.infinity }
      }
    }
    do {
      _ = try bestSchedule(for: fixed)
    } catch {
      return error
    }
    preconditionFailure("A commitment without levels was found to have a schedule")
  }
}

extension ScheduleProblem {
  /// Starts of a commitment with the off durations before them; throws when a minimum time is broken.
  func offDurationsAtStarts(
    of on: [Bool]
  ) throws(ScheduleError) -> [(interval: Int, duration: Int)] {
    var starts: [(interval: Int, duration: Int)] = []
    var wasOn = initial.isOn
    var duration =
      switch initial {
      case .on(let duration, _), .off(let duration): duration
      }
    for (interval, isOn) in on.enumerated() {
      if !isOn, offValue[interval] == -.infinity { throw .commitmentOffNotAllowed(interval: interval) }
      if isOn, !wasOn {
        guard duration >= leastOff else {
          throw .commitmentStartsTooEarly(interval: interval, offIntervals: duration, minimum: leastOff)
        }
        starts.append((interval, duration))
      }
      if !isOn, wasOn, duration < leastOn {
        throw .commitmentStopsTooEarly(interval: interval, onIntervals: duration, minimum: leastOn)
      }
      if !isOn, wasOn, interval == 0, case .on(_, let level) = initial, level > largestLastLevel + levelTolerance {
        throw .lastLevelTooHigh(interval: 0, largestLastLevel: largestLastLevel)
      }
      duration = isOn == wasOn ? duration + 1 : 1
      wasOn = isOn
    }
    return starts
  }
}
