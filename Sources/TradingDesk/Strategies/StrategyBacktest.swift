internal import Bidding
internal import Clearing
internal import Compliance
internal import MarketModel
internal import MarketRules
internal import NumericMethods
internal import Review

/// One day of a comparison: what was known before its gate, and the prices that came.
struct StrategyDay: Sendable {
  let unitDays: [UnitDay]
  let nextUnitDays: [UnitDay]
  let plants: [Plant]
  let contracts: [ContractForDifference]
  let prices: MarketPrices
  let pack: RulePack

  var day: MarketDay { prices.prices.grid.day }
}

/// What a strategy earned on a day, and where.
struct StrategyDayResult: Sendable {
  let result: OfferDayResult
  var startCost = 0.0
  /// Earnings of the intervals that paid their operating cost, and of those that did not.
  var aboveCost = 0.0
  var belowCost = 0.0
  var unitHoursOnLine = 0.0
  /// On line at prices of zero or below.
  var unitHoursBelowZero = 0.0

  init(_ result: OfferDayResult) { self.result = result }

  init(_ schedules: [ClearedSchedule], prices: MarketPrices, units: [UnitID: ThermalUnit], violations: Int?) throws {
    let total = try UnitResult.total(schedules)
    result = OfferDayResult(
      profit: total.profit.amount, revenue: total.revenue.amount, energy: total.clearedEnergy.megawattHours,
      starts: total.starts, violations: violations)
    for schedule in schedules {
      startCost += schedule.startUpCost.amount
      if let unit = units[schedule.unit] { add(schedule, of: unit, prices) }
    }
  }

  private mutating func add(_ schedule: ClearedSchedule, of unit: ThermalUnit, _ prices: MarketPrices) {
    let hours = prices.prices.grid.length.hours
    for (index, price) in prices.prices.values.enumerated() where schedule.commitment.values[index] {
      let output = schedule.output.values[index]
      let value = price.perMegawattHour
      let earned =
        hours
        * (value * unit.netOutput(ofGross: output).megawatts - unit.costPerHour(atMegawatts: output.megawatts))
      if earned >= 0 { aboveCost += earned } else { belowCost += earned }
      unitHoursOnLine += hours
      if value <= 0 { unitHoursBelowZero += hours }
    }
  }
}

/// Lives through the days with each strategy, all with the same forecasts and prices; each carries its own units' states.
struct StrategyBacktest: Sendable {
  let days: [StrategyDay]
  let forecasts: [IssuedForecast]
  /// Position of the day whose forecasts the placebo takes, for each day.
  let shuffled: [Int]

  /// - Throws: `BiddingError`, `ClearingError`, `OfferRulesError`, `StrategyError`, `QuantityError`.
  func results(_ strategy: Strategy, placebo: Bool = false) throws -> [StrategyDayResult] {
    guard strategy.method != .perfectForesight else { return try ceiling() }
    var states: [UnitID: UnitState] = [:]
    return try days.indices.map { position in
      let day = days[position]
      let today = day.unitDays.map { $0.starting(in: states[$0.unit.id] ?? $0.initialState) }
      let inputs = try forecasts[placebo ? shuffled[position] : position].inputs(for: day, unitDays: today, threads: 1)
      let book = try draftBids(by: strategy, for: inputs, under: day.pack).book
      let cleared = try clearAsPriceTaker(book, unitDays: today, at: day.prices)
      states = StrategyBacktest.states(after: cleared, unitDays: today)
      return try StrategyDayResult(
        cleared.schedules, prices: day.prices,
        units: Dictionary(uniqueKeysWithValues: today.map { ($0.unit.id, $0.unit) }),
        violations: violations(book, day, today))
    }
  }

  /// The states in which a day leaves the units; one that was out all day has been off line for a day longer.
  static func states(after result: ClearingResult, unitDays: [UnitDay]) -> [UnitID: UnitState] {
    var after = Dictionary(uniqueKeysWithValues: result.schedules.map { ($0.unit, $0.finalState) })
    for day in unitDays where after[day.unit.id] == nil {
      let minutes = day.grid.count * day.grid.length.minutes
      let before = if case .off(let minutes) = day.initialState { minutes } else { 0 }
      after[day.unit.id] = .off(minutes: before + minutes)
    }
    return after
  }

  private func violations(_ book: BidBook, _ day: StrategyDay, _ unitDays: [UnitDay]) -> Int? {
    let context = ComplianceContext(
      units: Dictionary(uniqueKeysWithValues: unitDays.map { ($0.unit.id, $0) }), plants: day.plants, pack: day.pack,
      submissionTime: nil)
    let submitted = book.bids.map { SubmittedBid($0, currency: day.pack.currency, basis: day.prices.basis) }
    return DayReport.ComplianceView(checkBids(submitted, in: context)).violated
  }

  /// The best schedule of every unit over all days, day by day.
  private func ceiling() throws -> [StrategyDayResult] {
    let prices = days.map(\.prices.prices)
    let units = try days[0].unitDays.indices.map { number in
      try perfectForesightDays(days: days.map { $0.unitDays[number] }, prices: prices)
    }
    return days.indices.map { position in
      let all = units.map { $0[position] }
      var result = StrategyDayResult(
        OfferDayResult(
          profit: all.reduce(0) { $0 + $1.profit }, revenue: all.reduce(0) { $0 + $1.revenue },
          energy: all.reduce(0) { $0 + $1.energy }, starts: all.reduce(0) { $0 + $1.starts }, violations: 0))
      result.startCost = all.reduce(0) { $0 + $1.startCost }
      result.unitHoursOnLine = all.reduce(0) { $0 + $1.hoursOnLine }
      return result
    }
  }
}
