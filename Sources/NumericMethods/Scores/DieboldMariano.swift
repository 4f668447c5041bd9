/// A test whether one forecast loses less than another.
public struct ForecastComparison: Hashable, Sendable {
  /// Mean loss of the first less that of the second; negative if the first is better.
  public let meanDifference: Double
  /// Standard normal if both are equally good.
  public let statistic: Double
  /// One-sided: the probability of a statistic as low as this if the first is no better.
  public let probability: Double
  /// Days that were compared.
  public let days: Int
}

/// The multivariate test of Diebold and Mariano: one loss for each day, so that the hours of a day count as one
/// observation.
///
///     Δ_d = L_d(first) − L_d(second),   statistic = mean Δ / √(var Δ / n)
///
/// with the variance of divisor n and the normal distribution, as Lago, Marcjasz, De Schutter and Weron (2021), section
/// 5.4, compute it; the loss is the sum or the mean of |error|, or of the pinball loss, over the day. Forecasts of a
/// day ahead leave no correlation between days to correct for. Days on which a loss is not a number are left out.
///
/// - Returns: nil with fewer than two days. Where no day differs from another, the probability is 0, ½ or 1.
public func dieboldMariano(losses first: [Double], against second: [Double]) -> ForecastComparison? {
  precondition(first.count == second.count, "\(first.count) losses cannot be compared with \(second.count)")
  let differences = zip(first, second).map { $0 - $1 }.filter(\.isFinite)
  guard differences.count >= 2 else { return nil }
  let centre = mean(differences)
  let variance = differences.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(differences.count)
  guard variance > 0 else {
    return ForecastComparison(
      meanDifference: centre, statistic: centre == 0 ? 0 : centre < 0 ? -.infinity : .infinity,
      probability: centre == 0 ? 0.5 : centre < 0 ? 0 : 1, days: differences.count)
  }
  let statistic = centre / (variance / Double(differences.count)).squareRoot()
  return ForecastComparison(
    meanDifference: centre, statistic: statistic,
    probability: NormalDistribution.standard.cumulativeProbability(of: statistic), days: differences.count)
}
