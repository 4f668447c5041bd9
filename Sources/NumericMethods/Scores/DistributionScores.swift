/// The pinball loss of a quantile forecast at a level in 0…1:
///
///     level · (actual − quantile)          where actual ≥ quantile
///     (1 − level) · (quantile − actual)    where actual < quantile
public func pinballLoss(of quantile: Double, at level: Double, against actual: Double) -> Double {
  actual >= quantile ? level * (actual - quantile) : (1 - level) * (quantile - actual)
}

/// The pinball loss averaged over the 99 percentiles (levels 0.01…0.99), in the unit of the values.
///
/// This is the number that price-forecasting papers print as CRPS; it is close to *half* the continuous ranked
/// probability score, which ``continuousRankedProbabilityScore(ofEnsemble:against:)`` gives in full.
public func averagePinballLoss(ofPercentiles percentiles: [Double], against actual: Double) -> Double {
  precondition(percentiles.count == 99, "99 percentiles are needed, was given \(percentiles.count)")
  let total = percentiles.enumerated().reduce(0) { sum, entry in
    sum + pinballLoss(of: entry.element, at: Double(entry.offset + 1) / 100, against: actual)
  }
  return total / 99
}

/// The continuous ranked probability score of an ensemble of equally probable values, E|X − y| − ½·E|X − X′|.
///
/// The pair mean runs over all ordered pairs, by sorting in O(m log m). Gneiting and Raftery (2007), equation (21).
public func continuousRankedProbabilityScore(ofEnsemble members: [Double], against actual: Double) -> Double {
  precondition(!members.isEmpty, "An ensemble has at least one member")
  let size = Double(members.count)
  let distance = members.reduce(0) { $0 + abs($1 - actual) } / size
  // Σᵢⱼ |xᵢ − xⱼ| = 2·Σᵢ (2i − m + 1)·x₍ᵢ₎ for i from 0 in ascending order.
  let spread = members.sorted().enumerated().reduce(0) { sum, entry in
    sum + (2 * Double(entry.offset) - size + 1) * entry.element
  }
  return distance - spread / (size * size)
}

/// The share of actual values inside the closed intervals lower…upper.
public func intervalCoverage(lower: [Double], upper: [Double], against actual: [Double]) -> Double {
  precondition(
    lower.count == actual.count && upper.count == actual.count,
    "Coverage pairs \(lower.count) lower and \(upper.count) upper bounds with \(actual.count) actual values")
  precondition(!actual.isEmpty, "A coverage of no values is not defined")
  let inside = actual.indices.count { lower[$0] <= actual[$0] && actual[$0] <= upper[$0] }
  return Double(inside) / Double(actual.count)
}
