public import MarketModel
public import MarketRules
internal import Optimization

/// A commitment rule to compare the optimised offer with; the curve above it is the same price taker's curve.
public enum CommitmentPlan: Hashable, Sendable {
  /// On line wherever the unit can be.
  case always
  /// The best schedule had these been the prices of the day and of the day after, per MWh.
  case atPrices(day: [Double], next: [Double])
}

/// Offers along marginal cost in the intervals of a plan: the baselines of an uplift.
///
/// - Throws: as ``draftBids(for:under:)``.
public func draftPlannedBids(
  for inputs: BiddingInputs, committing plan: CommitmentPlan, under pack: RulePack
) throws -> BidBook {
  let rules = try OfferRules(pack)
  let drawn = try onUnitDesks(of: inputs, choosing: false) { desk, day in
    let planned =
      switch plan {
      case .always: try desk.fullCommitment()
      case .atPrices(let today, let next): try desk.commitment(atPrices: today + next)
      }
    let commitment = try desk.withinStarts(planned)
    return BaselineOffer(
      desk: desk, day: day,
      offer: try OptimisedOffer.draw(desk, day: day, rules: rules, commitment: commitment, riskAversion: 0))
  }
  let offers = try BaselineOffer.withinPlantStarts(drawn, plants: inputs.plants) { unit, commitment in
    try OptimisedOffer.draw(unit.desk, day: unit.day, rules: rules, commitment: commitment, riskAversion: 0)
  }
  return BidBook(
    day: inputs.grid.day, strategy: .optimised, bids: offers.map { $0.offer.bid($0.desk, on: inputs.grid) })
}

extension UnitDesk {
  /// A plan with no more starts than the unit may make in a day: it stays on line through its shortest stops; where an outage leaves
  /// no stop to fill it is on line wherever it can be.
  fileprivate func withinStarts(_ plan: [Bool]) throws(ScheduleError) -> [Bool] {
    var commitment = plan
    while problem.startUps(of: commitment).count > problem.unit.maximumStartsPerDay {
      guard let stop = shortestStop(of: commitment) else { return try fullCommitment() }
      for interval in stop { commitment[interval] = true }
    }
    return commitment
  }

  /// The shortest stop that ends with a start and in which the unit could run.
  private func shortestStop(of commitment: [Bool]) -> Range<Int>? {
    var stops: [Range<Int>] = []
    var first = problem.days[0].initialState.isOn ? 0 : nil
    for (interval, isOn) in commitment.enumerated() where isOn {
      if let begin = first, begin < interval { stops.append(begin..<interval) }
      first = interval + 1
    }
    return stops.filter { stop in stop.allSatisfy { problem.allowed[$0] != nil } }.min { $0.count < $1.count }
  }
}
