import MarketModel
import MarketTestSupport
import Testing
import UnitScheduling

@testable import Bidding

@Suite("Strategies") struct StrategyTests {
  static func inputs(
    _ bidding: BiddingInputs = BiddingTests.inputs(), contracts: [ContractForDifference] = []
  ) throws -> StrategyInputs {
    try StrategyInputs(bidding: bidding, reference: bidding.expectedPrices, contracts: contracts)
  }

  static func contract(_ megawatts: Double) -> ContractForDifference {
    ContractForDifference(
      id: "C", counterparty: "grid", firstDay: Example.day, lastDay: Example.day, fromMinute: 0, toMinute: 1_440,
      power: .megawatts(megawatts), price: .perMegawattHour(380), reference: .dayAhead)
  }

  static let fleet = [
    Example.unit("A1", state: .off(minutes: 600)), Example.unit("A2", state: .off(minutes: 600)),
    Example.unit("B1", plant: "B", rated: 600, minimum: 240),
  ]

  @Test("a strategy is its name, method, parameters and version; what is wrong with it is one sentence")
  func values() throws {
    let own = try Strategy(name: "bold", .optimised, ["risk_aversion": 0])
    #expect(own.summary == "bold = optimised 1 (recent_days 0.0, risk_aversion 0.0, second_opinion 0.0)")
    #expect(try Strategy.builtIn("position")[.tailShare] == 0.05)
    func sentence(_ work: () throws -> Void) -> String {
      do { try work() } catch { return "\(error)" }
      return ""
    }
    #expect(sentence { _ = try Strategy.builtIn("greedy") }.contains("no strategy greedy; built in are standard"))
    #expect(sentence { _ = try Strategy(.optimised, ["risk_aversion": 2]) }.contains("is 2.0; it is 0.0 to 1.0"))
    #expect(sentence { _ = try Strategy(.standard, ["risk_aversion": 0]) }.contains("has margin"))
    #expect(sentence { _ = try Strategy(.standard, ["margin": .nan]) }.contains("nan"))
  }

  @Test("with slack limits and no risk the fleet's position is each unit on its own")
  func slack() throws {
    let inputs = try Self.inputs(BiddingTests.inputs(units: Self.fleet, shift: 60), contracts: [Self.contract(200)])
    let pack = try ExamplePack.pack()
    let alone = try draftBids(by: Strategy(.optimised, ["risk_aversion": 0]), for: inputs, under: pack)
    let loose: [String: Double] = ["risk_aversion": 0, "coal_tonnes_per_plant": 100_000, "starts_per_plant": 20]
    let together = try draftBids(by: Strategy(.position, loose), for: inputs, under: pack)
    #expect(together.book == alone.book)
    #expect(together.position?.differing.isEmpty == true)
    #expect(together.position?.coalValues.isEmpty == true)
  }

  @Test("limits that plants share bind, and cost money; coal gets a value")
  func limits() throws {
    let inputs = try Self.inputs(BiddingTests.inputs(units: Self.fleet, shift: 120))
    let pack = try ExamplePack.pack()
    func solved(_ values: [String: Double]) throws -> (BidBook, FleetPosition) {
      let result = try draftBids(
        by: Strategy(.position, values.merging(["risk_aversion": 0.0]) { $1 }), for: inputs, under: pack)
      return (result.book, try #require(result.position))
    }
    let (free, freely) = try solved([:])
    let starts = { (book: BidBook) in
      book.bids.count { $0.unit.text.hasPrefix("A") && $0.commitment.values.contains(true) }
    }
    #expect(starts(free) == 2)
    let (bound, limited) = try solved(["starts_per_plant": 1])
    #expect(starts(bound) == 1)
    #expect(limited.expectedProfit < freely.expectedProfit)
    let (_, scarce) = try solved(["coal_tonnes_per_plant": 1_500])
    #expect(scarce.coalValues[PlantID("B")] ?? 0 > 0)
    #expect(scarce.expectedProfit < freely.expectedProfit)
    #expect(scarce.openMegawatts.reduce(0, +) < freely.openMegawatts.reduce(0, +))
  }

  @Test(
    "the company's objective is no worse than that of units on their own, contracts included", arguments: [0.2, 0.9])
  func risk(aversion: Double) throws {
    let inputs = try Self.inputs(BiddingTests.inputs(units: Self.fleet, shift: 20), contracts: [Self.contract(900)])
    let result = try draftBids(
      by: Strategy(.position, ["risk_aversion": aversion, "tail_share": 0.2]), for: inputs, under: ExamplePack.pack())
    let position = try #require(result.position)
    #expect(position.conditionalValueAtRisk <= position.expectedProfit)
    #expect(position.conditionalValueAtRisk.isFinite && position.differing.allSatisfy { $0.text.count == 2 })
    #expect(position.openMegawatts.count == 96)
    // What is open is the mean net output less 900 MW sold, so at night it is below what the fleet could sell.
    #expect(position.openMegawatts.allSatisfy { $0 >= -900 - 1e-9 && $0 <= 1_260 - 900 })
    #expect(position.iterations <= FleetOptimiser.largestIterations)
  }

  @Test("what cannot be drawn from is said in one sentence")
  func badInputs() throws {
    func sentence(_ work: () throws -> Void) -> String {
      do { try work() } catch { return "\(error)" }
      return ""
    }
    let fine = BiddingTests.inputs()
    #expect(sentence { _ = try Self.inputs(contracts: [Self.contract(400)]) }.contains("the fleet has 330"))
    #expect(sentence { _ = try StrategyInputs(bidding: fine, reference: [1]) }.contains("96 intervals"))
    #expect(
      sentence { _ = try StrategyInputs.scenarios([[1, 2]], on: BiddingTests.grid) }.contains(
        "Scenario 1 has 2 prices"))
    var empty = Example.unit(fuelCurve: .quadratic(constant: 0, linear: 0, quadratic: 0))
    empty.otherVariableCost = .zero
    #expect(sentence { _ = try Self.inputs(BiddingTests.inputs(units: [empty])) }.contains("has no fuel"))
    let day = Example.unitDay()
    let torn = UnitDay(
      unit: day.unit, availableCapacity: day.availableCapacity.map { _ in .zero }, minimumOutput: day.minimumOutput,
      mustRun: day.mustRun.map { _ in true }, initialState: day.initialState, minutesFromOrder: nil)
    let inputs = BiddingInputs(
      unitDays: [torn], nextUnitDays: fine.nextUnitDays, plants: [], scenarios: fine.scenarios,
      expectedPrices: fine.expectedPrices, dayAfter: fine.dayAfter, riskAversion: 0, threads: 1)
    #expect(sentence { _ = try Self.inputs(inputs) }.contains("must run at 165"))
  }

