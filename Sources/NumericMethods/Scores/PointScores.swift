/// The mean of |forecast − actual|, in the unit of the values.
public func meanAbsoluteError(of forecast: [Double], against actual: [Double]) -> Double {
  meanOfPairs(forecast, actual) { abs($0 - $1) }
}

/// The square root of the mean of (forecast − actual)², in the unit of the values.
public func rootMeanSquaredError(of forecast: [Double], against actual: [Double]) -> Double {
  meanOfPairs(forecast, actual) { ($0 - $1) * ($0 - $1) }.squareRoot()
}

/// The mean of 200·|forecast − actual| / (|forecast| + |actual|), in per cent; a pair of zeros counts as zero.
///
/// It loses meaning for values near or below zero; do not choose between models with it.
public func symmetricMeanAbsolutePercentageError(of forecast: [Double], against actual: [Double]) -> Double {
  meanOfPairs(forecast, actual) { value, truth in
    let size = abs(value) + abs(truth)
    return size == 0 ? 0 : 200 * abs(value - truth) / size
  }
}

/// The mean of 100·|forecast − actual| / |actual|, in per cent; values of zero are left out, not a number if all are.
public func meanAbsolutePercentageError(of forecast: [Double], against actual: [Double]) -> Double {
  precondition(forecast.count == actual.count, "Scores pair \(forecast.count) forecasts with \(actual.count) values")
  let terms = zip(forecast, actual).filter { $0.1 != 0 }.map { 100 * abs($0.0 - $0.1) / abs($0.1) }
  return terms.isEmpty ? .nan : mean(terms)
}

/// The mean absolute error divided by that of a naive forecast; below 1 is better than naive.
///
/// Not a number if the naive forecast has no error at all.
public func relativeMeanAbsoluteError(
  of forecast: [Double], against actual: [Double], naive: [Double]
) -> Double {
  let reference = meanAbsoluteError(of: naive, against: actual)
  return reference == 0 ? .nan : meanAbsoluteError(of: forecast, against: actual) / reference
}

func meanOfPairs(_ first: [Double], _ second: [Double], _ term: (Double, Double) -> Double) -> Double {
  precondition(first.count == second.count, "Scores pair \(first.count) forecasts with \(second.count) actual values")
  precondition(!first.isEmpty, "A score of no values is not defined")
  return zip(first, second).reduce(0) { $0 + term($1.0, $1.1) } / Double(first.count)
}
