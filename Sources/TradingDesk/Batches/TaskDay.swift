internal import Bidding
internal import Clearing
internal import MarketModel
internal import Review
internal import UnitScheduling

/// What one strategy earned with the units of one group on one day, and the states in which that day leaves them.
struct TaskDay: Codable, Hashable, Sendable {
  let day: MarketDay
  let units: [UnitAccount]
  /// By ``PriceLevel``: where the money was earned.
  var levels: [LevelAccount]
  /// Bids that break a rule; nil where nothing was bid.
  let violations: Int?
  /// By unit; empty for a schedule over many days.
  let after: [String: SavedState]
  /// Where the market was cleared again with the offers.
  var moved: MovedPrice?

  /// What the offers did to the price, and what they would have earned had it not moved.
  struct MovedPrice: Codable, Hashable, Sendable {
    /// Of the day, per MWh.
    let mean: Double
    /// The same offers at the prices that came without them, in currency units.
    let profitAtGivenPrices: Double
    /// What the day's contracts of the company pay at these prices.
    let contractPayoff: Double
  }

  /// One unit's day; money in currency units, energy in MWh.
  struct UnitAccount: Codable, Hashable, Sendable {
    let unit: String
    var profit = 0.0
    /// What the intervals on line would have earned with the best output for the prices that came, starts included.
    var bestOnLine = 0.0
    var revenue = 0.0
    var energy = 0.0
    var starts = 0
    var startCost = 0.0
    /// Earnings of the intervals that paid their operating cost, and of those that did not.
    var aboveCost = 0.0
    var belowCost = 0.0
    var hoursOnLine = 0.0
    /// On line at prices of zero or below.
    var hoursBelowZero = 0.0
  }

  /// What was sold at one level of the price, and what it brought less operating cost.
  struct LevelAccount: Codable, Hashable, Sendable {
    var energy = 0.0
    var margin = 0.0
  }

  /// A unit's state as a record keeps it.
  struct SavedState: Codable, Hashable, Sendable {
    let minutes: Int
    /// Gross output of a unit on line; nil for one that is off.
    let kilowatts: Int64?

    init(_ state: UnitState) {
      switch state {
      case .on(let minutes, let output): (self.minutes, kilowatts) = (minutes, output.kilowatts)
      case .off(let minutes): (self.minutes, kilowatts) = (minutes, nil)
      }
    }

    var state: UnitState {
      kilowatts.map { .on(minutes: minutes, output: Power(kilowatts: $0)) } ?? .off(minutes: minutes)
    }
  }
}

/// Levels of the price by which earnings are shown, as shares of the cap; the first is zero and below.
struct PriceLevels: Sendable {
  /// Upper ends of all levels but the last, per MWh.
  let ends: [Double]

  init(cap: Double?) {
    let cap = cap ?? 1_000
    ends = [0] + [0.15, 0.3, 0.45, 0.6].map { ($0 * cap / 10).rounded() * 10 }
  }

  var count: Int { ends.count + 1 }

  func index(of price: Double) -> Int { ends.firstIndex { price <= $0 } ?? ends.count }

  var names: [String] {
    ["up to 0"] + zip(ends, ends.dropFirst()).map { "\(Int($0)) to \(Int($1))" } + ["above \(Int(ends.last ?? 0))"]
  }
}

extension TaskDay.UnitAccount {
  /// The account of a cleared schedule; adds to the levels what was earned at each.
  init(
    _ schedule: ClearedSchedule, of unitDay: UnitDay, _ prices: MarketPrices, levels: PriceLevels,
    adding to: inout [TaskDay.LevelAccount]
  ) throws {
    self.init(unit: schedule.unit.text)
    let unit = unitDay.unit
    profit = try schedule.profit.amount
    bestOnLine = try Self.bestProfit(of: unitDay, on: schedule.commitment.values, prices)
    revenue = schedule.revenue.amount
    energy = schedule.clearedEnergy.megawattHours
    starts = schedule.starts
    startCost = schedule.startUpCost.amount
    let hours = prices.prices.grid.length.hours
    for (index, price) in prices.prices.values.enumerated() where schedule.commitment.values[index] {
      let output = schedule.output.values[index]
      let value = price.perMegawattHour
      let sold = hours * unit.netOutput(ofGross: output).megawatts
      let earned = value * sold - hours * unit.costPerHour(atMegawatts: output.megawatts)
      if earned >= 0 { aboveCost += earned } else { belowCost += earned }
      hoursOnLine += hours
      if value <= 0 { hoursBelowZero += hours }
      let level = levels.index(of: value)
      to[level].energy += sold
      to[level].margin += earned
    }
  }

  private static func bestProfit(of day: UnitDay, on commitment: [Bool], _ prices: MarketPrices) throws -> Double {
    guard commitment.contains(true) else { return 0 }
    let values = prices.prices.values.map(\.perMegawattHour)
    let problem = UnitProblem([day])
    let best = try problem.bestOutput(on: commitment, atPrices: values)
    return problem.operatingProfit(of: best, atPrices: values).reduce(0, +) - problem.startUpCost(of: commitment)
  }

  /// The account of a day of perfect foresight.
  init(_ day: ForesightDay, unit: String) {
    self.init(unit: unit)
    profit = day.profit
    bestOnLine = day.profit
    revenue = day.revenue
    energy = day.energy
    starts = day.starts
    startCost = day.startCost
    hoursOnLine = day.hoursOnLine
  }
}
