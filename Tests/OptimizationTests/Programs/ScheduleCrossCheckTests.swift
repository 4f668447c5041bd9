import Optimization
import Testing

@Suite("Two ways to the best schedule") struct ScheduleCrossCheckTests {
  @Test("the dynamic programme and the mixed-integer program find the same value", arguments: 0..<16 as Range<UInt64>)
  func agree(seed: UInt64) throws {
    let problem = randomProblem(seed: seed)
    let schedule = try bestSchedule(for: problem)
    let solution = try solve(ScheduleProgram(problem).program, settings: SolverSettings(relativeGap: 0))
    #expect(abs(solution.objective - schedule.value) < 1e-6)
  }

  private func randomProblem(seed: UInt64) -> ScheduleProblem {
    var random = SplitMix64(seed: seed)
    let levels: [Double] = [40, 55, 70, 85, 100]
    var value: [Double] = []
    for interval in 0..<24 {
      let gain = Double.random(in: -0.5...0.5, using: &random) + (interval / 6 % 2 == 0 ? 0.4 : -0.5)
      for level in levels {
        let isAllowed = level < 80 || Double.random(in: 0..<1, using: &random) < 0.8
        value.append(isAllowed ? gain * level - 0.001 * level * level : -.infinity)
      }
    }
    let duration = Int.random(in: 1...6, using: &random)
    return ScheduleProblem(
      levels: levels, intervals: 24, value: value, offValue: (0..<24).map { $0 % 7 == 0 ? 1 : 0 },
      largestRise: 15, largestFall: 30, largestFirstLevel: 55, largestLastLevel: 70,
      minimumOnIntervals: 2 + Int(seed % 4), minimumOffIntervals: 1 + Int(seed % 3),
      startCosts: [
        StartCost(afterOffIntervals: 1, cost: 5), StartCost(afterOffIntervals: 4, cost: 12),
        StartCost(afterOffIntervals: 9, cost: 30),
      ],
      initial: seed % 2 == 0 ? .on(intervals: duration, level: 62) : .off(intervals: duration),
      finalOnValue: seed % 3 == 0 ? 8 : 0)
  }
}

/// The same problem with a binary for each level, on, start, stop and start category. Start costs must ascend.
///
/// Morales-España, Latorre, Ramos, "Tight and compact MILP formulation for the thermal unit commitment problem",
/// IEEE Transactions on Power Systems 28(4), 2013.
private struct ScheduleProgram {
  var program = LinearProgram(goal: .maximise)
  private let problem: ScheduleProblem
  private var on: [LinearExpression] = []
  private var level: [LinearExpression] = []
  private var starts: [Variable] = []
  private var stops: [Variable] = []
  private let wasOn: Bool
  private let duration: Int
  private let initialLevel: Double

  init(_ problem: ScheduleProblem) {
    self.problem = problem
    switch problem.initial {
    case .on(let intervals, let level): (wasOn, duration, initialLevel) = (true, intervals, level)
    case .off(let intervals): (wasOn, duration, initialLevel) = (false, intervals, 0)
    }
    var objective = LinearExpression()
    for interval in 0..<problem.intervals { objective += addStates(in: interval) }
    for interval in 0..<problem.intervals {
      addRamps(in: interval)
      addMinimumTimes(in: interval)
      objective -= addStartCost(in: interval)
    }
    if let last = on.last { objective += problem.finalOnValue * last + problem.finalOffValue * (1 - last) }
    program.addToObjective(objective)
  }

  private mutating func addStates(in interval: Int) -> LinearExpression {
    var isOn = LinearExpression()
    var output = LinearExpression()
    var value = LinearExpression()
    for (index, level) in problem.levels.enumerated() {
      let gain = problem.value[interval * problem.levels.count + index]
      guard gain > -.infinity else { continue }
      let chosen = program.addBinary(name: "level[\(interval),\(index)]")
      isOn += chosen
      output += level * chosen
      value += gain * chosen
    }
    starts.append(program.addBinary(name: "start[\(interval)]"))
    stops.append(program.addBinary(name: "stop[\(interval)]"))
    program.constrain(isOn, in: 0...1, name: "one level[\(interval)]")
    let before = interval > 0 ? on[interval - 1] : LinearExpression(constant: wasOn ? 1 : 0)
    program.constrain(
      isOn - before - starts[interval] + stops[interval], equalTo: 0, name: "start or stop[\(interval)]")
    program.constrain(starts[interval] + stops[interval], atMost: 1, name: "not both[\(interval)]")
    on.append(isOn)
    level.append(output)
    return value + problem.offValue[interval] * (1 - isOn)
  }

  private mutating func addRamps(in interval: Int) {
    let before = interval > 0 ? level[interval - 1] : LinearExpression(constant: initialLevel)
    let onBefore = interval > 0 ? on[interval - 1] : LinearExpression(constant: wasOn ? 1 : 0)
    let change = level[interval] - before
    program.constrain(
      change - problem.largestRise * onBefore - problem.largestFirstLevel * starts[interval], atMost: 0,
      name: "rise[\(interval)]")
    program.constrain(
      -change - problem.largestFall * on[interval] - problem.largestLastLevel * stops[interval], atMost: 0,
      name: "fall[\(interval)]")
  }

  private mutating func addMinimumTimes(in interval: Int) {
    let startsBefore = starts[max(0, interval - problem.minimumOnIntervals + 1)...interval]
    program.constrain(
      LinearExpression.sum(of: startsBefore) - on[interval], atMost: 0, name: "minimum on[\(interval)]")
    let stopsBefore = stops[max(0, interval - problem.minimumOffIntervals + 1)...interval]
    program.constrain(
      LinearExpression.sum(of: stopsBefore) + on[interval], atMost: 1, name: "minimum off[\(interval)]")
    let remaining = (wasOn ? problem.minimumOnIntervals : problem.minimumOffIntervals) - duration
    if interval < remaining {
      program.constrain(on[interval], equalTo: wasOn ? 1 : 0, name: "initial minimum[\(interval)]")
    }
  }

  /// A start is of a category only if some stop lies as many intervals before it as the category says.
  private mutating func addStartCost(in interval: Int) -> LinearExpression {
    var cost = LinearExpression()
    var categories = LinearExpression()
    for (number, start) in problem.startCosts.enumerated() {
      let next = number + 1
      let end = next < problem.startCosts.count ? problem.startCosts[next].afterOffIntervals : Int.max
      let category = program.addBinary(name: "category[\(interval),\(number)]")
      var possible = LinearExpression()
      for stop in stops.indices where (start.afterOffIntervals..<end).contains(interval - stop) {
        possible += stops[stop]
      }
      if !wasOn, (start.afterOffIntervals..<end).contains(interval + duration) { possible.constant += 1 }
      program.constrain(category - possible, atMost: 0, name: "category[\(interval),\(number)]")
      categories += category
      cost += start.cost * category
    }
    program.constrain(categories - starts[interval], equalTo: 0, name: "one category[\(interval)]")
    return cost
  }
}
