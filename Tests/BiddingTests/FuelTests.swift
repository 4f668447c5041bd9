import MarketModel
import MarketTestSupport
import Testing
import UnitScheduling

@testable import Bidding

@Suite("Fuel of the week") struct FuelTests {
  static let plant = PlantID("A")
  static let fleet = [Example.unit("A1"), Example.unit("A2")]

  static func stock(_ tonnes: Double, on day: MarketDay = Example.day) -> FuelRecord {
    FuelRecord(
      plant: plant, kind: .stock, substance: "coal", day: day, tonnes: tonnes,
      tonnesPerTonneOfStandardCoal: 7_000 / 5_000)
  }

  static func budget(_ standardTonnes: Double, days: Int = 2) -> FuelBudget {
    FuelBudget(plant: plant, substance: "coal", days: days, standardTonnes: standardTonnes)
  }

  /// Two days, the second with its prices moved.
  static func inputs(_ budgets: [FuelBudget], tomorrow: Double = 0) -> BiddingInputs {
    let plain = BiddingTests.inputs(units: fleet, shift: 60)
    let next = plain.expectedPrices.map { $0 + tomorrow }
    return BiddingInputs(
      unitDays: plain.unitDays, nextUnitDays: plain.nextUnitDays, plants: [], scenarios: plain.scenarios,
      expectedPrices: plain.expectedPrices, lookAheadPrices: next, riskAversion: 0, threads: 1,
      fuel: FuelWeek(budgets: budgets, laterUnitDays: []))
  }

  static func plan(_ inputs: BiddingInputs) throws -> FuelPlan? {
    FuelPlan(inputs, rules: try OfferRules(ExamplePack.pack()))
  }

  @Test("stock and arrivals give a budget before each arrival and one for the week; a quota gives its even share")
  func budgets() throws {
    let day = Example.day
    let records = [
      Self.stock(1_400),
      FuelRecord(
        plant: Self.plant, kind: .arrival, substance: "coal", day: day.advanced(by: 2), tonnes: 700,
        tonnesPerTonneOfStandardCoal: 1.4),
      FuelRecord(
        plant: Self.plant, kind: .quota, substance: "CO2", day: day, lastDay: day.advanced(by: 13), tonnes: 5_000,
        tonnesPerTonneOfStandardCoal: 2.5),
    ]
    let (found, unknown) = FuelBudget.budgets(from: records, on: day)
    #expect(unknown.isEmpty)
    #expect(found.map(\.substance) == ["coal", "coal", "CO2"] && found.map(\.days) == [2, 7, 7])
    #expect(zip(found.map(\.standardTonnes), [1_000, 1_500, 1_000]).allSatisfy { abs($0 - $1) < 1e-9 })
    let late = FuelBudget.budgets(from: records, on: day.advanced(by: 1))
    #expect(late.budgets.isEmpty)
    #expect(late.unknown.count == 2)
    #expect(late.unknown[0].contains("coal stock of \(day) but none of \(day.advanced(by: 1))"))
    #expect(late.unknown[1].contains("quota of CO2"))
  }

  @Test("enough coal has no value and changes no offer; scarce coal gets one that keeps the week within its budget")
  func scarcity() throws {
    let pack = try ExamplePack.pack()
    let free = try draftBids(for: Self.inputs([]), under: pack)
    #expect(try Self.plan(Self.inputs([])) == nil)
    let ample = try draftBids(for: Self.inputs([Self.budget(1_000_000)]), under: pack)
    #expect(ample.fuel.isEmpty)
    #expect(ample.optimised == free.optimised)
    let wanted = try #require(try Self.plan(Self.inputs([Self.budget(1)]))?.values()[Self.plant]).freeTonnes
    var before = Double.infinity
    for share in [0.5, 0.7, 0.9] {
      let value = try #require(try Self.plan(Self.inputs([Self.budget(share * wanted)]))?.values()[Self.plant])
      #expect(value.isKept && value.plannedTonnes <= share * wanted * 1.005)
      #expect(value.perStandardTonne > 0 && value.perStandardTonne < before, "more coal is worth less")
      #expect(value.freeTonnes == wanted)
      before = value.perStandardTonne
    }
  }

  @Test("offers under scarcity burn less, say why in both languages, and are accounted at the price of coal")
  func offers() throws {
    let pack = try ExamplePack.pack()
    let free = try draftBids(for: Self.inputs([]), under: pack)
    let wanted = try #require(try Self.plan(Self.inputs([Self.budget(1)]))?.values()[Self.plant]).freeTonnes
    let scarce = try draftBids(for: Self.inputs([Self.budget(0.6 * wanted)]), under: pack)
    let value = try #require(scarce.fuel.first)
    #expect(value.budget.substance == "coal")
    #expect(scarce.optimisedFleet.clearedEnergy.mean < 0.85 * free.optimisedFleet.clearedEnergy.mean)
    #expect(scarce.standard == free.standard)
    let why = try #require(scarce.optimisedExplanations[UnitID("A1")])
    #expect(why.unit.english.contains("a tonne counts") && why.unit.chinese.contains("每吨"))
    let profits = why.reasons.reduce(0) { $0 + $1.expectedProfit }
    #expect(abs(profits - why.expectation.profit.mean) < 60, "own cost, not the value of saved coal")
  }

  @Test("coal is saved for a dearer tomorrow, not for a cheaper one")
  func saving() throws {
    let wanted = try #require(try Self.plan(Self.inputs([Self.budget(1)]))?.values()[Self.plant]).freeTonnes
    let dear = try draftBids(for: Self.inputs([Self.budget(0.7 * wanted)], tomorrow: 80), under: ExamplePack.pack())
    let cheap = try draftBids(for: Self.inputs([Self.budget(0.7 * wanted)], tomorrow: -80), under: ExamplePack.pack())
    #expect(dear.optimisedFleet.clearedEnergy.mean < cheap.optimisedFleet.clearedEnergy.mean)
    #expect(try #require(dear.fuel.first).perStandardTonne > cheap.fuel.first?.perStandardTonne ?? 0)
  }

  @Test("the tightest span decides: coal that must last until a ship comes is dearer than the week's")
  func spans() throws {
    let tight = try #require(
      try Self.plan(Self.inputs([Self.budget(500, days: 1), Self.budget(1_000_000, days: 2)]))?.values()[Self.plant])
    #expect(tight.budget.days == 1)
  }

  @Test("duties that burn more than there is are said")
  func duties() throws {
    let plain = Self.inputs([Self.budget(10, days: 1)])
    let bound = plain.unitDays.map { day in
      UnitDay(
        unit: day.unit, availableCapacity: day.availableCapacity, minimumOutput: day.minimumOutput,
        mustRun: day.mustRun.map { _ in true }, initialState: day.initialState, minutesFromOrder: nil)
    }
    let inputs = BiddingInputs(
      unitDays: bound, nextUnitDays: plain.nextUnitDays, plants: [], scenarios: plain.scenarios,
      expectedPrices: plain.expectedPrices, dayAfter: plain.dayAfter, riskAversion: 0, threads: 1, fuel: plain.fuel)
    let drafted = try draftBids(for: inputs, under: ExamplePack.pack())
    #expect(drafted.fuel.first?.isKept == false)
    let why = try #require(drafted.optimisedExplanations[UnitID("A1")])
    #expect(why.unit.english.contains("still its duties burn"))
  }
}
