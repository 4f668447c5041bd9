internal import Bidding
internal import Clearing
internal import Compliance
internal import DayPipeline
internal import Foundation
internal import MarketModel
internal import MarketRules
internal import MarketStore
internal import Review

/// One day of a comparison: what was known of the company before its gate, and the prices that came.
struct StrategyDay: Sendable {
  let unitDays: [UnitDay]
  let nextUnitDays: [UnitDay]
  let plants: [Plant]
  let contracts: [ContractForDifference]
  let prices: MarketPrices
  let pack: RulePack
  /// Prices of the four weeks before that were known at the gate, the latest first.
  var recentDays: [[Double]] = []
  /// As of the gate; nil unless a strategy asks for it.
  var rest: RestOfMarket?
  /// What the plants may burn in the week, as of the gate; nil where that is no limit.
  var fuel: FuelWeek?

  var day: MarketDay { prices.day }
}

extension StrategyDay {
  /// The company as of the gate, and the prices that came; the latter are for clearing alone.
  ///
  /// - Parameter owners: of the market, if a strategy asks for the rest of it.
  init(
    _ fleet: FleetContext, day: MarketDay, pack: RulePack, owners: MarketOwners? = nil, store: MarketStore
  ) throws {
    self.init(
      unitDays: fleet.unitDays, nextUnitDays: fleet.nextUnitDays, plants: fleet.plants, contracts: fleet.contracts,
      prices: try PastDay.prices(of: day, grid: pack.zone.grid(for: day), pack: pack, store: store), pack: pack,
      recentDays: try StrategyDay.recentDays(before: day, asOf: ForecastGate(day: day, pack: pack).asOf, store: store),
      rest: try owners.map { try RestOfMarket.read(day, pack: pack, owners: $0, store: store) }, fuel: fleet.fuel)
  }

  private static func recentDays(before day: MarketDay, asOf: Date, store: MarketStore) throws -> [[Double]] {
    let found = try inDeskTerms {
      try store.observations(
        of: SeriesKey(.price, .dayAhead), from: day.advanced(by: -DayInputs.recentDayCount),
        through: day.advanced(by: -1),
        asOf: asOf)
    }
    return found.reversed().map(\.values)
  }
}

extension MarketPrices {
  var day: MarketDay { prices.grid.day }
}

/// The smallest part of a batch that can be lived through alone: one strategy with the units that it decides together, over all
/// days. A plant for strategies that offer unit by unit (starts are limited by plant), the whole fleet for the others.
struct BatchTask: Hashable, Sendable {
  let strategy: Strategy
  /// With the forecasts of other weeks.
  let isPlacebo: Bool
  let units: [UnitID]
  /// Name of its file; no two tasks of a batch share it.
  let name: String

