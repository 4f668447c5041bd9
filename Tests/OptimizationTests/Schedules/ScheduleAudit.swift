import Optimization

/// Value of a schedule, or nil when it breaks a constraint. Written from the definition of the problem, interval
/// by interval, without any part of the optimiser.
func auditedValue(of levelIndex: [Int], in problem: ScheduleProblem) -> Double? {
  var total = 0.0
  var wasOn: Bool
  var duration: Int
  var level: Double
  switch problem.initial {
  case .on(let intervals, let initialLevel): (wasOn, duration, level) = (true, intervals, initialLevel)
  case .off(let intervals): (wasOn, duration, level) = (false, intervals, 0)
  }
  for (interval, index) in levelIndex.enumerated() {
    let isOn = index >= 0
    let newLevel = isOn ? problem.levels[index] : 0
    if isOn, wasOn, newLevel - level > problem.largestRise || level - newLevel > problem.largestFall { return nil }
    if isOn, !wasOn {
      if duration < problem.minimumOffIntervals || newLevel > problem.largestFirstLevel { return nil }
      var cost = 0.0
      for start in problem.startCosts where start.afterOffIntervals <= duration { cost = start.cost }
      total -= cost
    }
    if !isOn, wasOn, duration < problem.minimumOnIntervals || level > problem.largestLastLevel { return nil }
    total += isOn ? problem.value[interval * problem.levels.count + index] : problem.offValue[interval]
    duration = isOn == wasOn ? duration + 1 : 1
    wasOn = isOn
    level = newLevel
  }
  guard total > -.infinity else { return nil }
  return total + (wasOn ? problem.finalOnValue : problem.finalOffValue)
}

/// The best value over all (levels + 1)^intervals schedules, nil when none is feasible.
func bestValueByEnumeration(of problem: ScheduleProblem) -> Double? {
  let choices = problem.levels.count + 1
  var levelIndex = Array(repeating: -1, count: problem.intervals)
  var best: Double?
  while true {
    if let value = auditedValue(of: levelIndex, in: problem), value > best ?? -.infinity { best = value }
    var position = 0
    while position < problem.intervals, levelIndex[position] == choices - 2 {
      levelIndex[position] = -1
      position += 1
    }
    if position == problem.intervals { return best }
    levelIndex[position] += 1
  }
}

extension ScheduleProblem {
  /// A problem with every kind of constraint, each present with some probability.
  static func random(intervals: Int, levels count: Int, seed: UInt64) -> ScheduleProblem {
    var random = SplitMix64(seed: seed)
    func chance(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &random) < probability }
    var levels: [Double] = []
    for _ in 0..<count { levels.append((levels.last ?? 1) + Double(Int.random(in: 1...3, using: &random))) }
    let range = (levels.last ?? 1) - (levels.first ?? 1)
    let value = (0..<intervals * count).map { _ in
      chance(0.1) ? -Double.infinity : Double.random(in: -8...8, using: &random)
    }
    let offValue = (0..<intervals).map { _ in
      chance(0.04) ? -Double.infinity : (chance(0.3) ? Double.random(in: -2...2, using: &random) : 0)
    }
    let largestRise = chance(0.6) ? Double.random(in: 0...range + 1, using: &random).rounded() : .infinity
    let largestFall = chance(0.6) ? Double.random(in: 0...range + 1, using: &random).rounded() : .infinity
    let largestFirstLevel = chance(0.5) ? levels.randomElement(using: &random) ?? 0 : .infinity
    let largestLastLevel = chance(0.5) ? levels.randomElement(using: &random) ?? 0 : .infinity
    var startCosts: [StartCost] = []
    var threshold = Int.random(in: 0...2, using: &random)
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      startCosts.append(StartCost(afterOffIntervals: threshold, cost: Double.random(in: 0...9, using: &random)))
      threshold += Int.random(in: 1...3, using: &random)
    }
    let duration = Int.random(in: 1...6, using: &random)
    let initialLevel = Double.random(in: 1...((levels.last ?? 1) + 2), using: &random).rounded()
    let initial: InitialState =
      chance(0.5) ? .on(intervals: duration, level: initialLevel) : .off(intervals: duration)
    return ScheduleProblem(
      levels: levels, intervals: intervals, value: value, offValue: offValue,
      largestRise: largestRise, largestFall: largestFall, largestFirstLevel: largestFirstLevel,
      largestLastLevel: largestLastLevel, minimumOnIntervals: Int.random(in: 0...5, using: &random),
      minimumOffIntervals: Int.random(in: 0...4, using: &random), startCosts: startCosts, initial: initial,
      finalOnValue: chance(0.5) ? Double.random(in: -5...5, using: &random) : 0,
      finalOffValue: chance(0.3) ? Double.random(in: -5...5, using: &random) : 0)
  }
}
