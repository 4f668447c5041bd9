import NumericMethods
import Testing

@testable import FlexibleAssets

@Suite("A storage's offer") struct StorageOfferTests {
  static let rules = StorageOfferRules(
    largestChargeSegments: 5, largestDischargeSegments: 5, smallestSegmentMegawatts: 2, limits: -80...1_300)

  static func battery(_ power: Double, wear: Double = 10, efficiency: Double = 0.95) throws -> MemberBattery {
    let unit = try StorageUnit(
      name: "B", chargeMegawatts: power, dischargeMegawatts: power, usableMegawattHours: 2 * power,
      chargeEfficiency: efficiency, dischargeEfficiency: efficiency, wearCostPerMWh: wear)
    return try MemberBattery(unit: unit, stateOfCharge: 0.5, endValuePerMWh: 250)
  }

  @Test("from −P to +P in five and five, joined, never falling, never below cost") func shape() throws {
    var generator = SplitMix64(seed: 12)
    for _ in 0..<60 {
      let battery = try Self.battery(
        11 + 200 * generator.nextUniform(), wear: 50 * generator.nextUniform(),
        efficiency: 0.8 + 0.2 * generator.nextUniform())
      let prices = (0..<96).map { _ in 700 * generator.nextUniform() - 100 }
      let steps = try battery.offer(prices: prices, hours: 0.25, rules: Self.rules)
      #expect(steps.count == 10)
      #expect(abs((steps.first?.from ?? 0) + battery.unit.chargeMegawatts) < 1e-3)
      #expect(abs((steps.last?.to ?? 0) - battery.unit.dischargeMegawatts) < 1e-3)
      #expect(steps[4].to == 0 && steps[5].from == 0)
      for (lower, upper) in zip(steps, steps.dropFirst()) {
        #expect(upper.from == lower.to && upper.pricePerMWh >= lower.pricePerMWh)
      }
      #expect(steps.allSatisfy { $0.to - $0.from >= 2 - 1e-9 && Self.rules.limits.contains($0.pricePerMWh) })
      let (paid, sold) = (steps[4].pricePerMWh, steps[5].pricePerMWh)
      let trip = battery.unit.chargeEfficiency * battery.unit.dischargeEfficiency
      #expect(sold >= (paid > 0 ? paid / trip : paid) + battery.unit.wearCostPerMWh - 1e-6)
    }
  }

  @Test("the exact schedule keeps power, energy and cycles, and earns what a fine grid earns") func schedule() throws {
    var generator = SplitMix64(seed: 21)
    for cycles in [nil, 1.0, 0.4] {
      let unit = try StorageUnit(
        name: "B", chargeMegawatts: 30, dischargeMegawatts: 30, usableMegawattHours: 61.3, chargeEfficiency: 0.95,
        dischargeEfficiency: 0.95, wearCostPerMWh: 5, largestCyclesPerDay: cycles)
      let battery = try MemberBattery(unit: unit, stateOfCharge: 0.37, endValuePerMWh: 200)
      let prices = (0..<96).map { _ in 500 * generator.nextUniform() }
      let powers = battery.schedule(prices: prices, hours: 0.25)
      var stored = battery.initialMegawattHours
      for power in powers {
        stored += power < 0 ? -power * 0.95 / 4 : -power / 0.95 / 4
        #expect(stored > -1e-9 && stored < 61.3 + 1e-9 && abs(power) <= 30 + 1e-9)
      }
      let delivered = powers.reduce(0) { $0 + max($1, 0) } / 4
      // P11: half of what goes into and out of the store.
      let moved = powers.reduce(0) { $0 + ($1 < 0 ? -$1 * 0.95 : $1 / 0.95) } / 4
      if let cycles {
        #expect(moved / 2 <= cycles * 61.3 + 1e-6 && max(moved / 2, delivered / 0.95) > 0.999 * cycles * 61.3)
      }
      if let cycles { #expect(delivered <= cycles * 61.3 * 0.95 + 1e-6) }
      let profit = zip(prices, powers).reduce(0) { $0 + $1.0 * $1.1 / 4 } - 5 * delivered + 200 * stored
      let grid = StorageGrid(unit, hours: 0.25)
      let start = grid.state(atShare: 0.37)
      let final = (0..<grid.count).map { 200 * Double($0) * grid.stepMegawattHours }
      let programme = StorageProgramme(grid)
      let states = programme.schedule(prices: prices, from: start, final: final)
      let onGrid = programme.profit(of: states, from: start, prices: prices) + final[states[95]]
      // The grid limits deliveries alone, so that it may fill the store beside them.
      if cycles == nil { #expect(profit > 0.97 * onGrid) }
    }
  }

  @Test("small sides have fewer segments; too small ones none") func small() throws {
    let prices = [100.0, 500]
    #expect(try Self.battery(5).offer(prices: prices, hours: 1, rules: Self.rules).count == 4)
    #expect(throws: AssetProblem("Storage B: charging power is 1.5 MW; a segment is 2 MW at least.")) {
      try Self.battery(1.5).offer(prices: prices, hours: 1, rules: Self.rules)
    }
  }

  @Test("dearer days raise every price") func level() throws {
    let battery = try Self.battery(50)
    let day = (0..<24).map { 200 + 150 * Double($0 % 12) / 12 }
    let low = try battery.offer(prices: day, hours: 1, rules: Self.rules)
    let high = try battery.offer(prices: day.map { $0 + 100 }, hours: 1, rules: Self.rules)
    #expect(zip(low, high).allSatisfy { $0.pricePerMWh < $1.pricePerMWh })
  }
}
