import MarketModel
import MarketRules

/// C06: every segment is as wide as the market wants it, in MW and as a share of the unit's range.
func checkSegmentWidth(_ check: inout Evaluation) {
  if check.facts.kind == .storage { return checkStorageSegmentWidth(&check) }
  let width = check.known(check.pack.bids.minimumSegmentWidth, "minimum segment width", text: \.description)
  let share = check.known(check.pack.bids.minimumSegmentShareOfRange, "minimum segment share of the range") {
    percentText($0)
  }
  guard let segments = check.segments() else { return }
  if let width {
    for segment in segments where segment.width < width.value {
      check.violate(
        "the width \(segment.width) is below the minimum segment width \(width.value)", segment: segment.number,
        source: width.source, advice: "Widen the segment or join it with a neighbour.")
    }
  }
  guard let share, let unitDay = check.unitDay() else { return }
  let range = unitDay.unit.ratedCapacity - (unitDay.minimumOutput.values.min() ?? .zero)
  let needed = Int128(partsPerMillion(share.value)) * Int128(range.kilowatts)
  for segment in segments where Int128(segment.width.kilowatts) * 1_000_000 < needed {
    check.violate(
      "the width \(segment.width) is below \(percentText(share.value)) of the unit's range \(range)",
      segment: segment.number, source: share.source, advice: "Widen the segment or join it with a neighbour.")
  }
}

/// C07: every price lies between the bid floor and the bid cap. The limits of clearing prices are others.
func checkBidPriceLimits(_ check: inout Evaluation) {
  let unit = " " + check.pack.currency + "/MWh"
  let floor = check.known(check.pack.bids.floor, "bid floor") { $0.text + unit }
  let cap = check.known(check.pack.bids.cap, "bid cap") { $0.text + unit }
  guard let segments = check.segments() else { return }
  for segment in segments {
    let price = check.text(segment.price)
    if let cap, segment.price > cap.value {
      check.violate(
        "price \(price) is above the bid cap \(check.text(cap.value))", segment: segment.number, source: cap.source,
        advice: "Lower the price, or check that the rule pack is the one in force.")
    }
    if let floor, segment.price < floor.value {
      check.violate(
        "price \(price) is below the bid floor \(check.text(floor.value))", segment: segment.number,
        source: floor.source, advice: "Raise the price, or check that the rule pack is the one in force.")
    }
  }
}

/// C09: neighbouring segments share a price only where the market allows it.
func checkEqualPrices(_ check: inout Evaluation) {
  let rule = check.known(check.pack.bids.allowsEqualPrices, "rule on equal prices") { $0 ? "allowed" : "not allowed" }
  guard let rule, !rule.value, let segments = check.segments() else { return }
  for (lower, upper) in zip(segments, segments.dropFirst()) where upper.price == lower.price {
    check.violate(
      "price \(check.text(upper.price)) is also that of segment \(lower.number)", segment: upper.number,
      source: rule.source, advice: "Join the two segments or part their prices.")
  }
}

/// C06 of a storage: either side has a width of its own.
private func checkStorageSegmentWidth(_ check: inout Evaluation) {
  let rule = check.known(
    check.pack.storage.minimumSegmentWidth, "minimum segment width of a storage", text: \.description)
  guard let rule, let segments = check.segments() else { return }
  for segment in segments where segment.width < rule.value {
    check.violate(
      "the width \(segment.width) is below the minimum segment width \(rule.value) of a storage",
      segment: segment.number, source: rule.source, advice: "Widen the segment or join it with a neighbour.")
  }
}
