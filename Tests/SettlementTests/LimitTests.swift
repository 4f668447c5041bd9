import MarketModel
import MarketRules
import MarketTestSupport
import Testing

@testable import Settlement

/// What happens exactly at a limit, one step beside it, and where there is nothing to divide by.
@Suite("Settlement: limits") struct LimitTests {
  static func prices(_ values: [Double]) -> [EnergyPrice] { values.map { .perMegawattHour($0) } }
  static func energies(_ values: [Double]) -> [Energy] { values.map { .megawattHours($0) } }

  /// Every series of a day of two periods: those of the day-ahead stage at `ahead`, the others at `later`.
  static func disclosed(ahead: [Double], later: [Double]) -> SettlementPrices {
    SettlementPrices(
      day: Example.day,
      series: [
        .dayAheadUnified: prices(ahead), .dayAheadNode: prices(ahead), .realTimeUnified: prices(later),
        .realTimeNode: prices(later), .zone: prices(later),
      ])
  }

  static func scaled(_ prices: SettlementPrices, _ trigger: Double) -> SettlementPrices {
    prices.settled(
      under: .proportional(trigger: .perMegawattHour(trigger)), evidence: SecondLevelEvidence(dailyMeans: []))
  }

  @Test("a stage above the trigger is scaled with its own points, the other stage stays")
  func stages() {
    let ahead = Self.scaled(Self.disclosed(ahead: [900, 1_100], later: [300, 500]), 500)
    #expect(ahead.series[.dayAheadUnified]?.map(\.text) == ["450", "550"])
    #expect(ahead.series[.dayAheadNode]?.map(\.text) == ["450", "550"])
    for point in [PricePoint.realTimeUnified, .realTimeNode, .zone] {
      #expect(ahead.series[point]?.map(\.text) == ["300", "500"], "\(point)")
    }
    let later = Self.scaled(Self.disclosed(ahead: [300, 500], later: [900, 1_100]), 500)
    for point in [PricePoint.realTimeUnified, .realTimeNode, .zone] {
      #expect(later.series[point]?.map(\.text) == ["450", "550"], "\(point)")
    }
    for point in [PricePoint.dayAheadUnified, .dayAheadNode] {
      #expect(later.series[point]?.map(\.text) == ["300", "500"], "\(point)")
    }
  }

  @Test("a mean at the trigger or below it, and a trigger of nothing, change nothing", arguments: [700.0, 800, 0])
  func untouched(trigger: Double) {
    let prices = Self.disclosed(ahead: [500, 900], later: [500, 900])
    #expect(Self.scaled(prices, trigger) == prices)
  }

  @Test("a lowered cap needs means above the cap on all of its days, or enough nodes for all of its hours")
  func triggers() {
    let cap = EnergyPrice.perMegawattHour(1_500)
    func reason(days: Int?, share: Int64?, hours: Int?, means: [Double] = [], nodes: [Int64] = []) -> String? {
      LoweredCapTrigger(days: days, nodeSharePartsPerMillion: share, hours: hours).reason(
        SecondLevelEvidence(dailyMeans: Self.prices(means), nodesAtMaximum: nodes), above: cap)
    }
    #expect(reason(days: 2, share: nil, hours: nil, means: [1_500.01, 1_500.01]) != nil)
    #expect(reason(days: 2, share: nil, hours: nil, means: [1_500.01, 1_500]) == nil)
    #expect(reason(days: 2, share: nil, hours: nil, means: [1_400, 1_600, 1_600]) != nil)
    #expect(reason(days: 2, share: nil, hours: nil, means: [1_600, 1_600, 1_400]) == nil)
    #expect(reason(days: 0, share: nil, hours: nil, means: [1_600]) == nil)
    #expect(reason(days: nil, share: 400_000, hours: 3, nodes: [400_000, 500_000, 399_999, 900_000]) == nil)
    #expect(reason(days: nil, share: 400_000, hours: 3, nodes: [0, 400_000, 500_000, 900_000]) != nil)
    #expect(reason(days: nil, share: 400_000, hours: 0, nodes: [0, 900_000]) == nil)
  }

  @Test("a deviation without a real-time price is refused; periods are counted from one")
  func deviation() throws {
    let position = EnergyPosition(
      unit: UnitID("A1"), day: Example.day, dayAhead: Self.energies([10, 10]), metered: Self.energies([10, 11]))
    let terms = SettlementTerms(mode: .contractForDifference, contractPoint: .asContracted)
    let half = SettlementPrices(day: Example.day, series: [.dayAheadNode: Self.prices([300, 300])])
    #expect(throws: SettlementError.self) { try settleEnergy(position, at: half, under: terms, currency: "CNY") }
    let whole = Self.disclosed(ahead: [300, 300], later: [200, 200])
    let lines = try settleEnergy(position, at: whole, under: terms, currency: "CNY")
    #expect(lines.map { $0.periods.map(\.period) } == [[1, 2], [1, 2]])
    #expect(lines.map(\.amount.amount) == [6_000, 200])
  }

