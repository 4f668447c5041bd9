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
  let paths = inputs.paths
  let biddable = inputs.unitDays.indices.filter { inputs.unitDays[$0].canRun.values.contains(true) }
  let bids = try biddable.map { index -> UnitBid in
    let day = inputs.unitDays[index]
    do {
      let desk = UnitDesk(
        day: day, next: inputs.nextUnitDays[index], paths: paths, dayAfter: inputs.dayAfter,
        expectedPrices: inputs.expectedPrices)
      let commitment =
        switch plan {
        case .always: try desk.fullCommitment()
        case .atPrices(let today, let next): try desk.commitment(atPrices: today + next)
        }
      let offer = try OptimisedOffer.draw(desk, day: day, rules: rules, commitment: commitment, riskAversion: 0)
      return UnitBid(
        unit: day.unit.id, curve: offer.curve, commitment: try IntervalSeries(inputs.grid, commitment),
        plannedMegawatts: offer.outcome.plannedMegawatts(desk.problem))
    } catch {
      throw BiddingError(unit: day.unit.id, problem: "\(error)")
    }
  }
  return BidBook(day: inputs.grid.day, strategy: .optimised, bids: bids)
}
