public import MarketModel

/// A line of the operator's statement as it was read; what its layout does not hold is absent.
public struct OperatorLine: Hashable, Sendable {
  /// Line of the file.
  public let row: Int
  public let key: StatementKey
  public let quantity: WrittenDecimal?
  public let price: WrittenDecimal?
  public let amount: WrittenDecimal

  public init(row: Int, key: StatementKey, quantity: WrittenDecimal?, price: WrittenDecimal?, amount: WrittenDecimal) {
    self.row = row
    self.key = key
    self.quantity = quantity
    self.price = price
    self.amount = amount
  }
}

/// What a line is about. `period` is 0 for a whole day.
public struct StatementKey: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let day: MarketDay
  public let unit: UnitID
  public let item: StatementItem
  public let contract: String
  public let period: Int

  public init(day: MarketDay, unit: UnitID, item: StatementItem, contract: String, period: Int) {
    self.day = day
    self.unit = unit
    self.item = item
    self.contract = contract
    self.period = period
  }

  public static func < (left: StatementKey, right: StatementKey) -> Bool {
    (left.day, left.unit, left.item.rawValue, left.contract, left.period)
      < (right.day, right.unit, right.item.rawValue, right.contract, right.period)
  }

  public var description: String {
    let which = contract.isEmpty ? "" : " \(contract)"
    return "\(day) \(unit) \(item.rawValue)\(which)" + (period > 0 ? " period \(period)" : "")
  }
}

/// A number with the decimals with which it was written: "312.50" is 31250 with 2.
public struct WrittenDecimal: Hashable, Sendable {
  public let value: Int128
  public let decimals: Int

  /// Reads plain decimal text of at most 9 decimals; thousands separators and units are no part of it.
  public init?(_ text: some StringProtocol) {
    let fraction = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first
    let decimals = fraction?.count ?? 0
    guard decimals <= 9, let scaled = scaledInteger(fromDecimalText: text, decimals: decimals) else { return nil }
    value = Int128(scaled)
    self.decimals = decimals
  }

  public var text: String { decimalText(value, decimals: decimals, minimumDecimals: decimals) }

  private var scale: Int128 { (0..<decimals).reduce(Int128(1)) { product, _ in product * 10 } }

  /// The number of units of which `perUnit` make one; nil if it is no whole number of them within half to even.
  private func scaled(_ perUnit: Int128) -> Int128 { quotientHalfToEven(value * perUnit, scale) }

  public var money: Money { Money(quanta: scaled(Money(hundredths: 100).quanta)) }
  public var energy: Energy { Energy(wattMinutes: Int64(clamping: scaled(60_000_000))) }
  public var energyPrice: EnergyPrice? { EnergyPrice(quotient: value * 1_000_000, scale) }

  /// Whether `exact` of `perUnit` to the unit is this number once it is rounded to as many decimals, either way at a half.
  func isRounding(of exact: Int128, perUnit: Int128) -> Bool {
    let difference = (value * perUnit - exact * scale).magnitude
    return 2 * difference <= perUnit.magnitude
  }

  func isRounding(of energy: Energy) -> Bool { isRounding(of: Int128(energy.wattMinutes), perUnit: 60_000_000) }
  func isRounding(of price: EnergyPrice) -> Bool {
    isRounding(of: Int128(price.microPerMegawattHour), perUnit: 1_000_000)
  }
  func isRounding(of money: Money) -> Bool { isRounding(of: money.quanta, perUnit: Money(hundredths: 100).quanta) }
}
