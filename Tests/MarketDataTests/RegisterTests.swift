import Foundation
import MarketModel
import Testing

@testable import MarketData

@Suite("Unit register, plants, contracts, outages") struct RegisterTests {
  private let fixture: Fixture
  static let classes = Fixture.root.appendingPathComponent("data/portfolio/unit-classes.csv")

  init() throws { fixture = try Fixture() }

  private func unit(_ id: String, fuel: FuelCurve, heat: HeatSupply? = nil, state: UnitState) -> ThermalUnit {
    ThermalUnit(
      id: UnitID(id), plant: PlantID("Plant, \"north\""), ratedCapacity: .megawatts(330),
      minimumStableOutput: .megawatts(148.5),
      rampUp: .megawattsPerMinute(6.6), rampDown: .megawattsPerMinute(5), minimumUpMinutes: 495,
      minimumDownMinutes: 480,
      maximumStartsPerDay: 1,
      startUp: StartUpStages([
        StartUpStage(
          temperature: .hot, afterOffMinutes: 0, cost: Money(hundredths: 22_000_050), minutesToSynchronise: 100),
        StartUpStage(
          temperature: .cold, afterOffMinutes: 4_320, cost: Money(hundredths: 45_000_000), minutesToSynchronise: 480),
      ]), noLoadCostPerHour: .zero, fuelCurve: fuel, coal: Coal(pricePerTonne: 770.5, kilocaloriesPerKilogram: 5_000),
      auxiliaryPowerPartsPerMillion: 69_100, otherVariableCost: .perMegawattHour(12.25), heatSupply: heat,
      initialState: state, assumedFields: ["ramp_up_MW_per_min", "hot_start_h"])
  }

  @Test("what is written reads back as it was")
  func roundTrip() throws {
    let units = [
      unit(
        "U1", fuel: .quadratic(constant: 1.0 / 3, linear: 0.28, quadratic: 1e-5),
        heat: HeatSupply(minimumOutput: .megawatts(200), firstMonthDay: 1_115, lastMonthDay: 315),
        state: .on(minutes: 4_321, output: .megawatts(200.001))),
      unit(
        "U2",
        fuel: .piecewise([
          FuelPoint(megawatts: 150, tonnesPerHour: 52.1), FuelPoint(megawatts: 330, tonnesPerHour: 101.7),
        ]),
        state: .off(minutes: 60)),
    ]
    let url = fixture.folder.appendingPathComponent("units.csv")
    try UnitRegister.write(units, to: url)
    #expect(try UnitRegister.read(from: url) == units)
  }

