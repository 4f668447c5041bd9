public import MarketModel

/// What an evaluation came to: one document.
public struct EvaluationReport: Encodable, Sendable {
  public var schema = "spotdesk.evaluation/1"
  public let provenance: Provenance
  public let target: String
  public let unit: String
  public let testFrom: MarketDay
  public let testTo: MarketDay
  public let testDays: Int
  public let intervalsPerDay: Int
  /// Over all sites together, the combined forecast last.
  public let models: [ModelScores]
  /// Forecasts that others published, on the same intervals.
  public let references: [ModelScores]
  /// Each site by itself; empty if the file has one.
  public let sites: [SiteScores]
  public let dieboldMariano: [ComparisonTable]
  /// Probabilities of the events that were asked for.
  public let events: [EventReport]
  public let notes: [String]

  /// From what the figures were made.
  public struct Provenance: Encodable, Sendable {
    public let program: String
    public let command: String
    public let file: String
    public let format: String
    public let sha256: String
    public let seed: UInt64
    public let references: [ReferenceFile]
  }

  public struct ReferenceFile: Encodable, Sendable {
    public let file: String
    public let sha256: String
  }

  public struct SiteScores: Encodable, Sendable {
    public let site: String
    public let models: [ModelScores]
  }

  /// Brier scores of an event, against the share of earlier days with it in the same interval.
  public struct EventReport: Encodable, Sendable {
    /// "at or below -80".
    public let event: String
    public let frequency: Double
    public let climatologyBrier: Double
    public let models: [Score]

    public struct Score: Encodable, Sendable {
      public let name: String
      public let brier: Double
      /// 1 − brier / climatology: above 0 is better.
      public let skill: Double
    }
  }

  /// Whether the model of the row loses less than the model of the column: one-sided p of Diebold and Mariano.
  public struct ComparisonTable: Encodable, Sendable {
    public let loss: String
    public let days: Int
    public let names: [String]
    /// nil where there is nothing to compare.
    public let p: [[Double?]]
    public let statistic: [[Double?]]
  }
}

/// The scores of one model; nil where they are not defined.
public struct ModelScores: Sendable {
  public let name: String
  public let total: ScoreSet
  /// Computing time for each test day.
  public let seconds: Double?
  /// Shares of the PIT in twenty bins; empty without quantiles.
  public let pitHistogram: [Double]
  /// Share of values at or below each of the 99 percentiles; empty without quantiles.
  public let observedFrequencies: [Double]
  public let byHour: [ScoreSet]
  public let byMonth: [ScoreSet]
  public let byLevel: [ScoreSet]
}

/// Scores over one set of intervals.
public struct ScoreSet: Sendable {
  /// What the set is: the hour (1 to 24), the month, the range of what came; empty for all.
  public let label: String
  public let values: Int
  public let mae: Double?
  public let rmae: Double?
  public let smape: Double?
  public let mape: Double?
  public let rmse: Double?
  public let crps: Double?
  public let coverage50: Double?
  public let coverage80: Double?
  public let coverage90: Double?
  public let winkler80: Double?
}

extension ScoreSet {
  enum CodingKeys: String, CodingKey {
    case label, values, mae, rmae, smape, mape, rmse, crps
    case coverage50 = "coverage_50"
    case coverage80 = "coverage_80"
    case coverage90 = "coverage_90"
    case winkler80 = "winkler_80"
  }

  init(_ sums: ScoreSums, label: String = "") {
    func rounded(_ value: Double?) -> Double? {
      value.flatMap { $0.isFinite ? WrittenNumber($0, digits: WrittenNumber.pointDigits).value : nil }
    }
    self.init(
      label: label, values: sums.count, mae: rounded(sums.mae), rmae: rounded(sums.rmae), smape: rounded(sums.smape),
      mape: rounded(sums.mape), rmse: rounded(sums.rmse), crps: rounded(sums.crps),
      coverage50: rounded(sums.coverage50), coverage80: rounded(sums.coverage80),
      coverage90: rounded(sums.coverage90), winkler80: rounded(sums.winkler80))
  }

  func labelled(_ label: String) -> ScoreSet {
    ScoreSet(
      label: label, values: values, mae: mae, rmae: rmae, smape: smape, mape: mape, rmse: rmse, crps: crps,
      coverage50: coverage50, coverage80: coverage80, coverage90: coverage90, winkler80: winkler80)
  }

  func encode(into container: inout KeyedEncodingContainer<CodingKeys>, withLabel: Bool) throws {
    if withLabel { try container.encode(label, forKey: .label) }
    try container.encode(values, forKey: .values)
    try container.encode(mae, forKey: .mae)
    try container.encode(rmae, forKey: .rmae)
    try container.encode(smape, forKey: .smape)
    try container.encode(mape, forKey: .mape)
    try container.encode(rmse, forKey: .rmse)
    try container.encode(crps, forKey: .crps)
    try container.encode(coverage50, forKey: .coverage50)
    try container.encode(coverage80, forKey: .coverage80)
    try container.encode(coverage90, forKey: .coverage90)
    try container.encode(winkler80, forKey: .winkler80)
  }
}

extension ScoreSet: Encodable {
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try encode(into: &container, withLabel: true)
  }
}

extension ModelScores: Encodable {
  enum CodingKeys: String, CodingKey {
    case name, seconds, pitHistogram, observedFrequencies, byHour, byMonth, byLevel
  }

  init(_ tally: ModelTally, levels: LevelScale) {
    let hours = tally.byHour.enumerated().map { ScoreSet($1, label: String($0 + 1)) }
    let months = tally.byMonth.enumerated().map { ScoreSet($1, label: String($0 + 1)) }.filter { $0.values > 0 }
    self.init(
      name: tally.name, total: ScoreSet(tally.total),
      seconds: tally.secondsPerDay.map { ($0 * 1e4).rounded() / 1e4 },
      pitHistogram: tally.reliability.histogram(bins: 20).map { ($0 * 1e5).rounded() / 1e5 },
      observedFrequencies: tally.reliability.observedFrequencies.map { ($0 * 1e5).rounded() / 1e5 },
      byHour: hours, byMonth: months,
      byLevel: tally.byLevel.enumerated().map { ScoreSet($1, label: levels.label($0)) })
  }

  public func encode(to encoder: any Encoder) throws {
    var scores = encoder.container(keyedBy: ScoreSet.CodingKeys.self)
    try total.encode(into: &scores, withLabel: false)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(seconds, forKey: .seconds)
    try container.encode(pitHistogram, forKey: .pitHistogram)
    try container.encode(observedFrequencies, forKey: .observedFrequencies)
    try container.encode(byHour, forKey: .byHour)
    try container.encode(byMonth, forKey: .byMonth)
    try container.encode(byLevel, forKey: .byLevel)
  }
}
