/// Quantiles of weighted values in ascending order at ascending levels inside 0…1, linear between the middles of the
/// values' steps and level beyond the outermost; NaN if no weight is positive.
public func weightedQuantiles(
  ofSorted values: [Double], weights: [Double], at levels: [Double]
) -> [Double] {
  precondition(values.count == weights.count, "\(values.count) values, \(weights.count) weights")
  let total = weights.reduce(0, +)
  guard total > 0 else { return levels.map { _ in .nan } }
  var result: [Double] = []
  result.reserveCapacity(levels.count)
  var sum = 0.0
  var last = (middle: -1.0, value: Double.nan)
  for rank in weights.indices where weights[rank] > 0 {
    let middle = (sum + weights[rank] / 2) / total
    while result.count < levels.count, levels[result.count] <= middle {
      let share = (levels[result.count] - last.middle) / (middle - last.middle)
      result.append(last.value.isNaN ? values[rank] : last.value + share * (values[rank] - last.value))
    }
    if result.count == levels.count { return result }
    sum += weights[rank]
    last = (middle, values[rank])
  }
  while result.count < levels.count { result.append(last.value) }
  return result
}