  @Test("a unit whose numbers contradict each other is named with file and line")
  func contradiction() throws {
    var bad = unit("U2", fuel: .quadratic(constant: 5, linear: 0.28, quadratic: 0), state: .off(minutes: 60))
    let good = unit("U1", fuel: bad.fuelCurve, state: .off(minutes: 60))
    bad.minimumStableOutput = .megawatts(400)
    let url = fixture.folder.appendingPathComponent("units.csv")
    try UnitRegister.write([good, bad, good], to: url)
    let problem = #expect(throws: ImportProblem.self) { _ = try UnitRegister.read(from: url) }
    let lines = try #require(problem).description.replacingOccurrences(of: fixture.folder.path + "/", with: "")
      .split(separator: "\n")
    #expect(
      lines == [
        "units.csv:3: Unit U2: minimum stable output 400 MW is above rated capacity 330 MW. Correct the unit register.",
        "units.csv:4, column \"unit\": unit U1 is in the register twice, first in line 2; keep one.",
      ])
  }

  @Test("a unit whose curve burns nothing has no fuel, whatever else it costs")
  func noFuel() throws {
    let url = fixture.folder.appendingPathComponent("units.csv")
    let empty = unit("U1", fuel: .quadratic(constant: 0, linear: 0, quadratic: 0), state: .off(minutes: 60))
    try UnitRegister.write([empty], to: url)
    let problem = #expect(throws: ImportProblem.self) { _ = try UnitRegister.read(from: url) }
    #expect(problem?.description.contains("unit U1 has no fuel: its curve burns 0 t/h at rated capacity") == true)
  }

  @Test("an unknown or missing column of the register is named")
  func columns() throws {
    let text = try UnitRegister.text(of: [])
    let missing = try fixture.file("a.csv", text.replacingOccurrences(of: "ramp_up_MW_per_min", with: "ramp_up"))
    let problem = #expect(throws: ImportProblem.self) { _ = try UnitRegister.read(from: missing) }
    #expect(try #require(problem).description.contains("missing column \"ramp_up_MW_per_min\""))
  }

  @Test("plants, contracts and outages")
  func lists() throws {
    let plants = [Plant(id: PlantID("P1"), maximumStartsPerDay: 2), Plant(id: PlantID("P2"), maximumStartsPerDay: nil)]
    #expect(try PlantList.read(from: try fixture.file("plants.csv", PlantList.text(of: plants))) == plants)
    let contracts = try ContractList.read(
      from: try fixture.file(
        "contracts.csv",
        "contract,counterparty,first_day,last_day,from_time,to_time,power_MW,price_per_MWh,reference\n"
          + "C1,Retailer A,2022-01-01,2022-12-31,00:00,24:00,120.5,395.2,day-ahead\n"))
    #expect(
      contracts == [
        ContractForDifference(
          id: "C1", counterparty: "Retailer A", firstDay: try Fixture.day("2022-01-01"),
          lastDay: try Fixture.day("2022-12-31"),
          fromMinute: 0, toMinute: 1_440, power: .megawatts(120.5), price: .perMegawattHour(395.2), reference: .dayAhead
        )
      ])
    let zone = try Fixture.zone("Asia/Shanghai", .quarterHour)
    let outages = try OutageList.read(
      from: try fixture.file(
        "outages.csv",
        "unit,from,to,available_MW,available_at\nU1,2022-03-01T08:00,2022-03-02T00:00,0,2022-02-28T20:00+08:00\n"),
      zone: zone)
    #expect(outages.map(\.value.availableCapacity) == [.zero])
    #expect(LocalTime.text(outages[0].value.from) == "2022-03-01T00:00:00Z")
    #expect(LocalTime.text(outages[0].availableAt) == "2022-02-28T12:00:00Z")
  }

  @Test("stocks, arrivals and quotas; what is wrong with one is one sentence")
  func fuel() throws {
    let header =
      "plant,kind,substance,day,last_day,amount_t,calorific_value_kcal_per_kg,t_per_t_of_standard_coal,available_at\n"
    let zone = try Fixture.zone("Asia/Shanghai", .quarterHour)
    func read(_ rows: String) throws -> [Available<FuelRecord>] {
      try FuelList.read(from: try fixture.file("fuel.csv", header + rows), zone: zone)
    }
    let found = try read(
      "P1,stock,,2022-03-01,,42000,5000,,2022-02-28T08:00\nP1,quota,CO2,2022-03-01,2022-03-31,90000,,2.6,2022-02-28T08:00\n"
    )
    #expect(found.map(\.value.kind) == [.stock, .quota])
    #expect(found[0].value.tonnesPerTonneOfStandardCoal == 1.4 && found[0].value.substance == "coal")
    #expect(found[1].value.lastDay == (try Fixture.day("2022-03-31")))
    #expect(LocalTime.text(found[0].availableAt) == "2022-02-28T00:00:00Z")
    for (row, part) in [
      ("P1,pile,,2022-03-01,,1,5000,,2022-02-28T08:00", "none of stock, arrival and quota"),
      ("P1,stock,,2022-03-01,,-1,5000,,2022-02-28T08:00", "below 0 t"),
      ("P1,stock,,2022-03-01,,1,50,,2022-02-28T08:00", "1000 to 8000 kcal/kg"),
      ("P1,quota,CO2,2022-03-01,2022-02-01,1,,2.6,2022-02-28T08:00", "before the first day"),
      ("P1,quota,CO2,2022-03-01,2022-03-02,1,,0,2022-02-28T08:00", "not above 0"),
      ("P1,quota,,2022-03-01,2022-03-02,1,,1,2022-02-28T08:00", "the field is empty"),
    ] {
      let problem = #expect(throws: ImportProblem.self) { _ = try read(row + "\n") }
      #expect(problem?.description.contains(part) == true, "\(row)")
    }
  }

  @Test("a contract that ends before it begins, and a date that is none")
  func wrongContract() throws {
    let header = "contract,counterparty,first_day,last_day,from_time,to_time,power_MW,price_per_MWh,reference\n"
    let url = try fixture.file(
      "c.csv",
      header
        + "C1,A,2022-02-01,2022-01-01,00:00,24:00,1,1,day-ahead\nC2,A,2022-02-30,2022-03-01,00:00,24:00,1,1,real-time\n"
    )
    let problem = #expect(throws: ImportProblem.self) { _ = try ContractList.read(from: url) }
    guard case .rows(let rows) = problem else { return #expect(Bool(false), "rows were expected") }
    #expect(rows.map(\.line) == [2, 3] && rows.map(\.column) == ["last_day", "first_day"])
  }

  @Test("the quadratic curve meets its two conditions: 9 % more fuel at half load")
  func fuelCurve() throws {
    let small = try #require(try UnitClass.read(from: RegisterTests.classes).first)
    let curve = small.fuelCurve(tonnesPerMegawattHour: 0.3, rated: 330)
    #expect((curve.tonnesPerHour(atMegawatts: 330) - 99).magnitude < 1e-9)
    #expect((curve.tonnesPerHour(atMegawatts: 165) - 99 / 2 * 1.09).magnitude < 1e-9)
  }

  @Test(
    "the contest's register becomes 24 units in 8 plants at a plausible cost", .enabled(if: Fixture.sharedData() != nil)
  )
  func portfolio() throws {
    let register = try #require(Fixture.sharedData()).appendingPathComponent("cn_clearing_price_abm/unit.csv")
    let portfolio = try buildPortfolio(fromRegister: register, classes: RegisterTests.classes)
    #expect(portfolio == (try buildPortfolio(fromRegister: register, classes: RegisterTests.classes)))
    #expect(portfolio.units.count == 24 && portfolio.plants.count == 8)
    let counts = Dictionary(grouping: portfolio.units, by: \.ratedCapacity.megawattText).mapValues(\.count)
    #expect(counts == ["330": 6, "350": 6, "600": 4, "660": 6, "1000": 2])
    for plant in portfolio.plants { #expect(portfolio.units.count { $0.plant == plant.id } == 3) }
    for unit in portfolio.units {
      let rated = unit.ratedCapacity.megawatts
      let marginal = unit.incrementalCost(fromMegawatts: rated - 1, toMegawatts: rated)
      #expect((265...375).contains(marginal), "\(unit.id): \(marginal)")
      #expect((1_000...1_100).contains(unit.coal.pricePerTonneOfStandardCoal))
      #expect(
        unit.assumedFields.contains("coal_price_per_t") && !unit.assumedFields.contains("auxiliary_power_percent"))
    }
    let url = fixture.folder.appendingPathComponent("units.csv")
    try UnitRegister.write(portfolio.units, to: url)
    #expect(try UnitRegister.read(from: url) == portfolio.units)
  }
}
