import Testing

@testable import Optimization

@Suite("Levels with concave worths") struct PricedLevelsTests {
  private struct Numbers {
    var generator: SplitMix64
    mutating func number(in range: ClosedRange<Double>) -> Double { .random(in: range, using: &generator) }
    mutating func count(in range: ClosedRange<Int>) -> Int { .random(in: range, using: &generator) }
  }

  private struct Case {
    let problem: ScheduleProblem
    let on: [Bool]
    let worth: PricedLevels
    let paths: [[Double]]
  }

  private static func make(_ seed: UInt64) -> Case {
    var numbers = Numbers(generator: SplitMix64(seed: seed))
    let intervals = numbers.count(in: 6...40)
    let count = numbers.count(in: 2...30)
    var level = 100.0
    let isRegular = numbers.count(in: 0...3) > 0
    let levels = (0..<count).map { _ in
      level += isRegular ? 5 : numbers.number(in: 1...12)
      return level
    }
    var cost = 0.0
    var slope = numbers.number(in: 100...300)
    let costs = levels.indices.map { index in
      if index > 0 { cost += slope * (levels[index] - levels[index - 1]) }
      if numbers.count(in: 0...2) == 0 { slope += numbers.number(in: 0...40) }
      return cost
    }
    let allowed = (0..<intervals).map { _ -> ClosedRange<Int>? in
      numbers.count(in: 0...4) == 0 ? numbers.count(in: 0...(count / 2))...(count - 1) : 0...(count - 1)
    }
    let start = numbers.count(in: 0...(intervals / 2))
    let end = numbers.count(in: (intervals / 2)...intervals)
    let isOn = numbers.count(in: 0...1) == 0
    let problem = ScheduleProblem(
      levels: levels, intervals: intervals,
      value: (0..<intervals).flatMap { interval in
        levels.indices.map { allowed[interval]?.contains($0) == true ? 0 : -.infinity }
      },
      largestRise: numbers.number(in: 3...60), largestFall: numbers.number(in: 3...60),
      largestFirstLevel: levels[numbers.count(in: 0...(count - 1))],
      largestLastLevel: levels[numbers.count(in: 0...(count - 1))],
      startCosts: [StartCost(afterOffIntervals: 1, cost: 500)],
      initial: isOn ? .on(intervals: 50, level: levels[count / 2]) : .off(intervals: 50), finalOnValue: 7)
    let on = (0..<intervals).map { isOn ? $0 < start || $0 >= end : $0 >= start && $0 < end }
    return Case(
      problem: problem, on: on, worth: PricedLevels(amount: levels, cost: costs, allowed: allowed),
      paths: (0..<5).map { _ in
        let base = numbers.number(in: 50...400)
        return (0..<intervals).map { _ in base + numbers.number(in: -150...150) }
      })
  }

  @Test(
    "four hundred machines earn what the general programme finds, within the same ramps and limits; what it refuses is refused"
  )
  func agreesWithGeneral() throws {
    var solved = 0
    for seed in 1...400 {
      let each = Self.make(UInt64(seed))
      func general() throws(ScheduleError) -> [Schedule] {
        try bestLevels(for: each.problem, on: each.on, scenarios: each.paths.count) { number, values in
          each.worth.fill(&values, prices: each.paths[number], on: each.on)
        }
      }
      let (fast, slow) = (
        Result { () throws(ScheduleError) in
          try bestLevels(for: each.problem, on: each.on, worth: each.worth, paths: each.paths)
        }, Result { () throws(ScheduleError) in try general() }
      )
      switch (fast, slow) {
      case (.success(let own), .success(let known)):
        solved += 1
        for (number, pair) in zip(own, known).enumerated() {
          #expect(abs(pair.0.value - pair.1.value) < 1e-6 * max(1, abs(pair.1.value)), "seed \(seed), path \(number)")
          #expect(Self.worth(pair.0, each, path: number) == Self.worth(pair.1, each, path: number), "seed \(seed)")
        }
      case (.failure(let own), .failure(let known)): #expect(own == known, "seed \(seed)")
      default: Issue.record("seed \(seed): \(fast) against \(slow)")
      }
    }
    #expect(solved > 150)
  }

  /// What the levels of a schedule are worth, rounded to a millionth; nil if a ramp is broken.
  private static func worth(_ schedule: Schedule, _ each: Case, path: Int) -> Double? {
    var total = 0.0
    var before: Int?
    for (interval, level) in schedule.levelIndex.enumerated() {
      guard level >= 0 else {
        before = nil
        continue
      }
      guard each.worth.allowed[interval]?.contains(level) == true else { return nil }
      total += each.paths[path][interval] * each.worth.amount[level] - each.worth.cost[level]
      if let before {
        let change = each.problem.levels[level] - each.problem.levels[before]
        guard change <= each.problem.largestRise + 1e-6, -change <= each.problem.largestFall + 1e-6 else { return nil }
      }
      before = level
    }
    return (total * 1e6).rounded() / 1e6
  }

  @Test("costs that fall again are left to the general programme")
  func notConcave() throws {
    let worth = PricedLevels(amount: [10, 20, 30], cost: [0, 500, 510], allowed: Array(repeating: 0...2, count: 4))
    #expect(!worth.isConcave(over: [10, 20, 30]))
    let problem = ScheduleProblem(
      levels: [10, 20, 30], intervals: 4, value: Array(repeating: 0, count: 12), largestRise: 10, largestFall: 10,
      initial: .on(intervals: 5, level: 10))
    let found = try bestLevels(
      for: problem, on: Array(repeating: true, count: 4), worth: worth, paths: [[40, 40, 40, 40]])
    #expect(found[0].levelIndex == [1, 2, 2, 2])
  }
}