  @Test(
    "inputs are means weighted by energy, a period without energy weighs nothing; plain where energies differ in sign")
  func inputs() throws {
    let terms = SettlementTerms(mode: .single, contractPoint: .realTimeNode)
    func price(_ metered: [Double]) throws -> String? {
      let position = EnergyPosition(
        unit: UnitID("A1"), day: Example.day, dayAhead: Self.energies([0, 0, 0]), metered: Self.energies(metered))
      let prices = SettlementPrices(day: Example.day, series: [.realTimeNode: Self.prices([1_000, 100, 200])])
      let lines = try settleEnergy(position, at: prices, under: terms, currency: "CNY")
      return lines[0].inputs.first { $0.name == "P_R" }?.value
    }
    #expect(try price([0, 1, 3]) == "175")
    #expect(try price([0, -1, 3]) == "433.333333")
    #expect(try price([0, 0, 0]) == "433.333333")
    #expect(StatementInput("Q_D", .megawattHours(2_160.5)).value == "2160.5")
  }

  @Test("deviations of every period are recovered, each in its own period")
  func recovery() throws {
    let terms = SettlementTerms(
      mode: .contractForDifference, contractPoint: .asContracted,
      recovery: DeviationRecovery(band: 50_000, share: 500_000))
    func lines(_ metered: [Double]) throws -> [StatementLine] {
      let position = EnergyPosition(
        unit: UnitID("A1"), day: Example.day, dayAhead: Self.energies([100, 100]), metered: Self.energies(metered))
      return try settleEnergy(
        position, at: Self.disclosed(ahead: [300, 300], later: [200, 200]), under: terms, currency: "CNY"
      ).filter { $0.item == .deviationRecovery }
    }
    let both = try lines([110, 120])
    #expect(both.first?.periods.map(\.period) == [1, 2])
    #expect(both.first?.periods.map(\.quantity.megawattHours) == [5, 15])
    #expect(both.first?.amount.amount == -1_000)
    #expect(try lines([100, 120]).first?.amount.amount == -750)
    #expect(try lines([100, 100]).isEmpty)
  }

  @Test("a period of one interval is that interval; one without energy takes the plain mean")
  func periods() throws {
    let quarters = Self.prices([100, 200, 300, 400])
    #expect(try periodPrices(quarters, intervalsPerPeriod: 1, rule: .weightedMean, energies: []) == quarters)
    let nothing = Self.energies([0, 0, 0, 0])
    #expect(
      try periodPrices(quarters, intervalsPerPeriod: 4, rule: .weightedMean, energies: nothing).map(\.text) == ["250"])
    #expect(throws: SettlementError.self) {
      try periodPrices(quarters, intervalsPerPeriod: 3, rule: .mean, energies: nothing)
    }
    #expect(unifiedPrice([(.zero, .perMegawattHour(300))]) == nil)
  }

  @Test("nothing to share among is shared with nobody")
  func nobody() {
    let contract = ContractForDifference(
      id: "C", counterparty: "X", firstDay: Example.day, lastDay: Example.day, fromMinute: 0, toMinute: 1_440,
      power: .megawatts(100), price: .perMegawattHour(350), reference: .dayAhead)
    #expect(sharedContracts([contract], units: [], grid: Example.grid(), intervalsPerPeriod: 1).isEmpty)
    #expect(capacityShares(Money(hundredths: 100), available: [.zero, .zero]) == [.zero, .zero])
    #expect(capacityShares(Money(hundredths: 100), available: []) == [])
  }

  @Test("each factor of availability and of the performance index has its own base")
  func factors() {
    #expect(
      storageCapacityCredit(discharge: .megawatts(100), availability: 0.5, certifiedHours: 4).kilowatts == 8_333)
    #expect(
      performanceIndex(speed: 2, precision: 3, response: 1, bases: (speed: 4, precision: 2, response: 5)) == 825_000)
  }

  @Test("the mean price of a line has the sign of its money over that of its energy")
  func meanPrice() {
    func line(_ megawattHours: Double, _ hundredths: Int64) -> StatementLine {
      StatementLine(
        unit: UnitID("A1"), day: Example.day, item: .dayAheadEnergy, quantity: .megawattHours(megawattHours),
        amount: Money(hundredths: hundredths), formula: "", inputs: [],
        source: Citation(clause: "", confidence: .assumed), periods: [])
    }
    #expect(line(2, 60_000).meanPrice?.text == "300")
    #expect(line(-2, -60_000).meanPrice?.text == "300")
    #expect(line(-2, 60_000).meanPrice?.text == "-300")
    #expect(line(0, 60_000).meanPrice == nil)
    var statement = Statement(currency: "CNY", lines: [line(2, 60_000)], assumptions: ["a"])
    statement.add([line(1, 100), line(1, 200)], assumptions: ["a", "b"])
    #expect(statement.lines.count == 3 && statement.assumptions == ["a", "b"])
  }
}
