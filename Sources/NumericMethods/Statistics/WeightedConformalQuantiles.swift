/// Quantiles of weighted values, linear between the midpoints of the values' shares of the weight.
///
/// Levels are stretched away from the middle by (level − ½)/(n + 1), where n = (Σw)²/Σw² is Kish's effective size: the
/// finite-sample correction of conformal prediction (Vovk, Gammerman, Shafer 2005), carried over to weights. Values that
/// are not finite, and those without weight, do not count; with none left the answer is zeros.
/// O(n log n).
public func weightedConformalQuantiles(_ values: [Double], weights: [Double], at levels: [Double]) -> [Double] {
  precondition(values.count == weights.count, "\(values.count) values need as many weights, not \(weights.count)")
  let order = values.indices.filter { values[$0].isFinite && weights[$0] > 0 }
    .sorted { (values[$0], $0) < (values[$1], $1) }
  guard let last = order.last else { return [Double](repeating: 0, count: levels.count) }
  let total = order.reduce(0) { $0 + weights[$1] }
  let squares = order.reduce(0) { $0 + weights[$1] * weights[$1] }
  let stretch = 1 / (total * total / squares + 1)
  var share = 0.0
  let centres = order.map { index -> Double in
    defer { share += weights[index] }
    return (share + 0.5 * weights[index]) / total
  }
  var position = 0
  return levels.map { level in
    let target = level + (level - 0.5) * stretch
    while position < centres.count, centres[position] < target { position += 1 }
    while position > 0, centres[position - 1] >= target { position -= 1 }
    if position == 0 { return values[order[0]] }
    if position == centres.count { return values[last] }
    let low = values[order[position - 1]]
    let fraction = (target - centres[position - 1]) / max(centres[position] - centres[position - 1], 1e-300)
    return low + fraction * (values[order[position]] - low)
  }
}
