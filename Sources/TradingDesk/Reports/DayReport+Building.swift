internal import Bidding
internal import Compliance
internal import DayPipeline
internal import Foundation
internal import MarketModel

extension DayReport {
  init(_ context: DayContext, _ prepared: PreparedDay, desk: TradingDesk, simulated: Bool) {
    let bids = prepared.bids
    let verdicts = Dictionary(uniqueKeysWithValues: prepared.compliance.units.map { ($0.unit, $0) })
    day = context.day
    self.simulated = simulated
    currency = context.pack.currency
    provenance = Provenance(context, prepared, desk: desk)
    forecast = PriceForecastView(prepared.forecast, context.prices)
    units = context.inputs.unitDays.compactMap { unitDay -> UnitView? in
      let id = unitDay.unit.id
      guard let standard = bids.standard.bids.first(where: { $0.unit == id }),
        let optimised = bids.optimised.bids.first(where: { $0.unit == id }),
        let why = bids.optimisedExplanations[id], let standardWhy = bids.standardExplanations[id]
      else { return nil }
      return UnitView(
        unitDay, standard: OfferView(standard, standardWhy), optimised: OfferView(optimised, why),
        compliance: verdicts[id])
    }
    let contracted = context.contracts.reduce(Energy.zero) { sum, contract in
      context.grid.intervals.reduce(sum) { $0 + contract.power(in: $1).energy(over: $1.length) }
    }
    fleet = FleetView(
      standard: FleetOfferView(bids.standardFleet, bids.standard),
      optimised: FleetOfferView(bids.optimisedFleet, bids.optimised),
      expectedDifference: Self.rounded(bids.optimisedFleet.profit.mean - bids.standardFleet.profit.mean, 2),
      contractedEnergyMWh: Self.rounded(contracted.megawattHours, 3))
    compliance = ComplianceView(prepared.compliance)
    unavailableUnits = bids.unavailable
    fuelAndDuties = bids.fuel.map { DayReport.sentence($0, currency: context.pack.currency) } + context.fleet.notes
    notes =
      (simulated ? ["simulated: the market, the weather and the company of this workspace are made up"] : [])
      + context.prices.notes + prepared.forecast.notes + bids.assumptions
      + ["commitment is declared by the desk; the units are price takers: prices do not answer our offers"]
  }
}

extension DayReport {
  fileprivate static func sentence(_ fuel: FuelValue, currency: String) -> String {
    let budget = fuel.budget
    return
      "Plant \(budget.plant): \(budget.substance) allows \(readable(budget.standardTonnes)) t of standard coal in \(budget.days) "
      + "days, \(readable(fuel.freeTonnes)) t would be burned; its offers count a tonne "
      + "\(readable(fuel.perStandardTonne)) \(currency) more"
      + (fuel.isKept ? "." : ", and still its duties burn \(readable(fuel.plannedTonnes)) t.")
  }
}

extension DayReport.Provenance {
  fileprivate init(_ context: DayContext, _ prepared: PreparedDay, desk: TradingDesk) {
    program = desk.programVersion
    rulePack = context.prices.packName
    rulePackSource = context.pack.source
    curveForm = context.pack.bids.curveForm.value?.rawValue ?? "unknown"
    informationCutoff = context.prices.cutoff.description
    dataAsOf = context.prices.asOfText
    series = context.prices.history.views
    dataHash = context.prices.history.dataHash
    models = prepared.forecast.models.map { $0.rounded }
    seed = context.settings.seed
    scenarios = context.settings.scenarios
    riskAversion = context.settings.riskAversion
    secondOpinion = context.settings.secondOpinion
    recentDays = context.settings.recentDays
    initialStates = context.initialStates
  }
}

extension DayReport.UnitView {
  fileprivate init(
    _ unitDay: UnitDay, standard: DayReport.OfferView, optimised: DayReport.OfferView, compliance: UnitCompliance?
  ) {
    unit = unitDay.unit.id
    plant = unitDay.unit.plant
    ratedCapacityMW = unitDay.unit.ratedCapacity.megawatts
    initialState = unitDay.initialState.sentence
    self.standard = standard
    self.optimised = optimised
    verdict = compliance.map { DayReport.isViolated($0) ? "violated" : "compliant" } ?? "not checked"
    let outcomes = compliance?.outcomes ?? []
    passedChecks = outcomes.count { $0.result == .passed }
    violations = outcomes.compactMap { outcome in
      guard case .violated(let found) = outcome.result else { return nil }
      return DayReport.CheckView(outcome, sentences: found.map(\.description))
    }
    unconfirmed = outcomes.compactMap { outcome in
      guard case .notEvaluated(let reason) = outcome.result else { return nil }
      return DayReport.CheckView(outcome, sentences: [reason])
    }
  }
}

