internal import Bidding
internal import Forecasting
internal import MarketGames
internal import MarketModel
internal import MarketRules
internal import NumericMethods
internal import ProvinceSimulation

/// The days of a test of market power, each from its own past.
struct MarketPowerRun: Sendable {
  static let historyDays = 60
  static let gridPrices = 139
  static let gridSteps = 80

  let province: SimulatedProvince
  let groups: MarketGroups
  let limits: MarketPowerLimits
  /// Rules of the market, by day.
  let library: RulePackLibrary
  let rules: String
  let request: MarketPowerRequest

  /// How our fleet is offered when the market is cleared again.
  enum Policy: String, CaseIterable, Sendable {
    case simulated, standard
    case priceTaker = "price-taker"
    /// Best on the estimated residual demand, within the conduct limit.
    case limited = "price-maker"
    /// The same without limit.
    case unlimited = "price-maker-unlimited"
    /// Without limit and with the others' offers known: the ceiling.
    case informed = "price-maker-informed"
    /// Learned by trial on days of the past, within the conduct limit.
    case learned

    var isPriceMaker: Bool { self == .limited || self == .unlimited || self == .informed }
  }

  /// What one way of offering came to on a day at one cover.
  struct Result: Sendable {
    let policy: Policy
    let cover: Double
    let profit: Double
    let revenue: Double
    let energy: Double
    let meanPrice: Double
    let finding: MarketPowerFinding
    let violations: Int
  }

  struct DayResult: Sendable {
    let day: MarketDay
    let results: [Result]
    let reproductionError: Double
  }

  /// The pack in force on a day.
  func pack(on day: MarketDay) throws -> RulePack { try library.pack(for: rules, on: day) }

  func market(on day: MarketDay) -> WholeMarket? { province.market(on: day).map { WholeMarket(day: $0) } }

  /// The estimated stack of everybody from the days before.
  func estimate(for day: MarketDay) throws -> SupplyStackEstimate {
    var space: [Double] = []
    var price: [Double] = []
    var age: [Double] = []
    let prices = province.values(of: SeriesKey(.price, .dayAhead)) ?? []
    for back in 1...Self.historyDays {
      let past = day.advanced(by: -back)
      guard let market = province.market(on: past) else { continue }
      let first = (past.dayNumber - province.firstDay.dayNumber) * market.demand.count
      space += market.expectedSpace
      price += prices[first..<first + market.demand.count]
      age += [Double](repeating: Double(back), count: market.demand.count)
    }
    return try SupplyStackEstimate(biddingSpace: space, price: price, age: age)
  }

  /// What we offered up to a price on the day before, in MW.
  func ownBefore(_ day: MarketDay) -> @Sendable (Double) -> Double {
    guard let market = market(on: day.advanced(by: -1)) else { return { _ in 0 } }
    let fleet = FleetDay(market, owners: groups.owners, group: 0)
    let parts = fleet.units.flatMap { market.day.offers[$0].parts }
    return { price in
      parts.reduce(0) { sum, part in
        if price >= part.to { return sum + part.megawatts }
        return price <= part.from ? sum : sum + part.megawatts * (price - part.from) / (part.to - part.from)
      }
    }
  }

  /// The mean price of the days before, per MWh.
  private func contractPrice(for day: MarketDay) -> Double {
    let prices = province.values(of: SeriesKey(.price, .dayAhead)) ?? []
    let end = (day.dayNumber - province.firstDay.dayNumber) * 96
    let past = prices[(end - Self.historyDays * 96)..<end]
    return past.reduce(0, +) / Double(past.count)
  }

  func strategies(on day: MarketDay) throws -> FleetStrategies? {
    guard let market = market(on: day) else { return nil }
    return FleetStrategies(
      fleet: FleetDay(market, owners: groups.owners, group: 0), pack: try pack(on: day),
      estimate: try estimate(for: day),
      ownBefore: ownBefore(day), contractPrice: contractPrice(for: day))
  }

  /// Clears a day with every way of offering at every cover.
  func result(on day: MarketDay) throws -> DayResult? {
    guard let strategies = try strategies(on: day) else { return nil }
    let fleet = strategies.fleet
    let market = fleet.market
    let rivals = market.day.offers.indices.filter { !fleet.units.contains($0) }.flatMap { market.simulatedParts($0) }
    let own = fleet.units.flatMap { market.simulatedParts($0) }
    let simulated = try market.clear(rivals + own)
    let context = ReclearedDay(strategies: strategies, rivals: rivals, groups: groups, limits: limits)
    let standard = try context.cleared(strategies.standard())
    let taker = try context.cleared(strategies.priceTaker())
    let output = fleet.output(simulated)
    var results: [Result] = []
    for cover in request.covers {
      let contracted = output.map { cover * $0 }
      let habit = ReclearedDay.Cleared(book: nil, parts: own, outcome: simulated, violations: 0)
      results.append(context.result(.simulated, cover, contracted, habit, atCost: taker))
      results.append(context.result(.standard, cover, contracted, standard, atCost: taker))
      results.append(context.result(.priceTaker, cover, contracted, taker, atCost: taker))
      for policy in Policy.allCases where policy.isPriceMaker {
        guard let made = try context.priceMaker(policy, contracted: contracted) else { continue }
        results.append(context.result(policy, cover, contracted, made, atCost: taker))
      }
    }
    return DayResult(day: day, results: results, reproductionError: reproductionError(simulated, day))
  }

  /// Largest difference between the simulated prices and those of clearing the same offers again.
  private func reproductionError(_ outcome: WholeMarket.Outcome, _ day: MarketDay) -> Double {
    let first = (day.dayNumber - province.firstDay.dayNumber) * outcome.prices.count
    guard let prices = province.values(of: SeriesKey(.price, .dayAhead)) else { return .nan }
    return outcome.prices.indices.map { abs(outcome.prices[$0] - prices[first + $0]) }.max() ?? 0
  }
}
