import Foundation
import MarketModel
import Testing

@testable import MarketStore

@Suite("Registers, states, documents and settings") struct RegisterStoreTests {
  private let fixture: StoreFixture
  private let store: MarketStore
  private let noon = StoreFixture.noon
  private var later: Date { noon.addingTimeInterval(60) }

  init() throws {
    fixture = try StoreFixture()
    store = try MarketStore(path: fixture.path)
  }

  private func unit(_ id: String, piecewise: Bool = false, heat: HeatSupply? = nil) -> ThermalUnit {
    ThermalUnit(
      id: UnitID(id), plant: PlantID("P1"), ratedCapacity: .megawatts(330), minimumStableOutput: .megawatts(148.5),
      rampUp: .megawattsPerMinute(6.6), rampDown: .megawattsPerMinute(5), minimumUpMinutes: 495,
      minimumDownMinutes: 480,
      maximumStartsPerDay: 1,
      startUp: StartUpStages([
        StartUpStage(temperature: .hot, afterOffMinutes: 0, cost: Money(quanta: 7), minutesToSynchronise: 100),
        StartUpStage(
          temperature: .cold, afterOffMinutes: 4_320, cost: Money(hundredths: 45_000_000), minutesToSynchronise: 480),
      ]), noLoadCostPerHour: Money(quanta: Int128(Int64.max) * 100),
      fuelCurve: piecewise
        ? .piecewise([FuelPoint(megawatts: 100, tonnesPerHour: 1.0 / 3), FuelPoint(megawatts: 200, tonnesPerHour: 60)])
        : .quadratic(constant: 1.0 / 3, linear: 0.28, quadratic: 1e-5),
      coal: Coal(pricePerTonne: 770.1, kilocaloriesPerKilogram: 5_000), auxiliaryPowerPartsPerMillion: 69_100,
      otherVariableCost: .perMegawattHour(12.25), heatSupply: heat,
      initialState: heat == nil ? .off(minutes: 3) : .on(minutes: 5, output: .megawatts(200)),
      assumedFields: ["a", "b"])
  }

