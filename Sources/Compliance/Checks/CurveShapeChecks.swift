import MarketModel
import MarketRules

/// C01: the price of a segment is not below the one before it.
func checkPriceOrder(_ check: inout Evaluation) {
  let rule = check.known(check.pack.bids.pricesMustNotFall, "rule that prices do not fall") { $0 ? "yes" : "no" }
  guard let rule, rule.value, let segments = check.segments() else { return }
  for (lower, upper) in zip(segments, segments.dropFirst()) where upper.price < lower.price {
    check.violate(
      "price \(check.text(upper.price)) is below \(check.text(lower.price)) of segment \(lower.number)",
      segment: upper.number, source: rule.source,
      advice: "Prices must not fall with output: raise it or lower that one.")
  }
}

/// C02: every segment ends above its start and above the segment before it.
func checkOutputOrder(_ check: inout Evaluation) {
  guard let segments = check.segments() else { return }
  var previous: ExactSegment?
  for segment in segments {
    if segment.to <= segment.from {
      check.violate(
        "the segment runs from \(segment.from) to \(segment.to)", segment: segment.number,
        source: Evaluation.formSource, advice: "Its end must lie above its start: give it a width or remove it.")
    } else if let previous, segment.to <= previous.to {
      check.violate(
        "the segment ends at \(segment.to), not above \(previous.to) of segment \(previous.number)",
        segment: segment.number, source: Evaluation.formSource, advice: "Put the segments in the order of output.")
    }
    previous = segment
  }
}

/// C03: a segment starts where the one below it ends.
func checkContiguity(_ check: inout Evaluation) {
  let rule = check.known(check.pack.bids.segmentsMustJoin, "rule that segments join") { $0 ? "yes" : "no" }
  guard let rule, rule.value, let segments = check.segments() else { return }
  for (lower, upper) in zip(segments, segments.dropFirst()) where upper.from != lower.to {
    check.violate(
      "the segment starts at \(upper.from), but segment \(lower.number) ends at \(lower.to)", segment: upper.number,
      source: rule.source, advice: "Start it at \(lower.to).")
  }
}

/// The lowest output that a curve offers: the end of a block that starts at zero, or else the curve's start.
func lowestOfferedOutput(_ segments: [ExactSegment]) -> Power? {
  segments.first.map { $0.from == .zero ? $0.to : $0.from }
}

/// C04: the curve starts where the market wants it to start.
///
/// For a start at the lowest output a file may hold the block up to it as its first segment (from 0 MW), or begin there.
func checkFirstPoint(_ check: inout Evaluation) {
  if check.facts.kind == .storage { return checkStorageEnd(&check, isFirst: true) }
  let rule = check.known(check.pack.bids.firstPoint, "first point of a curve", text: \.rawValue)
  guard let rule, let segments = check.segments(), let first = segments.first else { return }
  switch rule.value {
  case .zero:
    if first.from != .zero {
      check.violate(
        "the curve starts at \(first.from), not at 0 MW", segment: first.number, source: rule.source,
        advice: "Start the curve at 0 MW.")
    }
  case .minimumOutput:
    guard let unitDay = check.unitDay(), let offered = lowestOfferedOutput(segments) else { return }
    let lowest = unitDay.minimumOutput.values.min() ?? .zero
    if offered != lowest {
      check.violate(
        "the first point of the curve is \(offered), not the unit's lowest output \(lowest)", segment: first.number,
        source: rule.source, advice: "Put the first point at \(lowest), or correct the lowest output in the register.")
    }
  }
}

/// C05: the curve ends where the market wants it to end.
func checkLastPoint(_ check: inout Evaluation) {
  if check.facts.kind == .storage { return checkStorageEnd(&check, isFirst: false) }
  let rule = check.known(check.pack.bids.lastPoint, "last point of a curve", text: \.rawValue)
  guard let rule, let segments = check.segments(), let last = segments.last, let unitDay = check.unitDay() else {
    return
  }
  let (end, name) =
    switch rule.value {
    case .availableMaximum: (unitDay.largestAvailableCapacity, "the largest available capacity")
    case .ratedCapacity: (unitDay.unit.ratedCapacity, "the rated capacity")
    }
  if last.to != end {
    check.violate(
      "the curve ends at \(last.to), not at \(name) \(end)", segment: last.number, source: rule.source,
      advice: "End the curve at \(end), or put the outage on file.")
  }
}

/// C10: the bid says that it has the market's curve form.
func checkCurveForm(_ check: inout Evaluation) {
  guard let rule = check.known(check.pack.bids.curveForm, "curve form", text: \.rawValue) else { return }
  guard let form = check.bid.form else {
    check.violate(
      "the bid does not state its curve form; the market's is \(rule.value.rawValue)", source: rule.source,
      advice: "State the form.")
    return
  }
  if form != rule.value {
    check.violate(
      "the curve is made of \(form.rawValue), but the market reads \(rule.value.rawValue)", source: rule.source,
      advice: "Draw the bid again in the market's form.")
  }
}
