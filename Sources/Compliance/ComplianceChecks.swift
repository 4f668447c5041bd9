public import MarketModel

/// A check: its place in the list and what it does to a bid.
struct ComplianceCheck: Sendable {
  let id: String
  let title: String
  let severity: CheckSeverity
  let stage: CheckStage
  let run: @Sendable (inout Evaluation) -> Void
}

/// The checks of a thermal bid in the order of the list (format, curve, physical envelope).
let complianceChecks: [ComplianceCheck] = formatChecks + curveChecks + physicalChecks

func preSubmit(
  _ id: String, _ title: String, _ severity: CheckSeverity, _ run: @escaping @Sendable (inout Evaluation) -> Void
) -> ComplianceCheck {
  ComplianceCheck(id: id, title: title, severity: severity, stage: .preSubmit, run: run)
}

func drafting(
  _ id: String, _ title: String, _ severity: CheckSeverity, _ run: @escaping @Sendable (inout Evaluation) -> Void
) -> ComplianceCheck {
  ComplianceCheck(id: id, title: title, severity: severity, stage: .drafting, run: run)
}

private let formatChecks: [ComplianceCheck] = [
  preSubmit("F01", "unit is registered", .block, checkRegistration),
  preSubmit("F02", "gate is open", .block, checkGate),
  preSubmit("F03", "rule pack is in force", .block, checkPackDates),
  preSubmit("F04", "unit of price", .block, checkPriceUnit),
  preSubmit("F05", "unit of power", .block, checkPowerUnit),
  preSubmit("F06", "price tick", .block, checkPriceTick),
  preSubmit("F07", "quantity tick", .block, checkQuantityTick),
  preSubmit("F08", "number of segments", .block, checkSegmentCount),
  preSubmit("F09", "complete and readable values", .block, checkCompleteness),
  preSubmit("F10", "days with a clock change", .block, checkClockChange),
  preSubmit("F11", "price basis", .block, checkPriceBasis),
]

private let curveChecks: [ComplianceCheck] = [
  preSubmit("C01", "prices do not fall", .block, checkPriceOrder),
  preSubmit("C02", "output rises", .block, checkOutputOrder),
  preSubmit("C03", "segments join", .block, checkContiguity),
  preSubmit("C04", "first point", .block, checkFirstPoint),
  preSubmit("C05", "last point", .block, checkLastPoint),
  preSubmit("C06", "segment width", .block, checkSegmentWidth),
  preSubmit("C07", "bid price limits", .block, checkBidPriceLimits),
  preSubmit("C09", "equal prices of neighbours", .warn, checkEqualPrices),
  preSubmit("C10", "curve form", .block, checkCurveForm),
]

private let physicalChecks: [ComplianceCheck] = [
  preSubmit("P01", "available capacity", .block, checkAvailableCapacity),
  preSubmit("P02", "same capacity in every declaration", .stop, checkCapacityDeclarations),
  preSubmit("P03", "minimum output and heat supply", .block, checkMinimumOutput),
  drafting("P04", "ramp of the plan", .stop, checkRamp),
  drafting("P05", "time to start", .stop, checkStartTime),
  drafting("P06", "minimum up time", .stop, checkMinimumUpTime),
  drafting("P07", "minimum down time and declared times", .stop, checkMinimumDownTime),
  drafting("P08", "starts per day", .stop, checkStarts),
  drafting("P09", "reserve kept free", .stop, checkReserve),
  drafting("P13", "auxiliary power", .warn, checkAuxiliaryPower),
  drafting("P14", "exclusion zones", .warn, checkExclusionZones),
]

/// Checks bids as they would be sent against the rules of their market and the limits of their units.
///
/// The checks know nothing of how the bids were made; they are written from the text of the rules.
public func checkBids(_ bids: [SubmittedBid], in context: ComplianceContext) -> ComplianceReport {
  checkBids(bids, in: context, with: complianceChecks)
}

func checkBids(
  _ bids: [SubmittedBid], in context: ComplianceContext, with checks: [ComplianceCheck]
) -> ComplianceReport {
  let ordered = bids.sorted { $0.unit < $1.unit }
  let tally = BookTally(ordered, in: context)
  let units = ordered.map { bid in
    UnitCompliance(unit: bid.unit, outcomes: tally.outcomes(of: bid, in: context, with: checks))
  }
  return ComplianceReport(
    day: ordered.first?.day, packMarket: context.pack.market, packVersion: context.pack.version, units: units)
}

/// What the checks of one bid need of all others.
struct BookTally {
  let book: [SubmittedBid]
  /// Starts declared by all units of a plant.
  let starts: [PlantID: Int]
  let bidsOfUnits: [UnitID: Int]

  init(_ book: [SubmittedBid], in context: ComplianceContext) {
    var starts: [PlantID: Int] = [:]
    var counts: [UnitID: Int] = [:]
    for bid in book {
      counts[bid.unit, default: 0] += 1
      guard counts[bid.unit] == 1, let unitDay = context.units[bid.unit] else { continue }
      starts[unitDay.unit.plant, default: 0] += startIndices(bid.commitment, from: unitDay.initialState).count
    }
    self.book = book
    self.starts = starts
    bidsOfUnits = counts
  }

  func outcomes(
    of bid: SubmittedBid, in context: ComplianceContext, with checks: [ComplianceCheck]
  ) -> [CheckOutcome] {
    let blank = Evaluation(
      bid: bid, context: context, startsOfPlants: starts, bidsOfUnit: bidsOfUnits[bid.unit] ?? 0, book: book)
    let limitations = context.limitations[bid.unit] ?? [:]
    return checks.map { $0.outcome(on: blank, limitation: limitations[$0.id]) }
  }
}

extension ComplianceCheck {
  func outcome(on blank: Evaluation, limitation: DataLimitation?) -> CheckOutcome {
    var evaluation = blank
    switch limitation {
    case .unanswerable(let reason): evaluation.cannotJudge(reason)
    case .unconfirmed(let reason):
      evaluation.cannotJudge(reason)
      run(&evaluation)
    case nil: run(&evaluation)
    }
    return CheckOutcome(
      id: id, title: title, severity: severity, stage: stage, result: evaluation.result, rules: evaluation.rules)
  }
}
