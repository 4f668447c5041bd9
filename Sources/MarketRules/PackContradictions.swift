import MarketModel

extension RulePack {
  /// Rules of the pack that cannot hold together, one sentence each; a rule that is unknown contradicts nothing.
  public var contradictions: [String] {
    priceContradictions + shapeContradictions + timeContradictions + shareContradictions
  }

  private var priceContradictions: [String] {
    var found: [String] = []
    /// Notes a pair of prices that stand in the wrong order.
    func order(_ low: RuleValue<EnergyPrice>, _ lowName: String, _ high: RuleValue<EnergyPrice>, _ highName: String) {
      guard let lower = low.value, let upper = high.value, lower > upper else { return }
      found.append("The \(lowName) \(lower.text) is above the \(highName) \(upper.text).")
    }
    order(bids.floor, "bid floor", bids.cap, "bid cap")
    order(clearing.floor, "clearing floor", clearing.cap, "clearing cap")
    order(bids.cap, "bid cap", clearing.cap, "clearing cap")
    order(clearing.floor, "clearing floor", bids.floor, "bid floor")
    for (name, rule) in [("bid floor", bids.floor), ("bid cap", bids.cap)] {
      guard let price = rule.value, let tick = bids.priceTick.value,
        !price.microPerMegawattHour.isMultiple(of: tick.microPerMegawattHour)
      else { continue }
      found.append("The \(name) \(price.text) is no multiple of the price tick \(tick.text).")
    }
    if settlement.missingBid.value?.contains(.bidCap) == true, bids.cap.value == nil {
      found.append("A missing bid is taken at the bid cap, but the bid cap is unknown.")
    }
    return found
  }

  private var shapeContradictions: [String] {
    var found: [String] = []
    if let least = bids.minimumPoints.value, let most = bids.maximumPoints.value, least > most {
      found.append("At least \(least) points are required, but at most \(most) are allowed.")
    }
    if let least = bids.minimumPoints.value, let share = bids.minimumSegmentShareOfRange.value,
      Double(least) * share > 1 + 1e-9
    {
      found.append("\(least) segments of \(share) of the range each are wider than the range.")
    }
    if let width = bids.minimumSegmentWidth.value, let tick = bids.quantityTick.value,
      !width.kilowatts.isMultiple(of: tick.kilowatts)
    {
      found.append("The minimum segment width \(width) is no multiple of the quantity tick \(tick).")
    }
    if settlement.locksPriceBands.value == true, let curves = bids.curvesPerDay.value, curves > 1 {
      found.append("Price bands are locked for the day, but \(curves) curves a day are allowed.")
    }
    return found
  }

  private var timeContradictions: [String] {
    var found: [String] = []
    func isAfter(_ first: GateClosure, _ second: GateClosure) -> Bool {
      (first.dayOffset, first.minute) > (second.dayOffset, second.minute)
    }
    if let gates = timetable.gates.value, !gates.contains(where: { $0.locks.contains(.curve) }) {
      found.append("No gate locks the bid curve.")
    }
    guard let gate = timetable.curveGate else { return found }
    if let cutoff = timetable.informationCutoff.value, isAfter(cutoff, gate.closes) {
      found.append("The information cutoff \(cutoff) is after the gate \(gate.name) closes at \(gate.closes).")
    }
    for (name, rule) in [
      ("day-ahead results", timetable.dayAheadResults), ("dispatch plan", timetable.dispatchPlan),
    ] {
      guard let time = rule.value, isAfter(gate.closes, time) else { continue }
      found.append("The \(name) come at \(time), before the gate \(gate.name) closes at \(gate.closes).")
    }
    return found
  }

  private var shareContradictions: [String] {
    var found: [String] = []
    for (name, low, high) in [
      ("contract coverage", position.lowestCoverage, position.highestCoverage),
      ("interval coverage", position.lowestIntervalCoverage, position.highestIntervalCoverage),
    ] {
      guard let lower = low.value, let upper = high.value, lower > upper else { continue }
      found.append("The lowest \(name) \(lower) is above the highest \(upper).")
    }
    if let up = physics.reserveUpShare.value, let down = physics.reserveDownShare.value, up + down > 1 {
      found.append("The reserve shares \(up) and \(down) are more than the rated capacity.")
    }
    for (name, rule) in [
      ("similarity", conduct.largestSimilarity), ("share above cost", conduct.largestShareAboveCost),
      ("withheld share", conduct.largestWithheldShare),
    ] {
      guard let value = rule.value, value > 1 else { continue }
      found.append("The largest \(name) \(value) is above 1 and can never be exceeded.")
    }
    if let multiple = conduct.costMultiple.value, multiple < 1 {
      found.append("The cost multiple \(multiple) is below 1: a bid at cost would count as withheld.")
    }
    return found
  }
}
