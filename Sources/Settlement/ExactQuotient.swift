public import MarketModel

/// `numerator / divisor` to the nearest integer, half to even; the divisor is above 0.
func quotientHalfToEven(_ numerator: Int128, _ divisor: Int128) -> Int128 {
  precondition(divisor > 0, "a quotient needs a divisor above 0")
  let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: divisor)
  let twice = 2 * remainder.magnitude
  let roundsAway = twice > divisor.magnitude || (twice == divisor.magnitude && quotient % 2 != 0)
  return roundsAway ? quotient + numerator.signum() : quotient
}

extension EnergyPrice {
  /// The nearest price of six decimals to a quotient; nil beyond the range of prices.
  init?(quotient numerator: Int128, _ divisor: Int128) {
    let micro = quotientHalfToEven(numerator, divisor)
    guard micro.magnitude <= UInt128(EnergyPrice.limitMicro) else { return nil }
    self.init(microPerMegawattHour: Int64(micro))
  }
}

extension Money {
  /// A share of an amount in parts per million, to the nearest quantum.
  func share(partsPerMillion: Int64) -> Money {
    Money(quanta: quotientHalfToEven(quanta * Int128(partsPerMillion), 1_000_000))
  }

  /// The amount with the other sign.
  public var negated: Money { Money(quanta: -quanta) }
}

/// A share of a rule pack, which has at most six decimals, in parts per million.
func partsPerMillion(_ share: Double) -> Int64 { Int64((share * 1_000_000).rounded()) }
