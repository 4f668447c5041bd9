internal import Bidding
internal import Clearing
internal import Compliance
internal import MarketModel
internal import MarketRules
internal import NumericMethods
internal import Review

/// The ways of offering that an offer test compares, from the plainest to the ceiling.
enum OfferPolicy: String, CaseIterable, Sendable {
  /// On line wherever it can be, along marginal cost.
  case alwaysOn = "always-on"
  /// On line wherever it can be, equal segments at cost plus 5 %: the desk's standard offer.
  case costPlus = "cost-plus"
  /// Committed as if the prices of the week before came again.
  case naive
  /// Committed at the baseline model's path; the day after at the same path.
  case reference
  /// Committed at the ensemble's path and the expected path of the day after.
  case point
  /// The desk's optimised offer.
  case optimised
  /// The same with the forecasts of other weeks.
  case placebo
}

/// What a policy earned on one day.
struct OfferDayResult: Hashable, Sendable {
  let profit: Double
  let revenue: Double
  let energy: Double
  let starts: Int
  /// Bids that break a rule; nil where the day's bids were not checked.
  let violations: Int?
}

/// Lives through the test days with each policy; each carries its own state of the unit from day to day.
struct OfferBacktest: Sendable {
  let days: [OfferDay]
  /// The unit of each test day, with the fuel of that day, on its grid.
  let units: [UnitDay]
  let pack: RulePack
  let basis: PriceBasis
  /// Position of the day whose forecasts the placebo takes, for each day.
  let shuffled: [Int]

  /// - Throws: `BiddingError`, `ClearingError`, `OfferRulesError`.
  func results(_ policy: OfferPolicy) throws -> [OfferDayResult] {
    var state = units[0].initialState
    return try days.indices.map { position in
      let today = units[position].starting(in: state)
      let book = try book(policy, today, position)
      let prices = MarketPrices(
        basis: basis,
        prices: try IntervalSeries(today.grid, days[position].actual.map { EnergyPrice.perMegawattHour($0) }))
      let cleared = try clearAsPriceTaker(book, unitDays: [today], at: prices)
      guard let schedule = cleared.schedules.first else {
        return OfferDayResult(profit: 0, revenue: 0, energy: 0, starts: 0, violations: 0)
      }
      state = schedule.finalState
      return OfferDayResult(
        profit: try schedule.profit.amount, revenue: schedule.revenue.amount,
        energy: schedule.clearedEnergy.megawattHours, starts: schedule.starts,
        violations: violations(book, today))
    }
  }

  private func book(_ policy: OfferPolicy, _ today: UnitDay, _ position: Int) throws -> BidBook {
    let day = days[position]
    let inputs = inputs(today, days[policy == .placebo ? shuffled[position] : position])
    switch policy {
    case .costPlus: return try draftStandardBids(for: inputs, under: pack)
    case .alwaysOn: return try draftPlannedBids(for: inputs, committing: .always, under: pack)
    case .naive:
      return try draftPlannedBids(
        for: inputs, committing: .atPrices(day: day.weekBefore, next: day.weekBeforeNext), under: pack)
    case .reference:
      return try draftPlannedBids(
        for: inputs, committing: .atPrices(day: day.reference, next: day.reference), under: pack)
    case .point:
      return try draftPlannedBids(
        for: inputs, committing: .atPrices(day: day.point, next: day.dayAfter.expected), under: pack)
    case .optimised, .placebo: return try draftBids(for: inputs, under: pack).optimised
    }
  }

  private func inputs(_ today: UnitDay, _ source: OfferDay) -> BiddingInputs {
    let count = source.paths.count
    let next = IntervalGrid(ordinary: today.grid.day.advanced(by: 1), length: today.grid.length)
    return BiddingInputs(
      unitDays: [today], nextUnitDays: [UnitDay.unrestricted(today.unit, on: next, state: today.initialState)],
      plants: [],
      scenarios: ScenarioSet(
        grid: today.grid, targets: [.dayAheadPrice], weights: [Double](repeating: 1 / Double(count), count: count),
        values: source.paths.flatMap { $0 }),
      expectedPrices: source.expected,
      dayAfter: DayAfter(
        outlooks: source.dayAfter.outlooks, deviations: source.dayAfter.deviations, beyond: source.dayAfter.beyond),
      riskAversion: 0, threads: 1)
  }

  /// nil on days on which the clock changes: the data have 24 hours where the market day has 23 or 25.
  private func violations(_ book: BidBook, _ today: UnitDay) -> Int? {
    guard pack.zone.grid(for: book.day).count == today.grid.count else { return nil }
    let context = ComplianceContext(
      units: [today.unit.id: today], plants: [], pack: pack, submissionTime: nil)
    let submitted = book.bids.map { SubmittedBid($0, currency: pack.currency, basis: basis) }
    return DayReport.ComplianceView(checkBids(submitted, in: context)).violated
  }

  /// Profit of one schedule over all days had the prices been known.
  func ceiling() throws -> Double {
    let prices = try days.indices.map { position in
      try IntervalSeries(units[position].grid, days[position].actual.map { EnergyPrice.perMegawattHour($0) })
    }
    return try perfectForesightProfit(days: units, prices: prices)
  }

  /// For each day the same weekday of another week: weeks change places by a seed, none keeps its own.
  static func shuffledWeeks(_ count: Int, seed: UInt64) -> [Int] {
    let weeks = count / 7
    guard weeks >= 2 else { return (0..<count).map { count - 1 - $0 } }
    var order = Array(0..<weeks)
    var generator = SplitMix64(seed: seed)
    // Sattolo's algorithm: one cycle, so that no week keeps its place.
    for last in stride(from: weeks - 1, to: 0, by: -1) {
      order.swapAt(last, Int(generator.next() % UInt64(last)))
    }
    return (0..<count).map { position in
      position < weeks * 7 ? order[position / 7] * 7 + position % 7 : position % (weeks * 7)
    }
  }
}

extension UnitDay {
  /// A unit without outages or duties on a grid.
  static func unrestricted(_ unit: ThermalUnit, on grid: IntervalGrid, state: UnitState) -> UnitDay {
    UnitDay(
      unit: unit, availableCapacity: IntervalSeries(grid, repeating: unit.ratedCapacity),
      minimumOutput: IntervalSeries(grid, repeating: unit.minimumStableOutput),
      mustRun: IntervalSeries(grid, repeating: false), initialState: state, minutesFromOrder: nil)
  }
}
