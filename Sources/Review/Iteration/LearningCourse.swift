public import MarketModel

/// Arms in shadow on the same days: the weights and the champion before every day, from the days before it alone, and how far both stay
/// behind the best arm in hindsight.
public struct LearningCourse: Hashable, Sendable {
  public let days: [MarketDay]
  /// By arm and day, in money.
  public let profits: [[Double]]
  /// By day: the weights before it, and the arm whose offers are sent.
  public private(set) var weights: [[Double]] = []
  public private(set) var champions: [Int] = []
  public private(set) var changes: [ChampionChange] = []
  /// By day: the mean of the arms by weight, as if the day's arm were drawn.
  public private(set) var weightedProfits: [Double] = []
  /// By day: what the weights' regret up to it cannot exceed.
  public private(set) var bounds: [Double] = []
  /// After the last day.
  public private(set) var finalWeights: [Double] = []
  public private(set) var finalChampion: Int

  /// - Parameter profits: of every arm, one for each day; the first arm is champion to begin with.
  public init(days: [MarketDay], profits: [[Double]], guards: ChampionGuards) {
    precondition(!profits.isEmpty && profits.allSatisfy { $0.count == days.count }, "one profit for each arm and day")
    self.days = days
    self.profits = profits
    var hedge = AdaptiveHedge(count: profits.count)
    var watch = ChampionWatch(champion: 0, guards: guards)
    for (number, day) in days.enumerated() {
      let today = profits.map { $0[number] }
      let before = hedge.weights
      weights.append(before)
      champions.append(watch.champion)
      weightedProfits.append(zip(before, today).reduce(0) { $0 + $1.0 * $1.1 })
      hedge.observe(profits: today)
      bounds.append(hedge.regretBound)
      let next = hedge.weights
      let favourite = next.indices.max { next[$0] < next[$1] } ?? 0
      watch.observe(day, profits: today, favourite: favourite, mayChange: true)
    }
    finalWeights = hedge.weights
    finalChampion = watch.champion
    changes = watch.changes
  }

  /// The arm that earned most over all days; the first of those.
  public var best: Int {
    let totals = profits.map { $0.reduce(0, +) }
    return totals.indices.reduce(0) { totals[$1] > totals[$0] ? $1 : $0 }
  }

  /// What the best arm in hindsight has earned more by the end of every day than daily profits have.
  public func cumulativeRegret(of daily: [Double]) -> [Double] {
    var sum = 0.0
    return zip(profits[best], daily).map { top, own in
      sum += top - own
      return sum
    }
  }

  /// What the champion of each day earned in shadow: from the states in which its own offers had left the units.
  public var shadowProfits: [Double] { champions.enumerated().map { profits[$0.element][$0.offset] } }
}
