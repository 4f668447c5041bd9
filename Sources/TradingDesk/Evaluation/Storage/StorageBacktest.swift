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
  /// Classes of the price in an interval, by rank among the paths.
  static let classes = 10

  func results(_ policy: StoragePolicy) -> (daily: [OfferDayResult], delivered: Double) {
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
      return programme.schedule(prices: prices, from: state, final: values(before: [prices]))
    case .selfSchedule:
      return programme.schedule(prices: day.expected, from: state, final: finalValues(day))
    case .clearedOffer:
      let planned = programme.schedule(prices: day.expected, from: state, final: finalValues(day))
      let end = planned.last ?? state
      let declared = (0..<programme.grid.count).map { $0 == end ? 0 : -Double.infinity }
      return programme.schedule(prices: day.actual, from: state, final: declared)
    case .priceBased:
      let values = programme.regimeValues(day.paths, classes: StorageBacktest.classes, final: finalValues(day))
      var current = state
      return day.actual.indices.map { interval in
        let price = day.actual[interval]
        let table = values.values(after: interval, price: price)
        current = programme.bestMove(from: current, price: price, next: table, row: 0)
        return current
      }
    }
  }

  /// What each state is worth in front of a day with one of these paths, nothing behind it.
  private func values(before paths: [[Double]], final: [Double]? = nil) -> [Double] {
    let zero = [Double](repeating: 0, count: programme.grid.count)
    let tables = paths.map { programme.values([$0], final: final ?? zero) }
    return zero.indices.map { state in tables.reduce(0) { $0 + $1[state] } / Double(tables.count) }
  }

  private func finalValues(_ day: OfferDay) -> [Double] {
    let beyond = day.dayAfter.beyond.isEmpty ? nil : values(before: [day.dayAfter.beyond])
    return values(before: day.dayAfter.outlooks, final: beyond)
  }

  /// The best schedule over all days.
  func ceiling() -> Double {
    let prices = days.flatMap(\.actual)
    let zero = [Double](repeating: 0, count: programme.grid.count)
    let states = programme.schedule(prices: prices, from: initialState, final: zero)
    return programme.profit(of: states, from: initialState, prices: prices)
  }
}
