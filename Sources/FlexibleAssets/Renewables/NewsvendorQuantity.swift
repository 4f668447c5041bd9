/// Quantities to sell ahead of an output that is not known, by interval.
public enum NewsvendorQuantity {
  /// Level of the distribution of output to sell where a surplus is bought below and a shortage is sold above the price ahead:
  /// (ahead − surplus) / (shortage − surplus) (Pinson, Chevallier and Kariniotakis 2007).
  ///
  /// - Parameters: expected prices per MWh. Without a gap between them every quantity earns the same and the median is taken.
  /// - Returns: 0 to 1.
  public static func criticalLevel(ahead: Double, surplus: Double, shortage: Double) -> Double {
    guard shortage > surplus else { return 0.5 }
    return min(max((ahead - surplus) / (shortage - surplus), 0), 1)
  }

  /// The quantity at a level, between the quantiles in proportion and at the outermost ones beyond them.
  ///
  /// - Parameters:
  ///   - levels: ascending, 0 to 1.
  ///   - quantiles: of output in MW, not descending, one a level.
  public static func quantity(at level: Double, levels: [Double], quantiles: [Double]) -> Double {
    precondition(!levels.isEmpty && levels.count == quantiles.count, "one quantile for each level")
    guard let above = levels.firstIndex(where: { $0 >= level }) else { return quantiles[quantiles.count - 1] }
    guard above > 0 else { return quantiles[0] }
    let share = (level - levels[above - 1]) / (levels[above] - levels[above - 1])
    return quantiles[above - 1] + share * (quantiles[above] - quantiles[above - 1])
  }

  /// Quantity where deviations settle at one real-time price: gain(q) = ahead·q + (output − q)·realTime over joint paths.
  ///
  /// The expectation is linear in q, so that a seller who minds no risk sells all or nothing; the quantity maximises
  /// (1 − w)·mean + w·CVaR 5 % of the gain, which is concave in q (Rockafellar and Uryasev 2000), by golden section.
  ///
  /// - Parameters:
  ///   - ahead, realTime, outputs: one value a path; per MWh and MW.
  ///   - bounds: what may be sold in MW.
  ///   - riskWeight: w, 0 to 1.
  public static func quantity(
    ahead: [Double], realTime: [Double], outputs: [Double], within bounds: ClosedRange<Double>, riskWeight: Double
  ) -> Double {
    precondition(!outputs.isEmpty && ahead.count == outputs.count && realTime.count == outputs.count, "a value a path")
    let score = { (quantity: Double) -> Double in
      let gains = outputs.indices.map { ahead[$0] * quantity + (outputs[$0] - quantity) * realTime[$0] }
      return RiskMeasure.weighted(gains, riskWeight: riskWeight)
    }
    var (low, high) = (bounds.lowerBound, bounds.upperBound)
    let ratio = 0.6180339887498949
    for _ in 0..<60 where high - low > 1e-6 {
      let (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
      if score(left) >= score(right) { high = right } else { low = left }
    }
    let inner = (low + high) / 2
    let candidates = [bounds.lowerBound, inner, bounds.upperBound]
    var best = inner
    for candidate in candidates where score(candidate) > score(best) + 1e-9 { best = candidate }
    return best
  }
}

/// How good a profit is that is known by its values on equally likely paths.
public enum RiskMeasure {
  /// Mean of the worst `share` of the values, the last of them in part.
  public static func conditionalValueAtRisk(_ values: [Double], share: Double = 0.05) -> Double {
    precondition(!values.isEmpty && share > 0 && share <= 1, "values and a share of them")
    let sorted = values.sorted()
    let mass = share * Double(sorted.count)
    let whole = min(Int(mass), sorted.count)
    var sum = sorted[..<whole].reduce(0, +)
    if whole < sorted.count { sum += (mass - Double(whole)) * sorted[whole] }
    return sum / mass
  }

  /// (1 − w)·mean + w·CVaR 5 %.
  public static func weighted(_ values: [Double], riskWeight: Double) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return riskWeight == 0 ? mean : (1 - riskWeight) * mean + riskWeight * conditionalValueAtRisk(values)
  }
}
