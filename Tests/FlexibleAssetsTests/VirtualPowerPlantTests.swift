import NumericMethods
import Testing

@testable import FlexibleAssets

@Suite("Virtual power plant") struct VirtualPowerPlantTests {
  static func unit(
    _ name: String = "B", power: Double = 1, energy: Double = 2, efficiency: Double = 0.9, wear: Double = 0
  ) throws -> StorageUnit {
    try StorageUnit(
      name: name, chargeMegawatts: power, dischargeMegawatts: power, usableMegawattHours: energy,
      chargeEfficiency: efficiency, dischargeEfficiency: efficiency, wearCostPerMWh: wear)
  }

  static func resource(_ name: String, _ kind: FlexibleResource.Kind, member: String = "M") -> FlexibleResource {
    FlexibleResource(name: name, member: member, kind: kind)
  }

  @Test("a battery's values are worth what its best moves earn") func exactValues() throws {
    var generator = SplitMix64(seed: 4)
    for trial in 0..<40 {
      let unit = try Self.unit(
        power: 0.5 + generator.nextUniform(), energy: 1 + 3 * generator.nextUniform(),
        efficiency: 0.85 + 0.15 * generator.nextUniform(), wear: 20 * generator.nextUniform())
      let battery = try MemberBattery(unit: unit, stateOfCharge: generator.nextUniform(), endValuePerMWh: 250)
      let plant = try VirtualPowerPlant([Self.resource("B", .battery(battery))], intervals: 24, hours: 0.5)
      let prices = (0..<24).map { _ in 600 * generator.nextUniform() }
      let answer = plant.response(plant.resources[0], prices: prices)
      let earned = zip(prices, answer.powers).reduce(0) { $0 + $1.0 * $1.1 } * 0.5
      let profit = earned - plant.cost(plant.resources[0], answer.powers)
      #expect(abs(profit - answer.profit) < 1e-6, "trial \(trial)")
      var stored = battery.initialMegawattHours
      for power in answer.powers {
        stored += power < 0 ? -power * unit.chargeEfficiency / 2 : -power / unit.dischargeEfficiency / 2
        #expect(stored > -1e-9 && stored < unit.usableMegawattHours + 1e-9)
        #expect(abs(power) < unit.chargeMegawatts + 1e-9)
      }
    }
  }

  @Test("no schedule on a fine grid of states earns more") func gridIsNoBetter() throws {
    let unit = try Self.unit(efficiency: 0.95, wear: 5)
    let battery = try MemberBattery(unit: unit, stateOfCharge: 0.5, endValuePerMWh: 0)
    let plant = try VirtualPowerPlant([Self.resource("B", .battery(battery))], intervals: 24, hours: 0.5)
    var generator = SplitMix64(seed: 8)
    let prices = (0..<24).map { _ in 500 * generator.nextUniform() }
    let grid = StorageGrid(unit, hours: 0.5)
    let programme = StorageProgramme(grid)
    let start = grid.state(atShare: 0.5)
    let states = programme.schedule(
      prices: prices, from: start, final: [Double](repeating: 0, count: grid.count))
    let onGrid = programme.profit(of: states, from: start, prices: prices)
    let exact = plant.response(plant.resources[0], prices: prices).profit
    #expect(exact >= onGrid - 20)
    #expect(exact <= 1.05 * onGrid)
  }

