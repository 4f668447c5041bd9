/// An amount of money in the rule pack's currency, exact.
///
/// One quantum is the value of one watt-minute at 0.000001 per MWh: a sixtieth of 10⁻¹² currency units. In 128 bits that
/// reaches ±2.8 × 10²⁴, so a year of any fleet adds up exactly. A sum that would leave the range throws.
///
/// | operation | result |
/// | --- | --- |
/// | `try money + money`, `try money - money` | `Money`, or `QuantityError` |
/// | `money.rounded` | hundredths of the currency unit, half to even, once, on a statement line |
public struct Money: Hashable, Sendable, Comparable, Codable {
  public static let zero = Money(quanta: 0)
  static let quantaPerUnit: Int128 = 60_000_000_000_000

  public let quanta: Int128

  public init(quanta: Int128) { self.quanta = quanta }

  /// Whole hundredths of the currency unit.
  public init(hundredths: Int64) { quanta = Int128(hundredths) * (Money.quantaPerUnit / 100) }

  /// The nearest hundredth of the currency unit; for estimates such as fuel cost.
  public static func estimate(_ amount: Double) -> Money {
    guard let hundredths = (amount * 100).roundedInteger(limit: Int64.max / 2) else {
      preconditionFailure("\(amount) is not an amount of money")
    }
    return Money(hundredths: hundredths)
  }

  /// In currency units; for whole hundredths the number nearest to the decimal, as 2613820.45.
  public var amount: Double {
    let (hundredths, rest) = quanta.quotientAndRemainder(dividingBy: Money.quantaPerUnit / 100)
    return rest == 0 ? Double(hundredths) / 100 : Double(quanta) / Double(Money.quantaPerUnit)
  }

  /// Rounded to a hundredth of the currency unit, half to even.
  public var rounded: Money {
    let unit = Money.quantaPerUnit / 100
    let (quotient, remainder) = quanta.quotientAndRemainder(dividingBy: unit)
    let twice = 2 * remainder.magnitude
    let roundsAway = twice > unit.magnitude || (twice == unit.magnitude && quotient % 2 != 0)
    return Money(quanta: (roundsAway ? quotient + quanta.signum() : quotient) * unit)
  }

  /// "31500.00": hundredths, no unit.
  public var text: String {
    decimalText(rounded.quanta / (Money.quantaPerUnit / 100), decimals: 2, minimumDecimals: 2)
  }

  public static func < (left: Money, right: Money) -> Bool { left.quanta < right.quanta }

  public static func + (left: Money, right: Money) throws(QuantityError) -> Money {
    let (sum, overflow) = left.quanta.addingReportingOverflow(right.quanta)
    if overflow { throw QuantityError("A sum of money left the range of ±2.8e24 currency units") }
    return Money(quanta: sum)
  }

  public static func - (left: Money, right: Money) throws(QuantityError) -> Money {
    let (difference, overflow) = left.quanta.subtractingReportingOverflow(right.quanta)
    if overflow { throw QuantityError("A difference of money left the range of ±2.8e24 currency units") }
    return Money(quanta: difference)
  }

  /// The sum of many amounts; order does not matter because every addition is exact.
  public static func sum(_ amounts: some Sequence<Money>) throws(QuantityError) -> Money {
    var total = Money.zero
    for amount in amounts { total = try total + amount }
    return total
  }

  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer().decode(Double.self)
    guard let hundredths = (value * 100).roundedInteger(limit: Int64.max / 2) else {
      throw QuantityError("\(value) is not an amount of money")
    }
    self.init(hundredths: hundredths)
  }

  /// As currency units rounded to hundredths; the key that holds it ends in the currency.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rounded.amount)
  }
}
