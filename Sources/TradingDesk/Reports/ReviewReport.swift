public import MarketModel

/// `spotdesk review`: what one or more days brought, and where the rest of perfect foresight went.
///
/// Money is in `currency`, rounded to hundredths; every sum is of the rounded parts.
public struct ReviewReport: Sendable, Encodable {
  public var schema = "spotdesk.review/1"
  public var provenance: Provenance?
  /// Absent where several days are reviewed.
  public var day: MarketDay?
  public var from: MarketDay
  public var to: MarketDay
  public var simulated: Bool
  public var currency: String
  public var rulePack: String
  public var units: [UnitRow]
  public var fleet: UnitRow
  /// Contracts for difference against the day-ahead price; the same whatever is bid.
  public var contractPayment: Double
  public var contractedEnergyMWh: Double
  /// Means over the days.
  public var forecast: ForecastError?
  /// What the days' errors, after those of the prepared days before them, say of the price forecast.
  public var driftAlarms: [DriftAlarm]
  public var waterfall: WaterfallView
  public var metrics: MetricsView
  public var lostEnergy: LostEnergyView
  public var days: [DayRow]
  public var skill: [SkillRow]
  public var stack: StackView?
  /// The largest losses with their cause, the largest first.
  public var findings: [Finding]
  public var notes: [String]

  public struct UnitRow: Sendable, Encodable {
    public var unit: String
    public var standard: ResultView
    public var optimised: ResultView
    public var perfectForesight: ResultView
    /// Optimised less standard profit.
    public var difference: Double
    /// Perfect foresight less optimised profit.
    public var regret: Double
    public var waterfall: WaterfallView
    public var metrics: MetricsView
    public var lostEnergy: LostEnergyView
  }

  /// Enough to make the review again.
  public struct Provenance: Sendable, Encodable {
    public var program: String
    public var command: String
    public var workspace: String
    /// SHA-256 over the bids, forecasts and limits of the days and the prices that came.
    public var dataHash: String
  }

  /// Mean absolute errors of the day's price forecasts, per MWh.
  public struct ForecastError: Sendable, Encodable {
    public var expectedMae: Double
    public var sameAsYesterdayMae: Double
    /// Share of intervals within the central 80 % interval.
    public var coverage80: Double
  }
}