extension DayReport.CheckView {
  fileprivate init(_ outcome: CheckOutcome, sentences: [String]) {
    id = outcome.id
    title = outcome.title
    severity = outcome.severity.rawValue
    self.sentences = sentences
  }
}

extension DayReport.OfferView {
  fileprivate init(_ bid: UnitBid, _ why: BidExplanation) {
    var start = Power.zero
    segments = zip(bid.curve.points, why.reasons).enumerated().map { number, pair in
      let (point, reason) = pair
      defer { start = point.output }
      return DayReport.SegmentView(
        segment: number + 1, fromMW: start.megawatts, toMW: point.output.megawatts,
        pricePerMWh: point.price.perMegawattHour, kind: reason.kind.rawValue, reason: reason.reason.english,
        reasonChinese: reason.reason.chinese,
        marginalCostPerMWh: rounded(reason.marginalCostPerMegawattHour, 2),
        clearingShare: rounded(reason.clearingShare, 4), expectedProfit: rounded(reason.expectedProfit, 2))
    }
    reason = why.unit.english
    reasonChinese = why.unit.chinese
    onLine = OnLineText.runs(bid.commitment)
    plannedMW = bid.plannedMegawatts
    clearedEnergyMWh = why.expectation.clearedEnergy.rounded(3)
    revenue = why.expectation.revenue.rounded(2)
    profit = why.expectation.profit.rounded(2)
    conditionalValueAtRisk = DayReport.rounded(why.expectation.conditionalValueAtRisk, 2)
  }
}

extension DayReport.FleetOfferView {
  fileprivate init(_ expectation: BidExpectation, _ book: BidBook) {
    clearedEnergyMWh = expectation.clearedEnergy.rounded(3)
    revenue = expectation.revenue.rounded(2)
    profit = expectation.profit.rounded(2)
    conditionalValueAtRisk = DayReport.rounded(expectation.conditionalValueAtRisk, 2)
    var planned: [Double] = []
    for bid in book.bids {
      planned = planned.isEmpty ? bid.plannedMegawatts : zip(planned, bid.plannedMegawatts).map { $0 + $1 }
    }
    plannedMW = planned
  }
}

extension DayReport.ComplianceView {
  init(_ report: ComplianceReport) {
    let violatedUnits = report.units.filter { DayReport.isViolated($0) }
    let outcomes = report.units.flatMap(\.outcomes)
    verdict = violatedUnits.isEmpty ? "compliant" : "violated"
    bids = report.units.count
    violated = violatedUnits.count
    checksPassed = outcomes.count { $0.result == .passed }
    checksNotEvaluated = outcomes.count { if case .notEvaluated = $0.result { true } else { false } }
    var order: [String] = []
    for outcome in outcomes where !order.contains(outcome.id) { order.append(outcome.id) }
    checks = order.map { id in DayReport.CheckSummary(outcomes.filter { $0.id == id }) }
  }
}

extension DayReport.CheckSummary {
  fileprivate init(_ outcomes: [CheckOutcome]) {
    id = outcomes[0].id
    title = outcomes[0].title
    severity = outcomes[0].severity.rawValue
    rule = outcomes[0].rule
    passed = outcomes.count { $0.result == .passed }
    var violations: [String] = []
    var reasons: [String] = []
    for outcome in outcomes {
      switch outcome.result {
      case .passed: break
      case .violated(let found): violations += found.prefix(1).map(\.description)
      case .notEvaluated(let reason): reasons.append(reason)
      }
    }
    violated = violations.count
    notEvaluated = reasons.count
    remark = violations.first ?? reasons.first ?? ""
  }
}

extension DayReport {
  /// A finding that only warns does not stop a bid.
  fileprivate static func isViolated(_ unit: UnitCompliance) -> Bool {
    unit.outcomes.contains { outcome in
      if case .violated = outcome.result { outcome.severity != .warn } else { false }
    }
  }

  static func rounded(_ value: Double, _ decimals: Int) -> Double {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let result = (value * scale).rounded() / scale
    return result == 0 ? 0 : result
  }
}

private func rounded(_ value: Double, _ decimals: Int) -> Double { DayReport.rounded(value, decimals) }

extension ExpectedRange {
  fileprivate func rounded(_ decimals: Int) -> ExpectedRange {
    ExpectedRange(
      mean: DayReport.rounded(mean, decimals), low: DayReport.rounded(low, decimals),
      high: DayReport.rounded(high, decimals))
  }
}

extension UnitState {
  /// "on for 72 h at 215 MW".
  fileprivate var sentence: String {
    switch self {
    case .on(let minutes, let output): "on for \(Self.hours(minutes)) h at \(output)"
    case .off(let minutes): "off for \(Self.hours(minutes)) h"
    }
  }

  private static func hours(_ minutes: Int) -> String {
    minutes % 60 == 0 ? "\(minutes / 60)" : String(format: "%.2f", Double(minutes) / 60)
  }
}
