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
    let order = residuals.indices.sorted {
      (leaves[$0], residuals[$0], $0) < (leaves[$1], residuals[$1], $1)
    }
    var values = [Float](repeating: 0, count: Int(leaves.max() ?? 0) + 1)
    var start = 0
    while start < order.count {
      let leaf = leaves[order[start]]
      var end = start
      while end < order.count, leaves[order[end]] == leaf { end += 1 }
      let value = weightedQuantile(order[start..<end], of: residuals, weights: weights, at: Double(level))
      values[Int(leaf)] = rate * value
      start = end
    }
    for row in fitted.indices { fitted[row] += values[Int(leaves[row])] }
    leafValues.append(values)
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
