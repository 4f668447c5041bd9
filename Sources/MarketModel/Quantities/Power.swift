/// Electric power, exact to the kilowatt (0.001 MW, the resolution at which markets take offers).
///
/// | operation | result |
/// | --- | --- |
/// | `power + power`, `power - power`, `3 * power` | `Power` |
/// | `power.energy(over: length)` | `Energy`, exact |
public struct Power: Hashable, Sendable, Comparable, Codable {
  /// Largest magnitude: 1 PW, so that a day's energy stays exact in 64 bits.
  public static let limitKilowatts: Int64 = 1_000_000_000_000
  public static let zero = Power(kilowatts: 0)

  public let kilowatts: Int64

  public init(kilowatts: Int64) {
    precondition(kilowatts.magnitude <= UInt64(Power.limitKilowatts), "power is beyond 1 PW: \(kilowatts) kW")
    self.kilowatts = kilowatts
  }

  /// The nearest kilowatt; throws for a number that is not finite or beyond 1 PW.
  public init(megawatts: Double) throws(QuantityError) {
    guard let kilowatts = (megawatts * 1_000).roundedInteger(limit: Power.limitKilowatts) else {
      throw QuantityError("\(megawatts) MW is not a power: the limit is 1,000,000,000 MW")
    }
    self.kilowatts = kilowatts
  }

  /// The nearest kilowatt to a finite number of megawatts, for numbers that the program made itself.
  public static func megawatts(_ value: Double) -> Power {
    guard let kilowatts = (value * 1_000).roundedInteger(limit: limitKilowatts) else {
      preconditionFailure("\(value) MW is not a power")
    }
    return Power(kilowatts: kilowatts)
  }

  public var megawatts: Double { Double(kilowatts) / 1_000 }

  /// "312.5": megawatts without a unit, no trailing zeros.
  public var megawattText: String { decimalText(Int128(kilowatts), decimals: 3) }

  /// What flows in one interval at this power: kilowatts × minutes, exact.
  public func energy(over length: IntervalLength) -> Energy {
    Energy(wattMinutes: kilowatts * 1_000 * Int64(length.minutes))
  }

  public static func < (left: Power, right: Power) -> Bool { left.kilowatts < right.kilowatts }
  public static func + (left: Power, right: Power) -> Power { Power(kilowatts: left.kilowatts + right.kilowatts) }
  public static func - (left: Power, right: Power) -> Power { Power(kilowatts: left.kilowatts - right.kilowatts) }
  public static func * (factor: Int64, power: Power) -> Power { Power(kilowatts: factor * power.kilowatts) }

  public init(from decoder: any Decoder) throws {
    try self.init(megawatts: decoder.singleValueContainer().decode(Double.self))
  }

  /// As megawatts; the key that holds it ends in `_MW`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(megawatts)
  }
}

extension Power: CustomStringConvertible {
  public var description: String { megawattText + " MW" }
}
