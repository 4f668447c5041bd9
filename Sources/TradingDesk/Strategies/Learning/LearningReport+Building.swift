internal import Bidding
internal import MarketModel
internal import Review

extension LearningReport {
  static let boundText =
    "AdaHedge: regret of the weights ≤ S·√(T·ln K) + S·(16/3·ln K + 2), S the largest spread of one day's profits; of the weights alone, not of the champion behind its guard rails"

  static let notesText = [
    "price taker: every arm's profit of a day is known after it, also of those that were not played",
    "the weights and the champion of a day hang on the days before it alone",
    "an arm in shadow goes on from the states in which its own offers left the units; what was played goes on from its own, so that a change of champion costs what it costs",
    OfferStatistics.intervalNote,
  ]

  /// - Parameters:
  ///   - runs: of the arms, in their order.
  ///   - followed: what the champions' offers earned, day by day.
  init(
    _ strategies: [Strategy], _ course: LearningCourse, runs: [StrategyRun], followed: [StrategyDayResult],
    provenance: StrategiesReport.Provenance, currency: String, simulated: Bool, isOn: Bool,
    guards: ChampionGuards = ChampionGuards()
  ) {
    func money(_ value: Double) -> Double { DayReport.rounded(value, 2) }
    func total(_ values: [Double]) -> Double { money(values.reduce(0, +)) }
    let played = followed.map(\.result.profit)
    let regrets = course.cumulativeRegret(of: course.weightedProfits)
    let playedRegrets = course.cumulativeRegret(of: played)
    self.provenance = provenance
    (self.simulated, self.currency, self.isOn) = (simulated, currency, isOn)
    (from, to) = (course.days[0], course.days[course.days.count - 1])
    arms = strategies.indices.map { index in
      Arm(
        name: strategies[index].name, summary: strategies[index].summary,
        parameters: Dictionary(
          uniqueKeysWithValues: strategies[index].parameters.map { ($0.parameter.rawValue, $0.value) }),
        profit: total(course.profits[index]), weight: DayReport.rounded(course.finalWeights[index], 4))
    }
    best = strategies[course.best].name
    champion = strategies[course.finalChampion].name
    changes = course.changes.map {
      Change(
        kind: $0.kind.rawValue, day: $0.day, from: strategies[$0.from].name, to: strategies[$0.to].name,
        reason: $0.reason)
    }
    fixedProfit = total(course.profits[0])
    playedProfit = total(played)
    upliftOverFixed = money(playedProfit - fixedProfit)
    shadowProfit = total(course.shadowProfits)
    following = strategies.indices.map { index in
      Following(
        strategy: strategies[index].name,
        uplift: OffersReport.Uplift(followed.map(\.result), over: runs[index].results, seed: provenance.seed),
        daysChampion: course.champions.count { $0 == index },
        regret: money(course.cumulativeRegret(of: course.profits[index]).last ?? 0))
    }
    weightedProfit = total(course.weightedProfits)
    regret = money(regrets.last ?? 0)
    playedRegret = money(playedRegrets.last ?? 0)
    regretBound = money(course.bounds.last ?? 0)
    bound = Self.boundText
    days = course.days.indices.map { number in
      Day(
        day: course.days[number], champion: strategies[course.champions[number]].name, profit: money(played[number]),
        fixedProfit: money(course.profits[0][number]), cumulativeRegret: money(regrets[number]),
        playedRegret: money(playedRegrets[number]), regretBound: money(course.bounds[number]),
        weights: course.weights[number].map { DayReport.rounded($0, 4) },
        profits: course.profits.map { money($0[number]) })
    }
    self.guards =
      "a change needs \(guards.fewestDays) days since the last, a lower \(Int(guards.confidence * 100)) % bound above zero over \(guards.window) days, and no worse tail; it is watched for \(guards.probation) days"
    notes = Self.notesText
  }
}
