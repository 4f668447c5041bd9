public import MarketModel

/// A disclosed price with the capacity adder, or without it.
///
/// Worked: with 99.1, a floor of −80 shows as 19.1, a clearing floor of −100 as −0.9, caps of 1300 and 1500 as 1399.1 and 1599.1.
public func price(_ price: EnergyPrice, addingCapacity adder: EnergyPrice) -> EnergyPrice { price + adder }

/// A coal-based reference offer: price per tonne of 5,000 kcal/kg ÷ 1000 · 302.4 kgce/MWh · 7000/5000 · factor, to six decimals
/// (Shaanxi, continuous trial V2, 2025-12).
///
/// Worked: 700 per tonne with a factor of 1 make 296.352.
///
/// - Parameters:
///   - coal: price per tonne, written as a price.
///   - factorPartsPerMillion: the table's P.
public func coalReferenceOffer(coal: EnergyPrice, factorPartsPerMillion: Int64) -> EnergyPrice? {
  // 302.4 · 7 / 5 / 1000 = 0.42336
  EnergyPrice(
    quotient: Int128(coal.microPerMegawattHour) * 42_336 * Int128(factorPartsPerMillion), 100_000 * 1_000_000)
}
