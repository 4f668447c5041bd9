import MarketModel
import MarketRules

/// F04: prices are per MWh in the market's currency; prices that are all tiny were probably written per kWh.
func checkPriceUnit(_ check: inout Evaluation) {
  let expected = check.pack.currency + "/MWh"
  if check.bid.priceUnit != expected {
    check.violate(
      "the unit of price is \"\(check.bid.priceUnit)\"; the market's is \(expected)",
      source: "\(check.pack.name), currency", advice: "Convert the prices to \(expected).")
  }
  let rule = check.known(check.pack.plausibility.smallestPriceMagnitude, "price magnitude guard") {
    $0.text + " " + expected
  }
  guard let rule, let segments = check.segments() else { return }
  let magnitudes = segments.map(\.price.microPerMegawattHour.magnitude)
  let limit = rule.value.microPerMegawattHour.magnitude
  if magnitudes.allSatisfy({ $0 <= limit }), magnitudes.contains(where: { $0 > 0 }) {
    check.violate(
      "every price lies within \(check.text(rule.value)) of zero, as if it were written per kWh", source: rule.source,
      advice: "Write the prices per MWh.")
  }
}

/// F05: power is in MW: the offer is above zero, not above the rated capacity by more than the guard, and not all below
/// the lowest output.
func checkPowerUnit(_ check: inout Evaluation) {
  let rule = check.known(check.pack.plausibility.largestShareOfRatedCapacity, "offer guard") {
    percentText($0) + " of the rated capacity"
  }
  if check.facts.kind == .storage { return checkStoragePowerUnit(&check, rule) }
  guard let rule, let segments = check.segments(), let unitDay = check.unitDay() else { return }
  let rated = unitDay.unit.ratedCapacity
  let end = segments.map(\.to).max() ?? .zero
  let advice = "Write the outputs in MW."
  if Int128(end.kilowatts) * 1_000_000 > Int128(rated.kilowatts) * Int128(partsPerMillion(rule.value)) {
    check.violate(
      "the curve ends at \(end), above \(percentText(rule.value)) of the rated capacity \(rated)", source: rule.source,
      advice: advice)
  }
  let lowest = unitDay.minimumOutput.values.min() ?? .zero
  if end <= .zero || end < lowest {
    check.violate(
      "the curve ends at \(end), below the unit's lowest output \(lowest)", source: Evaluation.registerSource,
      advice: advice)
  }
}

/// F06: every price is a multiple of the price tick.
func checkPriceTick(_ check: inout Evaluation) {
  let currency = check.pack.currency
  let rule = check.known(check.pack.bids.priceTick, "price tick") { $0.text + " \(currency)/MWh" }
  guard let rule, let segments = check.segments() else { return }
  for (segment, written) in zip(segments, check.bid.segments) {
    let isMultiple = segment.price.microPerMegawattHour.isMultiple(of: rule.value.microPerMegawattHour)
    guard !(isMultiple && segment.isWholeMicroPrice) else { continue }
    let shown = segment.isWholeMicroPrice ? segment.price.text : "\(written.pricePerMegawattHour)"
    check.violate(
      "price \(shown) \(currency)/MWh is not a multiple of the price tick \(check.text(rule.value))",
      segment: segment.number, source: rule.source, advice: "Round the price to the tick.")
  }
}

/// F07: every limit of a segment is a multiple of the quantity tick.
func checkQuantityTick(_ check: inout Evaluation) {
  let rule = check.known(check.pack.bids.quantityTick, "quantity tick", text: \.description)
  guard let rule, let segments = check.segments() else { return }
  for (segment, written) in zip(segments, check.bid.segments) {
    for (exact, shown) in [(segment.from, written.fromMegawatts), (segment.to, written.toMegawatts)] {
      let isMultiple = exact.kilowatts.isMultiple(of: rule.value.kilowatts)
      guard !(isMultiple && exact.megawatts == shown) else { continue }
      let text = exact.megawatts == shown ? exact.megawattText : "\(shown)"
      check.violate(
        "output \(text) MW is not a multiple of the quantity tick \(rule.value)", segment: segment.number,
        source: rule.source, advice: "Round the output to the tick.")
    }
  }
}

/// F08: as many segments as the market takes.
func checkSegmentCount(_ check: inout Evaluation) {
  let count = check.bid.segments.count
  if count == 0 {
    check.violate(
      "the bid has no segments", source: Evaluation.formSource, advice: "Add the curve, or take the bid out.")
    return
  }
  if check.facts.kind == .storage { return checkStorageSegmentCount(&check) }
  if let least = check.known(check.pack.bids.minimumPoints, "smallest number of segments", text: \.description),
    count < least.value
  {
    check.violate(
      "the curve has \(count) segments; at least \(least.value) are required", source: least.source,
      advice: "Divide a segment.")
  }
  if let most = check.known(check.pack.bids.maximumPoints, "largest number of segments", text: \.description),
    count > most.value
  {
    check.violate(
      "the curve has \(count) segments; at most \(most.value) are allowed", source: most.source,
      advice: "Join segments.")
  }
}

/// F08 of a storage: the segments of either side are counted apart.
private func checkStorageSegmentCount(_ check: inout Evaluation) {
  let charge = check.known(check.pack.storage.maximumChargeSegments, "largest number of charge segments") { "\($0)" }
  let discharge = check.known(check.pack.storage.maximumDischargeSegments, "largest number of discharge segments") {
    "\($0)"
  }
  guard let segments = check.segments() else { return }
  let below = segments.count { $0.to <= .zero }
  for (count, rule, side) in [(below, charge, "charge"), (segments.count - below, discharge, "discharge")] {
    guard let rule, count > rule.value else { continue }
    check.violate(
      "the \(side) side has \(count) segments; at most \(rule.value) are allowed", source: rule.source,
      advice: "Join segments.")
  }
}
