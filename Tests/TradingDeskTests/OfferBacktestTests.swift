import Foundation
import MarketModel
import MarketRules
import Testing

@testable import Forecasting
@testable import TradingDesk

@Suite("Offers tested at real prices") struct OfferBacktestTests {
  static let first = MarketDay(dayNumber: 17_903)  // a Monday

  static func pack() throws -> RulePack {
    let rules = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "data/rules")
    return try RulePackLibrary(directory: rules).pack(for: "eu-sdac", on: first)
  }

  static let unit = OfferUnit(
    name: "coal", capacity: 600, minimum: 240, minimumUpHours: 8, minimumDownHours: 8, startCost: 40_000,
    efficiency: 0.4, fuels: [], costFactor: nil, otherCost: 40, rampMWPerMinute: nil)

  /// Levels that move between 20 and 60 from day to day, with an evening peak.
  static func truth(_ day: Int) -> [Double] {
    let level = 40 + 20 * sin(Double(day) * 1.7) + 8 * sin(Double(day) * 0.31)
    return (0..<24).map { level + ($0 > 16 && $0 < 21 ? 14 : 0) - ($0 < 5 ? 8 : 0) }
  }

  /// A day whose forecast is the truth moved by ±`width`.
  static func day(_ number: Int, width: Double) -> OfferDay {
    let actual = truth(number)
    let paths = stride(from: -width, through: width, by: max(width / 5, 0.1)).map { shift in
      actual.map { $0 + shift }
    }
    let after = DayAfterForecast(
      expected: truth(number + 1), outlooks: [truth(number + 1)],
      deviations: [-width, 0, width].map { [Double](repeating: $0, count: 24) }, beyond: truth(number + 2))
    return OfferDay(
      day: first.advanced(by: number), actual: actual, paths: paths, expected: actual, point: actual,
      reference: truth(number - 1), weekBefore: truth(number - 7), weekBeforeNext: truth(number - 6), dayAfter: after)
  }

  static func backtest(_ count: Int = 56, width: Double) throws -> OfferBacktest {
    let pack = try pack()
    let thermal = unit.thermalUnit(costPerMWh: 40)
    return OfferBacktest(
      days: (0..<count).map { day($0, width: width) },
      units: (0..<count).map {
        UnitDay.unrestricted(
          thermal, on: IntervalGrid(ordinary: first.advanced(by: $0), length: .hour), state: thermal.initialState)
      }, pack: pack, basis: try #require(pack.bids.priceBasis.value),
      shuffled: OfferBacktest.shuffledWeeks(count, seed: 7))
  }

  static func profit(_ backtest: OfferBacktest, _ policy: OfferPolicy) throws -> Double {
    try backtest.results(policy).reduce(0) { $0 + $1.profit }
  }

  @Test("perfect foresight is above every policy; with the truth as the only path the optimised offer reaches it")
  func ceiling() throws {
    let backtest = try Self.backtest(width: 0)
    let ceiling = try backtest.ceiling()
    #expect(ceiling > 0)
    for policy in OfferPolicy.allCases {
      #expect(try Self.profit(backtest, policy) <= ceiling + 1e-6, "\(policy)")
    }
    // The first and last interval of a run are at lowest output, which the stages do not see, and the horizon ends.
    let own = try Self.profit(backtest, .optimised)
    #expect(own > 0.95 * ceiling, "\(own) of \(ceiling)")
  }

  @Test("the placebo loses the uplift, and every bid keeps the pack's rules")
  func placebo() throws {
    let backtest = try Self.backtest(width: 4)
    let steady = try Self.profit(backtest, .alwaysOn)
    let own = try backtest.results(.optimised)
    #expect(own.reduce(0) { $0 + $1.profit } > steady)
    #expect(try Self.profit(backtest, .placebo) < steady)
    #expect(own.allSatisfy { ($0.violations ?? 0) == 0 })
    #expect(own.contains { $0.starts > 0 })
  }

  @Test("weeks change places, weekdays stay, and no week keeps its own", arguments: [14, 56, 365])
  func weeks(count: Int) {
    let order = OfferBacktest.shuffledWeeks(count, seed: 3)
    #expect(order.count == count)
    #expect(order.indices.prefix(count / 7 * 7).allSatisfy { order[$0] / 7 != $0 / 7 && order[$0] % 7 == $0 % 7 })
    #expect(Set(order.prefix(count / 7 * 7)).count == count / 7 * 7)
    #expect(order == OfferBacktest.shuffledWeeks(count, seed: 3))
  }

  @Test("the interval of a constant gain is that gain; of noise it holds the sum")
  func interval() throws {
    let constant = try #require(OfferStatistics.interval([Double](repeating: 2, count: 30), seed: 1))
    #expect(constant.low == 60 && constant.high == 60)
    let noise = (0..<200).map { sin(Double($0) * 12.9) }
    let interval = try #require(OfferStatistics.interval(noise, seed: 1))
    #expect(interval.low < noise.reduce(0, +) && noise.reduce(0, +) < interval.high)
    #expect(OfferStatistics.conditionalValueAtRisk((1...40).map(Double.init)) == 1.5)
  }

  @Test("days of one week have no interval below seven, and never one without a width", arguments: 0...40)
  func shortInterval(days: Int) {
    let gains = (0..<days).map { Double($0 % 7) - 2 }
    guard let interval = OfferStatistics.interval(gains, seed: 1) else {
      #expect(days < 7)
      return
    }
    // From four weeks on, blocks of a week: these gains are the same in every one, but for the last, cut off.
    let isPeriodic = days >= 28 && days % 7 == 0
    #expect(days >= 7 && (interval.high - interval.low > 1) == !isPeriodic)
  }

  @Test("what a MWh costs: (61 · 0.14331 + 25 · 0.38) · 0.8 / 0.42, by hand 34.746")
  func cost() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "unit-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    let text = """
      {"name":"c","capacity_MW":600,"minimum_MW":240,"minimum_up_hours":8,"minimum_down_hours":8,"start_cost":40000,
       "efficiency":0.42,"cost_factor":0.8,
       "fuels":[{"column":"API2","per_fuel_MWh":0.14331},{"column":"EUA","per_fuel_MWh":0.38}]}
      """
    try Data(text.utf8).write(to: file)
    let unit = try OfferUnit.read(file)
    #expect(abs(unit.costPerMWh { $0 == "EUA" ? 25 : 61 } - 34.7465) < 1e-3)
    try Data(text.replacing("\"minimum_MW\":240", with: "\"minimum_MW\":700").utf8).write(to: file)
    let error = #expect(throws: DeskProblem.self) { try OfferUnit.read(file) }
    #expect(error?.description.contains("at most the capacity") == true)
    try Data(text.replacing("\"efficiency\":0.42,", with: "").utf8).write(to: file)
    #expect(throws: DeskProblem.self) { try OfferUnit.read(file) }
  }
}
