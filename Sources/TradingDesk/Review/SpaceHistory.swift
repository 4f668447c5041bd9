internal import Foundation
internal import MarketModel
internal import MarketStore
internal import Review

/// Bidding space as it was expected and as it came, with the prices that it met.
struct SpaceHistory {
  /// What load is served by before thermal units.
  static let served: [(quantity: SeriesQuantity, location: String, name: String)] = [
    (.imports, "", "imports"), (.wind, "", "wind"), (.solar, "", "solar"), (.exogenous, "non-bidding", "non-bidding"),
  ]
  /// Days before a reviewed one from which its stack is read.
  static let stackDays = 60

  /// By day: MW and per MWh by interval; a day is absent if anything of it is not known.
  private let expected: [MarketDay: [Double]]
  private let prices: [MarketDay: [Double]]

  /// - Parameter asOf: what is read of the expected space; prices are read as of the end of time.
  init(_ store: MarketStore, from first: MarketDay, through last: MarketDay, asOf: Date = .distantFuture) throws {
    var spaces: [MarketDay: [Double]] = [:]
    let parts = try SpaceHistory.parts(.forecast, store, from: first, through: last, asOf: asOf)
    for day in first...last { spaces[day] = SpaceHistory.space(parts, on: day) }
    expected = spaces
    let observations = try inDeskTerms {
      try store.observations(of: SeriesKey(.price, .dayAhead), from: first, through: last, asOf: .distantFuture)
    }
    prices = Dictionary(uniqueKeysWithValues: observations.map { ($0.day, $0.values) })
  }

  /// The stack of a run of days; nil where too little is known.
  func stack(from first: MarketDay, through last: MarketDay) -> InverseStack? {
    let pairs = pairs(from: first, through: last)
    return InverseStack(spaces: pairs.spaces, prices: pairs.prices)
  }

  func pairs(from first: MarketDay, through last: MarketDay) -> (spaces: [Double], prices: [Double]) {
    var (spaces, own): ([Double], [Double]) = ([], [])
    guard first <= last else { return (spaces, own) }
    for day in first...last {
      guard let space = expected[day], let price = prices[day], space.count == price.count else { continue }
      spaces += space
      own += price
    }
    return (spaces, own)
  }

  /// One part of the space on every day of a range.
  typealias Part = (name: String, sign: Double, days: [MarketDay: [Double]])

  static func parts(
    _ stage: SeriesStage, _ store: MarketStore, from first: MarketDay, through last: MarketDay, asOf: Date
  ) throws -> [Part] {
    func read(_ key: SeriesKey) throws -> [MarketDay: [Double]] {
      let found = try inDeskTerms { try store.observations(of: key, from: first, through: last, asOf: asOf) }
      return Dictionary(uniqueKeysWithValues: found.map { ($0.day, $0.values) })
    }
    var parts: [Part] = [("load", 1, try read(SeriesKey(.load, stage)))]
    for (quantity, location, name) in served {
      let own = try read(SeriesKey(quantity, stage, at: location))
      if !own.isEmpty { parts.append((name, -1, own)) }
    }
    return parts
  }

  /// Load less what serves it before thermal units; nil without load, or where a part that is known at all is not of the day.
  static func space(_ parts: [Part], on day: MarketDay) -> [Double]? {
    guard var sum = parts.first?.days[day] else { return nil }
    for part in parts.dropFirst() {
      guard let own = part.days[day], own.count == sum.count else { return nil }
      for index in sum.indices { sum[index] += part.sign * own[index] }
    }
    return sum
  }
}

/// How far load and renewables were from what was expected at the gate, and what that means for the price.
struct SystemError {
  /// Stack price at the expected less that at the actual space, by interval; empty if either is not known.
  let priceEffect: [Double]
  /// The part of the space that was furthest off, with its mean error in MW and as a share.
  let largest: (name: String, megawatts: Double, share: Double)?

  init(
    _ day: MarketDay, store: MarketStore, gate: Date, stack: InverseStack?
  ) throws {
    let forecast = try SpaceHistory.parts(.forecast, store, from: day, through: day, asOf: gate)
    let actual = try SpaceHistory.parts(.actual, store, from: day, through: day, asOf: .distantFuture)
    guard forecast.map(\.name) == actual.map(\.name), let expected = SpaceHistory.space(forecast, on: day),
      let came = SpaceHistory.space(actual, on: day), expected.count == came.count, let stack
    else {
      (priceEffect, largest) = ([], nil)
      return
    }
    priceEffect = zip(expected, came).map { stack.price(at: $0) - stack.price(at: $1) }
    let errors = zip(forecast, actual).compactMap { own, real -> (name: String, megawatts: Double, share: Double)? in
      guard let first = own.days[day], let second = real.days[day], first.count == second.count else { return nil }
      let mean = zip(first, second).reduce(0) { $0 + $1.0 - $1.1 } / Double(max(first.count, 1))
      let level = second.reduce(0) { $0 + abs($1) } / Double(max(second.count, 1))
      return (own.name, mean, level > 0 ? mean / level : 0)
    }
    largest = errors.max { abs($0.megawatts) < abs($1.megawatts) }
  }
}
