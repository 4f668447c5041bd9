import MarketModel
import MarketRules

/// F09: one value for each trading interval, all of them numbers, segments numbered from 1, one curve for the unit.
func checkCompleteness(_ check: inout Evaluation) {
  checkCounts(&check)
  checkNumbers(&check)
  guard check.bidsOfUnit > 1 else { return }
  let rule = check.known(check.pack.bids.curvesPerDay, "number of curves per day", text: \.description)
  if let rule, check.bidsOfUnit > rule.value {
    check.violate(
      "the file holds \(check.bidsOfUnit) curves of the unit; \(rule.value) is allowed", source: rule.source,
      advice: "Keep one of them.")
  }
}

private func checkCounts(_ check: inout Evaluation) {
  let (bid, expected) = (check.bid, check.grid.count)
  let source = "\(check.pack.name), \(check.pack.intervalCitation.clause)"
  let length = "trading intervals of \(check.grid.length.minutes) minutes"
  if check.context.declaresCommitment, bid.commitment.count != expected {
    check.violate(
      "the on-line declaration has \(bid.commitment.count) values; the day has \(expected) \(length)", source: source,
      advice: "Give one value for each interval, the last one labelled by the end of the day.")
  }
  if !bid.plannedMegawatts.isEmpty, bid.plannedMegawatts.count != expected {
    check.violate(
      "the planned output has \(bid.plannedMegawatts.count) values; the day has \(expected) \(length)", source: source,
      advice: "Give one value for each interval, the last one labelled by the end of the day.")
  }
}

private func checkNumbers(_ check: inout Evaluation) {
  let bid = check.bid
  let advice = "Correct the value at its source; nothing is filled in."
  for (position, segment) in bid.segments.enumerated() {
    if ExactSegment(segment) == nil {
      check.violate(
        "\(segment.fromMegawatts) to \(segment.toMegawatts) MW at \(segment.pricePerMegawattHour) "
          + "\(check.pack.currency)/MWh is not a segment", segment: segment.number, source: Evaluation.formSource,
        advice: advice)
    }
    if segment.number != position + 1 {
      check.violate(
        "the segment with number \(segment.number) stands at position \(position + 1)", source: Evaluation.formSource,
        advice: "Number the segments from 1 in the order of output.")
    }
  }
  let intervals = check.grid.intervals
  // A storage plans below zero while it charges.
  let lowest = check.facts.kind == .storage ? -Double.greatestFiniteMagnitude : 0
  for (index, megawatts) in bid.plannedMegawatts.enumerated() where !(megawatts.isFinite && megawatts >= lowest) {
    check.violate(
      "the planned output is \(megawatts) MW", interval: index < intervals.count ? intervals[index] : nil,
      source: Evaluation.formSource, advice: advice)
  }
}

/// F10: on a day of 23 or 25 hours the file has the intervals of that day.
func checkClockChange(_ check: inout Evaluation) {
  let grid = check.grid
  guard grid.count != grid.length.perOrdinaryDay else { return }
  let hours = grid.count / grid.length.perHour
  guard check.context.declaresCommitment else {
    return check.cannotJudge("the file declares no intervals on a day of \(hours) hours")
  }
  if check.bid.commitment.count != grid.count {
    check.violate(
      "the on-line declaration has \(check.bid.commitment.count) values on a day of \(hours) hours, which has "
        + "\(grid.count) trading intervals", source: "clock of \(check.pack.zone.identifier)",
      advice: "Give one value for each interval of the \(hours)-hour day.")
  }
}
