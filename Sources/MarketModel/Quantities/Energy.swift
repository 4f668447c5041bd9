/// Energy, exact to the watt-minute, so that one kilowatt over 5, 15, 30 or 60 minutes is a whole number.
///
/// | operation | result |
/// | --- | --- |
/// | `energy + energy`, `energy - energy` | `Energy` |
/// | `energy.value(at: price)` | `Money`, exact |
public struct Energy: Hashable, Sendable, Comparable, Codable {
  public static let zero = Energy(wattMinutes: 0)
  static let wattMinutesPerMegawattHour: Double = 60_000_000

  public let wattMinutes: Int64

  public init(wattMinutes: Int64) { self.wattMinutes = wattMinutes }

  /// The nearest watt-minute to a finite number of megawatt-hours.
  public static func megawattHours(_ value: Double) -> Energy {
    guard let amount = (value * wattMinutesPerMegawattHour).roundedInteger(limit: Int64.max / 2) else {
      preconditionFailure("\(value) MWh is not an energy")
    }
    return Energy(wattMinutes: amount)
  }

  public var megawattHours: Double { Double(wattMinutes) / Energy.wattMinutesPerMegawattHour }

  /// What this energy is worth at a price: an exact product, which always fits.
  ///
  /// Worked: 300 MW × 15 min × 420 per MWh = 31,500.
  public func value(at price: EnergyPrice) -> Money {
    Money(quanta: Int128(wattMinutes) * Int128(price.microPerMegawattHour))
  }

  public static func < (left: Energy, right: Energy) -> Bool { left.wattMinutes < right.wattMinutes }
  public static func + (left: Energy, right: Energy) -> Energy {
    Energy(wattMinutes: left.wattMinutes + right.wattMinutes)
  }
  public static func - (left: Energy, right: Energy) -> Energy {
    Energy(wattMinutes: left.wattMinutes - right.wattMinutes)
  }

  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer().decode(Double.self)
    guard let amount = (value * Energy.wattMinutesPerMegawattHour).roundedInteger(limit: Int64.max / 2) else {
      throw QuantityError("\(value) MWh is not an energy")
    }
    wattMinutes = amount
  }

  /// As megawatt-hours; the key that holds it ends in `_MWh`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(megawattHours)
  }
}
