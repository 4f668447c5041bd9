/// Levels that are worth `price · amount[l] − cost[l]` in an interval, as a plant that follows its offer.
public struct PricedLevels: Sendable {
  /// What a level yields in an interval, linear over the levels.
  public let amount: [Double]
  /// What it costs, convex over the levels.
  public let cost: [Double]
  /// First and last level that each interval allows; nil where the machine cannot be on.
  public let allowed: [ClosedRange<Int>?]

  public init(amount: [Double], cost: [Double], allowed: [ClosedRange<Int>?]) {
    precondition(amount.count == cost.count, "one cost for each amount")
    self.amount = amount
    self.cost = cost
    self.allowed = allowed
  }

  /// Whether a level's worth is concave over these levels at every price, up to rounding.
  func isConcave(over levels: [Double]) -> Bool {
    func slopes(_ values: [Double]) -> [Double] {
      zip(levels.indices, levels.indices.dropFirst()).map { low, high -> Double in
        (values[high] - values[low]) / (levels[high] - levels[low])
      }
    }
    let yields = slopes(amount)
    let costs = slopes(cost)
    let largest = costs.reduce(0) { max($0, abs($1)) }
    let slack = 1e-9 * largest + 1e-12
    let first = yields.first ?? 0
    let isLinear = yields.allSatisfy { abs($0 - first) <= 1e-9 * abs(first) + 1e-12 }
    return isLinear && zip(costs, costs.dropFirst()).allSatisfy { $0 <= $1 + slack }
  }

  func fill(_ values: inout [Double], prices: [Double], on: [Bool]) {
    for (interval, range) in allowed.enumerated() where on[interval] {
      guard let range else { continue }
      let row = interval * amount.count
      for level in range { values[row + level] = prices[interval] * amount[level] - cost[level] }
    }
  }
}

/// The best levels of one commitment at each of several price paths, as ``bestLevels(for:on:scenarios:fill:)`` with these worths.
///
/// At equal distances of the levels, what all of them have earned so far stays concave from interval to interval (a sum of concave
/// functions, and a maximum over a window of constant width). Its best level therefore decides the way back to every level: the best one itself where the ramps reach it, else
/// the end of the window that lies nearer. So an interval takes one addition for each level and no search (compare Johnson, A dynamic
/// programming algorithm for the fused lasso, JCGS 22(2), 2013).
///
/// Levels at other distances, and worths that are not concave, are left to the general programme. Equal worths may be broken otherwise than by the general programme.
public func bestLevels(
  for problem: ScheduleProblem, on: [Bool], worth: PricedLevels, paths: [[Double]]
) throws(ScheduleError) -> [Schedule] {
  problem.checkSizes()
  for path in paths { precondition(path.count == problem.intervals, "one price for each interval") }
  guard worth.isConcave(over: problem.levels), paths.count > 0 else {
    return try bestLevels(for: problem, on: on, scenarios: paths.count) { number, values in
      worth.fill(&values, prices: paths[number], on: on)
    }
  }
  let search = try ConcaveLevelSearch(problem, on: on, worth: worth)
  guard search.hasEqualWindows else {
    return try bestLevels(for: problem, on: on, scenarios: paths.count) { number, values in
      worth.fill(&values, prices: paths[number], on: on)
    }
  }
  var schedules: [Schedule] = []
  schedules.reserveCapacity(paths.count)
  for path in paths {
    if let schedule = search.schedule(prices: path) {
      schedules.append(schedule)
    } else {
      // The general search says what stands in the way.
      var values = problem.value
      worth.fill(&values, prices: path, on: on)
      schedules.append(try LevelSearch(problem, on: on).schedule(for: values))
    }
  }
  return schedules
}

/// Workspace of the search over concave worths. Not `Sendable`: it owns its buffers and is created inside one call.
private final class ConcaveLevelSearch {
  private let problem: ScheduleProblem
  private let on: [Bool]
  private let worth: PricedLevels
  private let starts: [Int]
  private let startCost: [Double]
  private let count: Int
  private let firstLevels: Int
  private let lastLevels: Int
  private let reachable: Range<Int>
  /// First and last level from which the ramps reach each level.
  private let windowLow: [Int]
  private let windowHigh: [Int]
  /// First and last level that the ramps reach from each level.
  private let reachLow: [Int]
  private let reachHigh: [Int]
  private var current: UnsafeMutablePointer<Double>
  private var next: UnsafeMutablePointer<Double>
  /// Levels that `current` holds.
  private var held = 0...0
  /// The best level of the interval before, by interval.
  private var bestBefore: [Int]
  private var levelBefore: [Int]

  init(_ problem: ScheduleProblem, on: [Bool], worth: PricedLevels) throws(ScheduleError) {
    precondition(on.count == problem.intervals, "one declaration for each interval")
    let offDurations = try problem.offDurationsAtStarts(of: on)
    self.problem = problem
    self.on = on
    self.worth = worth
    starts = offDurations.map(\.interval)
    startCost = offDurations.map { problem.startCost(afterOffIntervals: $0.duration) }
    let levels = problem.levels
    count = levels.count
    firstLevels = problem.levelCount(notAbove: problem.largestFirstLevel)
    lastLevels = problem.levelCount(notAbove: problem.largestLastLevel)
    switch problem.initial {
    case .on(_, let level): reachable = problem.levelsReachable(from: level)
    case .off: reachable = 0..<0
    }
    let tolerance = problem.levelTolerance
    func ends(_ down: Double, _ up: Double) -> (low: [Int], high: [Int]) {
      var (low, high) = (0, 0)
      var result: (low: [Int], high: [Int]) = ([], [])
      for level in levels {
        while level - levels[low] > down + tolerance { low += 1 }
        while high + 1 < levels.count, levels[high + 1] - level <= up + tolerance { high += 1 }
        result.low.append(low)
        result.high.append(high)
      }
      return result
    }
    (windowLow, windowHigh) = ends(problem.largestRise, problem.largestFall)
    (reachLow, reachHigh) = ends(problem.largestFall, problem.largestRise)
    current = .allocate(capacity: count)
    next = .allocate(capacity: count)
    bestBefore = Array(repeating: 0, count: problem.intervals)
    levelBefore = Array(repeating: 0, count: problem.intervals + 1)
  }

