internal import MarketModel
internal import Optimization
internal import UnitScheduling

/// What it is worth to end the day in each state: the mean over what tomorrow's forecast may say of the best that the unit can
/// then still do on the day after, with one day more behind it at its expected prices.
struct RecourseValues {
  let stages: CommitmentStages
  /// Mean value by state over all outlooks, and over those of each half (even, odd) for choices that are judged on the other.
  let all: [Double]
  let halves: [[Double]]

  init(next: UnitDay, levels: OutputLevels, profits: IntervalProfits, dayAfter: DayAfter) {
    let lowest = next.minimumOutput.values.first ?? next.unit.minimumStableOutput
    let running = next.starting(in: .on(minutes: 1_000_000, output: lowest))
    let problem = UnitProblem([running], levels: levels)
    let frame = problem.commitmentProblem(onValue: [Double](repeating: 0, count: problem.intervals))
    let stages = CommitmentStages(frame)
    self.stages = stages
    let waits = RecourseValues.intervalsBeforeStart(next, stages, leastOn: frame.minimumOnIntervals)
    let beyond = RecourseValues.valuesBeyond(problem, frame, stages, profits, dayAfter)
    var sums = [[Double]](repeating: [Double](repeating: 0, count: stages.count), count: 2)
    for (number, outlook) in dayAfter.outlooks.enumerated() {
      let on = profits.means(around: outlook, deviations: dayAfter.deviations, allowed: problem.allowed)
      let table = stages.values(on: on, off: frame.offValue, final: beyond)
      for state in 0..<stages.count {
        sums[number % 2][state] += RecourseValues.value(of: state, table, stages, waits: waits)
      }
    }
    let counts = [(dayAfter.outlooks.count + 1) / 2, dayAfter.outlooks.count / 2]
    all = zip(sums[0], sums[1]).map { ($0 + $1) / Double(dayAfter.outlooks.count) }
    let mean = all
    halves = (0..<2).map { half in counts[half] == 0 ? mean : sums[half].map { $0 / Double(counts[half]) } }
  }

  /// The expected day behind the day after, from every state; zero without one.
  private static func valuesBeyond(
    _ problem: UnitProblem, _ frame: ScheduleProblem, _ stages: CommitmentStages, _ profits: IntervalProfits,
    _ dayAfter: DayAfter
  ) -> [Double] {
    let zero = [Double](repeating: 0, count: stages.count)
    guard !dayAfter.beyond.isEmpty else { return zero }
    let on = profits.means(around: dayAfter.beyond, deviations: dayAfter.deviations, allowed: problem.allowed)
    return Array(stages.values(on: on, off: frame.offValue, final: zero).prefix(stages.count))
  }

  /// The value of a state in front of the day: a unit off line waits until a start that is ordered for the day can be over.
  private static func value(
    of state: Int, _ table: [Double], _ stages: CommitmentStages, waits: [Int]
  ) -> Double {
    var reached = state
    for _ in 0..<waits[state] { reached = stages.state(after: reached, isOn: false) }
    return table[waits[state] * stages.count + reached]
  }

  private static func intervalsBeforeStart(_ next: UnitDay, _ stages: CommitmentStages, leastOn: Int) -> [Int] {
    let firstOff = stages.stateOff(forIntervals: 1)
    return (0..<stages.count).map { state in
      guard state >= firstOff, next.minutesFromOrder != nil else { return 0 }
      let minutes = (state - firstOff + 1) * next.grid.length.minutes
      return min(next.starting(in: .off(minutes: minutes)).intervalsBeforeStart, next.grid.count)
    }
  }
}
