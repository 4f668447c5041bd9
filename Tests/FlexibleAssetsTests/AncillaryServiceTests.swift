import NumericMethods
import Testing

@testable import FlexibleAssets

@Suite("Ancillary services") struct AncillaryServiceTests {
  @Test("regulation by hand: cheap to hold in the middle, dear at the top") func regulation() throws {
    let unit = try RegulatingUnit(
      lowest: 100, highest: 300, costPerMWh: 200, costSlope: 1, largestRegulation: 50)
    // At 400 the best output is 200: 50 either way cost nothing. At 500 it is 300; 50 less lose 50²/2.
    #expect(unit.opportunityCost(price: 400, regulation: 50) == 0)
    #expect(abs(unit.opportunityCost(price: 500, regulation: 50) - 1_250) < 1e-9)
    #expect(abs(unit.opportunityCost(price: 600, regulation: 50) - (1_250 + 5_000)) < 1e-9)
    let terms = try RegulationTerms(
      capacityPrice: 10, mileagePerMegawattHour: 4, performance: 1.5, mileagePrice: 6, mileageCost: 2)
    #expect(terms.margin == 10 + 4 * 7)
    #expect(abs(unit.best(price: 400, terms: terms).regulation - 50) < 1e-3)
    // At 500 a further MW loses as much as is held: 38 is where that meets the margin.
    #expect(abs(unit.best(price: 500, terms: terms).regulation - 38) < 1e-2)
    #expect(unit.best(price: 800, terms: terms).regulation == 0)
    #expect(throws: AssetProblem.self) {
      try RegulatingUnit(lowest: 3, highest: 2, costPerMWh: 1, costSlope: 1, largestRegulation: 1)
    }
  }

  @Test("no regulation and output on a grid earn more together") func jointIsBest() throws {
    var generator = SplitMix64(seed: 3)
    for _ in 0..<50 {
      let unit = try RegulatingUnit(
        lowest: 50, highest: 150 + 100 * generator.nextUniform(), costPerMWh: 250, costSlope: generator.nextUniform(),
        largestRegulation: 40)
      let terms = try RegulationTerms(
        capacityPrice: 60 * generator.nextUniform(), mileagePerMegawattHour: 0, performance: 1, mileagePrice: 0,
        mileageCost: 0)
      let price = 150 + 300 * generator.nextUniform()
      let best = unit.best(price: price, terms: terms)
      #expect(best.output + best.regulation <= unit.highest + 1e-6)
      #expect(best.output - best.regulation >= unit.lowest - 1e-6)
      for held in stride(from: 0.0, through: 40, by: 4) {
        let profit = unit.profit(price: price, regulation: held) + held * terms.margin
        #expect(best.profit >= profit - 1e-3)
      }
    }
  }

  static func battery() throws -> MemberBattery {
    let unit = try StorageUnit(
      name: "B", chargeMegawatts: 10, dischargeMegawatts: 10, usableMegawattHours: 20, chargeEfficiency: 0.95,
      dischargeEfficiency: 0.95, wearCostPerMWh: 5)
    return try MemberBattery(unit: unit, stateOfCharge: 0.5, endValuePerMWh: 300)
  }

  @Test("without a price of reserve the schedule is the exact one; with one, power and energy are kept for calls")
  func storage() throws {
    let battery = try Self.battery()
    let prices = (0..<24).map { $0 < 8 ? 200.0 : $0 < 16 ? 300 : 500 }
    let none = prices.map { _ in 0.0 }
    let alone = try StorageReserve(battery, prices: prices, reservePrices: none, hours: 1, callHours: 1)
    let plant = try VirtualPowerPlant(
      [FlexibleResource(name: "B", member: "M", kind: .battery(battery))], intervals: 24, hours: 1)
    #expect(abs(alone.energyProfit - plant.response(plant.resources[0], prices: prices).profit) < 1e-3)
    let both = try StorageReserve(
      battery, prices: prices, reservePrices: prices.map { _ in 40 }, hours: 1, callHours: 1)
    #expect(both.energyProfit <= alone.energyProfit + 1e-6)
    #expect(both.energyProfit + both.reserveProfit >= alone.energyProfit - 1e-6)
    var stored = battery.initialMegawattHours
    for (power, reserve) in zip(both.powers, both.reserves) {
      stored += power < 0 ? -power * 0.95 : -power / 0.95
      #expect(power + reserve <= 10 + 1e-6)
      #expect(stored >= reserve / 0.95 - 1e-6)
    }
  }

  @Test("dearer reserve is held more, and no point loses more energy than it earns") func offer() throws {
    let prices = (0..<24).map { 300 + 150 * Double($0 % 8) / 8 }
    let points = try Self.battery().reserveOffer(
      prices: prices, reservePrices: [5, 20, 80], hours: 1, callHours: 1)
    for (low, high) in zip(points, points.dropFirst()) {
      #expect(high.meanMegawatts >= low.meanMegawatts - 1e-6 && high.opportunityCost >= low.opportunityCost - 1e-6)
    }
    for point in points {
      #expect(point.opportunityCost <= point.pricePerMWh * point.meanMegawatts * 24 + 1e-6)
    }
  }
}
