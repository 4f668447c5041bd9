import Foundation
import MarketModel
import MarketRules
import MarketTestSupport
import Testing

@testable import Settlement

@Suite("Settlement: laws") struct SettlementLawTests {
  static let library = try? RulePackLibrary(
    directory: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "data/rules"))

  /// A day of 96 periods with prices of two decimals and quantities to the kilowatt, and contracts.
  static func example(seed: UInt64) -> (EnergyPosition, SettlementPrices) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func next(_ range: ClosedRange<Int64>) -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return range.lowerBound + Int64((state >> 33) % UInt64(range.upperBound - range.lowerBound + 1))
    }
    func energies(_ range: ClosedRange<Int64>) -> [Energy] {
      (0..<96).map { _ in Power(kilowatts: next(range)).energy(over: .quarterHour) }
    }
    func prices() -> [EnergyPrice] {
      (0..<96).map { _ in EnergyPrice(microPerMegawattHour: next(-10_000...150_000) * 10_000) }
    }
    let (first, second) = (prices(), prices())
    let contracts = ["C1", "C2"].map {
      ContractPosition(
        id: $0, price: EnergyPrice(microPerMegawattHour: next(300...450) * 1_000_000), reference: .dayAhead,
        quantities: energies(0...200_000))
    }
    let position = EnergyPosition(
      unit: UnitID("A1"), day: Example.day, dayAhead: energies(0...330_000), metered: energies(0...330_000),
      contracts: contracts)
    return (
      position,
      SettlementPrices(
        day: Example.day,
        series: [
          .dayAheadNode: first, .dayAheadUnified: first, .realTimeNode: second, .realTimeUnified: second,
        ])
    )
  }

  static func exact(_ mode: SettlementMode, _ point: ContractPoint, seed: UInt64) throws -> Money {
    let (position, prices) = example(seed: seed)
    let lines = try settleEnergy(
      position, at: prices, under: SettlementTerms(mode: mode, contractPoint: point), currency: "CNY")
    return try Money.sum(lines.flatMap { $0.periods.map(\.amount) })
  }

  @Test(
    "contracts for difference equal the delta form exactly where the reference is the day-ahead price",
    arguments: 1...20)
  func firstEqualsSecond(seed: UInt64) throws {
    #expect(
      try Self.exact(.contractForDifference, .dayAheadNode, seed: seed) == Self.exact(.delta, .dayAheadNode, seed: seed)
    )
  }

  @Test(
    "the real-time form equals contracts for difference exactly where both refer to real time and node is unified",
    arguments: 1...20)
  func thirdEqualsFirst(seed: UInt64) throws {
    let third = try Self.exact(.realTimeFull, .realTimeUnified, seed: seed)
    #expect(try third == Self.exact(.contractForDifference, .realTimeNode, seed: seed))
    #expect(try third != Self.exact(.contractForDifference, .dayAheadNode, seed: seed))
  }

  @Test("lines are whole hundredths, each within half a hundredth of its periods, and the total is their sum")
  func rounding() throws {
    let (position, prices) = Self.example(seed: 7)
    for rule in RoundingRule.allCases {
      let lines = try settleEnergy(
        position, at: prices,
        under: SettlementTerms(mode: .contractForDifference, contractPoint: .asContracted, rounding: rule),
        currency: "CNY")
      for line in lines {
        let sum = try Money.sum(line.periods.map(\.amount))
        #expect(line.amount == line.amount.rounded)
        #expect(abs((try line.amount - sum).amount) <= 0.005)
        if rule == .period { #expect(line.periods.allSatisfy { $0.amount == $0.amount.rounded }) }
      }
      #expect(try Statement(currency: "CNY", lines: lines).total() == Money.sum(lines.map(\.amount)))
    }
  }

  @Test("contracts are shared among units to the watt-minute")
  func sharing() {
    let units = [Example.unit("A1"), Example.unit("A2", rated: 600), Example.unit("A3", rated: 350)]
    let contract = ContractForDifference(
      id: "C", counterparty: "X", firstDay: Example.day, lastDay: Example.day, fromMinute: 0, toMinute: 1_440,
      power: .megawatts(1_000.001), price: .perMegawattHour(350), reference: .dayAhead)
    let shares = sharedContracts([contract], units: units, grid: Example.grid(), intervalsPerPeriod: 4)
    #expect(shares.count == 3)
    for period in 0..<24 {
      let sum = shares.values.reduce(Int64(0)) { $0 + $1[0].quantities[period].wattMinutes }
      #expect(sum == 1_000_001 * 1_000 * 60)
    }
  }

  @Test("a price that is missing and half a day are one sentence each")
  func missing() throws {
    let (position, prices) = Self.example(seed: 3)
    let terms = SettlementTerms(mode: .zoneReference, contractPoint: .zone)
    #expect(throws: SettlementError.self) { try settleEnergy(position, at: prices, under: terms, currency: "CNY") }
    do { _ = try settleEnergy(position, at: prices, under: terms, currency: "CNY") } catch {
      #expect("\(error)".contains("zone prices of 2023-03-15") && "\(error)".contains("import them"))
    }
    let half = SettlementPrices(
      day: Example.day, series: [.dayAheadNode: Array((prices.series[.dayAheadNode] ?? []).prefix(48))])
    do {
      _ = try settleEnergy(
        position, at: half, under: SettlementTerms(mode: .delta, contractPoint: .dayAheadNode), currency: "CNY")
      Issue.record("half a day was settled")
    } catch { #expect("\(error)".contains("cover 48 of 96 settlement periods")) }
    let short = EnergyPosition(
      unit: UnitID("A1"), day: Example.day, dayAhead: position.dayAhead, metered: Array(position.metered.prefix(48)))
    do {
      _ = try settleEnergy(
        short, at: prices, under: SettlementTerms(mode: .single, contractPoint: .realTimeNode), currency: "CNY")
      Issue.record("half a day was settled")
    } catch { #expect("\(error)".contains("48 of 96 settlement periods of metered energy")) }
  }

  @Test("without a deviation the real-time price need not be known")
  func noDeviation() throws {
    let (position, prices) = Self.example(seed: 3)
    let same = EnergyPosition(
      unit: UnitID("A1"), day: Example.day, dayAhead: position.dayAhead, metered: position.dayAhead)
    let known = SettlementPrices(day: Example.day, series: [.dayAheadNode: prices.series[.dayAheadNode] ?? []])
    let lines = try settleEnergy(
      same, at: known, under: SettlementTerms(mode: .contractForDifference, contractPoint: .asContracted),
      currency: "CNY")
    #expect(lines[1].item == .deviationEnergy && lines[1].amount == .zero)
  }

  @Test("a period's price is the mean of its quarters, or weighted")
  func periods() throws {
    let prices = [100.0, 200, 300, 400].map { EnergyPrice.perMegawattHour($0) }
    let energies = [1.0, 1, 1, 5].map { Energy.megawattHours($0) }
    #expect(try periodPrices(prices, intervalsPerPeriod: 4, rule: .mean, energies: energies).map(\.text) == ["250"])
    #expect(
      try periodPrices(prices, intervalsPerPeriod: 4, rule: .weightedMean, energies: energies).map(\.text) == ["325"])
    #expect(periodEnergies(energies, intervalsPerPeriod: 4).map(\.megawattHours) == [8])
  }

  @Test("a second limit scales settled prices and leaves the disclosed ones")
  func secondLevel() throws {
    let disclosed = SettlementPrices(
      day: Example.day,
      series: [
        .dayAheadUnified: [.perMegawattHour(500), .perMegawattHour(1_500)],
        .dayAheadNode: [.perMegawattHour(600), .perMegawattHour(1_500)],
        .realTimeUnified: [.perMegawattHour(100), .perMegawattHour(200)],
      ])
    let settled = disclosed.settled(
      under: .proportional(trigger: .perMegawattHour(800)), evidence: SecondLevelEvidence(dailyMeans: []))
    #expect(settled.series[.dayAheadUnified]?.map(\.text) == ["400", "1200"])
    #expect(settled.series[.dayAheadNode]?.map(\.text) == ["480", "1200"])
    #expect(settled.series[.realTimeUnified] == disclosed.series[.realTimeUnified])
    #expect(settled.reason?.contains("mean 1000 is above 800") == true && disclosed.reason == nil)
    let trigger = LoweredCapTrigger(days: 7, nodeSharePartsPerMillion: 400_000, hours: 4)
    let limit = SecondLevelLimit.loweredCap(
      cap: .perMegawattHour(1_500), factorPartsPerMillion: 800_000, trigger: trigger)
    let six = SecondLevelEvidence(dailyMeans: [EnergyPrice](repeating: .perMegawattHour(1_501), count: 6))
    #expect(disclosed.settled(under: limit, evidence: six) == disclosed)
    let seven = SecondLevelEvidence(dailyMeans: [EnergyPrice](repeating: .perMegawattHour(1_501), count: 7))
    #expect(disclosed.settled(under: limit, evidence: seven).series[.dayAheadNode]?.map(\.text) == ["600", "1200"])
    let nodes = SecondLevelEvidence(
      dailyMeans: [], nodesAtMaximum: [400_000, 400_000, 0, 500_000, 400_000, 450_000, 400_000])
    #expect(disclosed.settled(under: limit, evidence: nodes).reason?.contains("40.0 % of the nodes") == true)
  }

  @Test("the pack chooses the form; what it does not know is said")
  func packs() throws {
    let library = try #require(Self.library)
    let draft = try library.pack(for: "shandong", version: "2026-03-draft")
    let terms = try SettlementTerms(draft)
    #expect(terms.mode == .realTimeFull && terms.contractPoint == .realTimeUnified && terms.intervalsPerPeriod == 1)
    #expect(terms.modeSource.clause.contains("§14.5.5-7"))
    let old = try library.pack(for: "shandong", version: "2022-01")
    let unknown = try SettlementTerms(old)
    #expect(unknown.mode == .contractForDifference && unknown.intervalsPerPeriod == 4)
    #expect(unknown.periodPrice == .weightedMean)
    #expect(unknown.assumptions.contains { $0.contains("does not know settlement.mode") })
    #expect(try SettlementTerms(old, mode: .single).mode == .single)
    #expect(try SettlementTerms(library.pack(for: "gansu", version: "2022-01")).mode == .delta)
    #expect(try SettlementTerms(library.pack(for: "west-inner-mongolia", version: "2025-06")).contractPoint == .zone)
    guard case .loweredCap(_, 800_000, _)? = SecondLevelLimit.of(draft).limit else {
      Issue.record("the draft lowers the cap")
      return
    }
    #expect(
      SecondLevelLimit.of(try library.pack(for: "zhejiang", version: "2026-01")).note?.contains("trigger") == true)
  }
}
