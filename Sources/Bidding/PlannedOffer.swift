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
  let bids = try onUnitDesks(of: inputs) { desk, day in
    let commitment =
      switch plan {
      case .always: try desk.fullCommitment()
      case .atPrices(let today, let next): try desk.commitment(atPrices: today + next)
      }
    return try OptimisedOffer.draw(desk, day: day, rules: rules, commitment: commitment, riskAversion: 0)
      .bid(desk, on: inputs.grid)
  }
  return BidBook(day: inputs.grid.day, strategy: .optimised, bids: bids)
}
