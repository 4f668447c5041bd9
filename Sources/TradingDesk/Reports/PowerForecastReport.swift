internal import Forecasting
public import MarketModel

/// `spotdesk forecast --target load|wind|solar`: the market's power on a day as expected at the information cutoff.
///
/// Power is in `unit`, rounded for reading; every list has one value for each interval.
public struct PowerForecastReport: Sendable, Encodable {
  public var schema = "spotdesk.power-forecast/1"
  public var day: MarketDay
  /// True if the workspace holds a simulated market.
  public var simulated: Bool
  public var target: ForecastTarget
  public var unit = "MW"
  public var provenance: ForecastReport.Provenance
  /// The combined forecast stands after its models, with no weight of its own; a published one stands last.
  public var models: [ForecastModelRecord]
  public var intervalMinutes: Int
  /// "00:15" … "24:00".
  public var intervalEnd: [String]
  /// The median.
  public var point: [Double]
  /// What somebody published as the forecast; empty if nobody did.
  public var published: [Double]
  public var lastKnownDay: MarketDay
  public var lastKnown: [Double]
  /// 0.01 … 0.99, one for each row of `quantiles`.
  public var probabilities: [Double]
  public var quantiles: [[Double]]
  /// What was found in the inputs, what fell back.
  public var notes: [String]

  /// What stands beside the forecast in table and page, with its name.
  public var comparison: String { published.isEmpty ? "as on \(lastKnownDay)" : "published forecast" }
  public var compared: [Double] { published.isEmpty ? lastKnown : published }

  enum CodingKeys: String, CodingKey {
    case schema, day, simulated, target, unit, provenance, models, intervalMinutes, intervalEnd, point, published,
      lastKnownDay, lastKnown, probabilities, quantiles, notes
  }
}

extension PowerForecastReport {
  init(
    _ context: PowerContext, _ forecast: PowerForecast, settings: ForecastSettings, written: Int, simulated: Bool,
    program: String
  ) {
    func rounded(_ values: [Double]) -> [Double] { values.map { DayReport.rounded($0, 2) } }
    day = context.day
    self.simulated = simulated
    target = forecast.target
    provenance = ForecastReport.Provenance(
      program: program, rulePack: context.packName, rulePackSource: context.pack.source,
      informationCutoff: context.gate.cutoff.description, dataAsOf: context.asOfText, series: context.history.views,
      dataHash: context.history.dataHash, seed: settings.seed, scenarios: settings.scenarios, scenariosWritten: written)
    models = forecast.models.map(\.rounded)
    intervalMinutes = context.gate.grid.length.minutes
    intervalEnd = context.gate.grid.intervals.map(\.endLabel)
    point = rounded(forecast.point)
    published = rounded(forecast.published)
    lastKnownDay = forecast.lastKnownDay
    lastKnown = forecast.lastKnown.allSatisfy(\.isFinite) ? rounded(forecast.lastKnown) : []
    probabilities = forecast.quantiles.probabilities
    quantiles = forecast.quantiles.values.map(rounded)
    notes =
      (simulated ? ["simulated: the market and the weather of this workspace are made up"] : []) + context.notes
      + forecast.notes
  }

  /// forecast-load.csv.
  var table: String { WrittenPercentiles(point: point, probabilities: probabilities, quantiles: quantiles).text }
}

extension DayReport.PriceForecastView {
  /// The same picture for power.
  init(_ report: PowerForecastReport, _ scenarios: ScenarioSet) {
    let shown = [1, 5, 10, 25, 50, 75, 90, 95, 99]
    intervalMinutes = report.intervalMinutes
    intervalEnd = report.intervalEnd
    expected = report.point
    sameAsYesterday = report.compared
    probabilities = shown.map { Double($0) / 100 }
    quantiles = shown.map { report.quantiles[$0 - 1] }
    probabilityAtFloor = []
    scenarioPaths = (0..<min(scenarios.count, 20)).map { path in
      scenarios.path(path, of: report.target).map { DayReport.rounded($0, 2) }
    }
  }
}

extension ForecastModels {
  init(_ forecast: PowerForecast, _ context: PowerContext, program: String) {
    target = forecast.target
    self.program = program
    rulePack = context.packName
    dataAsOf = context.asOfText
    dataHash = context.history.dataHash
    seed = context.inputs.seed
    scenarios = context.inputs.scenarioCount
    models = forecast.models.map(\.rounded)
  }
}
