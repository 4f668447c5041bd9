internal import MarketModel
internal import Optimization
internal import UnitScheduling

/// One unit's work place while its bids are drawn: its problem, the scenarios, and what commitments are worth.
///
/// The commitment is a programme of several stages: on and off are decided before the day's price is known, the output follows
/// the price, and the day after is decided anew with what will then be known (``RecourseValues``). Profits of intervals
/// add up, so the first stage needs their means alone and is solved exactly, ramps apart.
struct UnitDesk {
  let problem: UnitProblem
  let paths: [[Double]]
  let expectedPrices: [Double]
  let risingPrices: RisingPrices
  private let twoDays: UnitProblem
  private let frame: ScheduleProblem
  private let profits: IntervalProfits
  /// What the day after is worth; nil on a desk that only writes down a commitment that was decided elsewhere.
  private let dayAfter: RecourseValues?

  /// - Parameter dayAfter: nil for a desk that neither chooses nor values commitments: its outcomes hold the planned schedule alone.
  /// - Parameter risingPrices: of the same paths; sorted anew if they are not given.
  init(
    day: UnitDay, next: UnitDay, paths: [[Double]], risingPrices: RisingPrices? = nil, dayAfter: DayAfter?,
    expectedPrices: [Double]
  ) {
    self.risingPrices = risingPrices ?? RisingPrices(paths)
    let levels = OutputLevels([day, next])
    problem = UnitProblem([day], levels: levels)
    twoDays = UnitProblem([day, next], levels: levels)
    frame = problem.commitmentProblem(onValue: [Double](repeating: 0, count: problem.intervals))
    profits = IntervalProfits(levels, CostEnvelope(levels), hours: problem.length.hours)
    let intervalProfits = profits
    self.dayAfter = dayAfter.map { RecourseValues(next: next, levels: levels, profits: intervalProfits, dayAfter: $0) }
    self.paths = paths
    self.expectedPrices = expectedPrices
  }

  private var recourse: RecourseValues {
    guard let dayAfter else { preconditionFailure("this desk was made without the day after") }
    return dayAfter
  }

  /// On-line intervals of the day that earn most in expectation, the day after decided with what will be known.
  func expectedBestCommitment() throws(ScheduleError) -> [Bool] {
    try commitment(profits.means(over: paths, allowed: problem.allowed), final: recourse.all)
  }

  /// The same if only these paths counted: for the worst ones, a defensive commitment.
  func bestCommitment(weights: [Double]) throws(ScheduleError) -> [Bool] {
    try commitment(profits.means(over: paths, weights: weights, allowed: problem.allowed), final: recourse.all)
  }

  /// What leaving another commitment gains in expectation when the choice is made on one half of the scenarios and judged on the
  /// other, the mean of both ways: the best of several estimates flatters itself, this one does not.
  func gainJudgedApart(over other: [Bool]) throws(ScheduleError) -> Double {
    guard paths.count >= 4 else { return .infinity }
    let means = (0..<2).map { half in
      let weights = paths.indices.map { $0 % 2 == half ? 1.0 : 0 }
      return profits.means(over: paths, weights: weights, allowed: problem.allowed)
    }
    var gain = 0.0
    for half in 0..<2 {
      let choice = try commitment(means[half], final: recourse.halves[half])
      let judge = 1 - half
      gain +=
        (value(of: choice, means[judge], recourse.halves[judge])
          - value(of: other, means[judge], recourse.halves[judge]))
        / 2
    }
    return gain
  }

  /// What a commitment is worth by the stages: expected profit of its intervals, starts, and the value of its end.
  func worth(of commitment: [Bool]) -> Double {
    value(of: commitment, profits.means(over: paths, allowed: problem.allowed), recourse.all)
  }

  /// Profit of a commitment in expectation by interval means, its starts and the value of its end.
  private func value(of commitment: [Bool], _ means: [Double], _ final: [Double]) -> Double {
    var total = final[finalState(of: commitment)] - problem.startUpCost(of: commitment)
    for (interval, isOn) in commitment.enumerated() where isOn { total += means[interval] }
    return total
  }

  /// On line wherever the unit can be, whatever it earns.
  func fullCommitment() throws(ScheduleError) -> [Bool] {
    try extreme([Double](repeating: 1e9, count: twoDays.intervals))
  }

  /// Off line wherever the unit may be.
  func emptyCommitment() throws(ScheduleError) -> [Bool] {
    try extreme([Double](repeating: -1e9, count: twoDays.intervals))
  }

  /// The best over both days had these been the prices.
  func commitment(atPrices prices: [Double]) throws(ScheduleError) -> [Bool] {
    try extreme(
      zip(twoDays.allowed, prices).map { range, price in
        range.map { profits.profit(atPrice: price, within: $0) } ?? 0
      })
  }

  private func extreme(_ values: [Double]) throws(ScheduleError) -> [Bool] {
    let schedule = try bestSchedule(for: twoDays.commitmentProblem(onValue: values))
    return schedule.levelIndex.prefix(problem.intervals).map { $0 >= 0 }
  }

  private func commitment(_ on: [Double], final: [Double]) throws(ScheduleError) -> [Bool] {
    let stages = recourse.stages
    let table = stages.values(on: on, off: frame.offValue, final: final)
    let initial = stages.state(frame.initial)
    // Where obligations leave nothing, the general search says why.
    guard table[initial] > -.infinity else { return try fullCommitment() }
    return stages.commitment(from: initial, on: on, off: frame.offValue, table: table)
  }

  private func finalState(of commitment: [Bool]) -> Int {
    commitment.reduce(recourse.stages.state(frame.initial)) { recourse.stages.state(after: $0, isOn: $1) }
  }

  /// Expected profit of the day after if the day ends as this commitment leaves it; −∞ if the day after has no schedule.
  func continuationValue(of commitment: [Bool]) -> Double {
    dayAfter == nil ? 0 : recourse.all[finalState(of: commitment)]
  }

  /// Prices of all paths in the intervals on line, in rising order.
  func prices(in commitment: [Bool]) -> [WeightedPrice] {
    WeightedPrice.distribution(ofRising: risingPrices.within(commitment))
  }

  /// The outcome of an offer on every path.
  func outcome(of curve: BidCurve, commitment: [Bool]) throws(ScheduleError) -> OfferOutcome {
    var outcome = OfferOutcome(startUpCost: problem.startUpCost(of: commitment), paths: paths.count)
    guard commitment.contains(true) else { return outcome }
    let schedules = try problem.dispatch(
      of: curve, commitment: commitment, onPaths: (dayAfter == nil ? [] : paths) + [expectedPrices])
    for (schedule, path) in zip(schedules.dropLast(), paths) {
      outcome.append(schedule, prices: path, problem: problem)
    }
    outcome.planned = schedules.last
    return outcome
  }
}
