internal import Forecasting
public import MarketModel

/// `spotdesk forecast`: the day-ahead price of a market day as expected at the information cutoff, with its distribution.
///
/// Prices are per MWh in `currency`, rounded for reading; every list has one value for each interval.
public struct ForecastReport: Sendable, Encodable {
  public var schema = "spotdesk.forecast/1"
  public var day: MarketDay
  /// True if the workspace holds a simulated market.
  public var simulated: Bool
  public var target = ForecastTarget.dayAheadPrice
  public var currency: String
  public var provenance: Provenance
  public var models: [ForecastModelRecord]
  public var intervalMinutes: Int
  /// "00:15" … "24:00".
  public var intervalEnd: [String]
  /// The median.
  public var point: [Double]
  /// Mean of the scenarios.
  public var expected: [Double]
  /// Empty if the day before was not known.
  public var sameAsYesterday: [Double]
  /// 0.01 … 0.99, one for each row of `quantiles`.
  public var probabilities: [Double]
  public var quantiles: [[Double]]
  /// Lowest price at which offers are allowed; nil if the rule pack knows none.
  public var lowestPricePerMWh: Double?
  /// Share of scenarios at the lowest price or below; empty without one.
  public var probabilityAtFloor: [Double]
  /// What was found in the inputs, what fell back.
  public var notes: [String]

  /// What the forecast was made from: enough to make it again.
  public struct Provenance: Sendable, Encodable {
    public var program: String
    public var rulePack: String
    public var rulePackSource: String
    public var informationCutoff: String
    public var dataAsOf: String
    public var series: [DayReport.SeriesView]
    /// SHA-256 over every value that the forecast read.
    public var dataHash: String
    public var seed: UInt64
    /// Joint paths drawn.
    public var scenarios: Int
    /// Weighted paths that stand for them in scenarios.csv.
    public var scenariosWritten: Int
  }
}

extension ForecastReport {
  init(
    _ context: PriceContext, _ forecast: PriceForecast, settings: ForecastSettings, written: Int, simulated: Bool,
    program: String
  ) {
    day = context.day
    self.simulated = simulated
    currency = context.pack.currency
    provenance = Provenance(
      program: program, rulePack: context.packName, rulePackSource: context.pack.source,
      informationCutoff: context.cutoff.description, dataAsOf: context.asOfText, series: context.history.views,
      dataHash: context.history.dataHash, seed: settings.seed, scenarios: settings.scenarios, scenariosWritten: written)
    models = forecast.models.map(\.rounded)
    intervalMinutes = context.grid.length.minutes
    intervalEnd = context.grid.intervals.map(\.endLabel)
    point = forecast.point.map { DayReport.rounded($0, 2) }
    expected = forecast.expected.map { DayReport.rounded($0, 2) }
    sameAsYesterday = forecast.sameAsYesterday.map { DayReport.rounded($0, 2) }
    probabilities = forecast.quantiles.probabilities
    quantiles = forecast.quantiles.values.map { row in row.map { DayReport.rounded($0, 2) } }
    lowestPricePerMWh = context.pack.bids.floor.value?.perMegawattHour
    probabilityAtFloor = forecast.probability(atOrBelow: lowestPricePerMWh)
    notes =
      (simulated ? ["simulated: the market and the weather of this workspace are made up"] : []) + context.notes
      + forecast.notes
  }
}
