import Bidding
import Clearing
import Foundation
import MarketModel
import MarketRules
import MarketTestSupport
import Review
import Testing

@testable import TradingDesk

@Suite("Strategies side by side") struct StrategyBacktestTests {
  static let count = 10

  static func pack() throws -> RulePack {
    let rules = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "data/rules")
    return try RulePackLibrary(directory: rules).pack(for: "shandong", on: Example.day)
  }

  /// Days whose level moves by about ±120 around the cost of the units, with the midday valley at the floor on every other one.
  static func truth(_ number: Int) -> [Double] {
    Example.pricePath(shift: 120 * sin(Double(number) * 1.9) - 30, valley: number % 2 == 0 ? -80 : 200)
  }

  static func backtest() throws -> StrategyBacktest {
    let pack = try pack()
    let units = [Example.unit("A1"), Example.unit("A2", rated: 600, minimum: 240)]
    let basis = try #require(pack.bids.priceBasis.value)
    let days = try (0..<count).map { number in
      let day = Example.day.advanced(by: number)
      return StrategyDay(
        unitDays: units.map { Example.unitDay($0, day: day) },
        nextUnitDays: units.map { Example.unitDay($0, day: day.advanced(by: 1)) }, plants: [], contracts: [],
        prices: MarketPrices(
          basis: basis, prices: try IntervalSeries(Example.grid(day), truth(number).map { .perMegawattHour($0) })),
        pack: pack)
    }
    let forecasts = (0..<count).map { number in
      let expected = truth(number).map { $0 + 15 * sin(Double(number)) }
      let paths = stride(from: -60.0, through: 60, by: 12).flatMap { shift in expected.map { $0 + shift } }
      return IssuedForecast(
        day: Example.day.advanced(by: number), key: "", expected: expected, paths: paths,
        reference: expected.map { $0 - 25 }, hasReference: true, outlooks: [truth(number + 1)],
        deviations: [-40, 0, 40].map { [Double](repeating: $0, count: 96) }, beyond: truth(number + 2))
    }
    return StrategyBacktest(
      days: days, forecasts: forecasts, shuffled: OfferBacktest.shuffledWeeks(count, seed: 1))
  }

  @Test("perfect foresight is above every strategy over all days, and above it on every day from the same state")
  func ceiling() throws {
    let backtest = try Self.backtest()
    let top = try backtest.results(Strategy(.perfectForesight))
    let best = top.reduce(0) { $0 + $1.result.profit }
    let whole = try (0..<2).reduce(0.0) { sum, number in
      try sum
        + perfectForesightProfit(
          days: backtest.days.map { $0.unitDays[number] }, prices: backtest.days.map(\.prices.prices))
    }
    #expect(abs(best - whole) < 1e-3)
    for method in Strategy.Method.allCases where method != .perfectForesight {
      let strategy = try Strategy(method)
      let results = try backtest.results(strategy)
      #expect(results.reduce(0) { $0 + $1.result.profit } <= best + 1e-6, "\(method)")
      #expect(results.allSatisfy { $0.result.violations == 0 }, "\(method)")
      for result in results {
        let account = result.aboveCost + result.belowCost - result.startCost
        #expect(abs(account - result.result.profit) < 1, "the account of a day adds up")
      }
      try checkEveryDay(backtest, strategy)
    }
  }

  /// No day earns more than the best schedule of that day from the state in which the strategy finds it.
  private func checkEveryDay(_ backtest: StrategyBacktest, _ strategy: Strategy) throws {
    var states: [UnitID: UnitState] = [:]
    for (position, day) in backtest.days.enumerated() {
      let today = day.unitDays.map { $0.starting(in: states[$0.unit.id] ?? $0.initialState) }
      let inputs = try backtest.forecasts[position].inputs(for: day, unitDays: today, threads: 1)
      let cleared = try clearAsPriceTaker(
        try draftBids(by: strategy, for: inputs, under: day.pack).book, unitDays: today, at: day.prices)
      let best = try perfectForesight(unitDays: today, at: day.prices)
      for (own, ceiling) in zip(cleared.schedules, best) {
        #expect(try own.profit.amount <= ceiling.profit.amount + 1e-6, "\(strategy.name) \(day.day)")
      }
      states = StrategyBacktest.states(after: cleared, unitDays: today)
    }
  }

  @Test("the same offers whatever was run before, and a reason for every day lost")
  func reasons() throws {
    let backtest = try Self.backtest()
    let own = try backtest.results(Strategy(.optimised))
    let again = try backtest.results(Strategy(.optimised))
    #expect(own.map(\.result) == again.map(\.result))
    let other = try backtest.results(Strategy(.standard))
    for (mine, theirs) in zip(own, other) where mine.result.profit < theirs.result.profit {
      #expect(!LossReason(own: mine, other: theirs).sentence(currency: "CNY").isEmpty)
    }
  }

  @Test("a user's file names a strategy and its parameters; each fault is one sentence")
  func file() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "strategy-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    func sentence(_ text: String) throws -> String {
      try Data(text.utf8).write(to: file)
      do { return try StrategyFile.strategies([file.path])[0].summary } catch { return "\(error)" }
    }
    #expect(
      try sentence(#"{"name":"bold","strategy":"optimised","parameters":{"risk_aversion":0}}"#)
        == "bold = optimised 1 (risk_aversion 0.0, second_opinion 0.0)")
    #expect(try sentence(#"{"name":"x","strategy":"bandit"}"#).contains("no strategy bandit"))
    #expect(try sentence(#"{"name":"x","strategy":"standard","parameters":{"margin":3}}"#).contains("0.0 to 0.5"))
    #expect(try sentence("name: x").contains("is no strategy"))
    #expect(throws: DeskProblem.self) { try StrategyFile.strategies(["standard", "standard"]) }
  }
}
