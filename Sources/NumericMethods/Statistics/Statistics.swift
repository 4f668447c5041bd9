/// The arithmetic mean.
public func mean(_ values: [Double]) -> Double {
  precondition(!values.isEmpty, "The mean of no values is not defined")
  return values.reduce(0, +) / Double(values.count)
}

/// The middle value, or the mean of the two middle values.
public func median(_ values: [Double]) -> Double {
  quantile(values, at: 0.5)
}

/// The median of values that already stand in ascending order.
public func median(ofSorted values: [Double]) -> Double {
  quantile(ofSorted: values, at: 0.5)
}

/// The quantile at a level in 0…1 by linear interpolation between order statistics.
///
/// Type 7 of Hyndman and Fan (1996): position (n − 1)·level, counted from 0.
public func quantile(_ values: [Double], at level: Double) -> Double {
  quantile(ofSorted: values.sorted(), at: level)
}

/// The type 7 quantile of values that already stand in ascending order.
public func quantile(ofSorted values: [Double], at level: Double) -> Double {
  precondition(!values.isEmpty, "A quantile of no values is not defined")
  precondition(level >= 0 && level <= 1, "A quantile level lies in 0…1, was \(level)")
  let position = Double(values.count - 1) * level
  let lower = Int(position)
  let upper = min(lower + 1, values.count - 1)
  return values[lower] + (position - Double(lower)) * (values[upper] - values[lower])
}

/// The sample standard deviation (divisor n − 1); zero for a single value.
public func standardDeviation(_ values: [Double]) -> Double {
  let centre = mean(values)
  let sum = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
  return values.count < 2 ? 0 : (sum / Double(values.count - 1)).squareRoot()
}
