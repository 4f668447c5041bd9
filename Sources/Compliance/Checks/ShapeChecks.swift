import MarketModel

/// Prices of a curve at 0, 10, …, 100 % of its last output, as currency units per MWh.
///
/// Segments are (from MW, to MW, price); a sloped curve rises linearly from the end of one segment to the next.
func sampledPrices(_ segments: [(from: Double, to: Double, price: Double)], form: CurveForm) -> [Double]? {
  guard let end = segments.last?.to, end > 0 else { return nil }
  return (0...10).map { step in
    let output = end * Double(step) / 10
    let place = segments.firstIndex { output <= $0.to } ?? segments.count - 1
    let own = segments[place]
    guard form == .slopes, place > 0, own.to > own.from else { return own.price }
    let before = segments[place - 1].price
    return before + (own.price - before) * min(1, max(0, (output - own.from) / (own.to - own.from)))
  }
}

/// How alike two curves are, from the formula of the Shaanxi continuous trial.
///
///     W = 1 − [Σ_k |P_i,k − P_j,k| / 11] / cap; worked: differences of 50.05 in all and a cap of 1300 make 0.9965
func similarity(_ first: [Double], _ second: [Double], cap: Double) -> Double {
  let distance = zip(first, second).reduce(0) { $0 + ($1.0 - $1.1).magnitude } / Double(first.count)
  return 1 - distance / cap
}

extension Evaluation {
  /// The bid's own samples and the bid cap that they are measured by.
  fileprivate mutating func samples() -> (own: [Double], cap: Double)? {
    let cap = known(pack.bids.cap, "bid cap") { $0.text }
    guard let cap, cap.value > .zero, let form = known(pack.bids.curveForm, "curve form", text: \.rawValue)?.value,
      let segments = segments(),
      let own = sampledPrices(
        segments.map { ($0.from.megawatts, $0.to.megawatts, $0.price.perMegawattHour) }, form: form)
    else { return nil }
    return (own, cap.value.perMegawattHour)
  }

  fileprivate func sampled(_ rows: [[Double]]) -> [Double]? {
    guard let form = pack.bids.curveForm.value, rows.allSatisfy({ $0.count == 3 }) else { return nil }
    return sampledPrices(rows.map { ($0[0], $0[1], $0[2]) }, form: form)
  }
}

/// M08: the curve is not nearly the same as one of another group's plants.
func checkSimilarity(_ check: inout Evaluation) {
  let rule = check.known(check.pack.conduct.largestSimilarity, "largest similarity") { "\($0)" }
  guard let rule, let others = check.given(check.context.facts.marketPower?.otherBids, "other groups' bids"),
    let group = check.given(check.facts.group, "group of the unit"), let (own, cap) = check.samples()
  else { return }
  for other in others where other.group != group {
    guard let samples = check.sampled(other.segments) else {
      check.cannotJudge("the bid of \(other.unit) is no curve")
      continue
    }
    let found = similarity(own, samples, cap: cap)
    if found > rule.value {
      let text = "\((found * 10_000).rounded() / 10_000)"
      check.violate(
        "the curve is like that of \(other.unit) of group \(other.group): W = \(text), above \(rule.value)",
        chinese: "与 \(other.group) 的 \(other.unit) 报价相似度 \(text)，上限 \(rule.value)", source: rule.source,
        advice: "Stop, and let compliance look at how both came about.")
    }
  }
}

/// M09: the curve has its usual shape, or a reason on file.
func checkShapeChange(_ check: inout Evaluation) {
  let rule = check.known(check.pack.conduct.largestShapeChange, "largest change of shape") { "\($0)" }
  guard let rule, let usual = check.given(check.facts.usualSegments, "usual curve of the unit"),
    let (own, cap) = check.samples()
  else { return }
  guard let samples = check.sampled(usual) else { return check.cannotJudge("the usual curve is no curve") }
  if let reason = check.facts.reasonForChange, !reason.isEmpty { return }
  let found = 1 - similarity(own, samples, cap: cap)
  if found > rule.value {
    check.violate(
      "the curve lies \(roundedPercent(found)) of the bid cap from its usual shape, above \(percentText(rule.value))",
      chinese: "与常用曲线的距离为上限价的 \(roundedPercent(found))，阈值 \(percentText(rule.value))", source: rule.source,
      advice: "Note the fuel, the outage or another reason, or keep the shape.")
  }
}

/// D07: the platform shows what was sent, cell by cell.
func checkEcho(_ check: inout Evaluation) {
  guard let shown = check.given(check.facts.shownSegments, "echo of the platform") else { return }
  let sent = check.bid.segments.map { [$0.fromMegawatts, $0.toMegawatts, $0.pricePerMegawattHour] }
  let advice = "Correct what the platform shows, and read it back again."
  if sent.count != shown.count {
    check.violate(
      "\(sent.count) segments were sent and \(shown.count) are shown",
      chinese: "提交 \(sent.count) 段，平台显示 \(shown.count) 段", source: Evaluation.deskSource, advice: advice)
  }
  for (index, (one, other)) in zip(sent, shown).enumerated() where one != other {
    check.violate(
      "sent was \(one), shown is \(other)", chinese: "提交 \(one)，显示 \(other)", segment: index + 1,
      source: Evaluation.deskSource, advice: advice)
  }
}

/// D08: as many quantities and prices came back as the day has intervals.
func checkResults(_ check: inout Evaluation) {
  guard let quantities = check.given(check.facts.clearedQuantities, "count of cleared quantities"),
    let prices = check.given(check.facts.clearedPrices, "count of cleared prices")
  else { return }
  let needed = check.grid.count
  if quantities != needed || prices != needed {
    check.violate(
      "\(quantities) quantities and \(prices) prices came back for \(needed) intervals",
      chinese: "返回 \(quantities) 个电量、\(prices) 个价格，应为 \(needed) 个", source: Evaluation.deskSource,
      advice: "Fetch the results again before the review.")
  }
}
