public import MarketModel
public import MarketRules

/// The bids of a strategy, and what its fleet's position says beside them.
public struct StrategyBook: Sendable {
  public let book: BidBook
  /// Of the strategy `position`; nil for the others.
  public let position: FleetPosition?
}

/// Draws the offers of one strategy.
///
/// - Throws: as ``draftBids(for:under:)``, and ``StrategyError`` for perfect foresight, which offers nothing.
public func draftBids(
  by strategy: Strategy, for inputs: StrategyInputs, under pack: RulePack
) throws -> StrategyBook {
  switch strategy.method {
  case .standard:
    return StrategyBook(
      book: try draftStandardBids(for: inputs.bidding, under: pack, margin: strategy[.margin]), position: nil)
  case .costPlusLear:
    let plan = CommitmentPlan.atPrices(
      day: inputs.reference, next: fitted(inputs.reference, to: inputs.bidding.dayAfter.outlooks[0].count))
    return StrategyBook(book: try draftPlannedBids(for: inputs.bidding, committing: plan, under: pack), position: nil)
  case .optimised:
    return StrategyBook(book: try inputs.optimisedBook(by: strategy, under: pack), position: nil)
  case .equilibrium:
    let base = try inputs.optimisedBook(by: strategy, under: pack)
    return StrategyBook(book: try inputs.equilibriumBook(base, by: strategy, under: pack), position: nil)
  case .learned:
    let base = try inputs.optimisedBook(by: strategy, under: pack)
    return StrategyBook(book: try inputs.learnedBook(base, by: strategy, under: pack), position: nil)
  case .position:
    let (book, position) = try FleetOptimiser(
      inputs.pooled(for: strategy), strategy: strategy, pack: pack
    ).solve()
    return StrategyBook(book: book, position: position)
  case .perfectForesight:
    throw StrategyError(
      "\(strategy.name) knows the prices and offers nothing before them; it stands in comparisons only.")
  }
}

extension StrategyInputs {
  fileprivate func optimisedBook(by strategy: Strategy, under pack: RulePack) throws -> BidBook {
    let units = try UnitCandidates.all(
      pooled(for: strategy).bidding, under: pack, riskAversion: strategy[.riskAversion])
    let chosen = try PlantStartLimits.choose(units.offers, units: units.units, plants: bidding.plants)
    return units.book(chosen, bidding)
  }
}

/// A path as long as another day, its last price repeated.
private func fitted(_ path: [Double], to count: Int) -> [Double] {
  (0..<count).map { path[min($0, path.count - 1)] }
}

/// The candidate offers of every unit of a day.
struct UnitCandidates: Sendable {
  private(set) var desks: [UnitDesk]
  let days: [UnitDay]
  private(set) var offers: [UnitID: [DrawnOffer]]

  static func all(
    _ inputs: BiddingInputs, under pack: RulePack, riskAversion: Double
  ) throws -> UnitCandidates {
    let rules = try OfferRules(pack)
    let found = try onUnitDesks(of: inputs) { desk, day in
      (desk, day, try OptimisedOffer.candidates(desk, day: day, rules: rules, riskAversion: riskAversion))
    }
    return UnitCandidates(
      desks: found.map(\.0), days: found.map(\.1),
      offers: Dictionary(uniqueKeysWithValues: found.map { ($0.1.unit.id, $0.2) }))
  }

  var units: [ThermalUnit] { days.map(\.unit) }

  /// Adds an offer unless one with its commitment is there.
  mutating func add(_ offer: DrawnOffer, for unit: UnitID) {
    guard offers[unit]?.contains(where: { $0.commitment == offer.commitment }) == false else { return }
    offers[unit]?.append(offer)
  }

  mutating func set(_ own: [DrawnOffer], for unit: UnitID) { offers[unit] = own }

  func book(_ chosen: [UnitID: DrawnOffer], _ inputs: BiddingInputs) -> BidBook {
    let bids = desks.compactMap { desk in chosen[desk.problem.unit.id].map { $0.bid(desk, on: inputs.grid) } }
    return BidBook(day: inputs.grid.day, strategy: .optimised, bids: bids)
  }
}
