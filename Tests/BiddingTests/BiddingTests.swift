import MarketModel
import MarketTestSupport
import Testing
import UnitScheduling

@testable import Bidding

@Suite("Bidding") struct BiddingTests {
  static let grid = Example.grid()

  /// Scenarios: the example path moved up and down, with a valley that is at the floor in half of them.
  static func inputs(
    units: [ThermalUnit] = [Example.unit()], plants: [Plant] = [], shift: Double = 0, count: Int = 40,
    riskAversion: Double = 0.1, threads: Int = 1
  ) -> BiddingInputs {
    let paths = (0..<count).map { number in
      Example.pricePath(
        shift: shift + Double(number * 7 % count) * 4 - Double(2 * count), valley: number % 2 == 0 ? -80 : 250 + shift)
    }
    let expected = (0..<96).map { t in paths.reduce(0) { $0 + $1[t] } / Double(count) }
    return BiddingInputs(
      unitDays: units.map { Example.unitDay($0) },
      nextUnitDays: units.map { Example.unitDay($0, day: Example.day.advanced(by: 1)) }, plants: plants,
      scenarios: ScenarioSet(
        grid: grid, targets: [.dayAheadPrice], weights: [Double](repeating: 1 / Double(count), count: count),
        values: paths.flatMap { $0 }),
      expectedPrices: expected, lookAheadPrices: expected, riskAversion: riskAversion, threads: threads)
  }

  @Test("both offers keep the pack's rules and the optimised one expects at least as much")
  func offers() throws {
    let drafted = try draftBids(for: Self.inputs(), under: ExamplePack.pack())
    for book in [drafted.standard, drafted.optimised] {
      let points = try #require(book.bids.first).curve.points
      #expect(points.count <= 10)
      #expect(points.first?.output == .megawatts(165))
      #expect(points.last?.output == .megawatts(330))
      #expect(points.allSatisfy { $0.price >= .perMegawattHour(-80) && $0.price <= .perMegawattHour(1_300) })
      #expect(points.dropLast().allSatisfy { $0.output.kilowatts % 1_000 == 0 })
    }
    #expect(drafted.optimisedFleet.profit.mean > drafted.standardFleet.profit.mean)
    let explanation = try #require(drafted.optimisedExplanations[UnitID("A1")])
    #expect(explanation.reasons.first?.kind == .minimumLoadBlock)
    #expect(explanation.reasons.dropFirst().allSatisfy { $0.kind == .marginalCost })
  }

  @Test("what the segments are expected to bring adds up to the expected profit")
  func reasonsAddUp() throws {
    let drafted = try draftBids(for: Self.inputs(), under: ExamplePack.pack())
    for explanations in [drafted.standardExplanations, drafted.optimisedExplanations] {
      for explanation in explanations.values {
        let sum = explanation.reasons.reduce(0) { $0 + $1.expectedProfit }
        #expect(abs(sum - explanation.expectation.profit.mean) < 60, "net output is rounded to the kilowatt")
      }
    }
  }

  @Test("a unit that cannot earn its start stays off and asks for it")
  func staysOff() throws {
    var unit = Example.unit()
    unit.initialState = .off(minutes: 6_000)
    let drafted = try draftBids(for: Self.inputs(units: [unit], shift: -160), under: ExamplePack.pack())
    let bid = try #require(drafted.optimised.bids.first)
    #expect(!bid.commitment.values.contains(true))
    #expect(drafted.optimisedExplanations[unit.id]?.reasons.allSatisfy { $0.kind == .startUpRecovery } == true)
    #expect(bid.curve.points[0].price > .perMegawattHour(300))
    #expect(drafted.optimisedFleet.profit.mean == 0)
    #expect(drafted.standardFleet.profit.mean < 0)
  }

  @Test("a plant's start limit binds: the unit that earns more starts", arguments: [1, 2])
  func plantStarts(limit: Int) throws {
    let cheap = Example.unit("A1", state: .off(minutes: 600))
    var dear = Example.unit("A2", state: .off(minutes: 600))
    dear.otherVariableCost = .perMegawattHour(20)
    let inputs = Self.inputs(
      units: [cheap, dear], plants: [Plant(id: PlantID("A"), maximumStartsPerDay: limit)], shift: 120)
    let drafted = try draftBids(for: inputs, under: ExamplePack.pack())
    let onLine = drafted.optimised.bids.filter { $0.commitment.values.contains(true) }.map(\.unit.text)
    #expect(onLine == (limit == 1 ? ["A1"] : ["A1", "A2"]))
  }

