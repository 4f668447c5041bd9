internal import NumericMethods

/// A month of made-up operation of a plant's batteries and solar plants that differ from their name plates, and what is learned from it.
public struct ConstructedRecords: Sendable {
  /// Mean |error| of the round trip and of the usable energy as a share, by name plate and after the update.
  public let roundTripErrors: (plate: Double, updated: Double)
  public let energyErrors: (plate: Double, updated: Double)
  public let yieldErrors: (plate: Double, updated: Double)
  public let batteries: Int
  public let solarPlants: Int
  public let worn: Int
  /// The first findings, one sentence each.
  public let findings: [String]
  /// The plant with the parameters that the records tell.
  public let plant: VirtualPowerPlant

  /// Errors by name plate and after the update.
  private typealias Errors = (plate: Double, updated: Double)

  /// - Throws: ``AssetProblem`` if an updated resource is impossible.
  public init(of plant: VirtualPowerPlant, days: Int = 30, seed: UInt64) throws(AssetProblem) {
    var generator = SplitMix64(seed: seed)
    var resources: [FlexibleResource] = []
    var (trips, energies, yields) = ([Errors](), [Errors](), [Errors]())
    var (findings, worn) = ([String](), 0)
    for resource in plant.resources {
      var kind = resource.kind
      switch resource.kind {
      case .battery(let battery):
        let (updated, health, errors) = try ConstructedRecords.learn(battery, days, &generator)
        trips.append(errors.trip)
        energies.append(errors.energy)
        worn += health.health < 0.8 ? 1 : 0
        findings += health.findings
        kind = .battery(updated)
      case .photovoltaics(let solar):
        let (updated, health, error) = try ConstructedRecords.learn(solar, resource.name, days, &generator)
        yields.append(error)
        findings += health.findings
        kind = .photovoltaics(updated)
      default: break
      }
      resources.append(FlexibleResource(name: resource.name, member: resource.member, kind: kind))
    }
    (roundTripErrors, energyErrors, yieldErrors) = (
      ConstructedRecords.mean(trips), ConstructedRecords.mean(energies), ConstructedRecords.mean(yields)
    )
    (batteries, solarPlants, self.worn) = (trips.count, yields.count, worn)
    self.findings = findings
    self.plant = try VirtualPowerPlant(resources, intervals: plant.intervals, hours: plant.hours)
  }

  private static func mean(_ values: [Errors]) -> Errors {
    let count = Double(max(values.count, 1))
    return (values.reduce(0) { $0 + $1.plate } / count, values.reduce(0) { $0 + $1.updated } / count)
  }

  private static func learn(
    _ battery: MemberBattery, _ days: Int, _ generator: inout SplitMix64
  ) throws(AssetProblem) -> (MemberBattery, ResourceHealth, (trip: Errors, energy: Errors)) {
    let (trip, energy) = (0.78 + 0.16 * generator.nextUniform(), 0.7 + 0.3 * generator.nextUniform())
    let records = records(of: battery.unit, trip, energy, days, &generator)
    let plate = battery.unit.chargeEfficiency * battery.unit.dischargeEfficiency
    let learned: (unit: StorageUnit, health: ResourceHealth)
    do { learned = try battery.unit.updated(from: records) } catch { throw AssetProblem(error.description) }
    let updated = try MemberBattery(
      unit: learned.unit, stateOfCharge: battery.initialMegawattHours / battery.unit.usableMegawattHours,
      endValuePerMWh: battery.endValuePerMWh)
    let errors = (
      trip: (abs(plate - trip), abs((learned.health.roundTrip ?? plate) - trip)),
      energy: (1 - energy, abs(learned.health.health - energy))
    )
    return (updated, learned.health, errors)
  }

  private static func learn(
    _ solar: Photovoltaics, _ name: String, _ days: Int, _ generator: inout SplitMix64
  ) throws(AssetProblem) -> (Photovoltaics, ResourceHealth, Errors) {
    let truth = 0.75 + 0.25 * generator.nextUniform()
    let expected = (0..<days).flatMap { _ in solar.available }
    let done = expected.map { $0 * truth * (1 + 0.15 * generator.nextGaussian()) }
    let health = ResourceHealth.ratio(name, expected: expected, done: done)
    let updated = try Photovoltaics(
      available: solar.available.map { $0 * min(health.health, 1) }, compensationPerMWh: solar.compensationPerMWh)
    return (updated, health, (1 - truth, abs(health.health - truth)))
  }

  /// Hours of charge and discharge with a state of charge read to half a percent.
  private static func records(
    of unit: StorageUnit, _ trip: Double, _ health: Double, _ days: Int, _ generator: inout SplitMix64
  ) -> [BatteryRecord] {
    let (oneWay, energy) = (trip.squareRoot(), health * unit.usableMegawattHours)
    func read(_ charge: Double) -> Double { min(max((charge * 200).rounded() / 200, 0), 1) }
    var charge = 0.5
    return (0..<24 * days).map { _ in
      let wanted = (2 * generator.nextUniform() - 1) * unit.chargeMegawatts
      let drawn = min(max(wanted, 0), (1 - charge) * energy / oneWay)
      let delivered = min(max(-wanted, 0), charge * energy * oneWay)
      let before = charge
      charge = min(max(charge + (drawn * oneWay - delivered / oneWay) / energy, 0), 1)
      return BatteryRecord(drawnMWh: drawn, deliveredMWh: delivered, before: read(before), after: read(charge))
    }
  }
}
