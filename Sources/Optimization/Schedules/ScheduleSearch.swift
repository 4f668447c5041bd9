/// The forward pass of ``bestSchedule(for:)``. Lives inside one call and borrows the values.
final class ScheduleSearch {
  /// Where a path through the last interval stands.
  enum Ending {
    /// On for at least the minimum on time.
    case on(level: Int)
    /// On since `start`, −1 for before the first interval; the end cuts the minimum on time off.
    case cutOff(start: Int, level: Int)
    /// Off for so many intervals.
    case off(duration: Int)
  }

  /// Parent of a level that was reached at the end of a minimum on time.
  static let joined = UInt16.max

  let problem: ScheduleProblem
  let values: UnsafePointer<Double>
  let window: RampWindow
  let count: Int
  let firstLevels: Int
  let lastLevels: Int
  /// Index of the last interval that the minimum on time before the first interval reaches; nil when off.
  let initialRunEnd: Int?
  let longestOff: Int

  // By interval: value and off duration of a start; level before switching off; whether the longest off state
  // was already the longest one interval before.
  var startValue: [Double]
  var startDuration: [Int]
  var levelBeforeOff: [Int]
  var staysLongestOff: [Bool]
  let parents: UnsafeMutablePointer<UInt16>
  // Values of this and the next interval, then the same inside a minimum on time.
  private var current: UnsafeMutablePointer<Double>
  private var next: UnsafeMutablePointer<Double>
  private var runCurrent: UnsafeMutablePointer<Double>
  private var runNext: UnsafeMutablePointer<Double>
  private let runParents: UnsafeMutablePointer<UInt16>
  private let costs: [Double]
  private var off: [Double]

  // Only for the explanation of failures.
  private let tracksReach: Bool
  /// Last interval that any partial schedule gets through.
  private(set) var reach = -1
  private(set) var longestOffAlive: [Int]
  private(set) var isOnAlive: [Bool]

  init(_ problem: ScheduleProblem, values: UnsafePointer<Double>, tracksReach: Bool) {
    self.problem = problem
    self.values = values
    self.tracksReach = tracksReach
    let intervals = problem.intervals
    count = problem.levels.count
    window = RampWindow(for: problem)
    firstLevels = problem.levelCount(notAbove: problem.largestFirstLevel)
    lastLevels = problem.levelCount(notAbove: problem.largestLastLevel)
    longestOff = problem.longestOffThatMatters
    startValue = Array(repeating: -.infinity, count: intervals)
    startDuration = Array(repeating: 0, count: intervals)
    levelBeforeOff = Array(repeating: 0, count: intervals)
    staysLongestOff = Array(repeating: false, count: intervals)
    parents = .allocate(capacity: intervals * count)
    current = .allocate(capacity: count)
    next = .allocate(capacity: count)
    runCurrent = .allocate(capacity: count)
    runNext = .allocate(capacity: count)
    runParents = .allocate(capacity: count)
    current.initialize(repeating: -.infinity, count: count)
    costs = (0...longestOff).map { problem.startCost(afterOffIntervals: $0) }
    off = Array(repeating: -.infinity, count: longestOff + 1)
    longestOffAlive = Array(repeating: 0, count: tracksReach ? intervals : 0)
    isOnAlive = Array(repeating: false, count: tracksReach ? intervals : 0)
    switch problem.initial {
    case .on(let duration, _):
      initialRunEnd = max(1, problem.leastOn - duration) - 1
    case .off(let duration):
      initialRunEnd = nil
      off[min(duration, longestOff)] = 0
    }
  }

  deinit {
    parents.deallocate()
    for buffer in [current, next, runCurrent, runNext] { buffer.deallocate() }
    runParents.deallocate()
  }

  /// The best schedule, nil when there is none.
  func schedule() -> Schedule? {
    for interval in 0..<problem.intervals {
      findStart(in: interval)
      let entering = bestBeforeOff(in: interval)
      advanceOn(to: interval)
      advanceOff(to: interval, entering: entering)
      if tracksReach { noteReach(in: interval) }
    }
    guard let (ending, value) = bestEnding(), value > -.infinity else { return nil }
    return traced(from: ending, value: value)
  }
}

// MARK: - One interval

extension ScheduleSearch {
  /// startValue = max over d ≥ minimum of off[d] − cost(d), before the values of the interval. O(D)
  private func findStart(in interval: Int) {
    var best = -Double.infinity
    for duration in stride(from: longestOff, through: problem.leastOff, by: -1) {
      let value = off[duration] - costs[duration]
      if value > best {
        best = value
        startDuration[interval] = duration
      }
    }
    startValue[interval] = best
  }

