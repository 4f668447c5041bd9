public import MarketModel

/// A charge on deviations beyond a band: max(0, |Q_A − Q_D| − α·Q_D) · |P_D − P_R| · β.
public struct DeviationRecovery: Hashable, Sendable {
  /// α and β in parts per million.
  public let band: Int64
  public let share: Int64

  public init(band: Int64, share: Int64) {
    self.band = band
    self.share = share
  }

  /// The energy beyond the band, never negative.
  ///
  /// Worked: 160 MWh metered of 150 sold with a band of 5 % leaves 10 − 7.5 = 2.5 MWh.
  public func chargedEnergy(metered: Energy, dayAhead: Energy) -> Energy {
    let deviation = (metered - dayAhead).wattMinutes.magnitude
    let free = quotientHalfToEven(Int128(dayAhead.wattMinutes.magnitude) * Int128(band), 1_000_000)
    return Energy(wattMinutes: max(0, Int64(deviation) - Int64(free)))
  }

  /// |P_D − P_R| · β, to six decimals.
  public func price(dayAhead: EnergyPrice, realTime: EnergyPrice) -> EnergyPrice {
    let spread = (dayAhead - realTime).microPerMegawattHour.magnitude
    return EnergyPrice(microPerMegawattHour: Int64(quotientHalfToEven(Int128(spread) * Int128(share), 1_000_000)))
  }
}
