/// From the ending back to the first interval, and the reason when there is no ending.
extension ScheduleSearch {
  /// Follows the parents. Minimum on times are run again, this time with their parents, so that the memory stays
  /// O(T · L).
  func traced(from ending: Ending, value: Double) -> Schedule {
    var levelIndex = Array(repeating: -1, count: problem.intervals)
    var starts: [Int] = []
    var interval = problem.intervals - 1
    var state = ending
    while interval >= 0 {
      switch state {
      case .off(let duration):
        state = stateBeforeOff(duration, in: interval)
        interval -= 1
      case .on(let level):
        let parent = parents[interval * count + level]
        if parent == Self.joined {
          state = .cutOff(start: startOfRun(joiningIn: interval), level: level)
        } else {
          levelIndex[interval] = level
          state = .on(level: Int(parent))
          interval -= 1
        }
      case .cutOff(let start, let level):
        fillRun(from: start, through: interval, endingAt: level, into: &levelIndex)
        guard start >= 0 else { return Schedule(levelIndex: levelIndex, value: value, starts: starts.reversed()) }
        starts.append(start)
        state = .off(duration: startDuration[start])
        interval = start - 1
      }
    }
    return Schedule(levelIndex: levelIndex, value: value, starts: starts.reversed())
  }

  private func startOfRun(joiningIn interval: Int) -> Int {
    interval == initialRunEnd ? -1 : interval - problem.leastOn + 1
  }

  private func stateBeforeOff(_ duration: Int, in interval: Int) -> Ending {
    if duration == longestOff, staysLongestOff[interval] { return .off(duration: longestOff) }
    return duration > 1 ? .off(duration: duration - 1) : .on(level: levelBeforeOff[interval])
  }

  private func fillRun(from start: Int, through last: Int, endingAt level: Int, into levelIndex: inout [Int]) {
    let first = max(start, 0)
    let stored = UnsafeMutablePointer<UInt16>.allocate(capacity: (last - first + 1) * count)
    defer { stored.deallocate() }
    run(from: start, through: last, storing: stored)
    var level = level
    for interval in stride(from: last, through: first, by: -1) {
      levelIndex[interval] = level
      if interval > first { level = Int(stored[(interval - first) * count + level]) }
    }
  }

  /// The first interval that no partial schedule gets through, and what stands in the way.
  func obstacle() -> ScheduleError {
    let interval = reach + 1
    guard interval < problem.intervals else { return .nothingReachable(interval: problem.intervals - 1) }
    let mustBeOn = problem.offValue[interval] == -.infinity
    let mustBeOff = (0..<count).allSatisfy { values[interval * count + $0] == -.infinity }
    if mustBeOn, mustBeOff { return .nothingAllowed(interval: interval) }
    if mustBeOn, let offDuration = longestOff(before: interval), offDuration < problem.leastOff {
      let until = interval + problem.leastOff - offDuration
      return .minimumOffTime(interval: interval, minimum: problem.leastOff, until: until)
    }
    if mustBeOff { return obstacleToOff(in: interval) }
    if interval == 0, case .on(_, let level) = problem.initial {
      return .initialLevelTooFar(
        interval: 0, level: level, largestRise: problem.largestRise, largestFall: problem.largestFall)
    }
    return .nothingReachable(interval: interval)
  }

  /// Longest off duration before an interval; nil when the machine can only be on before it.
  private func longestOff(before interval: Int) -> Int? {
    if interval > 0 { return longestOffAlive[interval - 1] > 0 ? longestOffAlive[interval - 1] : nil }
    switch problem.initial {
    case .on: return nil
    case .off(let duration): return duration
    }
  }

  private func obstacleToOff(in interval: Int) -> ScheduleError {
    if let initialRunEnd, interval <= initialRunEnd, interval > 0 || !hasServedMinimumOn {
      return .minimumOnTime(interval: interval, minimum: problem.leastOn, until: initialRunEnd + 1)
    }
    if interval == 0 || isOnAlive[interval - 1] {
      return .lastLevelTooHigh(interval: interval, largestLastLevel: problem.largestLastLevel)
    }
    guard let start = startValue[..<interval].firstIndex(where: { $0 > -.infinity }) else {
      return .nothingReachable(interval: interval)
    }
    return .minimumOnTime(interval: interval, minimum: problem.leastOn, until: start + problem.leastOn)
  }

  private var hasServedMinimumOn: Bool {
    guard case .on(let duration, _) = problem.initial else { return true }
    return duration >= problem.leastOn
  }
}