  /// Best value of being on one interval before at a level from which switching off is allowed.
  private func bestBeforeOff(in interval: Int) -> Double {
    guard interval > 0 else {
      guard case .on(let duration, let level) = problem.initial, duration >= problem.leastOn,
        level <= problem.largestLastLevel + problem.levelTolerance
      else { return -.infinity }
      return 0
    }
    let best = bestLevel(current, among: 0..<lastLevels)
    levelBeforeOff[interval] = best.level
    return best.value
  }

  private func advanceOff(to interval: Int, entering: Double) {
    let gain = problem.offValue[interval]
    let stays = off[longestOff]
    let arrives = longestOff == 1 ? entering : off[longestOff - 1]
    staysLongestOff[interval] = stays >= arrives
    off[longestOff] = max(stays, arrives) + gain
    guard longestOff > 1 else { return }
    for duration in stride(from: longestOff - 1, to: 1, by: -1) {
      off[duration] = off[duration - 1] + gain
    }
    off[1] = entering + gain
  }

  private func advanceOn(to interval: Int) {
    let row = parents + interval * count
    if interval == 0 {
      next.initialize(repeating: -.infinity, count: count)
      row.initialize(repeating: Self.joined, count: count)
    } else {
      window.advance(current, gains: values + interval * count, into: next, parents: row)
    }
    if interval == initialRunEnd {
      run(from: -1, through: interval, storing: nil)
      joinRun(row)
    }
    let start = interval - problem.leastOn + 1
    if start >= 0, startValue[start] > -.infinity {
      run(from: start, through: interval, storing: nil)
      joinRun(row)
    }
    swap(&current, &next)
  }

  private func joinRun(_ row: UnsafeMutablePointer<UInt16>) {
    for level in 0..<count where runCurrent[level] > next[level] {
      next[level] = runCurrent[level]
      row[level] = Self.joined
    }
  }
}

// MARK: - A minimum on time

extension ScheduleSearch {
  /// Runs from a start (−1: from the initial level) through an interval; the values end up in `runCurrent`.
  /// `stored` receives the parents of the intervals after the first, one row each.
  func run(from start: Int, through last: Int, storing stored: UnsafeMutablePointer<UInt16>?) {
    let first = max(start, 0)
    beginRun(start)
    noteRunReach(first)
    guard first < last else { return }
    for interval in (first + 1)...last {
      let row = stored.map { $0 + (interval - first) * count } ?? runParents
      window.advance(runCurrent, gains: values + interval * count, into: runNext, parents: row)
      swap(&runCurrent, &runNext)
      noteRunReach(interval)
    }
  }

  private func beginRun(_ start: Int) {
    runCurrent.initialize(repeating: -.infinity, count: count)
    if start >= 0 {
      let gains = values + start * count
      for level in 0..<firstLevels { runCurrent[level] = startValue[start] + gains[level] }
    } else if case .on(_, let initialLevel) = problem.initial {
      for level in problem.levelsReachable(from: initialLevel) { runCurrent[level] = values[level] }
    }
  }

  private func noteRunReach(_ interval: Int) {
    guard tracksReach, interval > reach, bestLevel(runCurrent, among: 0..<count).value > -.infinity else { return }
    reach = interval
  }
}

// MARK: - The end

extension ScheduleSearch {
  private func bestEnding() -> (Ending, Double)? {
    var candidates: [(Ending, Double)] = []
    let mature = bestLevel(current, among: 0..<count)
    candidates.append((.on(level: mature.level), mature.value + problem.finalOnValue))
    candidates += cutOffEndings()
    let offEndings = (1...longestOff).reversed().map { duration in
      (Ending.off(duration: duration), off[duration] + problem.finalOffValue)
    }
    candidates = problem.initial.isOn ? candidates + offEndings : offEndings + candidates
    guard var best = candidates.first else { return nil }
    for candidate in candidates where candidate.1 > best.1 { best = candidate }
    return best
  }

  /// Endings of which the last interval cuts the minimum on time off.
  private func cutOffEndings() -> [(Ending, Double)] {
    let last = problem.intervals - 1
    var starts = Array(max(0, last - problem.leastOn + 2)..<max(last + 1, last - problem.leastOn + 2))
    if let initialRunEnd, initialRunEnd > last { starts.insert(-1, at: 0) }
    return starts.filter { $0 < 0 || startValue[$0] > -.infinity }.map { start in
      run(from: start, through: last, storing: nil)
      let best = bestLevel(runCurrent, among: 0..<count)
      return (.cutOff(start: start, level: best.level), best.value + problem.finalOnValue)
    }
  }

  private func noteReach(in interval: Int) {
    isOnAlive[interval] = bestLevel(current, among: 0..<count).value > -.infinity
    longestOffAlive[interval] = off.lastIndex { $0 > -.infinity } ?? 0
    if isOnAlive[interval] || longestOffAlive[interval] > 0 { reach = max(reach, interval) }
  }
}
