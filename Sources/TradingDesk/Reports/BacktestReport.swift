public import MarketModel

/// `spotdesk backtest`: many days, each as of its own gate.
public struct BacktestReport: Sendable, Encodable {
  public var schema = "spotdesk.backtest/1"
  public var from: MarketDay
  public var to: MarketDay
  public var simulated: Bool
  public var currency: String
  public var rulePacks: [String]
  public var days: [DayRow]
  public var units: [UnitRow]
  public var standard: ResultView
  public var optimised: ResultView
  public var perfectForesightProfit: Double
  /// nil where perfect foresight earns nothing, so that a share would say nothing.
  public var standardShareOfPerfectForesight: Double?
  public var optimisedShareOfPerfectForesight: Double?
  /// Means over the days on which yesterday's prices were known; nil if there is none.
  public var priceMae: Double?
  public var sameAsYesterdayPriceMae: Double?
  public var coverage80: Double?
  /// Days from which the price forecast no longer earned its keep.
  public var driftAlarms: [DriftAlarm]
  public var bids: Int
  public var violatedBids: Int

  public struct DayRow: Sendable, Encodable {
    public var day: MarketDay
    public var meanPricePerMWh: Double
    public var standardProfit: Double
    public var optimisedProfit: Double
    /// nil where yesterday's prices were not known.
    public var priceMae: Double?
    public var sameAsYesterdayPriceMae: Double?
    public var violatedBids: Int
    /// What the checks found, one sentence each.
    public var violations: [String]
  }

  public struct UnitRow: Sendable, Encodable {
    public var unit: String
    public var standardProfit: Double
    public var optimisedProfit: Double
    public var perfectForesightProfit: Double
    public var starts: Int
  }
}
