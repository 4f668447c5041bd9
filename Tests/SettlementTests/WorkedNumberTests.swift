import Foundation
import MarketModel
import MarketRules
import MarketTestSupport
import Testing

@testable import Settlement

/// The worked numbers of the rules' section 5.9: Q_C 100 at 380, Q_D 150, Q_A 160, P_D 300, P_R 260.
@Suite("Settlement: worked numbers") struct WorkedNumberTests {
  static func prices(
    dayAhead: Double = 300, realTimeNode: Double = 260, realTimeUnified: Double = 260, zone: Double = 250
  ) -> SettlementPrices {
    SettlementPrices(
      day: Example.day,
      series: [
        .dayAheadNode: [.perMegawattHour(dayAhead)], .dayAheadUnified: [.perMegawattHour(dayAhead)],
        .realTimeNode: [.perMegawattHour(realTimeNode)], .realTimeUnified: [.perMegawattHour(realTimeUnified)],
        .zone: [.perMegawattHour(zone)],
      ])
  }

  static func position(
    dayAhead: Double = 150, metered: Double = 160, contract: Double? = 100,
    reference: ContractForDifference.Reference = .dayAhead
  ) -> EnergyPosition {
    EnergyPosition(
      unit: UnitID("A1"), day: Example.day, dayAhead: [.megawattHours(dayAhead)], metered: [.megawattHours(metered)],
      contracts: contract.map {
        [
          ContractPosition(
            id: "C", price: .perMegawattHour(380), reference: reference, quantities: [.megawattHours($0)])
        ]
      } ?? [])
  }

  static func total(_ lines: [StatementLine]) throws -> Double {
    try Statement(currency: "CNY", lines: lines).total().amount
  }

  static func settled(
    _ mode: SettlementMode, _ point: ContractPoint, _ position: EnergyPosition = position(),
    _ prices: SettlementPrices = prices()
  ) throws -> [StatementLine] {
    try settleEnergy(
      position, at: prices, under: SettlementTerms(mode: mode, contractPoint: point), currency: "CNY")
  }

  @Test("contracts for difference and the delta form both pay 55,600")
  func firstTwo() throws {
    let first = try Self.settled(.contractForDifference, .asContracted)
    #expect(first.map(\.amount.amount) == [45_000, 2_600, 8_000])
    #expect(try Self.total(first) == 55_600)
    let second = try Self.settled(.delta, .asContracted)
    #expect(second.map(\.item) == [.contractEnergy, .contractCongestion, .dayAheadChange, .deviationEnergy])
    #expect(second.map(\.amount.amount) == [38_000, 0, 15_000, 2_600])
    #expect(try Self.total(second) == 55_600)
  }

  @Test("everything at real time pays 41,600 + 6,000 + 12,000 = 59,600")
  func realTimeFull() throws {
    let lines = try Self.settled(.realTimeFull, .realTimeUnified)
    #expect(lines.map(\.amount.amount) == [41_600, 6_000, 12_000])
    #expect(lines.map(\.item) == [.realTimeEnergy, .dayAheadDifference, .contractDifference])
    #expect(try Self.total(lines) == 59_600)
  }

  @Test("a node of 240 under a unified 260 pays 56,400; the day-ahead leg at the node would pay 59,400")
  func basis() throws {
    let lines = try Self.settled(.realTimeFull, .realTimeUnified, Self.position(), Self.prices(realTimeNode: 240))
    #expect(lines.map(\.amount.amount) == [38_400, 6_000, 12_000])
    #expect(try Self.total(lines) == 56_400)
    let atNode = try Self.settled(
      .realTimeFull, .realTimeUnified, Self.position(), Self.prices(realTimeNode: 240, realTimeUnified: 240))
    #expect(atNode[0...1].reduce(0) { $0 + $1.amount.amount } + 12_000 == 59_400)
  }

  @Test("negative prices: −8,000 + 1,000 = −7,000")
  func negative() throws {
    let lines = try Self.settled(
      .contractForDifference, .asContracted, Self.position(dayAhead: 100, metered: 90, contract: nil),
      Self.prices(dayAhead: -80, realTimeNode: -100))
    #expect(lines.map(\.amount.amount) == [-8_000, 1_000])
    #expect(try Self.total(lines) == -7_000)
  }

  @Test("a zone's reference: Q_A at the node, contracts against the zone")
  func zone() throws {
    #expect(try Self.settled(.zoneReference, .zone).map(\.amount.amount) == [41_600, 13_000])
    #expect(try Self.settled(.single, .realTimeNode).map(\.amount.amount) == [41_600, 12_000])
  }

