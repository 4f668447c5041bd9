internal import MarketModel
internal import Optimization
internal import UnitScheduling

/// One unit's work place while its bids are drawn: its problem, the scenarios, and what commitments are worth.
struct UnitDesk {
  let problem: UnitProblem
  let paths: [[Double]]
  let expectedPrices: [Double]
  private let next: UnitDay
  /// Expected profit of an interval on line, best output taken at each price, over both days.
  private let expectedValues: [Double]
  private let twoDays: UnitProblem
  private let twoDayPaths: [[Double]]
  private let envelope: CostEnvelope

  init(day: UnitDay, next: UnitDay, paths: [[Double]], nextPaths: [[Double]], expectedPrices: [Double]) {
    let levels = OutputLevels([day, next])
    problem = UnitProblem([day], levels: levels)
    twoDays = UnitProblem([day, next], levels: levels)
    self.next = next
    self.paths = paths
    self.expectedPrices = expectedPrices
    envelope = CostEnvelope(levels)
    twoDayPaths = zip(paths, nextPaths).map { $0 + $1 }
    expectedValues = UnitDesk.values(twoDays, envelope, paths: twoDayPaths, weights: nil)
  }

  private static func values(
    _ problem: UnitProblem, _ envelope: CostEnvelope, paths: [[Double]], weights: [Double]?
  ) -> [Double] {
    let levels = problem.levels
    let hours = problem.length.hours
    var values = [Double](repeating: 0, count: problem.intervals)
    for (number, path) in paths.enumerated() {
      let weight = weights?[number] ?? 1 / Double(paths.count)
      guard weight > 0 else { continue }
      for interval in values.indices {
        guard let range = problem.allowed[interval] else { continue }
        let level = envelope.bestLevel(atPrice: path[interval], within: range)
        values[interval] += weight * hours * (path[interval] * levels.netMegawatts[level] - levels.costPerHour[level])
      }
    }
    return values
  }

  /// On-line intervals of the day that earn most in expectation over two days.
  func expectedBestCommitment() throws(ScheduleError) -> [Bool] { try commitment(expectedValues) }

  /// The same if only these paths counted: for the worst ones, a defensive commitment.
  func bestCommitment(weights: [Double]) throws(ScheduleError) -> [Bool] {
    try commitment(UnitDesk.values(twoDays, envelope, paths: twoDayPaths, weights: weights))
  }

  /// On line wherever the unit can be, whatever it earns.
  func fullCommitment() throws(ScheduleError) -> [Bool] {
    try commitment([Double](repeating: 1e9, count: twoDays.intervals))
  }

  /// Off line wherever the unit may be.
  func emptyCommitment() throws(ScheduleError) -> [Bool] {
    try commitment([Double](repeating: -1e9, count: twoDays.intervals))
  }

  private func commitment(_ values: [Double]) throws(ScheduleError) -> [Bool] {
    let schedule = try bestSchedule(for: twoDays.commitmentProblem(onValue: values))
    return schedule.levelIndex.prefix(problem.intervals).map { $0 >= 0 }
  }

  /// Expected profit of the day after if the day ends as this commitment leaves it; −∞ if the day after has no schedule.
  func continuationValue(of commitment: [Bool]) -> Double {
    let lowest = problem.days[0].minimumOutput.values.last ?? problem.unit.minimumStableOutput
    let state = problem.finalState(
      commitment: commitment, output: [Power](repeating: lowest, count: commitment.count))
    let after = UnitProblem([next.starting(in: state)], levels: problem.levels)
    let values = Array(expectedValues.suffix(after.intervals))
    do {
      return try bestSchedule(for: after.commitmentProblem(onValue: values)).value
    } catch {
      return -.infinity
    }
  }

  /// Prices of all paths in the intervals on line, in rising order.
  func prices(in commitment: [Bool]) -> [WeightedPrice] {
    WeightedPrice.distribution(of: paths.flatMap { path in zip(path, commitment).compactMap { $1 ? $0 : nil } })
  }

  /// The outcome of an offer on every path.
  func outcome(of curve: BidCurve, commitment: [Bool]) throws(ScheduleError) -> OfferOutcome {
    var outcome = OfferOutcome(startUpCost: problem.startUpCost(of: commitment), paths: paths.count)
    guard commitment.contains(true) else { return outcome }
    let schedules = try problem.dispatch(of: curve, commitment: commitment, onPaths: paths + [expectedPrices])
    for (schedule, path) in zip(schedules, paths) { outcome.append(schedule, prices: path, problem: problem) }
    outcome.planned = schedules.last
    return outcome
  }
}
