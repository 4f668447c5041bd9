internal import Clearing
internal import MarketModel
internal import ProvinceSimulation

/// What one part of an owner's offer adds to the book: the same in every interval.
struct MarketPart: Hashable, Sendable {
  let from: EnergyPrice
  let to: EnergyPrice
  let quantity: Power
  /// Position of the unit among those on line.
  let unit: Int
}

/// The whole market of one day, cleared again with other offers.
struct WholeMarket: Sendable {
  let day: SimulatedMarketDay

  /// What came of a clearing.
  struct Outcome: Sendable {
    /// Per MWh by interval.
    let prices: [Double]
    /// MW by interval and unit on line.
    let outputs: [[Double]]
  }

  /// The simulated offers of a unit on line.
  func simulatedParts(_ unit: Int) -> [MarketPart] {
    day.offers[unit].parts.map {
      MarketPart(
        from: .perMegawattHour($0.from), to: .perMegawattHour($0.to), quantity: .megawatts($0.megawatts), unit: unit)
    }
  }

  /// A unit's bid curve as parts.
  static func parts(_ curve: BidCurve, unit: Int) -> [MarketPart] {
    var below = Power.zero
    var price = curve.points[0].price
    return curve.points.map { point in
      defer { (below, price) = (point.output, point.price) }
      return MarketPart(
        from: curve.form == .slopes ? price : point.price, to: point.price, quantity: point.output - below, unit: unit)
    }
  }

  /// Clears every interval by merit order at the buyers' quantity, and adds what moves prices beside offers.
  ///
  /// - Throws: `MeritOrderError`.
  func clear(_ parts: [MarketPart]) throws -> Outcome {
    let intervals = day.demand.count
    let floor = EnergyPrice.perMegawattHour(day.floor)
    let cap = EnergyPrice.perMegawattHour(day.cap)
    var offers: [MarketOffer] = []
    offers.reserveCapacity(intervals * (parts.count + 1))
    for interval in 1...intervals {
      for part in parts {
        offers.append(
          MarketOffer(
            interval: interval, side: .sell, participant: "", price: part.from, endPrice: part.to,
            quantity: part.quantity))
      }
      offers.append(
        MarketOffer(
          interval: interval, side: .buy, participant: "", price: cap,
          quantity: .megawatts(max(0, day.demand[interval - 1]))))
    }
    let terms = ClearingTerms(
      floor: floor, cap: cap, intervalLength: .quarterHour, tieBreak: .proRata, priceRange: .lowest,
      equalPriceVolume: .most, shortagePrice: .lastOffer, surplusPrice: .floor)
    let clearing = try clearByMeritOrder(OfferBook(offers), terms: terms)
    var outputs = [[Double]](
      repeating: [Double](repeating: 0, count: day.offers.count), count: intervals)
    for interval in 0..<intervals {
      let first = interval * (parts.count + 1)
      for (index, part) in parts.enumerated() {
        outputs[interval][part.unit] += clearing.cleared[first + index].megawatts
      }
    }
    let prices = clearing.intervals.map { met in
      day.price(offered: met.price.perMegawattHour, interval: met.interval - 1)
    }
    return Outcome(prices: prices, outputs: outputs)
  }
}
