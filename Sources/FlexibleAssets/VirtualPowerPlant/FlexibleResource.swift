/// A part of a virtual power plant. Power in MW at its meter: above zero delivered, below zero drawn.
public struct FlexibleResource: Hashable, Sendable {
  public let name: String
  /// Who owns it and is paid for it.
  public let member: String
  public let kind: Kind

  public enum Kind: Hashable, Sendable {
    case photovoltaics(Photovoltaics)
    case battery(MemberBattery)
    case chargingPile(ChargingPile)
    case adjustableLoad(AdjustableLoad)
    case heatAndPower(HeatAndPower)
  }

  public init(name: String, member: String, kind: Kind) {
    self.name = name
    self.member = member
    self.kind = kind
  }
}

/// A solar plant on a roof: delivers what it can, or less for a compensation.
public struct Photovoltaics: Hashable, Sendable {
  /// What the sun allows, MW by interval.
  public let available: [Double]
  /// Paid for a MWh that is not produced on request.
  public let compensationPerMWh: Double

  /// - Throws: ``AssetProblem`` if a power is not finite or below zero.
  public init(available: [Double], compensationPerMWh: Double) throws(AssetProblem) {
    try requireFinite("Photovoltaics: available power", available, in: 0...1e6)
    try requireFinite("Photovoltaics: compensation", [compensationPerMWh], in: 0...1e5)
    self.available = available
    self.compensationPerMWh = compensationPerMWh
  }
}

/// A member's battery with what it holds when the day begins.
public struct MemberBattery: Hashable, Sendable {
  public let unit: StorageUnit
  public let initialMegawattHours: Double
  /// Worth of a stored MWh when the day ends.
  public internal(set) var endValuePerMWh: Double

  /// - Parameter stateOfCharge: of the usable energy, 0 to 1.
  /// - Throws: ``AssetProblem`` if the state of charge is impossible.
  public init(unit: StorageUnit, stateOfCharge: Double, endValuePerMWh: Double) throws(AssetProblem) {
    guard stateOfCharge >= 0, stateOfCharge <= 1 else {
      throw AssetProblem(
        "Battery \(unit.name): state of charge is \(tenths(100 * stateOfCharge)) %; it is 0 to 100 % of the usable energy."
      )
    }
    try requireFinite("Battery \(unit.name): worth of stored energy", [endValuePerMWh], in: -1e5...1e5)
    self.unit = unit
    initialMegawattHours = stateOfCharge * unit.usableMegawattHours
    self.endValuePerMWh = endValuePerMWh
  }
}

/// A car or a bus on a pile: draws a need within the time it stands there; when, it does not mind.
public struct ChargingPile: Hashable, Sendable {
  public let megawatts: Double
  /// Intervals in which it is plugged in.
  public let plugged: Range<Int>
  /// To be drawn at the meter until it leaves.
  public let neededMegawattHours: Double

  /// - Parameter hours: length of an interval.
  /// - Throws: ``AssetProblem`` if the need cannot be drawn in that time.
  public init(
    megawatts: Double, plugged: Range<Int>, neededMegawattHours: Double, hours: Double
  ) throws(AssetProblem) {
    try requireFinite("Charging pile: power", [megawatts], in: 1e-6...1e4)
    let most = megawatts * hours * Double(plugged.count)
    guard plugged.lowerBound >= 0, neededMegawattHours >= 0, neededMegawattHours <= most * (1 + 1e-9) else {
      throw AssetProblem(
        "Charging pile: \(neededMegawattHours) MWh are needed in \(plugged.count) intervals; \(megawatts) MW give at most \(most) MWh."
      )
    }
    self.megawatts = megawatts
    self.plugged = plugged
    self.neededMegawattHours = min(neededMegawattHours, most)
  }
}

/// A load that is reduced for a compensation, so many MWh a day at the most.
public struct AdjustableLoad: Hashable, Sendable {
  /// What it draws if nobody asks, MW by interval, zero or above.
  public let baseline: [Double]
  /// MW of it that may be taken away, by interval.
  public let reducible: [Double]
  public let largestReductionMWh: Double
  public let compensationPerMWh: Double

  /// - Throws: ``AssetProblem`` if more may be reduced than is drawn.
  public init(
    baseline: [Double], reducible: [Double], largestReductionMWh: Double, compensationPerMWh: Double
  ) throws(AssetProblem) {
    try requireFinite("Adjustable load: baseline", baseline, in: 0...1e6)
    try requireFinite("Adjustable load: compensation", [compensationPerMWh], in: 0...1e5)
    try requireFinite("Adjustable load: largest reduction", [largestReductionMWh], in: 0...1e8)
    guard baseline.count == reducible.count, zip(baseline, reducible).allSatisfy({ $1 >= 0 && $1 <= $0 + 1e-12 }) else {
      throw AssetProblem("Adjustable load: what may be reduced is 0 to the baseline in every interval.")
    }
    self.baseline = baseline
    self.reducible = reducible
    self.largestReductionMWh = largestReductionMWh
    self.compensationPerMWh = compensationPerMWh
  }
}

/// A heat and power plant whose output moves between what its heat asks for and what it leaves (extraction turbine).
public struct HeatAndPower: Hashable, Sendable {
  /// MW by interval.
  public let lowest: [Double]
  public let highest: [Double]
  /// Cost of a MWh at output p: constant + slope·p, per MWh and per MWh and MW.
  public let costPerMWh: Double
  public let costSlope: Double

  /// - Parameters:
  ///   - heat: demand in MW by interval.
  ///   - minimum, maximum: power without heat, MW.
  ///   - powerPerHeat: power that comes with a MW of heat at the least (back pressure).
  ///   - lossPerHeat: power that a MW of heat takes from the maximum.
  /// - Throws: ``AssetProblem`` if the heat of an interval leaves no output.
  public init(
    heat: [Double], minimum: Double, maximum: Double, powerPerHeat: Double, lossPerHeat: Double, costPerMWh: Double,
    costSlope: Double
  ) throws(AssetProblem) {
    try requireFinite("Heat and power: heat", heat, in: 0...1e6)
    try requireFinite("Heat and power: output", [minimum, maximum], in: 0...1e6)
    try requireFinite(
      "Heat and power: ratios and costs", [powerPerHeat, lossPerHeat, costPerMWh, costSlope], in: 0...1e5)
    lowest = heat.map { max(minimum, powerPerHeat * $0) }
    highest = heat.map { maximum - lossPerHeat * $0 }
    for (interval, bounds) in zip(lowest, highest).enumerated() where bounds.0 > bounds.1 {
      throw AssetProblem(
        "Heat and power: \(heat[interval]) MW of heat in interval \(interval + 1) ask for \(bounds.0) MW and leave \(bounds.1) MW."
      )
    }
    self.costPerMWh = costPerMWh
    self.costSlope = costSlope
  }

  /// Cost of an hour at an output.
  func cost(at power: Double) -> Double { (costPerMWh + costSlope * power / 2) * power }
}

/// - Throws: ``AssetProblem`` naming the field and the first value that is out of range.
func requireFinite(_ field: String, _ values: [Double], in range: ClosedRange<Double>) throws(AssetProblem) {
  for value in values where !range.contains(value) {
    throw AssetProblem("\(field) is \(value); it is \(range.lowerBound) to \(range.upperBound).")
  }
}
