internal import MarketModel
internal import Optimization
internal import UnitScheduling

/// The optimised offer: of several commitments, each with its best curve, the one that is worth most over the scenarios.
///
/// 1. Commitments to compare: the best in expectation (a programme of several stages, ``UnitDesk``), the best if only the worst
///    fifth of the scenarios counted, always on, and off. Commitment is decided before the price is known.
/// 2. For each, the points of the curve are placed by dynamic programming over the prices in its intervals on line.
/// 3. Each is dispatched on every scenario, ramps included, and scored: mean profit − risk aversion · (mean − mean of
///    the worst 5 %) + expected profit of the day after from the state in which it leaves the unit.
/// 4. The best of several estimates flatters itself: a unit on line leaves the commitment of always on only if that pays
///    when choices made on one half of the scenarios are judged on the other.
struct OptimisedOffer {
  static func candidates(
    _ desk: UnitDesk, day: UnitDay, rules: OfferRules, riskAversion: Double
  ) throws -> [DrawnOffer] {
    let full = try desk.fullCommitment()
    let steady = try draw(desk, day: day, rules: rules, commitment: full, riskAversion: riskAversion)
    let isHeld = try day.initialState.isOn && desk.gainJudgedApart(over: full) < 0
    var commitments = [full]
    var offers = [steady]
    func add(_ commitment: [Bool]) throws -> DrawnOffer? {
      guard !commitments.contains(commitment) else { return nil }
      commitments.append(commitment)
      let offer = try draw(desk, day: day, rules: rules, commitment: commitment, riskAversion: riskAversion)
      offers.append(isHeld ? offer.scored(atMost: steady.score) : offer)
      return offer
    }
    let expected = try add(try desk.expectedBestCommitment()) ?? steady
    _ = try add(try desk.bestCommitment(weights: expected.outcome.worstFifth))
    _ = try add(try desk.emptyCommitment())
    return offers
  }

  static func draw(
    _ desk: UnitDesk, day: UnitDay, rules: OfferRules, commitment: [Bool], riskAversion: Double
  ) throws -> DrawnOffer {
    let curve =
      commitment.contains(true)
      ? try placedCurve(desk, day: day, rules: rules, commitment: commitment)
      : try recoveryCurve(desk.problem, day: day, rules: rules)
    let outcome = try desk.outcome(of: curve, commitment: commitment)
    let continuation = desk.continuationValue(of: commitment)
    return DrawnOffer(
      curve: curve, commitment: commitment, outcome: outcome,
      score: outcome.score(riskAversion: riskAversion) + continuation, continuation: continuation,
      starts: desk.problem.startUps(of: commitment).count, isStandard: false)
  }

  private static func placedCurve(
    _ desk: UnitDesk, day: UnitDay, rules: OfferRules, commitment: [Bool]
  ) throws(BidCurveError) -> BidCurve {
    let placement = CurvePlacement(
      unit: desk.problem.unit, levels: desk.problem.levels, rules: rules,
      lowest: day.minimumOutput.values.max() ?? desk.problem.unit.minimumStableOutput,
      highest: day.largestAvailableCapacity, firstPrice: rules.floor)
    return try BidCurve(form: rules.form, points: placement.bestPoints(for: desk.prices(in: commitment)))
  }

  /// The curve of a unit that plans to stay off line: its first block asks for what a start would have to earn.
  private static func recoveryCurve(
    _ problem: UnitProblem, day: UnitDay, rules: OfferRules
  ) throws(BidCurveError) -> BidCurve {
    let lowest = day.minimumOutput.values.max() ?? problem.unit.minimumStableOutput
    let recovery = rules.price(startUpRecoveryPrice(problem, day: day, lowest: lowest))
    let standard = try StandardOffer.curve(problem, day: day, rules: rules)
    var points: [BidPoint] = []
    for (index, point) in standard.points.enumerated() {
      let below = index == 0 ? recovery : points[index - 1].price + rules.priceTick
      points.append(BidPoint(output: point.output, price: min(max(point.price, below), rules.cap)))
    }
    return try BidCurve(form: rules.form, points: points)
  }

  /// Price at which the shortest run at lowest output pays for itself and its start.
  static func startUpRecoveryPrice(_ problem: UnitProblem, day: UnitDay, lowest: Power) -> Double {
    let unit = problem.unit
    let offMinutes: Int = if case .off(let minutes) = day.initialState { minutes } else { 0 }
    let hours = max(Double(unit.minimumUpMinutes) / 60, problem.length.hours)
    let net = unit.netOutput(ofGross: lowest).megawatts
    let start = unit.startUp.stage(afterOffMinutes: offMinutes)?.cost.amount ?? 0
    return (start / hours + unit.costPerHour(atMegawatts: lowest.megawatts)) / net
  }
}
