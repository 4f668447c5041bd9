/// A battery or a pumped-storage plant, at its point of connection. Plain numbers in MW, MWh and currency units.
public struct StorageUnit: Hashable, Sendable {
  public let name: String
  public let chargeMegawatts: Double
  public let dischargeMegawatts: Double
  /// Energy between the lowest and the highest state of charge that is used.
  public let usableMegawattHours: Double
  /// Stored over drawn, and delivered over taken from the store.
  public let chargeEfficiency: Double
  public let dischargeEfficiency: Double
  /// What delivering one MWh wears off.
  public let wearCostPerMWh: Double
  /// Delivered energy of a day, in usable contents; nil if nothing limits it.
  public let largestCyclesPerDay: Double?

  /// - Throws: ``StorageProblem`` naming the field, what was found and its limit.
  public init(
    name: String, chargeMegawatts: Double, dischargeMegawatts: Double, usableMegawattHours: Double,
    chargeEfficiency: Double, dischargeEfficiency: Double, wearCostPerMWh: Double = 0,
    largestCyclesPerDay: Double? = nil
  ) throws(StorageProblem) {
    let fields: [(String, Double, ClosedRange<Double>, String)] = [
      ("charge power", chargeMegawatts, 0.001...1e6, "MW"), ("discharge power", dischargeMegawatts, 0.001...1e6, "MW"),
      ("usable energy", usableMegawattHours, 0.001...1e8, "MWh"),
      ("charge efficiency", chargeEfficiency, 0.2...1, "as a share"),
      ("discharge efficiency", dischargeEfficiency, 0.2...1, "as a share"),
      ("wear cost", wearCostPerMWh, 0...100_000, "per MWh"),
      ("cycles a day", largestCyclesPerDay ?? 1, 0.01...50, "a day"),
    ]
    for (field, value, range, unit) in fields where !range.contains(value) {
      throw StorageProblem(
        "Storage \(name): \(field) is \(value); it is \(range.lowerBound) to \(range.upperBound) \(unit).")
    }
    self.name = name
    self.chargeMegawatts = chargeMegawatts
    self.dischargeMegawatts = dischargeMegawatts
    self.usableMegawattHours = usableMegawattHours
    self.chargeEfficiency = chargeEfficiency
    self.dischargeEfficiency = dischargeEfficiency
    self.wearCostPerMWh = wearCostPerMWh
    self.largestCyclesPerDay = largestCyclesPerDay
  }
}

/// What is wrong with a storage or what it is asked to do; one sentence.
public struct StorageProblem: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
