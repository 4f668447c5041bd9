/// A price of energy, exact to 0.000001 currency units per megawatt-hour.
///
/// The currency is the rule pack's; it is printed beside the number and is not part of the type. Published prices have
/// up to six decimals (PJM), so six are kept.
public struct EnergyPrice: Hashable, Sendable, Comparable, Codable {
  /// Largest magnitude: one billion per megawatt-hour.
  public static let limitMicro: Int64 = 1_000_000_000_000_000
  public static let zero = EnergyPrice(microPerMegawattHour: 0)

  public let microPerMegawattHour: Int64

  public init(microPerMegawattHour: Int64) {
    precondition(
      microPerMegawattHour.magnitude <= UInt64(EnergyPrice.limitMicro), "price is beyond a billion per MWh")
    self.microPerMegawattHour = microPerMegawattHour
  }

  public init(perMegawattHour value: Double) throws(QuantityError) {
    guard let micro = (value * 1_000_000).roundedInteger(limit: EnergyPrice.limitMicro) else {
      throw QuantityError("\(value) per MWh is not a price: the limit is 1,000,000,000 per MWh")
    }
    microPerMegawattHour = micro
  }

  /// The nearest representable price to a finite number, for numbers that the program made itself.
  public static func perMegawattHour(_ value: Double) -> EnergyPrice {
    guard let micro = (value * 1_000_000).roundedInteger(limit: limitMicro) else {
      preconditionFailure("\(value) per MWh is not a price")
    }
    return EnergyPrice(microPerMegawattHour: micro)
  }

  public var perMegawattHour: Double { Double(microPerMegawattHour) / 1_000_000 }

  /// "312.5": no unit, no trailing zeros.
  public var text: String { decimalText(Int128(microPerMegawattHour), decimals: 6) }

  public static func < (left: EnergyPrice, right: EnergyPrice) -> Bool {
    left.microPerMegawattHour < right.microPerMegawattHour
  }
  public static func + (left: EnergyPrice, right: EnergyPrice) -> EnergyPrice {
    EnergyPrice(microPerMegawattHour: left.microPerMegawattHour + right.microPerMegawattHour)
  }
  public static func - (left: EnergyPrice, right: EnergyPrice) -> EnergyPrice {
    EnergyPrice(microPerMegawattHour: left.microPerMegawattHour - right.microPerMegawattHour)
  }

  public init(from decoder: any Decoder) throws {
    try self.init(perMegawattHour: decoder.singleValueContainer().decode(Double.self))
  }

  /// As currency units per megawatt-hour; the key that holds it ends in `_per_MWh`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(perMegawattHour)
  }
}