  deinit {
    current.deallocate()
    next.deallocate()
  }

  /// Whether the ramps reach as many levels from each one, but for those that there are not.
  var hasEqualWindows: Bool {
    let down = windowLow.indices.map { $0 - windowLow[$0] }.max() ?? 0
    let up = windowHigh.indices.map { windowHigh[$0] - $0 }.max() ?? 0
    let distances = zip(problem.levels, problem.levels.dropFirst()).map { $1 - $0 }
    let isRegular = distances.allSatisfy { abs($0 - (distances.first ?? 0)) <= problem.levelTolerance }
    return isRegular
      && windowLow.indices.allSatisfy {
        windowLow[$0] == max(0, $0 - down) && windowHigh[$0] == min(count - 1, $0 + up)
      }
  }

  /// Nil if the commitment leaves no allowed levels.
  func schedule(prices: [Double]) -> Schedule? {
    guard let value = forward(prices) else { return nil }
    return Schedule(levelIndex: trace(), value: value, starts: starts)
  }

  private func forward(_ prices: [Double]) -> Double? {
    var total = 0.0
    var wasOn = problem.initial.isOn
    var startNumber = 0
    for interval in 0..<problem.intervals {
      switch (wasOn, on[interval]) {
      case (false, true):
        total -= startCost[startNumber]
        startNumber += 1
        guard begin(from: total, price: prices[interval], interval, among: 0..<firstLevels) else { return nil }
      case (true, true) where interval == 0:
        guard begin(from: 0, price: prices[interval], interval, among: reachable) else { return nil }
      case (true, true):
        guard advance(price: prices[interval], interval) else { return nil }
      case (true, false):
        if interval > 0 {
          guard let closed = close(before: interval, levels: lastLevels) else { return nil }
          total = closed
        }
        total += problem.offValue[interval]
      case (false, false):
        total += problem.offValue[interval]
      }
      wasOn = on[interval]
      guard total > -.infinity else { return nil }
    }
    if wasOn {
      guard let closed = close(before: problem.intervals, levels: count) else { return nil }
      total = closed
    }
    return total + (wasOn ? problem.finalOnValue : problem.finalOffValue)
  }

  private func begin(from total: Double, price: Double, _ interval: Int, among range: Range<Int>) -> Bool {
    guard let allowed = worth.allowed[interval], !range.isEmpty else { return false }
    let (low, high) = (max(allowed.lowerBound, range.lowerBound), min(allowed.upperBound, range.upperBound - 1))
    guard low <= high else { return false }
    for level in low...high { current[level] = total + (price * worth.amount[level] - worth.cost[level]) }
    held = low...high
    return true
  }

  private func advance(price: Double, _ interval: Int) -> Bool {
    guard let allowed = worth.allowed[interval] else { return false }
    let best = bestLevel()
    bestBefore[interval] = best
    // Levels that the ramps reach from any level held.
    let low = max(allowed.lowerBound, reachLow[held.lowerBound])
    let high = min(allowed.upperBound, reachHigh[held.upperBound])
    guard low <= high else { return false }
    // Below `near` the way leads down from the best level, above `far` it leads up.
    let near = min(max(low, reachLow[best]), high + 1)
    let far = max(min(high, reachHigh[best]), near - 1)
    worth.amount.withUnsafeBufferPointer { amount in
      worth.cost.withUnsafeBufferPointer { cost in
        windowHigh.withUnsafeBufferPointer { ends in
          for level in low..<near { next[level] = current[ends[level]] + (price * amount[level] - cost[level]) }
        }
        let value = current[best]
        var level = near
        while level <= far {
          next[level] = value + (price * amount[level] - cost[level])
          level &+= 1
        }
        windowLow.withUnsafeBufferPointer { ends in
          while level <= high {
            next[level] = current[ends[level]] + (price * amount[level] - cost[level])
            level &+= 1
          }
        }
      }
    }
    swap(&current, &next)
    held = low...high
    return true
  }

  /// The lowest of the best levels held: the first from which the next one is no better.
  private func bestLevel() -> Int {
    var (low, high) = (held.lowerBound, held.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if current[middle + 1] > current[middle] { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func close(before interval: Int, levels: Int) -> Double? {
    guard held.lowerBound < levels else { return nil }
    let level = min(bestLevel(), levels - 1)
    levelBefore[interval] = level
    return current[level]
  }

  private func trace() -> [Int] {
    var levelIndex = Array(repeating: -1, count: problem.intervals)
    var level = -1
    for interval in stride(from: problem.intervals - 1, through: 0, by: -1) where on[interval] {
      if interval + 1 == problem.intervals || !on[interval + 1] {
        level = levelBefore[interval + 1]
      } else {
        level = min(max(bestBefore[interval + 1], windowLow[level]), windowHigh[level])
      }
      levelIndex[interval] = level
    }
    return levelIndex
  }
}
