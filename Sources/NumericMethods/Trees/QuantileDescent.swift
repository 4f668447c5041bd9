/// Boosting of one quantile: trees follow the sign of the residual, and each leaf then takes the weighted quantile of the
/// residuals in it (Friedman 2001, section 4.3), shrunk by the learning rate.
struct QuantileDescent {
  private let targets: [Float]
  private let weights: [Float]?
  private let level: Float
  private var fitted: [Float]
  /// First and second derivatives of the loss at the present fit, as tree growing wants them.
  var gradient: [Float]
  var curvature: [Float]
  /// [tree][node]: what a leaf adds.
  private(set) var leafValues: [[Float]] = []

  init(targets: [Float], weights: [Float]?, level: Double, start: Float) {
    self.targets = targets
    self.weights = weights
    self.level = Float(level)
    fitted = [Float](repeating: start, count: targets.count)
    gradient = fitted
    curvature = weights ?? [Float](repeating: 1, count: targets.count)
  }

  /// Puts the derivatives at the present fit in place.
  mutating func differentiate() {
    for row in targets.indices {
      let slope = targets[row] > fitted[row] ? -level : 1 - level
      let weight = weights?[row] ?? 1
      gradient[row] = slope * weight
      curvature[row] = weight
    }
  }

  /// Moves the fit by a tree that puts the rows in these leaves.
  mutating func step(leaves: [Float], rate: Float) {
    let residuals = targets.indices.map { targets[$0] - fitted[$0] }
    let (starts, members) = QuantileDescent.rowsByLeaf(leaves)
    var values = [Float](repeating: 0, count: starts.count - 1)
    for leaf in values.indices where starts[leaf] < starts[leaf + 1] {
      let own = members[starts[leaf]..<starts[leaf + 1]]
      let value: Float
      if weights == nil {
        let sorted = own.map { residuals[$0] }.sorted()
        // As the weighted one below, all weights one.
        value = sorted[max(0, Int((Double(level) * Double(sorted.count)).rounded(.up)) - 1)]
      } else {
        let ordered = own.sorted { (residuals[$0], $0) < (residuals[$1], $1) }
        value = weightedQuantile(ordered, of: residuals, weights: weights, at: Double(level))
      }
      values[leaf] = rate * value
    }
    for row in fitted.indices { fitted[row] += values[Int(leaves[row])] }
    leafValues.append(values)
  }

  /// Rows leaf by leaf: those of a leaf stand in members[starts[leaf]..<starts[leaf + 1]].
  private static func rowsByLeaf(_ leaves: [Float]) -> (starts: [Int], members: [Int]) {
    var starts = [Int](repeating: 0, count: Int(leaves.max() ?? 0) + 2)
    for leaf in leaves { starts[Int(leaf) + 1] += 1 }
    for leaf in 1..<starts.count { starts[leaf] += starts[leaf - 1] }
    var next = starts
    var members = [Int](repeating: 0, count: leaves.count)
    for (row, leaf) in leaves.enumerated() {
      members[next[Int(leaf)]] = row
      next[Int(leaf)] += 1
    }
    return (starts, members)
  }
}

/// The least value at which the weights of the rows so far reach this share of all: rows stand in ascending order of value.
func weightedQuantile(
  _ ordered: some Collection<Int>, of values: [Float], weights: [Float]?, at level: Double
) -> Float {
  let total = ordered.reduce(0.0) { $0 + Double(weights?[$1] ?? 1) }
  var sum = 0.0
  var last = Float(0)
  for row in ordered {
    sum += Double(weights?[row] ?? 1)
    last = values[row]
    if sum >= level * total { break }
  }
  return last
}

func weightedMean(_ values: [Float], _ weights: [Float]?) -> Float {
  var sum = 0.0
  var total = 0.0
  for row in values.indices {
    let weight = Double(weights?[row] ?? 1)
    sum += weight * Double(values[row])
    total += weight
  }
  return Float(sum / total)
}
