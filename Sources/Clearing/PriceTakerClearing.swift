public import MarketModel
internal import Optimization
internal import UnitScheduling

/// What the market bought of a bid book at its prices.
public struct ClearingResult: Hashable, Sendable {
  public let day: MarketDay
  public let strategy: OfferStrategy
  public let prices: MarketPrices
  /// In the order of the units.
  public let schedules: [ClearedSchedule]

  public init(day: MarketDay, strategy: OfferStrategy, prices: MarketPrices, schedules: [ClearedSchedule]) {
    self.day = day
    self.strategy = strategy
    self.prices = prices
    self.schedules = schedules
  }
}

/// A unit whose offer cannot be dispatched.
public struct ClearingError: Error, Hashable, Sendable, CustomStringConvertible {
  public let unit: UnitID
  public let problem: String
  public var description: String { "Unit \(unit): \(problem)" }

  public init(unit: UnitID, problem: String) {
    self.unit = unit
    self.problem = problem
  }
}

/// Clears a book at given prices as a price taker: the prices do not move with our offers.
///
/// In the intervals in which a unit declared itself on line it is dispatched along its curve, so that what it is paid less
/// what it asked is largest over the day, within ramps and the day's limits. Off line it clears nothing. Every bid
/// needs its unit among `unitDays`, which hold the state in which the day finds it.
public func clearAsPriceTaker(
  _ book: BidBook, unitDays: [UnitDay], at prices: MarketPrices
) throws(ClearingError) -> ClearingResult {
  let days = Dictionary(unitDays.map { ($0.unit.id, $0) }, uniquingKeysWith: { first, _ in first })
  let path = prices.prices.values.map(\.perMegawattHour)
  var schedules: [ClearedSchedule] = []
  for bid in book.bids {
    guard let day = days[bid.unit] else {
      throw ClearingError(unit: bid.unit, problem: "is not in the portfolio of \(book.day); import its register entry")
    }
    let problem = UnitProblem([day])
    do {
      let schedule = try problem.dispatch(of: bid.curve, commitment: bid.commitment.values, atPrices: path)
      schedules.append(try problem.clearedSchedule(schedule, atPrices: prices.prices))
    } catch {
      throw ClearingError(unit: bid.unit, problem: "\(error)")
    }
  }
  return ClearingResult(day: book.day, strategy: book.strategy, prices: prices, schedules: schedules)
}
