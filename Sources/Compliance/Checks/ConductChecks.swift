import MarketModel

/// M03: no price above the unit's reference unless its cost is on file.
func checkReferencePrice(_ check: inout Evaluation) {
  guard let segments = check.segments(), let reference = check.given(check.facts.referencePrice, "reference price")
  else { return }
  check.record("reference price", "\(reference)")
  if check.facts.costFile == true { return }
  for segment in segments where segment.price.perMegawattHour > reference {
    check.violate(
      "price \(segment.price.text) is above the reference price \(reference), and no cost file is attached",
      chinese: "报价 \(segment.price.text) 高于参考价 \(reference)，且无成本文件", segment: segment.number,
      source: Evaluation.deskSource, advice: "Lower the price to the reference, or attach the cost file.")
  }
}

/// M04: not too much capacity stands far above its cost.
///
///     Σ_k w_k [p_k > θ · MC] / P_offered ≤ x
func checkEconomicWithholding(_ check: inout Evaluation) {
  let multiple = check.known(check.pack.conduct.costMultiple, "multiple of the marginal cost") { "\($0)" }
  let share = check.known(check.pack.conduct.largestShareAboveCost, "share of capacity above it", text: percentText)
  guard let multiple, let share, let segments = check.segments(), let last = segments.last, last.to > .zero,
    let cost = check.given(check.facts.marginalCost, "marginal cost")
  else { return }
  let dear = segments.filter { $0.price.perMegawattHour > multiple.value * cost }.reduce(Power.zero) { $0 + $1.width }
  let found = dear.megawatts / last.to.megawatts
  if found > share.value {
    check.violate(
      "\(roundedPercent(found)) of the offer stands above \(multiple.value) times the marginal cost \(cost); "
        + "\(percentText(share.value)) may",
      chinese: "\(roundedPercent(found)) 的容量报价高于边际成本 \(cost) 的 \(multiple.value) 倍，允许 \(percentText(share.value))",
      source: share.source, advice: "Lower segments, or compare with the peers and note the reason.")
  }
}

/// M05: capacity that no ticket takes away is offered.
///
///     (P_rated − derate − b_n) / P_rated ≤ x
func checkPhysicalWithholding(_ check: inout Evaluation) {
  let rule = check.known(check.pack.conduct.largestWithheldShare, "capacity that may be left out", text: percentText)
  guard let rule, let unitDay = check.unitDay(), let segments = check.segments() else { return }
  let rated = unitDay.unit.ratedCapacity.megawatts
  let ticketed = check.facts.ticketedDerate ?? rated - unitDay.largestAvailableCapacity.megawatts
  let missing = rated - ticketed - (segments.map(\.to.megawatts).max() ?? 0)
  if missing > rule.value * rated {
    check.violate(
      "\(missing) MW of \(rated) MW are not offered and no ticket says why",
      chinese: "\(rated) MW 中有 \(missing) MW 未报出且无检修票", source: rule.source,
      advice: "Offer the capacity, or put the outage on file.")
  }
}

/// M06: no price exceeds its reference by more than the smaller of a share and an amount.
///
///     p_k ≤ ref + min(x · ref, y)
func checkConduct(_ check: inout Evaluation) {
  let share = check.known(
    check.pack.conduct.referenceMarginShare, "margin over the reference, share", text: percentText)
  let amount = check.known(check.pack.conduct.referenceMargin, "margin over the reference") { $0.text }
  guard let share, let amount, let segments = check.segments(),
    let reference = check.given(check.facts.referencePrice, "reference price")
  else { return }
  let limit = reference + min(share.value * reference.magnitude, amount.value.perMegawattHour)
  for segment in segments where segment.price.perMegawattHour > limit {
    check.violate(
      "price \(segment.price.text) is above \(limit), the reference \(reference) with its margin",
      chinese: "报价 \(segment.price.text) 高于参考价 \(reference) 加允许幅度后的 \(limit)", segment: segment.number,
      source: amount.source, advice: "Lower the price to \(limit), or file the cost.")
  }
}

/// M10: running parameters do not change all the time.
func checkParameterChanges(_ check: inout Evaluation) {
  let rule = check.known(check.pack.conduct.largestParameterChanges, "changes of parameters") { "\($0)" }
  guard let rule, let changes = check.given(check.facts.parameterChanges, "count of parameter changes") else { return }
  if changes > rule.value {
    check.violate(
      "running parameters changed \(changes) times; \(rule.value) is the threshold",
      chinese: "参数变更 \(changes) 次，阈值 \(rule.value) 次", source: rule.source,
      advice: "Change nothing more, and write down why.")
  }
}

