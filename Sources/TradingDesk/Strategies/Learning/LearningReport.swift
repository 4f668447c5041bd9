internal import Bidding
public import MarketModel
internal import Review

/// `spotdesk strategy learn`: champion and challengers in shadow on the same days. Money is in `currency`.
public struct LearningReport: Sendable, Encodable {
  public var schema = "spotdesk.strategy-learning/1"
  public var from: MarketDay
  public var to: MarketDay
  public var simulated: Bool
  public var currency: String
  public var arms: [Arm]
  public var champion: String
  public var isOn: Bool
  public var changes: [Change]
  /// The first champion kept to the end, and what was played.
  public var fixedProfit: Double
  public var playedProfit: Double
  public var upliftOverFixed: Double
  /// Of the weights: the mean of the arms by weight, as if each day's arm were drawn.
  public var weightedProfit: Double
  public var regret: Double
  public var regretBound: Double
  public var bound: String
  public var days: [Day]
  public var guards: String

  public struct Arm: Sendable, Codable {
    public var name: String
    public var summary: String
    public var parameters: [String: Double]
    public var profit: Double
    public var weight: Double
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
    public var profit: Double
    public var fixedProfit: Double
    public var cumulativeRegret: Double
    /// By arm, before the day.
    public var weights: [Double]
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
  static let boundText =
    "AdaHedge: regret of the weights ≤ S·√(T·ln K) + S·(16/3·ln K + 2), S the largest spread of one day's profits; of the weights alone, not of the champion behind its guard rails"

  /// - Parameter profits: by arm and day.
  init(
    _ strategies: [Strategy], days: [MarketDay], profits: [[Double]], currency: String, simulated: Bool, isOn: Bool,
    guards: ChampionGuards = ChampionGuards()
  ) {
    var weights = AdaptiveHedge(count: strategies.count)
    var watch = ChampionWatch(champion: 0, guards: guards)
    var rows: [Day] = []
    var (played, fixed) = (0.0, 0.0)
    for (number, day) in days.enumerated() {
      let today = profits.map { $0[number] }
      let before = weights.weights
      let champion = watch.champion
      weights.observe(profits: today)
      let next = weights.weights
      let favourite = next.indices.max { next[$0] < next[$1] } ?? 0
      watch.observe(day, profits: today, favourite: favourite, mayChange: true)
      played += today[champion]
      fixed += today[0]
      rows.append(
        Day(
          day: day, champion: strategies[champion].name, profit: DayReport.rounded(today[champion], 2),
          fixedProfit: DayReport.rounded(today[0], 2), cumulativeRegret: DayReport.rounded(weights.regret, 2),
          weights: before.map { DayReport.rounded($0, 4) }))
    }
    let last = weights.weights
    (from, to, self.simulated, self.currency, self.isOn) = (days[0], days[days.count - 1], simulated, currency, isOn)
    arms = strategies.indices.map { index in
      Arm(
        name: strategies[index].name, summary: strategies[index].summary,
        parameters: Dictionary(
          uniqueKeysWithValues: strategies[index].parameters.map { ($0.parameter.rawValue, $0.value) }),
        profit: DayReport.rounded(profits[index].reduce(0, +), 2), weight: DayReport.rounded(last[index], 4))
    }
    champion = strategies[watch.champion].name
    changes = watch.changes.map {
      Change(
        kind: $0.kind.rawValue, day: $0.day, from: strategies[$0.from].name, to: strategies[$0.to].name,
        reason: $0.reason)
    }
    fixedProfit = DayReport.rounded(fixed, 2)
    playedProfit = DayReport.rounded(played, 2)
    upliftOverFixed = DayReport.rounded(played - fixed, 2)
    weightedProfit = DayReport.rounded(-weights.weightedLoss, 2)
    regret = DayReport.rounded(weights.regret, 2)
    regretBound = DayReport.rounded(weights.regretBound, 2)
    bound = Self.boundText
    self.days = rows
    self.guards =
      "a change needs \(guards.fewestDays) days since the last, a lower \(Int(guards.confidence * 100)) % bound above zero over \(guards.window) days, and no worse tail; it is watched for \(guards.probation) days"
  }

  var stored: StoredLearning {
    StoredLearning(
      from: from, to: to, champion: champion, arms: arms, changes: changes, regret: regret, regretBound: regretBound,
      currency: currency)
  }
}
