public import MarketModel

/// The price forecast is worse than same-as-yesterday, or worse against it than it used to be.
public struct DriftAlarm: Sendable, Encodable {
  /// "worse-than-naive" or "change".
  public var alarm: String
  public var day: MarketDay
  public var sentence: String
}
