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
    let clearing = try meet { _ in parts }
    var outputs = [[Double]](
      repeating: [Double](repeating: 0, count: day.offers.count), count: day.demand.count)
    for interval in outputs.indices {
      let first = interval * (parts.count + 1)
      for (index, part) in parts.enumerated() {
        outputs[interval][part.unit] += clearing.cleared[first + index].megawatts
      }
    }
    return Outcome(prices: published(clearing), outputs: outputs)
  }

  /// The same with other parts in each interval (from 0): per MWh by interval.
  func prices(with parts: (Int) -> [MarketPart]) throws -> [Double] { published(try meet(parts)) }

  private func published(_ clearing: MarketClearing) -> [Double] {
    clearing.intervals.map { day.price(offered: $0.price.perMegawattHour, interval: $0.interval - 1) }
  }

  private func meet(_ parts: (Int) -> [MarketPart]) throws -> MarketClearing {
    let floor = EnergyPrice.perMegawattHour(day.floor)
    let cap = EnergyPrice.perMegawattHour(day.cap)
    var offers: [MarketOffer] = []
    for (interval, demand) in day.demand.enumerated() {
      offers += parts(interval).map { part in
        MarketOffer(
          interval: interval + 1, side: .sell, participant: "", price: part.from, endPrice: part.to,
          quantity: part.quantity)
      }
      offers.append(
        MarketOffer(
          interval: interval + 1, side: .buy, participant: "", price: cap, quantity: .megawatts(max(0, demand))))
    }
    let terms = ClearingTerms(
      floor: floor, cap: cap, intervalLength: .quarterHour, tieBreak: .proRata, priceRange: .lowest,
      equalPriceVolume: .most, shortagePrice: .lastOffer, surplusPrice: .floor)
    return try clearByMeritOrder(OfferBook(offers), terms: terms)
  }
}
