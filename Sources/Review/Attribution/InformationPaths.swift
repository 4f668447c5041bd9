/// The day's prices as they came, as they were expected, and with one of the two sources of error alone; per MWh, by interval.
public struct InformationPaths: Sendable, Hashable {
  public let actual: [Double]
  /// What was expected.
  public let forecast: [Double]
  /// With the error of the price model alone: what would have been expected with the true load and renewables.
  public let model: [Double]
  /// With the error of load and renewables alone.
  public let system: [Double]
  /// Share of the price change that load and renewables imply which the day's price error shows, 0 to 1.
  public let systemShare: Double

  /// Splits the price error.
  ///
  /// The error of load and renewables moves the price by `spaceEffect` along the inverse stack. How much of that the price error of the day
  /// really holds is the projection of the one on the other, between 0 and 1: a market that clears on the published forecasts shows
  /// none of it.
  ///
  /// - Parameter spaceEffect: stack price at the expected less that at the actual bidding space; empty if either is not known.
  public init(actual: [Double], forecast: [Double], spaceEffect: [Double]) {
    precondition(actual.count == forecast.count, "one expected price for each interval")
    let error = zip(forecast, actual).map { $0 - $1 }
    let known = spaceEffect.count == actual.count && spaceEffect.allSatisfy(\.isFinite)
    let effect = known ? spaceEffect : [Double](repeating: 0, count: actual.count)
    let square = effect.reduce(0) { $0 + $1 * $1 }
    let product = zip(error, effect).reduce(0) { $0 + $1.0 * $1.1 }
    let share = square > 1e-9 ? min(max(product / square, 0), 1) : 0
    self.actual = actual
    self.forecast = forecast
    systemShare = share
    model = zip(forecast, effect).map { $0 - share * $1 }
    system = zip(actual, effect).map { $0 + share * $1 }
  }
}