extension Evaluation {
  private mutating func market() -> MarketPowerFacts? {
    given(context.facts.marketPower, "view of the market's supply")
  }

  /// The worst interval of an index that has to reach a bound: its place and value.
  fileprivate mutating func worst(_ series: [[Double]?], _ name: String, _ index: ([Double]) -> Double) -> (
    Int, Double
  )? {
    var known: [[Double]] = []
    for values in series { if let values = given(values, name) { known.append(values) } }
    guard known.count == series.count else { return nil }
    guard let count = known.first?.count, count > 0, known.allSatisfy({ $0.count == count }) else {
      cannotJudge("the series of the \(name) differ in length")
      return nil
    }
    let all = (0..<count).map { place in (place, index(known.map { $0[place] })) }
    guard all.allSatisfy(\.1.isFinite) else {
      cannotJudge("the \(name) cannot be computed: its demand is zero in an interval")
      return nil
    }
    return all.min { $0.1 < $1.1 }
  }

  fileprivate func interval(_ place: Int) -> TradingInterval? {
    grid.intervals.indices.contains(place) ? grid.intervals[place] : nil
  }

  fileprivate mutating func marketView() -> MarketPowerFacts? { market() }
}

/// M01: without the group, the others can serve demand and reserve.
///
///     RSI = (ΣQ − Q_g) / (S + R); worked: (52,000 − 9,500) / (40,000 + 3,000) = 0.988
func checkResidualSupply(_ check: inout Evaluation) {
  let rule = check.known(check.pack.conduct.residualSupplyReference, "reference of the residual supply index") {
    "\($0)"
  }
  guard let rule, let market = check.marketView() else { return }
  let series = [market.supply, market.ownSupply, market.demand, market.reserve]
  guard let (place, found) = check.worst(series, "residual supply", { ($0[0] - $0[1]) / ($0[2] + $0[3]) }) else {
    return
  }
  if found < rule.value {
    let text = "\((found * 1_000).rounded() / 1_000)"
    check.violate(
      "the residual supply index is \(text), below \(rule.value): the group is pivotal",
      chinese: "剩余供给指数 \(text)，低于 \(rule.value)，集团为关键供应商", interval: check.interval(place),
      source: rule.source, advice: "Expect reference prices; keep the cost file at hand.")
  }
}

/// M02: the group and the two largest others can be done without together.
///
///     (S − S_g − S_top2) / D ≥ 1
func checkPivotal(_ check: inout Evaluation) {
  guard let market = check.marketView() else { return }
  let series = [market.supply, market.ownSupply, market.twoLargestOthers, market.demand]
  guard let (place, found) = check.worst(series, "pivotal supply", { ($0[0] - $0[1] - $0[2]) / $0[3] }) else { return }
  if found < 1 {
    let text = "\((found * 1_000).rounded(.down) / 1_000)"
    check.violate(
      "without the group and the two largest others supply covers \(text) of the demand",
      chinese: "除本集团与另两家最大供应商外，供给仅为需求的 \(text)", interval: check.interval(place),
      source: "list of checks, M02", advice: "Expect the bids to be mitigated; keep the cost file at hand.")
  }
}

/// M07: the bids do not lift the clearing price by more than the threshold.
func checkImpact(_ check: inout Evaluation) {
  let rule = check.known(check.pack.conduct.largestPriceImpact, "largest price impact") { $0.text }
  guard let rule, let market = check.marketView(),
    let pairs = check.pair(
      market.pricesWithBids, market.pricesWithReferences, ("prices with the bids", "prices with the references"))
  else { return }
  let impacts = pairs.map { $0.0 - $0.1 }
  let limit = rule.value.perMegawattHour
  guard let worst = impacts.max(), worst > limit else { return }
  check.violate(
    "the bids lift the price by up to \(worst) per MWh, in \(impacts.count { $0 > limit }) intervals by more than \(limit)",
    chinese: "报价最多抬高出清价 \(worst)，允许 \(limit)", interval: impacts.firstIndex(of: worst).flatMap(check.interval),
    source: rule.source, advice: "Lower the segments near the clearing price.")
}

/// M11: nobody of the retail or an affiliated desk has looked at unit bids.
func checkSeparation(_ check: inout Evaluation) {
  guard let log = check.given(check.context.facts.accessLog, "access log") else { return }
  for entry in log where entry.object == "unit-bids" && entry.desk != "generation" {
    check.violate(
      "\(entry.person) of the \(entry.desk) desk has looked at unit bids",
      chinese: "\(entry.desk) 部门的 \(entry.person) 查看了机组报价", source: Evaluation.deskSource,
      advice: "Withdraw the access and report it.")
  }
}