  @Test("impossible resources are refused in one sentence") func refusals() throws {
    let unit = try Self.unit()
    #expect(throws: AssetProblem("Battery B: state of charge is 130 %; it is 0 to 100 % of the usable energy.")) {
      try MemberBattery(unit: unit, stateOfCharge: 1.3, endValuePerMWh: 0)
    }
    #expect(throws: AssetProblem.self) { try MemberBattery(unit: unit, stateOfCharge: .nan, endValuePerMWh: 0) }
    #expect(throws: AssetProblem.self) {
      try ChargingPile(megawatts: 0.1, plugged: 0..<4, neededMegawattHours: 0.2, hours: 0.25)
    }
    #expect(throws: AssetProblem.self) { try Photovoltaics(available: [1, .nan], compensationPerMWh: 0) }
    #expect(throws: AssetProblem.self) {
      try AdjustableLoad(baseline: [1], reducible: [2], largestReductionMWh: 1, compensationPerMWh: 1)
    }
    #expect(throws: AssetProblem.self) {
      try HeatAndPower(
        heat: [10], minimum: 1, maximum: 3, powerPerHeat: 0.5, lossPerHeat: 0.1, costPerMWh: 300, costSlope: 1)
    }
    let short = try Photovoltaics(available: [1], compensationPerMWh: 0)
    #expect(throws: AssetProblem.self) {
      try VirtualPowerPlant([Self.resource("P", .photovoltaics(short))], intervals: 2, hours: 1)
    }
  }

  @Test("a pile charges when it is cheap, and in time when others ask for power") func pile() throws {
    let pile = try ChargingPile(megawatts: 1, plugged: 1..<5, neededMegawattHours: 2, hours: 1)
    let plant = try VirtualPowerPlant([Self.resource("E", .chargingPile(pile))], intervals: 6, hours: 1)
    let prices = [10.0, 50, 20, 40, 30, 5]
    #expect(plant.response(plant.resources[0], prices: prices).powers == [0, 0, -1, 0, -1, 0])
    #expect(plant.unsteered(plant.resources[0]) == [0, -1, -1, 0, 0, 0])
    let late = plant.dispatch(schedule: [0, 0, 0, -1, -1, 0], prices: prices)
    #expect(late.largestDeviation < 1e-9)
    // Whatever is asked, the need is drawn.
    let never = plant.dispatch(schedule: [0, 0, 0, 0, 0, 0], prices: prices)
    #expect(abs(never.powers.reduce(0, +) + 2) < 1e-9)
    #expect(never.costBound == nil)
  }

  /// A small plant whose cheapest dispatch can be found by hand.
  static func pair() throws -> VirtualPowerPlant {
    let cheap = try HeatAndPower(
      heat: [0, 0], minimum: 0, maximum: 10, powerPerHeat: 0, lossPerHeat: 0, costPerMWh: 200, costSlope: 0)
    let dear = try HeatAndPower(
      heat: [0, 0], minimum: 1, maximum: 10, powerPerHeat: 0, lossPerHeat: 0, costPerMWh: 300, costSlope: 0)
    return try VirtualPowerPlant(
      [resource("cheap", .heatAndPower(cheap), member: "A"), resource("dear", .heatAndPower(dear), member: "B")],
      intervals: 2, hours: 1)
  }

  @Test("the cheapest parts serve, by hand") func byHand() throws {
    let plant = try Self.pair()
    let dispatch = plant.dispatch(schedule: [8, 14], prices: [250, 250])
    #expect(dispatch.powers == [7, 10, 1, 4])
    #expect(dispatch.cost == 17 * 200 + 5 * 300)
    #expect(dispatch.largestDeviation == 0)
    #expect(try #require(dispatch.costBound) <= dispatch.cost + 1e-6)
    let beyond = plant.dispatch(schedule: [8, 30], prices: [250, 250])
    #expect(beyond.deviations == [0, -10])
  }

  @Test("schedules are kept to the watt, no battery is overdrawn, no need is missed, and the cost is near its bound")
  func laws() throws {
    let made = try ConstructedPlant(resources: 300, members: 30, seed: 2)
    let rules = PlantOfferRules(largestSteps: 10, smallestStepMegawatts: 1, limits: -80...1_300)
    let envelope = made.plant.envelope(prices: made.expectedPrices, rules: rules, threads: 1)
    let schedule = made.actualPrices.indices.map { envelope.cleared(interval: $0, price: made.actualPrices[$0]) }
    let dispatch = made.plant.dispatch(schedule: schedule, prices: made.actualPrices)
    #expect(dispatch.largestDeviation < 1e-6)
    let bound = try #require(dispatch.costBound)
    #expect(dispatch.cost >= bound - 1e-6 && dispatch.cost < bound * 1.02)
    try Self.checkFeasible(made.plant, dispatch)
    for interval in 0..<96 {
      #expect(envelope.lower[interval] <= envelope.plan[interval] + 1e-9)
      #expect(envelope.plan[interval] <= envelope.upper[interval] + 1e-9)
      let steps = envelope.offers[interval]
      #expect(steps.count <= 10)
      for (below, above) in zip(steps, steps.dropFirst()) {
        #expect(above.pricePerMWh >= below.pricePerMWh && abs(above.from - below.to) < 1e-9)
      }
    }
  }

  static func checkFeasible(_ plant: VirtualPowerPlant, _ dispatch: PlantDispatch) throws {
    for (index, resource) in plant.resources.enumerated() {
      let powers = Array(dispatch.powers(of: index))
      switch resource.kind {
      case .photovoltaics(let solar):
        #expect(zip(powers, solar.available).allSatisfy { $0 >= -1e-9 && $0 <= $1 + 1e-9 })
      case .battery(let battery):
        var stored = battery.initialMegawattHours
        for power in powers {
          stored +=
            power < 0
            ? -power * battery.unit.chargeEfficiency * plant.hours
            : -power / battery.unit.dischargeEfficiency * plant.hours
          #expect(stored > -1e-7 && stored < battery.unit.usableMegawattHours + 1e-7)
          #expect(abs(power) <= battery.unit.chargeMegawatts + 1e-9)
        }
      case .chargingPile(let pile):
        #expect(abs(powers.reduce(0, +) * plant.hours + pile.neededMegawattHours) < 1e-7)
        #expect(powers.allSatisfy { $0 <= 1e-12 && $0 >= -pile.megawatts - 1e-9 })
      case .adjustableLoad(let load):
        let reduced = zip(load.baseline, powers).map { $0 + $1 }
        #expect(reduced.reduce(0, +) * plant.hours <= load.largestReductionMWh + 1e-7)
        #expect(zip(reduced, load.reducible).allSatisfy { $0 >= -1e-9 && $0 <= $1 + 1e-9 })
      case .heatAndPower(let unit):
        for (interval, power) in powers.enumerated() {
          #expect(power >= unit.lowest[interval] - 1e-9 && power <= unit.highest[interval] + 1e-9)
        }
      }
    }
  }

  @Test("when resources fall silent the others take over from the next interval on, and the silent pay")
  func silence() throws {
    let made = try ConstructedPlant(resources: 200, members: 20, seed: 3)
    let answer = made.plant.answers(prices: made.expectedPrices, threads: 1)
    let plan = made.plant.dispatch(schedule: answer.powers, prices: made.expectedPrices)
    let silent = [5: 40, 17: 40, 60: 40]
    let followed = made.plant.follow(plan, schedule: answer.powers, silentFrom: silent, threads: 2)
    #expect(followed.deviations[..<40].allSatisfy { $0 == 0 })
    #expect(followed.deviations[41...].allSatisfy { abs($0) < 1e-6 })
    for resource in silent.keys {
      #expect(
        Array(followed.powers(of: resource))[..<40]
          .elementsEqual(Array(plan.powers(of: resource))[..<40]) { abs($0 - $1) < 1e-9 })
    }
    let settlement = made.plant.settle(
      instructed: followed.orders(plan: plan, silentFrom: silent), metered: followed, schedule: answer.powers,
      dayAhead: made.expectedPrices, realTime: made.expectedPrices.map { $0 + 50 }, feeShare: 0.1)
    #expect(settlement.difference == 0)
    let members = Set(silent.keys.map { made.plant.resources[$0].member })
    for statement in settlement.statements where !members.contains(statement.member) {
      #expect(abs(statement.deviation) < 1e-6)
    }
  }

  @Test("settlement by hand, and whole numbers that add up") func settlement() throws {
    let plant = try Self.pair()
    let dispatch = plant.dispatch(schedule: [8, 14], prices: [250, 250])
    let settlement = plant.settle(
      instructed: dispatch, metered: dispatch, schedule: [8, 14], dayAhead: [250, 350], realTime: [0, 0], feeShare: 0.5)
    // 8·250 + 14·350 = 6900; unsteered A 0, B 1 + 1 at 600; steering costs A 3400, B 900; gain 2000, half of it the fee.
    #expect(settlement.marketPayment == 690_000)
    #expect(settlement.fee == 100_000)
    #expect(settlement.statements.map(\.total) == [340_000 + 85_000, 60_000 + 90_000 + 15_000])
    #expect(settlement.difference == 0)
    #expect(roundedToSum([1.4, 1.4, 1.2], sum: 4) == [2, 1, 1])
    #expect(roundedToSum([-1.5, 0.7], sum: -1) == [-2, 1])
    var generator = SplitMix64(seed: 1)
    for _ in 0..<200 {
      let values = (0..<7).map { _ in 1e5 * (generator.nextUniform() - 0.5) }
      let sum = Int(values.reduce(0, +).rounded())
      let rounded = roundedToSum(values, sum: sum)
      #expect(rounded.reduce(0, +) == sum)
      #expect(zip(values, rounded).allSatisfy { abs($0 - Double($1)) < 1 })
    }
  }

  @Test("records tell efficiency and energy, whatever nonsense is among them") func records() throws {
    let plant = try ConstructedPlant(resources: 60, members: 5, seed: 6).plant
    let learned = try ConstructedRecords(of: plant, seed: 7)
    #expect(learned.roundTripErrors.updated < 0.3 * learned.roundTripErrors.plate)
    #expect(learned.energyErrors.updated < 0.3 * learned.energyErrors.plate)
    #expect(learned.yieldErrors.updated < 0.3 * learned.yieldErrors.plate)
    let unit = try Self.unit()
    let nonsense = [
      BatteryRecord(drawnMWh: 1, deliveredMWh: 0, before: 0.5, after: 1.7),
      BatteryRecord(drawnMWh: .nan, deliveredMWh: 0, before: 0.5, after: 0.6),
    ]
    let kept = try unit.updated(from: nonsense)
    #expect(abs(kept.unit.usableMegawattHours - 2) < 1e-9 && kept.health.records == 0)
    #expect(kept.health.findings.first?.contains("2 records of B are impossible") == true)
    let quiet = ResourceHealth.ratio("L1", expected: [1, 1, 1, 1, 1, 1], done: [1, 1, 0, 0, 0, 0])
    #expect(quiet.findings.first?.contains("L1 stopped answering") == true)
  }

  @Test("the same at one and at three threads") func threads() throws {
    let made = try ConstructedPlant(resources: 150, members: 9, seed: 5)
    var settings = DispatchSettings()
    settings.rounds = 3
    let schedule = made.plant.answers(prices: made.actualPrices, threads: 1).powers
    let one = made.plant.dispatch(schedule: schedule, prices: made.expectedPrices, settings: settings)
    settings.threads = 3
    let three = made.plant.dispatch(schedule: schedule, prices: made.expectedPrices, settings: settings)
    #expect(one.powers == three.powers && one.cost == three.cost)
  }
}
