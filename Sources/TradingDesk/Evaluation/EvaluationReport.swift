public import MarketModel

/// What an evaluation came to: one document.
public struct EvaluationReport: Codable, Sendable {
  public static let schemaName = "spotdesk.evaluation/1"
  public var schema = EvaluationReport.schemaName
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
  /// Each site by itself, then of power their sum, "region"; empty if the file has one site.
  public let sites: [SiteScores]
  public let dieboldMariano: [ComparisonTable]
  /// Probabilities of the events that were asked for.
  public let events: [EventReport]
  public let notes: [String]
  /// What the forecaster said of test days, the first fifty sentences, and how many more there were.
  public let forecasterNotes: [DayNote]
  public let furtherForecasterNotes: Int

  /// A sentence of a forecaster on a test day.
  public struct DayNote: Codable, Sendable {
    public let day: MarketDay
    /// Empty if the file has one site.
    public let site: String
    public let note: String
  }

  /// From what the figures were made.
  public struct Provenance: Codable, Sendable {
    public let program: String
    public let command: String
    public let file: String
    public let format: String
    public let sha256: String
    public let seed: UInt64
    public let references: [ReferenceFile]
  }

  public struct ReferenceFile: Codable, Sendable {
    public let file: String
    public let sha256: String
  }

  public struct SiteScores: Codable, Sendable {
    public let site: String
    public let models: [ModelScores]
  }

  /// Brier scores of an event, against the share of earlier days with it in the same interval.
  public struct EventReport: Codable, Sendable {
    /// "at or below -80".
    public let event: String
    public let frequency: Double
    public let climatologyBrier: Double
    public let models: [Score]

    public struct Score: Codable, Sendable {
      public let name: String
      public let brier: Double
      /// 1 − brier / climatology: above 0 is better.
      public let skill: Double
    }
  }

  /// Whether the model of the row loses less than the model of the column: one-sided p of Diebold and Mariano.
  public struct ComparisonTable: Codable, Sendable {
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
  /// Scores of the joint paths of a day; nil for a model without.
  public let paths: PathScores?
}

/// Mean scores of joint paths over the test days on which every model with paths was scored.
public struct PathScores: Hashable, Sendable {
  public let days: Int
  /// In the target's unit (Gneiting and Raftery 2007).
  public let energyScore: Double
  /// Of order ½, in the target's unit (Scheuerer and Hamill 2015).
  public let variogramScore: Double
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
