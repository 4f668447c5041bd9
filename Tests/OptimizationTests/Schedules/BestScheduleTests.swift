import Optimization
import Testing

@Suite("Best schedule of one machine") struct BestScheduleTests {
  /// Levels 10, 20, 30; ramp 10; first level at most 10, last at most 20; a start costs 5.
  ///
  ///     interval       0    1    2    3    4
  ///     value of 10   −1    1    2    1   −9
  ///     value of 20   −2    2    4    2   −9
  ///     value of 30   −3    3   12    3   −9
  ///
  /// Off in 4 needs level ≤ 20 in 3, and 30 in 2 needs 20 in 1 and 10 in 0:
  /// off-state start in 0: −5 − 1 + 2 + 12 + 2 + 0 = 10. Any start later misses 12 and earns less.
  @Test("climbs early enough to be at the top in the best interval, and comes down before it goes off")
  func workedExample() throws {
    let problem = ScheduleProblem(
      levels: [10, 20, 30], intervals: 5,
      value: [-1, -2, -3, 1, 2, 3, 2, 4, 12, 1, 2, 3, -9, -9, -9],
      largestRise: 10, largestFall: 10, largestFirstLevel: 10, largestLastLevel: 20,
      minimumOnIntervals: 2, minimumOffIntervals: 2, startCosts: [StartCost(afterOffIntervals: 0, cost: 5)],
      initial: .off(intervals: 2))
    let schedule = try bestSchedule(for: problem)
    #expect(schedule == Schedule(levelIndex: [0, 1, 2, 1, -1], value: 10, starts: [0]))
    #expect(try bestLevels(for: problem, on: schedule.on) == schedule)
  }

  @Test("equals the enumeration of all schedules, and passes the audit", arguments: 0..<1200 as Range<UInt64>)
  func enumeration(seed: UInt64) throws {
    let problem = ScheduleProblem.random(
      intervals: 1 + Int(seed % 7), levels: 1 + Int(seed / 7 % 3), seed: seed)
    guard let expected = bestValueByEnumeration(of: problem) else {
      #expect(throws: ScheduleError.self) { try bestSchedule(for: problem) }
      return
    }
    let schedule = try bestSchedule(for: problem)
    #expect(schedule.value == expected)
    #expect(auditedValue(of: schedule.levelIndex, in: problem) == expected)
    #expect(schedule.starts == starts(of: schedule, after: problem.initial))
    #expect(try bestLevels(for: problem, on: schedule.on).value == expected)
  }

  @Test("passes the audit on long problems with many levels", arguments: 0..<30 as Range<UInt64>)
  func longProblems(seed: UInt64) throws {
    var problem = ScheduleProblem.random(intervals: 200, levels: 40, seed: seed)
    problem.offValue = problem.offValue.map { max($0, -2) }
    problem.initial = .off(intervals: 3)
    problem.minimumOnIntervals = 12
    let schedule = try bestSchedule(for: problem)
    #expect(auditedValue(of: schedule.levelIndex, in: problem) == schedule.value)
    let levels = try bestLevels(for: problem, on: schedule.on)
    #expect(levels.value == schedule.value)
    #expect(auditedValue(of: levels.levelIndex, in: problem) == schedule.value)
  }

  @Test("breaks ties by the lower level and by staying in the state")
  func ties() throws {
    var problem = ScheduleProblem(
      levels: [1, 2], intervals: 3, value: Array(repeating: 0, count: 6), initial: .off(intervals: 9))
    #expect(try bestSchedule(for: problem).levelIndex == [-1, -1, -1])
    problem.initial = .on(intervals: 9, level: 2)
    #expect(try bestSchedule(for: problem).levelIndex == [0, 0, 0])
  }

  private func starts(of schedule: Schedule, after initial: InitialState) -> [Int] {
    var wasOn = if case .on = initial { true } else { false }
    var starts: [Int] = []
    for (interval, isOn) in schedule.on.enumerated() {
      if isOn, !wasOn { starts.append(interval) }
      wasOn = isOn
    }
    return starts
  }
}
