internal import NumericMethods

/// What records of operation say about a resource, beside its name plate.
public struct ResourceHealth: Hashable, Sendable {
  /// Share of the name plate that is left: of a battery's energy, of a solar plant's yield, of what a load gives when asked.
  public let health: Double
  /// Round trip of a battery; nil for others.
  public let roundTrip: Double?
  /// Intervals that could be used.
  public let records: Int
  /// What is wrong, one sentence each.
  public let findings: [String]
}

/// An interval of a battery's operation.
public struct BatteryRecord: Hashable, Sendable {
  public let drawnMWh: Double
  public let deliveredMWh: Double
  /// State of charge before and after, 0 to 1 of the energy it has now.
  public let before: Double
  public let after: Double

  public init(drawnMWh: Double, deliveredMWh: Double, before: Double, after: Double) {
    self.drawnMWh = drawnMWh
    self.deliveredMWh = deliveredMWh
    self.before = before
    self.after = after
  }

  /// Whether the numbers are possible at all.
  var isPossible: Bool {
    [drawnMWh, deliveredMWh].allSatisfy { $0.isFinite && $0 >= 0 } && (0...1).contains(before)
      && (0...1).contains(after)
  }
}

extension StorageUnit {
  /// Efficiency and energy from records: Δ(state of charge) = drawn·η_c/E − delivered/(η_d·E), by least squares drawn towards the name
  /// plate. The two factors give the round trip η_c·η_d; the energy follows with equal losses on both ways, since the records cannot
  /// tell a larger store from better charging.
  ///
  /// - Parameter priorRecords: records that the name plate counts for.
  /// - Returns: the unit with what was found, and its health.
  public func updated(
    from records: [BatteryRecord], priorRecords: Double = 20
  ) throws(StorageProblem) -> (unit: StorageUnit, health: ResourceHealth) {
    let usable = records.filter(\.isPossible)
    var findings: [String] = []
    if usable.count < records.count {
      findings.append(
        "\(records.count - usable.count) records of \(name) are impossible (a state of charge outside 0 to 100 %, a negative energy) "
          + "and do not count")
    }
    let plate = [chargeEfficiency / usableMegawattHours, -1 / (dischargeEfficiency * usableMegawattHours)]
    var equations = NormalEquations(count: 2)
    var scale = 0.0
    for record in usable {
      let expected = plate[0] * record.drawnMWh + plate[1] * record.deliveredMWh
      equations.add([record.drawnMWh, record.deliveredMWh], target: record.after - record.before - expected)
      scale += record.drawnMWh * record.drawnMWh + record.deliveredMWh * record.deliveredMWh
    }
    let penalty = max(scale / Double(2 * max(usable.count, 1)) * priorRecords, 1e-12)
    let moved: [Double]
    do { moved = try equations.coefficients(penalty: penalty) } catch {
      findings.append("the records of \(name) do not tell its efficiency; its name plate is kept")
      moved = [0, 0]
    }
    let (into, out) = (plate[0] + moved[0], -(plate[1] + moved[1]))
    guard into > 0, out > 0 else {
      findings.append("the records of \(name) contradict any efficiency; its name plate is kept")
      return (self, ResourceHealth(health: 1, roundTrip: nil, records: usable.count, findings: findings))
    }
    let roundTrip = min(max(into / out, 0.04), 1)
    let oneWay = roundTrip.squareRoot()
    let energy = min(oneWay / into, 1.05 * usableMegawattHours)
    let health = energy / usableMegawattHours
    if health < 0.8 { findings.append("\(name) holds \(tenths(100 * health)) % of its energy; it is worn") }
    let unit = try StorageUnit(
      name: name, chargeMegawatts: chargeMegawatts, dischargeMegawatts: dischargeMegawatts, usableMegawattHours: energy,
      chargeEfficiency: max(oneWay, 0.2), dischargeEfficiency: max(oneWay, 0.2), wearCostPerMWh: wearCostPerMWh,
      largestCyclesPerDay: largestCyclesPerDay)
    return (
      unit, ResourceHealth(health: health, roundTrip: roundTrip, records: usable.count, findings: findings)
    )
  }
}

extension ResourceHealth {
  /// Yield of a solar plant (measured over expected), or answer of a load (done over asked): ratio of sums, drawn towards 1.
  ///
  /// - Parameters:
  ///   - expected, done: by interval; pairs that are not finite or where nothing was expected are passed over.
  ///   - priorShare: sum of the expected values that 1 counts for, as a share of all.
  ///   - silence: so many of the last intervals without a tenth of what was expected mean that it answers no more.
  public static func ratio(
    _ name: String, expected: [Double], done: [Double], priorShare: Double = 0.05, silence: Int = 4
  ) -> ResourceHealth {
    let pairs = zip(expected, done).filter { $0.0.isFinite && $0.1.isFinite && $0.0 > 0 }
    let (asked, got) = pairs.reduce((0.0, 0.0)) { ($0.0 + $1.0, $0.1 + max($1.1, 0)) }
    let prior = priorShare * asked
    let health = asked > 0 ? (got + prior) / (asked + prior) : 1
    var findings: [String] = []
    if pairs.count >= silence, pairs.suffix(silence).allSatisfy({ $0.1 < 0.1 * $0.0 }) {
      findings.append(
        "\(name) stopped answering: nothing came in the last \(silence) intervals in which something was due")
    } else if health < 0.8 {
      findings.append("\(name) gives \(tenths(100 * health)) % of what is due")
    }
    return ResourceHealth(health: health, roundTrip: nil, records: pairs.count, findings: findings)
  }
}
