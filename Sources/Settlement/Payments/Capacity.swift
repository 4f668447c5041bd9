public import MarketModel

/// The pool of capacity compensation of a month: price × (market energy − energy under mechanism prices).
///
/// Worked: 70.5 × 25,000,000 MWh = 1,762,500,000.
public func capacityPool(price: EnergyPrice, marketEnergy: Energy, mechanismEnergy: Energy = .zero) -> Money {
  (marketEnergy - mechanismEnergy).value(at: price)
}

/// The pool shared in proportion to available capacity; the shares are whole hundredths and add up to the rounded pool, the rest
/// goes to the largest remainders, of equal ones to the first.
///
/// Worked: of 1,762,500,000 a share of 9.5 in 60 is 279,062,500.
public func capacityShares(_ pool: Money, available: [Power]) -> [Money] {
  let hundredth = Money(hundredths: 1).quanta
  let whole = pool.rounded.quanta / hundredth
  let total = available.reduce(Int128(0)) { $0 + Int128($1.kilowatts) }
  guard total > 0 else { return available.map { _ in .zero } }
  let parts = available.map { (whole * Int128($0.kilowatts)).quotientAndRemainder(dividingBy: total) }
  var hundredths = parts.map(\.quotient)
  let rest = whole - hundredths.reduce(0, +)
  let order = parts.indices.sorted { (parts[$1].remainder.magnitude, $0) < (parts[$0].remainder.magnitude, $1) }
  for index in order.prefix(Int(rest.magnitude)) { hundredths[index] += rest.signum() }
  return hundredths.map { Money(quanta: $0 * hundredth) }
}

/// A storage's capacity credit: P · K · H / 24, to the kilowatt.
///
/// Worked: 100 MW over 2 h with K = 1 are 8.333 MW.
public func storageCapacityCredit(discharge: Power, availability: Double, certifiedHours: Double) -> Power {
  .megawatts(discharge.megawatts * availability * certifiedHours / 24)
}

/// A month of the national capacity tariff: price per kW and year × capacity × availability ÷ 12.
///
/// Worked: 165 per kW and year, 600 MW, fully available: 8,250,000.
public func nationalCapacityPayment(
  perKilowattYear: Money, capacity: Power, availabilityPartsPerMillion: Int64 = 1_000_000
) -> Money {
  let quanta = perKilowattYear.quanta * Int128(capacity.kilowatts)
  return Money(quanta: quotientHalfToEven(quanta, 12)).share(partsPerMillion: availabilityPartsPerMillion)
}

/// The mechanism price's difference: (P_mech − P_ref) · Q_mech; negative where the market paid more.
///
/// Worked: (319 − 210) × 20,000 MWh = 2,180,000.
public func mechanismPayment(price: EnergyPrice, reference: EnergyPrice, energy: Energy) -> Money {
  energy.value(at: price - reference)
}
