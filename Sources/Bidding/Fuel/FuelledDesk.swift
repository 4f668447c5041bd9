internal import MarketModel
internal import Optimization

/// A unit's desk, and the same with coal as dear as it is scarce: offers are drawn on that one, and accounted at what coal costs.
struct FuelledDesk: Sendable {
  let desk: UnitDesk
  let day: UnitDay
  /// What a tonne of standard coal is worth above its price, in currency units.
  let value: Double
  private let dear: UnitDesk
  private let dearDay: UnitDay

  init(_ desk: UnitDesk, day: UnitDay, next: UnitDay, _ inputs: BiddingInputs, value: Double) {
    self.desk = desk
    self.day = day
    self.value = value
    dearDay = day.withDearerCoal(by: value)
    dear =
      value == 0
      ? desk
      : UnitDesk(
        day: dearDay, next: next.withDearerCoal(by: value), paths: desk.paths, risingPrices: desk.risingPrices,
        dayAfter: inputs.dayAfter, expectedPrices: desk.expectedPrices)
  }

  /// Offers with the worth that they have while coal is scarce.
  func candidates(rules: OfferRules, riskAversion: Double) throws -> [DrawnOffer] {
    try OptimisedOffer.candidates(dear, day: dearDay, rules: rules, riskAversion: riskAversion).map(accounted)
  }

  func bestCommitment(weights: [Double]) throws -> [Bool] { try dear.bestCommitment(weights: weights) }

  func draw(rules: OfferRules, commitment: [Bool]) throws -> DrawnOffer {
    try accounted(
      OptimisedOffer.draw(dear, day: dearDay, rules: rules, commitment: commitment, riskAversion: 0))
  }

  private func accounted(_ offer: DrawnOffer) throws -> DrawnOffer {
    value == 0 ? offer : offer.with(outcome: try desk.outcome(of: offer.curve, commitment: offer.commitment))
  }

  /// Standard coal that an offer burns in expectation, in tonnes.
  func tonnes(_ offer: DrawnOffer) -> Double {
    let schedules = offer.outcome.schedules
    guard !schedules.isEmpty else { return 0 }
    let hours = desk.problem.length.hours
    let burnt = desk.problem.levels.megawatts.map { day.unit.fuelCurve.tonnesPerHour(atMegawatts: $0) * hours }
    let all = schedules.reduce(0.0) { total, schedule in
      schedule.levelIndex.reduce(total) { $1 < 0 ? $0 : $0 + burnt[$1] }
    }
    return all / Double(schedules.count)
  }
}

/// Calls `body` with every unit that can run, each with its plant's value of coal (``onUnitDesks(of:choosing:_:)``).
func onFuelledDesks<Result: Sendable>(
  of inputs: BiddingInputs, _ fuel: [PlantID: FuelValue], _ body: @escaping @Sendable (FuelledDesk) throws -> Result
) throws -> [Result] {
  let next = Dictionary(uniqueKeysWithValues: inputs.nextUnitDays.map { ($0.unit.id, $0) })
  return try onUnitDesks(of: inputs) { desk, day in
    try body(
      FuelledDesk(
        desk, day: day, next: next[day.unit.id] ?? day, inputs, value: fuel[day.unit.plant]?.perStandardTonne ?? 0))
  }
}
