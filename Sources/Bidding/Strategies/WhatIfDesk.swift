public import MarketModel
internal import UnitScheduling

/// One segment of an offer moved by hand.
public struct SegmentChange: Hashable, Sendable {
  /// From 1.
  public let segment: Int
  public let price: EnergyPrice?
  /// Output at which the segment ends.
  public let output: Power?

  public init(segment: Int, price: EnergyPrice?, output: Power?) {
    self.segment = segment
    self.price = price
    self.output = output
  }
}

/// What an offer is worth over the scenarios.
public struct OfferWorth: Hashable, Sendable {
  public let expectation: BidExpectation
  /// By segment, the share of scenario intervals on line in which the price reaches its end.
  public let clearingShares: [Double]
}

/// One unit's prepared desk, for questions that are answered while the trader waits: no forecast, no commitment is made anew.
public struct WhatIfDesk: Sendable {
  public let bid: UnitBid
  private let desk: UnitDesk

  /// - Throws: ``StrategyError`` if the unit is not among the inputs.
  public init(_ inputs: BiddingInputs, bid: UnitBid) throws(StrategyError) {
    guard let number = inputs.unitDays.firstIndex(where: { $0.unit.id == bid.unit }) else {
      throw StrategyError("Unit \(bid.unit) is not in the portfolio of \(inputs.grid.day).")
    }
    self.bid = bid
    desk = UnitDesk(
      day: inputs.unitDays[number], next: inputs.nextUnitDays[number], paths: inputs.paths, dayAfter: inputs.dayAfter,
      expectedPrices: inputs.expectedPrices)
  }

  /// The bid with one segment moved.
  ///
  /// - Throws: ``StrategyError`` if there is no such segment, or the curve would fall or overlap.
  public func moved(_ change: SegmentChange) throws(StrategyError) -> UnitBid {
    var points = bid.curve.points
    guard points.indices.contains(change.segment - 1) else {
      throw StrategyError("Unit \(bid.unit) has segments 1 to \(points.count); there is no segment \(change.segment).")
    }
    let old = points[change.segment - 1]
    points[change.segment - 1] = BidPoint(output: change.output ?? old.output, price: change.price ?? old.price)
    do {
      return UnitBid(
        unit: bid.unit, curve: try BidCurve(form: bid.curve.form, points: points), commitment: bid.commitment,
        plannedMegawatts: bid.plannedMegawatts)
    } catch {
      throw StrategyError("Unit \(bid.unit), segment \(change.segment): \(error)")
    }
  }

  /// What a bid with this commitment brings on every scenario, ramps included.
  ///
  /// - Throws: `ScheduleError` if the unit cannot follow the commitment.
  public func worth(of bid: UnitBid) throws -> OfferWorth {
    let commitment = bid.commitment.values
    let outcome = try desk.outcome(of: bid.curve, commitment: commitment)
    let counts = commitment.contains(true)
    var prices = desk.paths.flatMap { path in zip(path, commitment).compactMap { $1 || !counts ? $0 : nil } }
    prices.sort()
    return OfferWorth(
      expectation: outcome.expectation,
      clearingShares: bid.curve.points.map { point in
        WhatIfDesk.share(of: prices, from: point.price.perMegawattHour)
      })
  }

  /// Share of sorted values that are at least `limit`.
  private static func share(of sorted: [Double], from limit: Double) -> Double {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < limit { low = middle + 1 } else { high = middle }
    }
    return sorted.isEmpty ? 0 : Double(sorted.count - low) / Double(sorted.count)
  }
}
