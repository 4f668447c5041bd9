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
    let base = try inputs.anticipatedBook(by: strategy, under: pack)
    return StrategyBook(book: try inputs.equilibriumBook(base, by: strategy, under: pack), position: nil)
  case .learned:
    let base = try inputs.anticipatedBook(by: strategy, under: pack)
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
  func optimisedBook(by strategy: Strategy, under pack: RulePack) throws -> BidBook {
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
  private(set) var desks: [FuelledDesk]
  private(set) var offers: [UnitID: [DrawnOffer]]
  /// Of plants that have to save coal.
  let fuel: [PlantID: FuelValue]

  static func all(
    _ inputs: BiddingInputs, under pack: RulePack, riskAversion: Double, fuel known: [PlantID: FuelValue]? = nil
  ) throws -> UnitCandidates {
    let rules = try OfferRules(pack)
    let fuel = try known ?? FuelPlan(inputs, rules: rules)?.values() ?? [:]
    let found = try onFuelledDesks(of: inputs, fuel) { desk in
      (desk, try desk.candidates(rules: rules, riskAversion: riskAversion))
    }
    return UnitCandidates(
      desks: found.map(\.0), offers: Dictionary(uniqueKeysWithValues: found.map { ($0.0.day.unit.id, $0.1) }),
      fuel: fuel)
  }

  var units: [ThermalUnit] { desks.map(\.day.unit) }

  /// Adds an offer unless one with its commitment is there.
  mutating func add(_ offer: DrawnOffer, for unit: UnitID) {
    guard offers[unit]?.contains(where: { $0.commitment == offer.commitment }) == false else { return }
    offers[unit]?.append(offer)
  }

  /// Draws the offers of a unit anew, its coal dearer by a value than its price.
  mutating func redraw(_ number: Int, value: Double, _ inputs: BiddingInputs, rules: OfferRules) throws {
    let own = desks[number]
    let next = inputs.nextUnitDays.first { $0.unit.id == own.day.unit.id } ?? own.day
    desks[number] = FuelledDesk(own.desk, day: own.day, next: next, inputs, value: value)
    offers[own.day.unit.id] = try desks[number].candidates(rules: rules, riskAversion: 0)
  }

  func book(_ chosen: [UnitID: DrawnOffer], _ inputs: BiddingInputs) -> BidBook {
    let bids = desks.compactMap { desk in chosen[desk.day.unit.id].map { $0.bid(desk.desk, on: inputs.grid) } }
    return BidBook(day: inputs.grid.day, strategy: .optimised, bids: bids)
  }
}
