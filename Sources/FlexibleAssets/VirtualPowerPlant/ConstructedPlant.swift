internal import Foundation
internal import NumericMethods

/// A virtual power plant that is made up: resources of five kinds with ratings, times and costs drawn from a seed. No number is a
/// measurement; ranges are those of equipment on sale, from memory.
public struct ConstructedPlant: Sendable {
  public let plant: VirtualPowerPlant
  /// Expected and later prices, per MWh by interval.
  public let expectedPrices: [Double]
  public let actualPrices: [Double]
  /// What was wrong with records and how it was handled, one sentence each.
  public let notes: [String]

  /// - Parameters:
  ///   - faulty: resources of each kind of fault: batteries with an impossible state of charge, forecasts above rated power.
  /// - Throws: ``AssetProblem`` if nothing is left.
  public init(
    resources count: Int, members: Int, intervals: Int = 96, seed: UInt64, faulty: Int = 0
  ) throws(AssetProblem) {
    let hours = 24 / Double(intervals)
    var generator = SplitMix64(seed: seed)
    let maker = ConstructedResources(intervals: intervals, hours: hours)
    var (resources, notes) = ([FlexibleResource](), [String]())
    var (faultyBatteries, faultyForecasts) = (0, 0)
    for number in 0..<count {
      let member = "M\(padded(1 + Int(generator.next() % UInt64(max(members, 1))), 4))"
      let kind = generator.nextUniform()
      let name = ConstructedResources.prefix(kind) + padded(number + 1, 5)
      let wantsFault =
        (kind < 0.2 && faultyForecasts < faulty) || (kind >= 0.2 && kind < 0.4 && faultyBatteries < faulty)
      do {
        let (made, note) = try maker.make(kind, name: name, isFaulty: wantsFault, &generator)
        resources.append(FlexibleResource(name: name, member: member, kind: made))
        if let note {
          faultyForecasts += 1
          notes.append(note)
        }
      } catch {
        faultyBatteries += 1
        notes.append("\(error.description) It is left out of the day.")
      }
    }
    self.notes = notes
    plant = try VirtualPowerPlant(resources, intervals: intervals, hours: hours)
    (expectedPrices, actualPrices) = maker.prices(&generator)
  }
}

/// Draws single resources.
struct ConstructedResources {
  let intervals: Int
  let hours: Double

  static func prefix(_ kind: Double) -> String {
    kind < 0.2 ? "PV" : kind < 0.4 ? "BA" : kind < 0.75 ? "EV" : kind < 0.95 ? "AL" : "HP"
  }

  /// - Parameter kind: 0 to 1, of which each kind has its part.
  /// - Returns: the resource, and a sentence if its record had to be mended.
  func make(
    _ kind: Double, name: String, isFaulty: Bool, _ generator: inout SplitMix64
  ) throws(AssetProblem) -> (FlexibleResource.Kind, String?) {
    switch ConstructedResources.prefix(kind) {
    case "PV": try solar(name, isFaulty, &generator)
    case "BA": (try battery(name, isFaulty, &generator), nil)
    case "EV": (try pile(&generator), nil)
    case "AL": (try load(&generator), nil)
    default: (try heatAndPower(&generator), nil)
    }
  }

  private func solar(
    _ name: String, _ isFaulty: Bool, _ generator: inout SplitMix64
  ) throws(AssetProblem) -> (FlexibleResource.Kind, String?) {
    let rated = generator.next(0.02, 0.6)
    let (clearness, shift) = (generator.next(0.6, 1), generator.next(-0.7, 0.7))
    var forecast = (0..<intervals).map { rated * clearness * max(0, sin(.pi * (hour($0) - 6 + shift) / 12)) }
    if isFaulty { forecast[intervals / 2] = 1.4 * rated }
    let (values, note) = try RenewableSite(name: name, ratedMegawatts: rated).bounded(forecast)
    return (.photovoltaics(try Photovoltaics(available: values, compensationPerMWh: generator.next(0, 60))), note)
  }

