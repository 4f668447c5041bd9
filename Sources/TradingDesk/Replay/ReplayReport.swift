internal import Clearing
public import MarketModel
internal import Review

/// `spotdesk replay`: past days lived through, each from the states that the day before has left. Money is in `currency`.
public struct ReplayReport: Sendable, Encodable {
  public var schema = "spotdesk.replay/1"
  public var from: MarketDay
  public var to: MarketDay
  public var simulated: Bool
  public var currency: String
  /// Method, version and parameters of the offers that were sent.
  public var strategy: String
  /// Forecasts that were not on the shelf.
  public var forecastsIssued: Int
  /// Days whose bids were there already.
  public var daysKept: Int
  /// What was planted into the simulated market, in words.
  public var planted: [String]
  public var standardProfit: Double
  public var profit: Double
  public var days: [DayRow]

  public struct DayRow: Sendable, Encodable {
    public var day: MarketDay
    public var rulePack: String
    public var meanPricePerMWh: Double
    public var units: Int
    public var standardProfit: Double
    public var profit: Double
    public var violatedBids: Int
    public var planted: [String]
  }
}

extension ReplayReport.DayRow {
  init(
    _ past: PastDay, standard: ClearingResult, own: ClearingResult, violatedBids: Int, planted: [String]
  ) throws {
    let prices = past.prices.prices.values.map(\.perMegawattHour)
    self.init(
      day: past.day, rulePack: past.pack.name,
      meanPricePerMWh: DayReport.rounded(prices.reduce(0, +) / Double(prices.count), 3), units: own.schedules.count,
      standardProfit: try UnitResult.total(standard.schedules).profit.rounded.amount,
      profit: try UnitResult.total(own.schedules).profit.rounded.amount, violatedBids: violatedBids, planted: planted)
  }
}
