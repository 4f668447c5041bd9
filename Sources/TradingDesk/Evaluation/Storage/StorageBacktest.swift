internal import FlexibleAssets
internal import MarketModel

/// How a storage's day is decided.
enum StoragePolicy: String, CaseIterable, Sendable {
  /// A self-schedule as if yesterday's prices came again, the day after too.
  case persistence
  /// A self-schedule for the expected prices, ended with what the day after is expected to be worth.
  case selfSchedule = "self-schedule"
  /// In each interval the move that is best at its price, with the values of stored energy that the joint paths gave before the gate:
  /// what price-based offers do where the market follows the state of charge.
  case priceBased = "price-based"
  /// One curve for the day, cleared day-ahead over the whole day within the state of charge, where the market's rules have that.
  ///
  /// The discharging side asks for what the charging side pays, over the round trip, and wear (check C08). With the state at the end
  /// declared, the energy drawn and delivered hang together, so that the level of both prices drops out of the clearing's
  /// welfare: it finds the schedule that earns most at the prices that come. What the desk decides before the gate is that state.
  case clearedOffer = "cleared offer"
}

/// Lives through the test days with a storage and each policy; each carries its own state of charge from day to day.
struct StorageBacktest: Sendable {
  let days: [OfferDay]
  let programme: StorageProgramme
  /// Prices of the day before each test day.
  let dayBefore: [[Double]]
  let initialState: Int
  /// What each state is worth behind each test day, as expected before its gate; every policy but persistence ends with these.
  private let finals: [[Double]]
  /// Classes of the price in an interval, by rank among the paths.
  static let classes = 10

  /// Profits by day and delivered MWh in all.
  typealias Result = (daily: [OfferDayResult], delivered: Double)

  init(days: [OfferDay], programme: StorageProgramme, dayBefore: [[Double]], initialState: Int) {
    self.days = days
    self.programme = programme
    self.dayBefore = dayBefore
    self.initialState = initialState
    finals = days.map { day in
      let beyond = day.dayAfter.beyond.isEmpty ? nil : Self.values(programme, before: [day.dayAfter.beyond])
      return Self.values(programme, before: day.dayAfter.outlooks, final: beyond)
    }
  }

  func results(_ policy: StoragePolicy) -> Result {
    var state = initialState
    var delivered = 0.0
    let daily = days.indices.map { position -> OfferDayResult in
      let day = days[position]
      let states = states(policy, position, from: state)
      let energy = programme.delivered(states, from: state)
      let profit = programme.profit(of: states, from: state, prices: day.actual)
      delivered += energy
      state = states.last ?? state
      return OfferDayResult(profit: profit, revenue: profit, energy: energy, starts: 0, violations: 0)
    }
    return (daily, delivered)
  }

  private func states(_ policy: StoragePolicy, _ position: Int, from state: Int) -> [Int] {
    let day = days[position]
    switch policy {
    case .persistence:
      let prices = dayBefore[position]
      return programme.schedule(prices: prices, from: state, final: Self.values(programme, before: [prices]))
    case .selfSchedule:
      return programme.schedule(prices: day.expected, from: state, final: finals[position])
    case .clearedOffer:
      let planned = programme.schedule(prices: day.expected, from: state, final: finals[position])
      let end = planned.last ?? state
      let declared = (0..<programme.grid.count).map { $0 == end ? 0 : -Double.infinity }
      return programme.schedule(prices: day.actual, from: state, final: declared)
    case .priceBased:
      return moves(day, from: state, final: finals[position])
    }
  }

  /// Interval by interval, with what the limit of cycles leaves of the day's deliveries.
  private func moves(_ day: OfferDay, from state: Int, final: [Double]) -> [Int] {
    let added = programme.priceOfDelivery(prices: day.expected, from: state, final: final).lowerBound
    let values = programme.regimeValues(day.paths, classes: Self.classes, final: final, added: added)
    var (current, left) = (state, programme.largestDelivery(intervals: day.actual.count))
    return day.actual.indices.map { interval in
      let price = day.actual[interval]
      let table = values.values(after: interval, price: price)
      let next = programme.bestMove(
        from: current, price: price, next: table, row: 0, added: added, largestDelivery: left)
      left -= programme.delivered([next], from: current)
      current = next
      return current
    }
  }

  /// What each state is worth in front of a day with one of these paths, nothing behind it.
  private static func values(
    _ programme: StorageProgramme, before paths: [[Double]], final: [Double]? = nil
  ) -> [Double] {
    let zero = [Double](repeating: 0, count: programme.grid.count)
    let tables = paths.map { programme.values([$0], final: final ?? zero) }
    return zero.indices.map { state in tables.reduce(0) { $0 + $1[state] } / Double(tables.count) }
  }

  /// ``ceiling()`` as one day's result.
  func ceilingResult() -> OfferDayResult {
    let profit = ceiling()
    return OfferDayResult(profit: profit, revenue: profit, energy: 0, starts: 0, violations: 0)
  }

  /// The best schedule over all days.
  func ceiling() -> Double {
    let prices = days.flatMap(\.actual)
    let zero = [Double](repeating: 0, count: programme.grid.count)
    let states = programme.schedule(prices: prices, from: initialState, final: zero)
    return programme.profit(of: states, from: initialState, prices: prices)
  }
}
