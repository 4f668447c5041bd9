import Bidding
import Foundation
import MarketGames
import MarketModel
import MarketRules
import MarketTestSupport
import ProvinceSimulation
import Testing

@testable import TradingDesk

@Suite("The whole market cleared again") struct MarketPowerTests {
  private static let data = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "data")

  /// Sixty-three days of the demonstration, the last three to be cleared again.
  private static let shared: Result<MarketPowerRun, any Error> = Result {
    func text(_ path: String) throws -> String {
      try String(contentsOf: data.appending(path: path), encoding: .utf8)
    }
    let short = try text("demonstration/province.csv").replacingOccurrences(
      of: "last_day,2026-03-31", with: "last_day,2024-06-02")
    let parameters = try ProvinceParameters(
      ProvinceTexts(
        province: short, sites: try text("demonstration/sites.csv"), profiles: try text("demonstration/profiles.csv"),
        calendars: try [2024, 2025, 2026].map { try text("calendars/cn-\($0).csv") }))
    let province = simulateProvince(parameters, seed: 20_260_401)
    let from = province.lastDay.advanced(by: -1)
    var request = MarketPowerRequest(from: from, days: 1, covers: [0, 0.8])
    request.rounds = 10
    return MarketPowerRun(
      province: province,
      groups: MarketGroups(
        try MarketGroups.read(data.appending(path: "demonstration/groups.csv")), capacities: province.fleetCapacities),
      limits: try MarketGroups.limits(data.appending(path: "demonstration/market-power.csv")),
      library: try RulePackLibrary(directory: data.appending(path: "rules")), rules: "shandong",
      request: request)
  }

  @Test("the simulated offers make the simulated prices again; every bid keeps the rules; the limited offer passes")
  func day() throws {
    let run = try Self.shared.get()
    let day = try #require(try run.result(on: run.request.from))
    #expect(day.reproductionError < 0.05)
    #expect(day.results.allSatisfy { $0.violations == 0 })
    func result(_ policy: MarketPowerRun.Policy, _ cover: Double) throws -> MarketPowerRun.Result {
      try #require(day.results.first { $0.policy == policy && $0.cover == cover })
    }
    for cover in run.request.covers {
      let taker = try result(.priceTaker, cover)
      #expect(try !result(.limited, cover).finding.breaks)
      #expect(try result(.limited, cover).finding.shareAboveCeiling == 0)
      // Known rivals, no limit: no less than the price taker, up to the grid and the ticks of the bids.
      #expect(try result(.informed, cover).profit > taker.profit - 2e-3 * taker.revenue)
    }
    let free = try result(.informed, 0)
    #expect(free.meanPrice > (try result(.priceTaker, 0).meanPrice))
    #expect(free.profit - (try result(.priceTaker, 0).profit) > 0)
  }

  @Test("more offered at the floor lowers the price, less of it raises the price, and a unit off line offers nothing")
  func moved() throws {
    let run = try Self.shared.get()
    let day = run.request.from
    let pack = try run.pack(on: day)
    let basis = try #require(pack.bids.priceBasis.value)
    let grid = IntervalGrid(ordinary: day, length: .quarterHour)
    let unit = Example.unit("A1", rated: 8_000, minimum: 4_000)
    let own = Example.unitDay(unit, day: day)
    let known = run.province.values(of: SeriesKey(.price, .dayAhead)) ?? []
    let first = (day.dayNumber - run.province.firstDay.dayNumber) * 96
    let given = StrategyDay(
      unitDays: [own], nextUnitDays: [], plants: [], contracts: [],
      prices: MarketPrices(
        basis: basis, prices: try IntervalSeries(grid, known[first..<first + 96].map { .perMegawattHour($0) })),
      pack: pack)
    let market = ReclearedProvince(province: run.province, owners: run.groups.owners)
    func mean(on line: Bool, at price: Double) throws -> Double {
      let curve = try BidCurve(
        form: .slopes,
        points: [
          BidPoint(output: .megawatts(4_000), price: .perMegawattHour(price)),
          BidPoint(output: .megawatts(8_000), price: .perMegawattHour(price + 10)),
        ])
      let bid = UnitBid(
        unit: unit.id, curve: curve, commitment: IntervalSeries(grid, repeating: line),
        plannedMegawatts: [Double](repeating: 4_000, count: 96))
      let book = BidBook(day: day, strategy: .optimised, bids: [bid])
      return try market.prices(with: book, of: [own], on: given).prices.values.reduce(0) { $0 + $1.perMegawattHour }
    }
    let (off, dear, cheap) = (
      try mean(on: false, at: -80), try mean(on: true, at: 400), try mean(on: true, at: -80)
    )
    #expect(cheap < dear && dear < off)
    #expect(try mean(on: false, at: 400) == off)
  }

  @Test("the report says the same at any number of threads, and its regrets are those of a play that settles")
  func report() throws {
    func run(threads: Int, equilibriumDays: Int) throws -> MarketPowerReport {
      let run = try Self.shared.get()
      var request = run.request
      (request.days, request.covers, request.rounds, request.judgedSets) = (1, [0.8], 6, 1)
      request.threads = threads
      request.equilibriumDays = equilibriumDays
      return try MarketPowerRun(
        province: run.province, groups: run.groups, limits: run.limits, library: run.library, rules: run.rules,
        request: request
      ).report(seed: 1, progress: { _ in })
    }
    let one = try run(threads: 1, equilibriumDays: 1)
    #expect(try run(threads: 3, equilibriumDays: 0).rows == one.rows)
    let limited = try #require(one.equilibria.first { $0.isLimited })
    #expect(limited.course.allSatisfy { $0.regrets.allSatisfy { $0 >= 0 } })
    let (first, last) = (limited.course[0], limited.course[limited.course.count - 1])
    #expect(last.epsilonPercent < first.epsilonPercent)
    #expect(one.rows.filter { $0.policy == "price-maker" }.allSatisfy { $0.screen.verdict == "passed" })
  }

  @Test("units are dealt in the shares of their owners")
  func groups() throws {
    let run = try Self.shared.get()
    let capacities = run.province.fleetCapacities
    for (number, group) in run.groups.groups.enumerated() {
      let own = zip(capacities, run.groups.owners).reduce(0) { $1.1 == number ? $0 + $1.0 : $0 }
      #expect(abs(own / capacities.reduce(0, +) - group.share) < 0.02)
    }
  }

  @Test("a unit's blocks become a curve that the pack allows", arguments: [1, 3, 5, 12])
  func curves(count: Int) throws {
    let run = try Self.shared.get()
    let rules = try Bidding.OfferRules(run.pack(on: run.request.from))
    let curves = UnitCurves(rules: rules)
    let (lowest, highest) = (Power.megawatts(150.4), Power.megawatts(600.7))
    let width = curves.width(lowest: lowest, highest: highest)
    let blocks = (0..<count).map { (megawatts: 450.3 / Double(count), price: 300 + 40 * Double($0)) }
    let curve = try curves.curve(lowest: lowest, highest: highest, blocks: blocks)
    #expect(curve.points.count <= rules.largestPointCount)
    #expect(curve.points[0] == BidPoint(output: lowest, price: rules.floor))
    #expect(curve.points.last?.output == highest)
    for (below, above) in zip(curve.points, curve.points.dropFirst()) {
      #expect(above.output - below.output >= width)
      #expect(above.price >= below.price + rules.priceTick)
    }
  }
}
