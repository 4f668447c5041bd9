import MarketModel
import MarketRules

extension Evaluation {
  /// Whether the unit is of one of these kinds; nil, and noted as missing, if nobody says what it is.
  mutating func isOf(_ kinds: UnitFacts.Kind...) -> Bool? {
    given(facts.kind, "kind of unit").map { kinds.contains($0) }
  }

  /// The storage's own numbers; nil with nothing noted for another kind of unit.
  mutating func storage() -> StorageFacts? {
    guard isOf(.storage) == true else { return nil }
    return given(facts.storage, "storage data of the unit")
  }
}

/// C04 and C05 of a storage: charging starts at the rated power below zero, discharging ends at the rated power.
func checkStorageEnd(_ check: inout Evaluation, isFirst: Bool) {
  let rule = check.known(check.pack.storage.spansRatedPower, "rule that a storage bid spans the rated power") {
    $0 ? "yes" : "no"
  }
  guard let rule, rule.value, let storage = check.storage(), let segments = check.segments(),
    let rated = check.given(
      isFirst ? storage.chargePower : storage.dischargePower,
      isFirst ? "rated charging power" : "rated discharging power"),
    let found = isFirst ? segments.first?.from : segments.last?.to,
    let segment = isFirst ? segments.first : segments.last
  else { return }
  guard let end = try? Power(megawatts: isFirst ? -rated : rated) else {
    return check.cannotJudge("the rated power is no number of MW")
  }
  check.record(isFirst ? "rated charging power" : "rated discharging power", "\(rated) MW")
  if found != end {
    check.violate(
      "the curve \(isFirst ? "starts" : "ends") at \(found), not at \(end)",
      chinese: isFirst ? "曲线起点 \(found)，应为 \(end)" : "曲线终点 \(found)，应为 \(end)", segment: segment.number,
      source: rule.source, advice: isFirst ? "Start charging at \(end)." : "End discharging at \(end).")
  }
}

/// F05 of a storage: neither side above its rated power by more than the guard.
func checkStoragePowerUnit(_ check: inout Evaluation, _ rule: StatedRule<Double>?) {
  guard let rule, let storage = check.storage(), let segments = check.segments(),
    let charge = check.given(storage.chargePower, "rated charging power"),
    let discharge = check.given(storage.dischargePower, "rated discharging power")
  else { return }
  let (low, high) = (segments.map(\.from.megawatts).min() ?? 0, segments.map(\.to.megawatts).max() ?? 0)
  for (side, reached, rated) in [("charges", -low, charge), ("discharges", high, discharge)]
  where reached > rule.value * rated {
    check.violate(
      "the curve \(side) up to \(reached) MW, above \(percentText(rule.value)) of the rated \(rated) MW",
      source: rule.source, advice: "Write the outputs in MW.")
  }
}

/// C08: a megawatt-hour is not sold for less than the one cost that it came from, with losses and wear.
///
///     p_dis,1 ≥ p_chg,last / η + wear
func checkStoragePrices(_ check: inout Evaluation) {
  guard let storage = check.storage(), let segments = check.segments(),
    let chargeShare = check.given(storage.chargeEfficiency, "charge efficiency"),
    let dischargeShare = check.given(storage.dischargeEfficiency, "discharge efficiency"),
    let wear = check.given(storage.wearCost, "wear cost")
  else { return }
  for segment in segments where segment.from < .zero && segment.to > .zero {
    check.violate(
      "the segment runs from \(segment.from) to \(segment.to), across zero", chinese: "该段跨越零出力",
      segment: segment.number, source: Evaluation.formSource, advice: "Divide it at 0 MW into charge and discharge.")
  }
  let charge = segments.filter { $0.to <= .zero }.map(\.price.perMegawattHour).max()
  let discharge = segments.first { $0.from >= .zero }?.price.perMegawattHour
  guard let charge, let discharge else { return }
  let efficiency = chargeShare * dischargeShare
  check.record("round trip", "\(efficiency), wear \(wear)")
  // Above zero, losses make the charged energy dearer; a price that is paid for taking energy is not divided away.
  let cost = (charge > 0 ? charge / efficiency : charge) + wear
  if discharge < cost {
    // Rounded up: a price at the figure that is named must pass.
    let least = (cost * 100).rounded(.up) / 100
    check.violate(
      "discharge is offered from \(discharge) per MWh, below \(least) that a megawatt-hour charged at \(charge) costs",
      chinese: "放电起价 \(discharge)，低于以 \(charge) 充电的成本 \(least)", source: Evaluation.deskSource,
      advice: "Raise the first discharge price to \(least), or lower the highest charge price.")
  }
}

