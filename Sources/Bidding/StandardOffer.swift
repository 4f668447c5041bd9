internal import MarketModel
internal import Optimization
internal import UnitScheduling

/// The standard offer: what a careful trader does by hand, and the baseline of every uplift.
///
/// - The unit is on line wherever it can be; the block up to its lowest output stands at the bid floor.
/// - Above that come equal segments, as many as the pack allows and ten at the most, each at the incremental cost at its end plus 5 %,
///   rounded to the tick and never falling.
struct StandardOffer {
  static let margin = 0.05
  /// More segments nobody writes by hand, and each has to rise by a tick.
  static let largestSegmentCount = 10

  static func draw(
    _ desk: UnitDesk, day: UnitDay, rules: OfferRules, margin: Double = StandardOffer.margin,
    commitment given: [Bool]? = nil
  ) throws -> DrawnOffer {
    let commitment = try given ?? desk.fullCommitment()
    let curve = try curve(desk.problem, day: day, rules: rules, margin: margin)
    let outcome = try desk.outcome(of: curve, commitment: commitment)
    return DrawnOffer(
      curve: curve, commitment: commitment, outcome: outcome, score: outcome.meanProfit, continuation: 0,
      starts: desk.problem.startUps(of: commitment).count, isStandard: true)
  }

  static func curve(
    _ problem: UnitProblem, day: UnitDay, rules: OfferRules, margin: Double = StandardOffer.margin
  ) throws(BidCurveError) -> BidCurve {
    let lowest = day.minimumOutput.values.max() ?? problem.unit.minimumStableOutput
    let highest = day.largestAvailableCapacity
    var points = [BidPoint(output: lowest, price: rules.floor)]
    let segments = min(rules.largestPointCount - 1, largestSegmentCount)
    let tick = max(rules.quantityTick.kilowatts, 1)
    let width = max(
      ((highest - lowest).kilowatts / Int64(segments)) / tick * tick,
      rules.width(lowest: lowest, highest: highest).kilowatts)
    let envelope = CostEnvelope(problem.levels)
    while let last = points.last, last.output < highest {
      let isFinal = points.count == segments || last.output.kilowatts + 2 * width > highest.kilowatts
      let end = isFinal ? highest : Power(kilowatts: last.output.kilowatts + width)
      let price = rules.price(envelope.incrementalCost(at: end) * (1 + margin))
      points.append(BidPoint(output: end, price: min(max(price, last.price + rules.priceTick), rules.cap)))
    }
    return try BidCurve(form: rules.form, points: points)
  }
}

/// An offer of one unit with what it would bring.
struct DrawnOffer {
  let curve: BidCurve
  let commitment: [Bool]
  let outcome: OfferOutcome
  /// What the offer is worth to the desk, with the value of how it leaves the day.
  let score: Double
  /// Expected profit of the day after.
  let continuation: Double
  let starts: Int
  let isStandard: Bool

  /// The offer as a bid on the day's grid.
  func bid(_ desk: UnitDesk, on grid: IntervalGrid) -> UnitBid {
    do {
      return UnitBid(
        unit: desk.problem.unit.id, curve: curve, commitment: try IntervalSeries(grid, commitment),
        plannedMegawatts: outcome.plannedMegawatts(desk.problem))
    } catch {
      preconditionFailure(error.description)
    }
  }

  /// The same offer, worth no more than a bound.
  func scored(atMost bound: Double) -> DrawnOffer { scored(as: min(score, bound)) }

  /// The same offer with another worth.
  func scored(as score: Double) -> DrawnOffer {
    DrawnOffer(
      curve: curve, commitment: commitment, outcome: outcome, score: score, continuation: continuation, starts: starts,
      isStandard: isStandard)
  }

  /// The same offer and worth with what it brings at other costs.
  func with(outcome: OfferOutcome) -> DrawnOffer {
    DrawnOffer(
      curve: curve, commitment: commitment, outcome: outcome, score: score, continuation: continuation, starts: starts,
      isStandard: isStandard)
  }
}