  @Test("the same bytes at one thread and at two")
  func threads() throws {
    let units = (1...5).map { Example.unit("A\($0)", minimum: 150 + Double($0)) }
    let one = try draftBids(for: Self.inputs(units: units, threads: 1), under: ExamplePack.pack())
    let two = try draftBids(for: Self.inputs(units: units, threads: 2), under: ExamplePack.pack())
    #expect(one.optimised == two.optimised)
    #expect(one.standard == two.standard)
    #expect(one.optimisedExplanations == two.optimisedExplanations)
  }

  @Test("a unit without capacity is not offered")
  func unavailable() throws {
    let inputs = Self.inputs()
    let midnight = Example.zone.start(of: Example.day)
    let out = Outage(
      unit: UnitID("A1"), from: midnight, to: midnight.addingTimeInterval(86_400), availableCapacity: .zero)
    let gone = BiddingInputs(
      unitDays: [Example.unitDay(outages: [out])], nextUnitDays: inputs.nextUnitDays, plants: [],
      scenarios: inputs.scenarios, expectedPrices: inputs.expectedPrices, dayAfter: inputs.dayAfter,
      riskAversion: 0, threads: 1)
    let drafted = try draftBids(for: gone, under: ExamplePack.pack())
    #expect(drafted.optimised.bids.isEmpty)
    #expect(drafted.unavailable == [UnitID("A1")])
  }
}

@Suite("Curve placement") struct CurvePlacementTests {
  static func placement(_ form: CurveForm, count: Int = 10) throws -> CurvePlacement {
    let unit = Example.unit()
    let rules = try OfferRules(ExamplePack.pack(form: form, points: count, widthMegawatts: 1))
    return CurvePlacement(
      unit: unit, levels: OutputLevels([Example.unitDay(unit)]), rules: rules, lowest: .megawatts(165),
      highest: .megawatts(330), firstPrice: rules.floor)
  }

  static let prices = WeightedPrice.distribution(ofRising: stride(from: 290.0, through: 360, by: 0.5).map { $0 })

  /// What a curve earns above lowest output over the prices, by direct evaluation.
  static func value(_ points: [BidPoint], _ form: CurveForm, unit: ThermalUnit = Example.unit()) throws -> Double {
    let curve = try BidCurve(form: form, points: points)
    let base = unit.costPerHour(atMegawatts: 165)
    return prices.reduce(0) { sum, price -> Double in
      let output = curve.offered(at: .perMegawattHour(price.value)).megawatts
      let revenue: Double = price.value * (output - 165) * 0.94
      return sum + price.weight * (revenue - unit.costPerHour(atMegawatts: output) + base)
    }
  }

  @Test(
    "more points never earn less, and ten come near the best output at every price",
    arguments: [CurveForm.steps, .slopes])
  func points(form: CurveForm) throws {
    var last = -Double.infinity
    for count in [2, 3, 5, 10] {
      let value = try Self.value(Self.placement(form, count: count).bestPoints(for: Self.prices), form)
      // A segment may be split where the tick's rounding takes up to 0.05 % of its gain.
      #expect(value >= last * 0.999)
      last = value
    }
    let unit = Example.unit()
    let base = unit.costPerHour(atMegawatts: 165)
    var best = 0.0
    for price in Self.prices {
      let profits = stride(from: 165.0, through: 330, by: 1).map { output -> Double in
        let revenue: Double = price.value * (output - 165) * 0.94
        return revenue - unit.costPerHour(atMegawatts: output) + base
      }
      best += price.weight * (profits.max() ?? 0)
    }
    #expect(last > 0.96 * best)
    #expect(last <= best * 1.001)
  }

  @Test("the chain found is the best of all chains over a few nodes", arguments: [CurveForm.steps, .slopes])
  func exhaustive(form: CurveForm) throws {
    let placement = try Self.placement(form, count: 4)
    let found = try Self.value(placement.bestPoints(for: Self.prices), form)
    let nodes = placement.nodes.count
    for first in 1..<(nodes - 1) {
      for second in stride(from: first + 3, to: nodes - 1, by: 3) where form == .slopes {
        let points = [0, first, second, nodes - 1].map {
          BidPoint(output: placement.nodes[$0], price: placement.nodePrices[$0])
        }
        #expect(try Self.value(points, form) <= found + 1e-6)
      }
    }
  }
}
