public import MarketModel

/// What a unit's service under automatic generation control (AGC) is paid by.
public struct AutomaticGenerationService: Hashable, Sendable {
  public let capacity: Power
  /// Hours in which the capacity was held.
  public let hours: Int64
  public let capacityPricePerMegawattHour: EnergyPrice
  /// Regulated distance.
  public let mileage: Power
  /// Per MW of mileage.
  public let mileagePrice: EnergyPrice
  /// Performance index in parts per million.
  public let performancePartsPerMillion: Int64
  /// Energy profit given up for the service.
  public let opportunityLoss: Money

  public init(
    capacity: Power, hours: Int64, capacityPricePerMegawattHour: EnergyPrice, mileage: Power,
    mileagePrice: EnergyPrice, performancePartsPerMillion: Int64, opportunityLoss: Money = .zero
  ) {
    self.capacity = capacity
    self.hours = hours
    self.capacityPricePerMegawattHour = capacityPricePerMegawattHour
    self.mileage = mileage
    self.mileagePrice = mileagePrice
    self.performancePartsPerMillion = performancePartsPerMillion
    self.opportunityLoss = opportunityLoss
  }

  /// D · K_pd · Y with D the mileage, K_pd the performance, Y the price.
  public var mileagePayment: Money {
    Energy(wattMinutes: mileage.kilowatts * 60_000).value(at: mileagePrice).share(
      partsPerMillion: performancePartsPerMillion)
  }

  public var capacityPayment: Money {
    Energy(wattMinutes: capacity.kilowatts * 60_000 * hours).value(at: capacityPricePerMegawattHour).share(
      partsPerMillion: performancePartsPerMillion)
  }

  /// max(0, energy opportunity loss − both payments).
  public func opportunityPayment() throws(SettlementError) -> Money {
    max(.zero, try adding(opportunityLoss, try adding(mileagePayment, capacityPayment).negated))
  }
}

/// Kp = 0.35 · K1/K1b + 0.40 · K2/K2b + 0.25 · K3/K3b: speed, precision and response against their bases, in parts per million.
public func performanceIndex(
  speed: Double, precision: Double, response: Double, bases: (speed: Double, precision: Double, response: Double)
) -> Int64 {
  partsPerMillion(
    0.35 * speed / bases.speed + 0.40 * precision / bases.precision + 0.25 * response / bases.response)
}
