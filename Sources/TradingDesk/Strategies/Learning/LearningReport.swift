internal import Bidding
public import MarketModel
internal import Review

/// `spotdesk strategy learn`: champion and challengers in shadow on the same days. Money is in `currency`.
public struct LearningReport: Sendable, Encodable {
  public var schema = "spotdesk.strategy-learning/2"
  public var provenance: StrategiesReport.Provenance
  public var from: MarketDay
  public var to: MarketDay
  public var simulated: Bool
  public var currency: String
  public var arms: [Arm]
  /// The arm that earned most over all days: what the regret is counted against.
  public var best: String
  public var champion: String
  public var isOn: Bool
  public var changes: [Change]
  /// The first champion kept to the end, and what was played: the offers of each day's champion, from the states in which the champions
  /// before it had left the units.
  public var fixedProfit: Double
  public var playedProfit: Double
  public var upliftOverFixed: Double
  /// The champions' offers as they stood in shadow, each from its own states.
  public var shadowProfit: Double
  /// What was played against every fixed strategy, with the 95 % interval of the difference.
  public var following: [Following]
  /// Of the weights: the mean of the arms by weight, as if each day's arm were drawn.
  public var weightedProfit: Double
  /// Of the weights and of what was played, against the best arm in hindsight; the bound is that of the weights.
  public var regret: Double
  public var playedRegret: Double
  public var regretBound: Double
  public var bound: String
  public var days: [Day]
  public var guards: String
  public var notes: [String]

  public struct Arm: Sendable, Codable {
    public var name: String
    public var summary: String
    public var parameters: [String: Double]
    public var profit: Double
    public var weight: Double
  }

  public struct Following: Sendable, Encodable {
    public var strategy: String
    public var uplift: OffersReport.Uplift
    /// Days on which the strategy was champion.
    public var daysChampion: Int
    /// What the strategy earned less than the best arm in hindsight.
    public var regret: Double
  }

  public struct Change: Sendable, Codable {
    /// "promoted" or "rolled-back".
    public var kind: String
    /// First day for which it holds.
    public var day: MarketDay
    public var from: String
    public var to: String
    public var reason: String
  }

  public struct Day: Sendable, Encodable {
    public var day: MarketDay
    public var champion: String
    /// Played, and the first champion kept.
    public var profit: Double
    public var fixedProfit: Double
    /// Of the weights and of what was played, against the best arm of all days; the bound is that of the weights' regret to this day.
    public var cumulativeRegret: Double
    public var playedRegret: Double
    public var regretBound: Double
    /// By arm: the weights before the day, and the profits in shadow.
    public var weights: [Double]
    public var profits: [Double]
  }
}

/// What the store keeps of a run.
struct StoredLearning: Codable {
  var from: MarketDay
  var to: MarketDay
  var champion: String
  var arms: [LearningReport.Arm]
  var changes: [LearningReport.Change]
  var regret: Double
  var regretBound: Double
  var currency: String
}

/// The champion and its record.
public struct LearningState: Sendable, Encodable {
  public var schema = "spotdesk.strategy/1"
  public var isOn: Bool
  public var champion: String
  public var from: MarketDay
  public var to: MarketDay
  public var currency: String
  public var arms: [LearningReport.Arm]
  public var changes: [LearningReport.Change]
  public var regret: Double
  public var regretBound: Double

  init(_ stored: StoredLearning, isOn: Bool) {
    self.isOn = isOn
    (champion, from, to, currency) = (stored.champion, stored.from, stored.to, stored.currency)
    (arms, changes, regret, regretBound) = (stored.arms, stored.changes, stored.regret, stored.regretBound)
  }
}

extension LearningReport {
  var stored: StoredLearning {
    StoredLearning(
      from: from, to: to, champion: champion, arms: arms, changes: changes, regret: regret, regretBound: regretBound,
      currency: currency)
  }
}
