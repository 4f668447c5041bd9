/// How well quantile forecasts fit what came: counts over many forecasts, one added after the other.
///
/// For calibrated forecasts the share of values at or below the quantile of level p is p (reliability), and the
/// probability integral transform (PIT) is uniform (Gneiting, Balabdaoui and Raftery 2007).
public struct Reliability: Hashable, Sendable {
  /// Forecasts that were counted.
  public private(set) var count = 0
  /// For each of the 99 percentiles, how many values lay at or below it; a tie with several percentiles counts the
  /// share of them that lies below.
  private var atOrBelow = [Double](repeating: 0, count: 99)
  /// Values between neighbouring percentiles: 100 bins, a tie spread evenly over the bins that it touches.
  private var bins = [Double](repeating: 0, count: 100)

  public init() {}

  /// Counts one value against its 99 percentiles, which do not fall.
  ///
  /// Where the value equals several percentiles, as at a price floor on which probability is heaped, it counts evenly
  /// for all PIT bins that it could lie in (the mean over the randomised PIT of Czado, Gneiting and Held 2009).
  public mutating func add(percentiles: [Double], actual: Double) {
    precondition(percentiles.count == 99, "99 percentiles are needed, was given \(percentiles.count)")
    guard actual.isFinite else { return }
    count += 1
    let below = percentiles.count { $0 < actual }
    let ties = percentiles.count { $0 == actual }
    let share = 1 / Double(ties + 1)
    for bin in below...(below + ties) { bins[bin] += share }
    for level in below..<99 {
      // The value is at or below the percentile in as many of the tied bins as lie below it.
      atOrBelow[level] += level < below + ties ? Double(level - below + 1) * share : 1
    }
  }

  /// The share of values at or below each percentile, 99 shares; empty before the first value.
  public var observedFrequencies: [Double] { count == 0 ? [] : atOrBelow.map { $0 / Double(count) } }

  /// The PIT histogram with so many equal bins (a divisor of 100), as shares that add up to 1; flat if calibrated, a hump
  /// if the forecasts are too wide, a bowl if they are too narrow.
  public func histogram(bins number: Int) -> [Double] {
    precondition(number > 0 && 100.isMultiple(of: number), "\(number) bins do not divide 100 percentiles")
    guard count > 0 else { return [] }
    let width = 100 / number
    return (0..<number).map { bin in bins[bin * width..<(bin + 1) * width].reduce(0, +) / Double(count) }
  }
}

/// The interval score of a central interval of probability `probability`, in the unit of the values: its width, and 2/α
/// times the distance by which the value misses it. Winkler (1972); Gneiting and Raftery (2007), equation (43).
public func intervalScore(lower: Double, upper: Double, probability: Double, against actual: Double) -> Double {
  precondition(probability > 0 && probability < 1, "An interval has a probability inside 0…1, was \(probability)")
  let penalty = 2 / (1 - probability)
  return (upper - lower) + penalty * (max(lower - actual, 0) + max(actual - upper, 0))
}