  @Test("a register is kept whole by version; a unit that is gone is gone")
  func versions() throws {
    let heat = HeatSupply(minimumOutput: .megawatts(200), firstMonthDay: 1_115, lastMonthDay: 315)
    let first = [unit("U2", piecewise: true), unit("U10", heat: heat)]
    #expect(try store.save(units: first, availableAt: noon))
    #expect(try store.save(units: first.reversed(), availableAt: later) == false)
    #expect(try store.units(asOf: noon) == first)
    #expect(try store.save(units: [unit("U10")], availableAt: later))
    #expect(try store.units(asOf: noon) == first && store.units(asOf: later) == [unit("U10")])
    #expect(try store.units(asOf: noon.addingTimeInterval(-1)).isEmpty)
    let problem = #expect(throws: StoreProblem.self) { _ = try store.save(units: first, availableAt: later) }
    #expect(
      try #require(problem).description
        == "The register of units is known already as of 2023-11-14T22:14:20Z with another content. "
        + "Nothing was changed."
    )
    #expect(try store.save(units: [], availableAt: later.addingTimeInterval(1)))
    #expect(try store.units(asOf: .distantFuture).isEmpty)
  }

  @Test("plants, contracts and outages")
  func lists() throws {
    let plants = [Plant(id: PlantID("P1"), maximumStartsPerDay: 2), Plant(id: PlantID("P2"), maximumStartsPerDay: nil)]
    #expect(try store.save(plants: plants, availableAt: noon))
    #expect(try store.plants(asOf: noon) == plants)
    let contract = ContractForDifference(
      id: "C1", counterparty: "A", firstDay: MarketDay(dayNumber: 1), lastDay: MarketDay(dayNumber: 9), fromMinute: 0,
      toMinute: 1_440, power: .megawatts(1.5), price: .perMegawattHour(395.2), reference: .realTime)
    #expect(try store.save(contracts: [contract], availableAt: noon))
    #expect(try store.contracts(asOf: noon) == [contract])
    let ticket = Outage(unit: UnitID("U1"), from: noon, to: later, availableCapacity: .zero)
    let longer = Outage(unit: UnitID("U1"), from: noon, to: later.addingTimeInterval(600), availableCapacity: .zero)
    let tickets = [Available(ticket, availableAt: noon), Available(longer, availableAt: later)]
    #expect(try store.save(outages: tickets) == 2 && store.save(outages: tickets) == 0)
    #expect(try store.outages(asOf: noon) == [ticket] && store.outages(asOf: later) == [longer])
    #expect(throws: StoreProblem.self) { _ = try store.save(outages: [Available(longer, availableAt: noon)]) }
  }

  @Test("coal stocks and quotas as they were known; a later reading of the same day replaces the earlier one")
  func fuel() throws {
    func stock(_ tonnes: Double) -> FuelRecord {
      FuelRecord(
        plant: PlantID("P1"), kind: .stock, substance: "coal", day: MarketDay(dayNumber: 9), tonnes: tonnes,
        tonnesPerTonneOfStandardCoal: 1.4)
    }
    let quota = FuelRecord(
      plant: PlantID("P1"), kind: .quota, substance: "CO2", day: MarketDay(dayNumber: 9),
      lastDay: MarketDay(dayNumber: 30), tonnes: 10.5, tonnesPerTonneOfStandardCoal: 2.6)
    let records = [
      Available(stock(100), availableAt: noon), Available(quota, availableAt: noon),
      Available(stock(90), availableAt: later),
    ]
    #expect(try store.save(fuel: records) == 3 && store.save(fuel: records) == 0)
    #expect(try store.fuel(asOf: noon.addingTimeInterval(-1)).isEmpty)
    #expect(try store.fuel(asOf: noon) == [quota, stock(100)] && store.fuel(asOf: later) == [quota, stock(90)])
    #expect(throws: StoreProblem.self) { _ = try store.save(fuel: [Available(stock(1), availableAt: noon)]) }
  }

  @Test("the state that a day finds is the end of the latest earlier day known then")
  func states() throws {
    func entry(_ day: Int, _ state: UnitState, at instant: Date) -> StoredUnitState {
      StoredUnitState(
        strategy: "dp", day: MarketDay(dayNumber: day), unit: UnitID("U1"), state: state, availableAt: instant)
    }
    let first = entry(1, .on(minutes: 60, output: .megawatts(200)), at: noon)
    let second = entry(2, .off(minutes: 30), at: later)
    try store.save(unitStates: [first, second], ifKnown: .refuse)
    try store.save(unitStates: [first], ifKnown: .refuse)
    let unit = UnitID("U1")
    #expect(try store.unitState(of: unit, strategy: "dp", before: MarketDay(dayNumber: 9), asOf: noon) == first)
    #expect(try store.unitState(of: unit, strategy: "dp", before: MarketDay(dayNumber: 3), asOf: later) == second)
    #expect(try store.unitState(of: unit, strategy: "dp", before: MarketDay(dayNumber: 1), asOf: later) == nil)
    #expect(try store.unitState(of: unit, strategy: "x", before: MarketDay(dayNumber: 9), asOf: later) == nil)
    let other = entry(2, .off(minutes: 31), at: later)
    #expect(throws: StoreProblem.self) { try store.save(unitStates: [other], ifKnown: .refuse) }
    try store.save(unitStates: [other], ifKnown: .replace)
    #expect(try store.unitState(of: unit, strategy: "dp", before: MarketDay(dayNumber: 3), asOf: later) == other)
  }

  @Test("documents by day, kind and strategy; settings")
  func documents() throws {
    func document(_ day: Int, _ text: String, at instant: Date) -> StoredDocument {
      StoredDocument(
        day: MarketDay(dayNumber: day), kind: "bids", strategy: "dp", content: Data(text.utf8), availableAt: instant)
    }
    let documents = [document(1, "a", at: noon), document(1, "b", at: later), document(2, "c", at: noon)]
    for document in documents { try store.save(document: document, ifKnown: .refuse) }
    let day = MarketDay(dayNumber: 1)
    #expect(try store.document("bids", strategy: "dp", day: day, asOf: noon) == documents[0])
    #expect(
      try store.documents("bids", strategy: "dp", from: day, through: MarketDay(dayNumber: 5), asOf: later)
        == [documents[1], documents[2]])
    let problem = #expect(throws: StoreProblem.self) {
      try store.save(document: document(2, "d", at: noon), ifKnown: .refuse)
    }
    #expect(
      try #require(problem).description.hasPrefix("The document \"bids\" of 1970-01-03, strategy \"dp\", is known"))
    try store.save(document: document(2, "d", at: noon), ifKnown: .replace)
    #expect(
      try store.document("bids", strategy: "dp", day: MarketDay(dayNumber: 2), asOf: noon)?.content == Data("d".utf8))
    #expect(try store.setting("market") == nil)
    try store.setSetting("market", to: "x")
    try store.setSetting("market", to: "y")
    #expect(try store.setting("market") == "y")
  }
}