  @Test("the capacity pool is 1,762,500,000 and a share of 9.5 in 60 is 279,062,500")
  func capacity() {
    let pool = capacityPool(price: .perMegawattHour(70.5), marketEnergy: .megawattHours(25_000_000))
    #expect(pool.amount == 1_762_500_000)
    let shares = capacityShares(pool, available: [.megawatts(9_500), .megawatts(50_500)])
    #expect(shares.map(\.amount) == [279_062_500, 1_483_437_500])
    #expect(storageCapacityCredit(discharge: .megawatts(100), availability: 1, certifiedHours: 2).kilowatts == 8_333)
    #expect(
      nationalCapacityPayment(perKilowattYear: Money(hundredths: 16_500), capacity: .megawatts(600)).amount
        == 8_250_000)
  }

  @Test("shares of a pool that does not divide add up to the cent")
  func shares() throws {
    let shares = capacityShares(
      Money(hundredths: 100_01), available: [.megawatts(100), .megawatts(100), .megawatts(100)])
    #expect(shares.map(\.amount) == [33.34, 33.34, 33.33])
    #expect(try Money.sum(shares).amount == 100.01)
  }

  @Test("the mechanism pays (319 − 210) × 20,000 = 2,180,000")
  func mechanism() {
    #expect(
      mechanismPayment(
        price: .perMegawattHour(319), reference: .perMegawattHour(210), energy: .megawattHours(20_000)
      ).amount == 2_180_000)
  }

  @Test("make-whole pays 600,000 + 1,300,000 − 1,500,000 = 400,000, and never less than nothing")
  func makeWhole() throws {
    let energy = Energy.megawattHours(5_000)
    let account = CommitmentAccount(
      startUp: Money(hundredths: 60_000_000), energyCost: energy.value(at: .perMegawattHour(260)),
      energyRevenue: energy.value(at: .perMegawattHour(300)))
    #expect(try dayAheadMakeWhole(account).amount == 400_000)
    let rich = CommitmentAccount(
      startUp: .zero, energyCost: account.energyCost, energyRevenue: account.energyRevenue)
    #expect(try dayAheadMakeWhole(rich) == .zero)
    #expect(
      try realTimeMakeWhole(
        cost: account.energyCost, realTimeRevenue: Money(hundredths: 10_000_000),
        dayAheadRevenue: Money(hundredths: 100_000_000)
      ).amount == 200_000)
    #expect(
      try opportunityCost(
        should: .megawattHours(100), ordered: .megawattHours(60), realTimePrice: .perMegawattHour(300),
        savedCost: Money(hundredths: 1_000_000)
      ).amount == 2_000)
  }

  @Test("the four disclosed prices with the capacity adder, and the coal reference")
  func adder() {
    let adder = EnergyPrice.perMegawattHour(99.1)
    for (plain, shown) in [(-100.0, "-0.9"), (-80, "19.1"), (1300, "1399.1"), (1500, "1599.1")] {
      #expect(price(.perMegawattHour(plain), addingCapacity: adder).text == shown)
    }
    #expect(coalReferenceOffer(coal: .perMegawattHour(700), factorPartsPerMillion: 1_000_000)?.text == "296.352")
  }

  @Test("AGC: capacity, mileage, and what the energy loss leaves")
  func automaticGeneration() throws {
    let service = AutomaticGenerationService(
      capacity: .megawatts(30), hours: 24, capacityPricePerMegawattHour: .perMegawattHour(5),
      mileage: .megawatts(2_000), mileagePrice: .perMegawattHour(12), performancePartsPerMillion: 1_100_000,
      opportunityLoss: Money(hundredths: 4_000_000))
    #expect(service.capacityPayment.amount == 3_960)
    #expect(service.mileagePayment.amount == 26_400)
    #expect(try service.opportunityPayment().amount == 9_640)
    #expect(
      performanceIndex(speed: 1.1, precision: 1, response: 1, bases: (speed: 1, precision: 1, response: 1)) == 1_035_000
    )
  }

  @Test("a deviation beyond 5 % of 150 MWh is charged on 2.5 MWh")
  func recovery() {
    let rule = DeviationRecovery(band: 50_000, share: 500_000)
    let charged = rule.chargedEnergy(metered: .megawattHours(160), dayAhead: .megawattHours(150))
    #expect(charged.megawattHours == 2.5)
    #expect(
      charged.value(at: rule.price(dayAhead: .perMegawattHour(300), realTime: .perMegawattHour(260))).amount == 50)
  }

  @Test("congestion surplus and the unified price")
  func unified() throws {
    #expect(
      unifiedPrice([
        (.megawattHours(100), .perMegawattHour(200)), (.megawattHours(300), .perMegawattHour(400)),
      ])?.text == "350")
    #expect(unifiedPrice([]) == nil)
    #expect(
      try congestionSurplus(usersPay: [Money(hundredths: 500)], generatorsEarn: [Money(hundredths: 420)]).amount == 0.8)
  }
}
