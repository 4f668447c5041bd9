public import MarketModel

extension MarketOffer {
  /// What the first `power` of this offer over one interval costs as asked, or is worth as bid: the area under its curve,
  /// exact for a step, to the nearest quantum of ``Money`` for a slope.
  ///
  /// Worked: a slope of 200 MW from 200 to 300 per MWh, 100 MW of it over an hour: 22,500.
  public func offeredValue(of power: Power, over length: IntervalLength) -> Money {
    let wattMinutes = Int128(1_000 * length.minutes)
    let amount = Int128(power.kilowatts)
    let first = Int128(price.microPerMegawattHour) * amount * wattMinutes
    let rise = Int128(endPrice.microPerMegawattHour - price.microPerMegawattHour)
    guard rise != 0, quantity > .zero else { return Money(quanta: first) }
    let double = 2 * Int128(quantity.kilowatts)
    let area = rise * amount * amount * wattMinutes
    return Money(quanta: first + (area + double / 2 * (area < 0 ? -1 : 1)) / double)
  }

  /// The offer as `count` steps of nearly equal width, each at the price of its middle: what an operator does that takes
  /// slopes and clears stairs. The cost of the stairs approaches that of the slope as the count grows.
  public func stairs(_ count: Int) -> [MarketOffer] {
    precondition(count > 0, "stairs need a step")
    guard isSlope else { return [self] }
    let (whole, steps) = (quantity.kilowatts, Int64(count))
    let rise = Int128(endPrice.microPerMegawattHour - price.microPerMegawattHour)
    return (0..<steps).map { step in
      let (from, to) = (whole * step / steps, whole * (step + 1) / steps)
      let middle = whole > 0 ? rise * Int128(from + to) / Int128(2 * whole) : 0
      return MarketOffer(
        interval: interval, side: side, participant: participant,
        price: EnergyPrice(microPerMegawattHour: price.microPerMegawattHour + Int64(middle)),
        quantity: Power(kilowatts: to - from), priorityClass: priorityClass, band: band)
    }
  }
}

extension MarketClearing {
  /// Value of the cleared demand as bid less cost of the cleared supply as asked: what clearing makes as large as
  /// possible. `offers` are those that were cleared, in the same order.
  public func welfare(of offers: [MarketOffer]) throws(QuantityError) -> Money {
    var total = Money.zero
    for (offer, power) in zip(offers, cleared) where power > .zero {
      let value = offer.offeredValue(of: power, over: terms.intervalLength)
      total = try offer.side == .buy ? total + value : total - value
    }
    return total
  }

  /// What the cleared supply is paid at the uniform prices.
  public func payment() throws(QuantityError) -> Money {
    try Money.sum(intervals.map { $0.cleared.energy(over: terms.intervalLength).value(at: $0.price) })
  }
}
