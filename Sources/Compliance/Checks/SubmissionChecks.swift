import Foundation
import MarketModel
import MarketRules

/// F01: the unit is in the portfolio, with limits for the bid's day.
func checkRegistration(_ check: inout Evaluation) {
  let bid = check.bid
  guard let unitDay = check.context.units[bid.unit] else {
    if let kind = check.facts.kind, kind != .thermal, check.facts.active == true {
      return check.record("registered \(kind.rawValue)", "in service")
    }
    check.violate(
      "the unit is not in the portfolio", source: Evaluation.registerSource,
      advice: "Correct the unit's code, or add the unit to the register.")
    return
  }
  if check.facts.active == false {
    check.violate(
      "the unit's code is retired", chinese: "机组编码已停用", source: Evaluation.registerSource,
      advice: "Bid under the code in force, or take the bid out.")
  }
  guard unitDay.grid == check.grid else {
    check.violate(
      "the unit's limits are those of \(unitDay.grid.day) in \(unitDay.grid.count) intervals, not of \(bid.day) in "
        + "\(check.grid.count)", source: Evaluation.registerSource,
      advice: "Prepare the unit's limits for the bid's day.")
    return
  }
}

/// F02: the bid is sent before the gate that locks the curve closes.
func checkGate(_ check: inout Evaluation) {
  let pack = check.pack
  let gates = check.known(pack.timetable.gates, "submission gates") { gates in
    gates.map { "\($0.name) \($0.closes)" }.joined(separator: ", ")
  }
  guard let gates else { return }
  guard let gate = pack.timetable.curveGate else {
    return check.cannotJudge("no gate of rule pack \(pack.name) locks the bid curve")
  }
  guard let sent = check.context.submissionTime else {
    return check.cannotJudge("no submission time was given")
  }
  let late = sent.timeIntervalSince(gate.closes.instant(for: check.bid.day, in: pack.zone))
  if late >= 0 {
    check.violate(
      "the bid is sent \(Int(late.rounded(.down))) seconds after the gate \(gate.name) closed at \(gate.closes)",
      source: gates.source, advice: "The platform takes the default bid; look up what that means for the unit.")
  }
}

/// F03: the rule pack is the one of the trading day.
func checkPackDates(_ check: inout Evaluation) {
  let (pack, day) = (check.pack, check.bid.day)
  guard pack.status == .inForce else {
    return check.cannotJudge("rule pack \(pack.name) is a draft; it is in force on no day")
  }
  if !pack.isInForce(on: day) {
    let last = pack.effectiveTo.map { "to \($0)" } ?? "on"
    check.violate(
      "the trading day is outside the pack's days, from \(pack.effectiveFrom) \(last)",
      source: "\(pack.name), \(pack.effectiveCitation.clause)",
      advice: "Check with the pack that is in force on that day.")
  }
}

/// F11: the prices contain what a bid price of this market contains.
func checkPriceBasis(_ check: inout Evaluation) {
  guard let rule = check.known(check.pack.bids.priceBasis, "price basis of bids", text: basisText) else { return }
  guard let basis = check.bid.basis else {
    check.violate(
      "the bid does not say what its prices contain; they must be \(basisText(rule.value))", source: rule.source,
      advice: "State the price basis.")
    return
  }
  if basis != rule.value {
    check.violate(
      "the prices are \(basisText(basis)), but bids are \(basisText(rule.value))", source: rule.source,
      advice: "Convert the prices to the basis of bids.")
  }
}

private func basisText(_ basis: PriceBasis) -> String {
  [
    basis.stage.rawValue, basis.place.rawValue, basis.standing.rawValue,
    (basis.includesCapacityAdder ? "with" : "without") + " the capacity adder",
    (basis.includesTax ? "with" : "without") + " tax",
  ].joined(separator: ", ")
}
