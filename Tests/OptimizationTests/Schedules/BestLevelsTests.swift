import Optimization
import Testing

@Suite("Best levels of a commitment") struct BestLevelsTests {
  @Test("equals the enumeration restricted to the commitment", arguments: 0..<300 as Range<UInt64>)
  func enumeration(seed: UInt64) throws {
    let problem = ScheduleProblem.random(intervals: 1 + Int(seed % 6), levels: 3, seed: seed)
    var random = SplitMix64(seed: seed ^ 0xABCD)
    let on = (0..<problem.intervals).map { _ in Bool.random(using: &random) }
    var restricted = problem
    for interval in 0..<problem.intervals {
      if on[interval] { restricted.offValue[interval] = -.infinity }
      for level in 0..<3 where !on[interval] { restricted.value[interval * 3 + level] = -.infinity }
    }
    guard let expected = bestValueByEnumeration(of: restricted) else {
      #expect(throws: ScheduleError.self) { try bestLevels(for: problem, on: on) }
      return
    }
    let schedule = try bestLevels(for: problem, on: on)
    #expect(schedule.value == expected)
    #expect(schedule.on == on)
    #expect(auditedValue(of: schedule.levelIndex, in: problem) == expected)
  }

  @Test("gives in one batch what it gives one by one")
  func batch() throws {
    var problem = ScheduleProblem.random(intervals: 48, levels: 20, seed: 5)
    problem.offValue = problem.offValue.map { max($0, 0) }
    problem.initial = .off(intervals: 9)
    let on = try bestSchedule(for: problem).on
    let scenarios = (0..<20 as Range<UInt64>).map { seed in
      var random = SplitMix64(seed: seed)
      return (0..<48 * 20).map { _ in Double.random(in: -5...5, using: &random) }
    }
    let batch = try bestLevels(for: problem, on: on, scenarios: scenarios.count) { $1 = scenarios[$0] }
    for (values, schedule) in zip(scenarios, batch) {
      problem.value = values
      #expect(try bestLevels(for: problem, on: on) == schedule)
    }
  }
}
