public import MarketModel

/// `spotdesk clear`: a day's offers at the realised prices.
public struct ClearingReport: Sendable, Encodable {
  public var schema = "spotdesk.clear/1"
  public var day: MarketDay
  public var simulated: Bool
  public var currency: String
  public var rulePack: String
  public var meanPricePerMWh: Double
  public var units: [UnitRow]
  public var fleet: UnitRow
  /// Both books against the prices, judged from bids and limits alone: "passed", or "failed" with the first findings.
  public var audit: String

  public struct UnitRow: Sendable, Encodable {
    public var unit: String
    public var standard: ResultView
    public var optimised: ResultView
    /// Optimised gross output by interval.
    public var outputMW: [Double]
  }
}
