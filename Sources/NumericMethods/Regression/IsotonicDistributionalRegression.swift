/// Isotonic distributional regression: the distribution of a response that is stochastically larger where the predictor is
/// larger, without any other assumption.
///
/// For every threshold, the probability of a response at or below it is the antitonic least-squares fit to the indicators
/// (pool adjacent violators). Henzi, Ziegel, Gneiting, Journal of the Royal Statistical Society B 83 (2021).
public struct IsotonicDistributionalRegression: Sendable {
  /// Distinct predictor values, ascending.
  private let predictors: [Double]
  /// End of each distinct value's rows in `responses`.
  private let ends: [Int]
  private let responses: [Double]
  private let weights: [Double]

  /// Rows that are not finite or have no weight do not count.
  public init(predictor: [Double], response: [Double], weights: [Double]) {
    precondition(predictor.count == response.count && weights.count == response.count, "Rows pair up")
    let order = predictor.indices
      .filter { predictor[$0].isFinite && response[$0].isFinite && weights[$0] > 0 }
      .sorted { (predictor[$0], $0) < (predictor[$1], $1) }
    responses = order.map { response[$0] }
    self.weights = order.map { weights[$0] }
    var distinct: [Double] = []
    var ends: [Int] = []
    for (position, index) in order.enumerated() {
      if distinct.last == predictor[index] {
        ends[ends.count - 1] = position + 1
      } else {
        distinct.append(predictor[index])
        ends.append(position + 1)
      }
    }
    predictors = distinct
    self.ends = ends
  }

  /// The probabilities of a response at or below each threshold, at a predictor value; linear between predictor values that
  /// were seen, level beyond them. O(thresholds · rows).
  public func cumulativeProbabilities(ofAtMost thresholds: [Double], at value: Double) -> [Double] {
    guard !predictors.isEmpty else { return [Double](repeating: 0.5, count: thresholds.count) }
    let above = firstIndex(above: value)
    let low = max(above - 1, 0)
    let high = min(above, predictors.count - 1)
    let gap = predictors[high] - predictors[low]
    let share = gap > 0 ? min(max((value - predictors[low]) / gap, 0), 1) : 0
    var pool = Pool(capacity: predictors.count)
    return thresholds.map { threshold in
      fit(threshold, &pool)
      let first = pool.value(at: low)
      return first + share * (pool.value(at: high) - first)
    }
  }

  /// Quantiles at a predictor value: the distribution at `thresholds` values that stand closest in predictor, linear between
  /// them. Levels ascend.
  public func quantiles(at value: Double, levels: [Double], thresholds: Int) -> [Double] {
    guard !responses.isEmpty else { return [Double](repeating: value, count: levels.count) }
    let candidates = localResponses(around: value)
    let count = min(thresholds, candidates.count)
    let grid = (0..<count).map { candidates[($0 * 2 + 1) * candidates.count / (2 * count)] }
    let chance = cumulativeProbabilities(ofAtMost: grid, at: value)
    var position = 0
    return levels.map { level in
      while position < count, chance[position] < level { position += 1 }
      if position == count { return grid[count - 1] }
      if position == 0 { return grid[0] }
      let step = max(chance[position] - chance[position - 1], 1e-9)
      let share = min(max((level - chance[position - 1]) / step, 0), 1)
      return grid[position - 1] + share * (grid[position] - grid[position - 1])
    }
  }

  /// The sorted responses of the quarter of the rows, at least 60, closest in rank.
  private func localResponses(around value: Double) -> [Double] {
    let rows = responses.count
    let wanted = min(rows, max(60, rows / 4))
    let above = firstIndex(above: value)
    let centre = above == 0 ? 0 : ends[above - 1]
    let start = min(max(centre - wanted / 2, 0), rows - wanted)
    return responses[start..<(start + wanted)].sorted()
  }

  private func firstIndex(above value: Double) -> Int {
    var lower = 0
    var upper = predictors.count
    while lower < upper {
      let middle = (lower + upper) / 2
      if predictors[middle] <= value { lower = middle + 1 } else { upper = middle }
    }
    return lower
  }

  /// Pools adjacent violators of the shares at or below the threshold.
  private func fit(_ threshold: Double, _ pool: inout Pool) {
    pool.clear()
    responses.withUnsafeBufferPointer { responses in
      weights.withUnsafeBufferPointer { weights in
        var row = 0
        for (index, end) in ends.enumerated() {
          var mass = 0.0
          var total = 0.0
          while row < end {
            total += weights[row]
            if responses[row] <= threshold { mass += weights[row] }
            row += 1
          }
          pool.push(mass: mass, total: total, end: index)
        }
      }
    }
  }
}

/// Blocks of equal fitted value, falling from block to block.
private struct Pool {
  private var mass: [Double]
  private var total: [Double]
  private var end: [Int]
  private var count = 0

  init(capacity: Int) {
    mass = [Double](repeating: 0, count: capacity)
    total = mass
    end = [Int](repeating: 0, count: capacity)
  }

  mutating func clear() { count = 0 }

  @inline(__always)
  mutating func push(mass newMass: Double, total newTotal: Double, end newEnd: Int) {
    var ownMass = newMass
    var ownTotal = newTotal
    while count > 0, mass[count - 1] * ownTotal <= ownMass * total[count - 1] {
      count -= 1
      ownMass += mass[count]
      ownTotal += total[count]
    }
    mass[count] = ownMass
    total[count] = ownTotal
    end[count] = newEnd
    count += 1
  }

  func value(at index: Int) -> Double {
    var lower = 0
    var upper = count - 1
    while lower < upper {
      let middle = (lower + upper) / 2
      if end[middle] < index { lower = middle + 1 } else { upper = middle }
    }
    return mass[lower] / total[lower]
  }
}
