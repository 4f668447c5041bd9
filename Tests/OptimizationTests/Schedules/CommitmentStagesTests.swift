import Testing

@testable import Optimization

@Suite("Stages of commitment") struct CommitmentStagesTests {
  static func problem(_ on: [Double], up: Int, down: Int, cost: Double, initial: InitialState) -> ScheduleProblem {
    ScheduleProblem(
      levels: [0], intervals: on.count, value: on, minimumOnIntervals: up, minimumOffIntervals: down,
      startCosts: [StartCost(afterOffIntervals: 0, cost: cost)], initial: initial)
  }

  /// Four intervals in two stages, two on two: minimum on time 2, a start costs 10. The second stage earns 20 or −20 in its
  /// first interval, as likely, and that is known before it is committed.
  ///
  ///     state at the end of stage one      on for 1    on for 2    off
  ///     outlook +20                        20          20          10 (start, 20 − 10)
  ///     outlook −20                        −20         0 (stops)   0
  ///     mean: with recourse                0           10          5
  ///     best for the mean outlook, 0       0           0           0
  ///
  /// From off, earning 3 and 4 on line: a start is worth −10 + 3 + 4 + 10 = 7 against 5 for waiting; without recourse −3
  /// against 0.
  @Test("a tree of four intervals, by hand")
  func worked() {
    let stages = CommitmentStages(Self.problem([3, 4], up: 2, down: 1, cost: 10, initial: .off(intervals: 1)))
    let none = [0.0, 0, 0]
    let outlooks = [[20.0, 0], [-20.0, 0]]
    let values = outlooks.map { Array(stages.values(on: $0, off: [0, 0], final: none).prefix(3)) }
    #expect(values == [[20, 20, 10], [-20, 0, 0]])
    let mean = (0..<3).map { (values[0][$0] + values[1][$0]) / 2 }
    #expect(mean == [0, 10, 5])
    let table = stages.values(on: [3, 4], off: [0, 0], final: mean)
    let start = stages.state(.off(intervals: 1))
    #expect(table[start] == 7)
    #expect(stages.commitment(from: start, on: [3, 4], off: [0, 0], table: table) == [true, true])
    let open = Array(stages.values(on: [0, 0], off: [0, 0], final: none).prefix(3))
    let openTable = stages.values(on: [3, 4], off: [0, 0], final: open)
    #expect(openTable[start] == 0)
    #expect(stages.commitment(from: start, on: [3, 4], off: [0, 0], table: openTable) == [false, false])
  }

  @Test("the same value and commitment as the search over levels", arguments: [UInt64(1), 2, 3, 4, 5, 6, 7, 8])
  func agrees(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<30 {
      let on = (0..<24).map { _ in Double.random(in: -10...10, using: &generator) }
      let initial: InitialState =
        Bool.random(using: &generator)
        ? .on(intervals: Int.random(in: 1...5, using: &generator), level: 0)
        : .off(intervals: Int.random(in: 1...5, using: &generator))
      let problem = Self.problem(
        on, up: Int.random(in: 1...6, using: &generator), down: Int.random(in: 1...6, using: &generator), cost: 12,
        initial: initial)
      let stages = CommitmentStages(problem)
      let table = stages.values(
        on: on, off: problem.offValue, final: [Double](repeating: 0, count: stages.count))
      let found = stages.commitment(from: stages.state(initial), on: on, off: problem.offValue, table: table)
      let expected = try bestSchedule(for: problem)
      #expect(abs(table[stages.state(initial)] - expected.value) < 1e-9)
      #expect(found == expected.on)
    }
  }

  @Test("deciding after the outlook is known is worth at least deciding for the mean outlook", arguments: 1...20)
  func recourse(seed: Int) {
    var generator = SplitMix64(seed: UInt64(seed))
    let problem = Self.problem([Double](repeating: 0, count: 24), up: 4, down: 3, cost: 15, initial: .off(intervals: 1))
    let stages = CommitmentStages(problem)
    let none = [Double](repeating: 0, count: stages.count)
    let outlooks = (0..<12).map { _ in (0..<24).map { _ in Double.random(in: -10...9, using: &generator) } }
    let mean = (0..<24).map { interval in outlooks.reduce(0) { $0 + $1[interval] } / 12 }
    let open = stages.values(on: mean, off: problem.offValue, final: none)
    let tables = outlooks.map { stages.values(on: $0, off: problem.offValue, final: none) }
    for state in 0..<stages.count {
      #expect(tables.reduce(0) { $0 + $1[state] } / 12 >= open[state] - 1e-9)
    }
  }
}