/// C11: where price bands are locked for the day, the prices are those that were locked.
func checkLockedBands(_ check: inout Evaluation) {
  let rule = check.known(check.pack.settlement.locksPriceBands, "rule that price bands are locked") {
    $0 ? "yes" : "no"
  }
  guard let rule, rule.value, let segments = check.segments(),
    let locked = check.given(check.facts.lockedPrices, "locked price bands of the day")
  else { return }
  for (index, segment) in segments.enumerated() {
    let price = segment.price.perMegawattHour
    guard index >= locked.count || locked[index] != price else { continue }
    let bound = index < locked.count ? "\(locked[index])" : "no band"
    check.violate(
      "the price of the band is \(price); locked is \(bound)", chinese: "价格带为 \(price)，锁定值为 \(bound)",
      segment: segment.number, source: rule.source, advice: "Restore the price; a rebid moves quantities only.")
  }
}

/// P10: the planned charge and discharge keep the energy between its limits (storage: plan in MW, charge negative).
///
///     E[t+1] = E[t] + η_c c Δ − d Δ / η_d
func checkStateOfCharge(_ check: inout Evaluation) {
  guard let storage = check.storage(), let plan = check.plan(),
    let energy = check.given(storage.energy, "energy in MWh"),
    let low = check.given(storage.minimumCharge, "lowest state of charge"),
    let high = check.given(storage.maximumCharge, "highest state of charge"),
    var level = check.given(storage.initialCharge, "initial state of charge"),
    let chargeShare = check.given(storage.chargeEfficiency, "charge efficiency"),
    let dischargeShare = check.given(storage.dischargeEfficiency, "discharge efficiency")
  else { return }
  guard energy > 0, dischargeShare > 0 else { return check.cannotJudge("energy and efficiency must be above zero") }
  check.record("state of charge", "\(low)…\(high) of \(energy) MWh")
  for (index, interval) in check.grid.intervals.enumerated() {
    let flow = plan[index] * check.grid.length.hours
    level += (flow < 0 ? -flow * chargeShare : -flow / dischargeShare) / energy
    guard level < low - 1e-9 || level > high + 1e-9 else { continue }
    let text = "\((level * 1_000).rounded() / 10) %"
    check.violate(
      "the plan leaves the storage at \(text), outside \(low * 100)…\(high * 100) %",
      chinese: "计划使荷电状态为 \(text)，超出 \(low * 100)…\(high * 100) %", interval: interval,
      source: Evaluation.deskSource, advice: level < low ? "Discharge less before it." : "Charge less before it.")
    return
  }
}

/// P11: no more cycles than the contract allows.
///
///     Σ (d/η_d + η_c c) Δ / (2 E) ≤ N
func checkCycles(_ check: inout Evaluation) {
  guard let storage = check.storage(), let plan = check.plan(),
    let energy = check.given(storage.energy, "energy in MWh"),
    let limit = check.given(storage.cyclesPerDay, "cycles per day"),
    let chargeShare = check.given(storage.chargeEfficiency, "charge efficiency"),
    let dischargeShare = check.given(storage.dischargeEfficiency, "discharge efficiency")
  else { return }
  guard energy > 0, dischargeShare > 0 else { return check.cannotJudge("energy and efficiency must be above zero") }
  check.record("cycles", "at most \(limit)")
  let moved = plan.reduce(0) { $0 + ($1 < 0 ? -$1 * chargeShare : $1 / dischargeShare) } * check.grid.length.hours
  let cycles = moved / (2 * energy)
  if cycles > limit + 1e-9 {
    check.violate(
      "the plan takes \((cycles * 100).rounded() / 100) cycles; \(limit) are allowed",
      chinese: "计划循环 \((cycles * 100).rounded() / 100) 次，允许 \(limit) 次", source: Evaluation.deskSource,
      advice: "Charge and discharge less.")
  }
}

/// P12: wind and solar offer no more than their forecast.
func checkForecastBound(_ check: inout Evaluation) {
  guard let applies = check.isOf(.wind, .solar), applies else { return }
  let rule = check.known(check.pack.settlement.offersWithinForecast, "rule on offers and forecasts") {
    $0 ? "within the forecast" : "free"
  }
  guard let rule, rule.value, let segments = check.segments(),
    let forecast = check.given(check.facts.forecast, "forecast of the station")
  else { return }
  let (offered, most) = (segments.map(\.to.megawatts).max() ?? 0, forecast.max() ?? 0)
  check.record("forecast", "\(most) MW at most")
  if offered > most {
    check.violate(
      "the bid offers \(offered) MW on a forecast of \(most) MW", chinese: "报量 \(offered) MW，预测 \(most) MW",
      source: rule.source, advice: "Offer at most \(most) MW.")
  }
}