  private func battery(
    _ name: String, _ isFaulty: Bool, _ generator: inout SplitMix64
  ) throws(AssetProblem) -> FlexibleResource.Kind {
    let (power, duration, efficiency) = (generator.next(0.05, 0.5), generator.next(1, 4), generator.next(0.9, 0.97))
    let charge = generator.next(0.1, 0.9)
    let (wear, worth) = (generator.next(10, 60), generator.next(230, 300))
    let unit: StorageUnit
    do {
      unit = try StorageUnit(
        name: name, chargeMegawatts: power, dischargeMegawatts: power, usableMegawattHours: power * duration,
        chargeEfficiency: efficiency, dischargeEfficiency: efficiency, wearCostPerMWh: wear)
    } catch {
      throw AssetProblem(error.description)
    }
    return .battery(try MemberBattery(unit: unit, stateOfCharge: isFaulty ? 1.3 : charge, endValuePerMWh: worth))
  }

  private func pile(_ generator: inout SplitMix64) throws(AssetProblem) -> FlexibleResource.Kind {
    let (power, arrival, stay) = (generator.next(0.007, 0.12), generator.next(0, 0.75), generator.next(0.08, 0.4))
    let start = Int(arrival * Double(intervals))
    let end = min(intervals, start + max(2, Int(stay * Double(intervals))))
    let need = power * hours * Double(end - start) * generator.next(0.15, 0.9)
    return .chargingPile(
      try ChargingPile(megawatts: power, plugged: start..<end, neededMegawattHours: need, hours: hours))
  }

  private func load(_ generator: inout SplitMix64) throws(AssetProblem) -> FlexibleResource.Kind {
    let (level, peak, share) = (generator.next(0.05, 0.8), generator.next(9, 19), generator.next(0.1, 0.5))
    let baseline = (0..<intervals).map { level * (0.6 + 0.4 * exp(-pow((hour($0) - peak) / 4, 2))) }
    let largest = level * share * generator.next(1, 4)
    return .adjustableLoad(
      try AdjustableLoad(
        baseline: baseline, reducible: baseline.map { share * $0 }, largestReductionMWh: largest,
        compensationPerMWh: generator.next(150, 900)))
  }

  private func heatAndPower(_ generator: inout SplitMix64) throws(AssetProblem) -> FlexibleResource.Kind {
    let (maximum, heat, cost) = (generator.next(0.3, 3), generator.next(0.2, 0.8), generator.next(260, 380))
    let demand = (0..<intervals).map { maximum * heat * (0.75 + 0.25 * cos(2 * .pi * (hour($0) - 4) / 24)) }
    return .heatAndPower(
      try HeatAndPower(
        heat: demand, minimum: 0.3 * maximum, maximum: maximum, powerPerHeat: 0.5, lossPerHeat: 0.15, costPerMWh: cost,
        costSlope: generator.next(10, 80) / maximum))
  }

  private func hour(_ interval: Int) -> Double { (Double(interval) + 0.5) * hours }

  /// A day with a deep noon and an evening peak, and what came: the same with an error that lasts some hours.
  func prices(_ generator: inout SplitMix64) -> (expected: [Double], actual: [Double]) {
    let expected = (0..<intervals).map { interval -> Double in
      let h = hour(interval)
      return 300 + 90 * exp(-pow((h - 8) / 2, 2)) + 260 * exp(-pow((h - 19) / 2.2, 2))
        - 330 * exp(-pow((h - 12.7) / 2.4, 2))
    }
    var error = 0.0
    let actual = expected.map { price -> Double in
      error = 0.9 * error + 18 * generator.nextGaussian()
      return max(price + error, -100)
    }
    return (expected, actual)
  }
}

/// A number with leading zeros.
func padded(_ number: Int, _ width: Int) -> String {
  let digits = "\(number)"
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension SplitMix64 {
  /// A value spread evenly between two others.
  fileprivate mutating func next(_ low: Double, _ high: Double) -> Double { low + (high - low) * nextUniform() }
}
