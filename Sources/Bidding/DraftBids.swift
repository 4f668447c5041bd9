internal import Dispatch
public import MarketModel
public import MarketRules
internal import Optimization
internal import Synchronization
internal import UnitScheduling

/// The bids of a day, standard beside optimised, with what the fleet may expect of each.
public struct DraftedBids: Sendable {
  public let standard: BidBook
  public let optimised: BidBook
  /// Why each bid has its shape; one for each bid of the book.
  public let standardExplanations: [UnitID: BidExplanation]
  public let optimisedExplanations: [UnitID: BidExplanation]
  public let standardFleet: BidExpectation
  public let optimisedFleet: BidExpectation
  /// Units without available capacity on the day; nothing is offered for them.
  public let unavailable: [UnitID]
  /// What was assumed where the rule pack says "unknown".
  public let assumptions: [String]
  /// What a tonne of coal is worth to plants that have to save it, by plant.
  public let fuel: [FuelValue]

  /// The book of a strategy.
  public func book(_ strategy: OfferStrategy) -> BidBook {
    switch strategy {
    case .standard: standard
    case .optimised: optimised
    }
  }
}

/// A unit for which no offer could be drawn.
public struct BiddingError: Error, Hashable, Sendable, CustomStringConvertible {
  public let unit: UnitID
  public let problem: String
  public var description: String { "Unit \(unit): \(problem)" }
}

/// Draws the standard and the optimised offer of every unit.
///
/// - Throws: `OfferRulesError` if the pack lacks a rule, `BiddingError` if a unit's outages, heat duty and minimum times
///   leave it no schedule.
public func draftBids(for inputs: BiddingInputs, under pack: RulePack) throws -> DraftedBids {
  let rules = try OfferRules(pack)
  let fuel = try FuelPlan(inputs, rules: rules)?.values() ?? [:]
  let drafts = try onFuelledDesks(of: inputs, fuel) { own in
    let (desk, day) = (own.desk, own.day)
    return UnitDraft(
      baseline: BaselineOffer(desk: desk, day: day, offer: try StandardOffer.draw(desk, day: day, rules: rules)),
      candidates: try own.candidates(rules: rules, riskAversion: inputs.riskAversion))
  }
  let units = drafts.map(\.desk.problem.unit)
  let candidates = Dictionary(uniqueKeysWithValues: drafts.map { ($0.desk.problem.unit.id, $0.candidates) })
  let chosen = try PlantStartLimits.choose(candidates, units: units, plants: inputs.plants)
  let day = inputs.grid.day
  var standard: [ExplainedBid] = []
  var optimised: [ExplainedBid] = []
  let baselines = try BaselineOffer.withinPlantStarts(drafts.map(\.baseline), plants: inputs.plants) {
    unit, commitment in
    try StandardOffer.draw(unit.desk, day: unit.day, rules: rules, commitment: commitment)
  }
  for (draft, baseline) in zip(drafts, baselines) {
    guard let offer = chosen[draft.desk.problem.unit.id] else { continue }
    standard.append(ExplainedBid(baseline.offer, draft.desk, currency: pack.currency, grid: inputs.grid))
    optimised.append(
      ExplainedBid(
        offer, draft.desk, currency: pack.currency, grid: inputs.grid, fuel: fuel[draft.desk.problem.unit.plant]))
  }
  return DraftedBids(
    standard: BidBook(day: day, strategy: .standard, bids: standard.map(\.bid)),
    optimised: BidBook(day: day, strategy: .optimised, bids: optimised.map(\.bid)),
    standardExplanations: ExplainedBid.explanations(standard),
    optimisedExplanations: ExplainedBid.explanations(optimised),
    standardFleet: fleet(standard.map(\.outcome)), optimisedFleet: fleet(optimised.map(\.outcome)),
    unavailable: inputs.unitDays.map(\.unit.id).filter { candidates[$0] == nil }, assumptions: rules.assumptions,
    fuel: fuel.sorted { $0.key < $1.key }.map(\.value))
}

/// The standard offers alone, for a backtest in which that strategy has left its units in states of its own.
///
/// - Parameter margin: mark-up of the segments over incremental cost.
public func draftStandardBids(
  for inputs: BiddingInputs, under pack: RulePack, margin: Double = 0.05
) throws -> BidBook {
  let rules = try OfferRules(pack)
  let drawn = try onUnitDesks(of: inputs, choosing: false) { desk, day in
    BaselineOffer(desk: desk, day: day, offer: try StandardOffer.draw(desk, day: day, rules: rules, margin: margin))
  }
  let offers = try BaselineOffer.withinPlantStarts(drawn, plants: inputs.plants) { unit, commitment in
    try StandardOffer.draw(unit.desk, day: unit.day, rules: rules, margin: margin, commitment: commitment)
  }
  return BidBook(
    day: inputs.grid.day, strategy: .standard, bids: offers.map { $0.offer.bid($0.desk, on: inputs.grid) })
}

private struct UnitDraft: Sendable {
  let baseline: BaselineOffer
  let candidates: [DrawnOffer]

  var desk: UnitDesk { baseline.desk }
}

/// A bid with its explanation and its outcome on every path.
private struct ExplainedBid: Sendable {
  let bid: UnitBid
  let explanation: BidExplanation
  let outcome: OfferOutcome

  init(_ offer: DrawnOffer, _ desk: UnitDesk, currency: String, grid: IntervalGrid, fuel: FuelValue? = nil) {
    bid = offer.bid(desk, on: grid)
    let reasons = SegmentReasons(
      problem: desk.problem, offer: offer, paths: desk.paths, currency: currency, fuel: fuel
    ).reasons()
    let unit = UnitReason(
      problem: desk.problem, offer: offer, paths: desk.paths, currency: currency, fuel: fuel
    ).reason()
    explanation = BidExplanation(reasons: reasons, unit: unit, expectation: offer.outcome.expectation)
    outcome = offer.outcome
  }

  static func explanations(_ bids: [ExplainedBid]) -> [UnitID: BidExplanation] {
    Dictionary(uniqueKeysWithValues: bids.map { ($0.bid.unit, $0.explanation) })
  }
}

/// Sums of all units on each path, then their ranges.
private func fleet(_ outcomes: [OfferOutcome]) -> BidExpectation {
  func total(_ values: (OfferOutcome) -> [Double]) -> [Double] {
    var sum: [Double] = []
    for outcome in outcomes {
      let own = outcome.values(values(outcome))
      sum = sum.isEmpty ? own : zip(sum, own).map { $0 + $1 }
    }
    return sum
  }
  let profits = total(\.profits)
  return BidExpectation(
    clearedEnergy: OfferOutcome.range(total(\.energies)), revenue: OfferOutcome.range(total(\.revenues)),
    profit: OfferOutcome.range(profits), conditionalValueAtRisk: OfferOutcome.conditionalValueAtRisk(profits))
}

/// Independent pieces of work on at most `threads` threads; results stand by index, so their order does not depend on
/// the number of threads. The error of the lowest index is thrown.
func inThreads<Result: Sendable>(
  _ count: Int, threads: Int, _ body: @escaping @Sendable (Int) throws -> Result
) throws -> [Result] {
  let results = Mutex<[Int: Swift.Result<Result, any Error>]>([:])
  let workers = max(1, min(threads, count))
  DispatchQueue.concurrentPerform(iterations: workers) { worker in
    for index in stride(from: worker, to: count, by: workers) {
      let result = Swift.Result { try body(index) }
      results.withLock { $0[index] = result }
    }
  }
  let all = results.withLock { $0 }
  return try (0..<count).compactMap { try all[$0]?.get() }
}