  @Test("half of a pool lies around the reference, and the expected path half way to it")
  func pool() throws {
    let bidding = BiddingTests.inputs()
    let inputs = try StrategyInputs(bidding: bidding, reference: bidding.expectedPrices.map { $0 - 20 })
    let half = try Strategy(.optimised, ["second_opinion": 0.5])
    let pooled = inputs.pooled(for: half).bidding
    let moved = zip(bidding.paths, pooled.paths).count { $0 != $1 }
    #expect(moved == bidding.scenarios.count / 2)
    #expect(zip(bidding.expectedPrices, pooled.expectedPrices).allSatisfy { abs($0 - 10 - $1) < 1e-9 })
    #expect(inputs.pooled(for: try Strategy(.optimised)).bidding.paths == bidding.paths)
  }

  @Test("a third of a pool are recent days as they came, in their order, and the rest is shared by the two models")
  func recentDays() throws {
    let bidding = BiddingTests.inputs()
    let recent = [[Double](repeating: 111, count: 96), [Double](repeating: 333, count: 96)]
    let inputs = try StrategyInputs(
      bidding: bidding, reference: bidding.expectedPrices.map { $0 - 20 }, recentDays: recent + [[1, 2]])
    let strategy = try Strategy(.optimised, ["second_opinion": 0.5, "recent_days": 0.5])
    let pooled = inputs.pooled(for: strategy).bidding
    let count = bidding.scenarios.count
    #expect(pooled.paths.count { $0 == recent[0] } + pooled.paths.count { $0 == recent[1] } == count / 2)
    #expect(pooled.paths.first { recent.contains($0) } == recent[0])
    #expect(
      zip(bidding.expectedPrices, pooled.expectedPrices).allSatisfy { abs(($0 - 10 + 222) / 2 - $1) < 1e-9 })
  }

  @Test("a segment asked for more clears less often, and no other price beats the drawn one by much")
  func whatIf() throws {
    let inputs = BiddingTests.inputs()
    let bid = try #require(try draftBids(for: inputs, under: ExamplePack.pack()).optimised.bids.first)
    let desk = try WhatIfDesk(inputs, bid: bid)
    let before = try desk.worth(of: bid)
    let same = try desk.worth(of: desk.moved(SegmentChange(segment: 3, price: nil, output: nil)))
    #expect(same == before)
    let last = bid.curve.points.count
    let dear = try desk.moved(SegmentChange(segment: last, price: .perMegawattHour(1_200), output: nil))
    let after = try desk.worth(of: dear)
    #expect(after.clearingShares[last - 1] < before.clearingShares[last - 1])
    #expect(after.expectation.profit.mean < before.expectation.profit.mean)
    #expect(throws: StrategyError.self) {
      try desk.moved(SegmentChange(segment: last, price: .perMegawattHour(-80), output: nil))
    }
    #expect(throws: StrategyError.self) { try desk.moved(SegmentChange(segment: 99, price: nil, output: nil)) }
  }
}