  /// The tasks of some strategies with their units, in a fixed order.
  ///
  /// - Parameters:
  ///   - plans: strategies, and whether each is a placebo.
  ///   - together: whether the offers of all units meet at one price that they move.
  static func all(
    _ plans: [(strategy: Strategy, isPlacebo: Bool)], units: [ThermalUnit], together: Bool = false
  ) -> [BatchTask] {
    let plants = Set(units.map(\.plant)).sorted()
    return plans.enumerated().flatMap { number, plan -> [BatchTask] in
      let groups =
        plan.strategy.method.isFleetWide || together && plan.strategy.method != .perfectForesight
        ? [units] : plants.map { plant in units.filter { $0.plant == plant } }
      return groups.enumerated().map { place, group in
        BatchTask(
          strategy: plan.strategy, isPlacebo: plan.isPlacebo, units: group.map(\.id),
          name:
            "\(twoDigits(number + 1))-\(safe(plan.strategy.name))\(plan.isPlacebo ? "-placebo" : "")-\(twoDigits(place + 1))"
        )
      }
    }
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func safe(_ name: String) -> String {
    String(name.unicodeScalars.map { $0.isASCII && $0.properties.isAlphabetic ? Character($0) : "-" }.prefix(40))
  }

  /// Lives through one day from the states in which the day before left the units; nil before the first day.
  ///
  /// - Parameters:
  ///   - forecast: of the day for the whole fleet.
  ///   - market: cleared again with the offers; nil for a price taker, who meets the prices that came.
  func live(
    _ day: StrategyDay, after before: TaskDay?, forecast: StrategyInputs, levels: PriceLevels,
    market: ReclearedProvince? = nil
  ) throws -> TaskDay {
    let members = Set(units)
    let today = day.unitDays.filter { members.contains($0.unit.id) }.map { own in
      own.starting(in: before?.after[own.unit.id.text]?.state ?? own.initialState)
    }
    let plants = Set(today.map(\.unit.plant))
    let inputs = forecast.restricted(
      to: today, next: day.nextUnitDays.filter { members.contains($0.unit.id) },
      plants: day.plants.filter { plants.contains($0.id) })
    let book = try draftBids(by: strategy, for: inputs, under: day.pack).book
    let broken = violations(book, day, today)
    guard let market else {
      let cleared = try clearAsPriceTaker(book, unitDays: today, at: day.prices)
      return try TaskDay(cleared, of: today, levels: levels, violations: broken)
    }
    let prices = try market.prices(with: book, of: today, on: day)
    let cleared = try clearAsPriceTaker(book, unitDays: today, at: prices)
    var lived = try TaskDay(cleared, of: today, levels: levels, violations: broken)
    let unmoved = try clearAsPriceTaker(book, unitDays: today, at: day.prices)
    lived.moved = TaskDay.MovedPrice(
      mean: prices.prices.values.reduce(0) { $0 + $1.perMegawattHour } / Double(prices.prices.values.count),
      profitAtGivenPrices: try unmoved.schedules.reduce(0) { $0 + (try $1.profit.amount) },
      contractPayoff: day.contracts.payoff(at: prices))
    return lived
  }

  /// The best schedule of every unit over all days, had the prices been known.
  func foresight(_ days: [StrategyDay], levels: PriceLevels) throws -> [TaskDay] {
    let prices = days.map(\.prices.prices)
    let byUnit = try units.map { id in
      try perfectForesightDays(
        days: days.map { day in
          guard let own = day.unitDays.first(where: { $0.unit.id == id }) else {
            throw DeskProblem(
              .badData, "Unit \(id) is not registered on \(day.day); every unit of a batch is on every day.")
          }
          return own
        }, prices: prices)
    }
    return days.indices.map { position in
      TaskDay(
        day: days[position].day,
        units: zip(units, byUnit).map { TaskDay.UnitAccount($1[position], unit: $0.text) }, levels: [], violations: 0,
        after: [:])
    }
  }

  private func violations(_ book: BidBook, _ day: StrategyDay, _ unitDays: [UnitDay]) -> Int {
    let context = ComplianceContext(
      units: Dictionary(uniqueKeysWithValues: unitDays.map { ($0.unit.id, $0) }), plants: day.plants, pack: day.pack,
      submissionTime: nil)
    let submitted = book.bids.map { SubmittedBid($0, currency: day.pack.currency, basis: day.prices.basis) }
    return DayReport.ComplianceView(checkBids(submitted, in: context)).violated
  }
}

extension TaskDay {
  init(_ result: ClearingResult, of unitDays: [UnitDay], levels: PriceLevels, violations: Int) throws {
    var accounts: [LevelAccount] = Array(repeating: LevelAccount(), count: levels.count)
    let byID = Dictionary(uniqueKeysWithValues: unitDays.map { ($0.unit.id, $0) })
    let units = try result.schedules.compactMap { schedule in
      try byID[schedule.unit].map {
        try UnitAccount(schedule, of: $0, result.prices, levels: levels, adding: &accounts)
      }
    }
    self.init(
      day: result.day, units: units, levels: accounts, violations: violations,
      after: TaskDay.states(after: result, unitDays: unitDays).reduce(into: [:]) {
        $0[$1.key.text] = SavedState($1.value)
      })
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
}
