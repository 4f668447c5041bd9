import MarketModel
import MarketRules

/// P01: curve, declaration and plan stay within what outages leave of the capacity.
func checkAvailableCapacity(_ check: inout Evaluation) {
  guard let unitDay = check.unitDay(), let segments = check.segments() else { return }
  let largest = unitDay.largestAvailableCapacity
  check.register("largest available capacity", "\(largest)")
  let end = segments.map(\.to).max() ?? .zero
  if end > largest {
    check.violate(
      "the curve ends at \(end), above the largest available capacity \(largest)", source: "outages on file",
      advice: "End the curve at \(largest), or correct the outage.")
  }
  guard check.context.declaresCommitment, let onLine = check.commitment() else { return }
  let plan = check.bid.plannedMegawatts.isEmpty ? nil : check.plan()
  for (index, interval) in unitDay.grid.intervals.enumerated() {
    let available = unitDay.availableCapacity.values[index]
    let lowest = unitDay.minimumOutput.values[index]
    if onLine[index], available < lowest {
      check.violate(
        "the unit is declared on line with \(available) available, below its lowest output \(lowest)",
        interval: interval, source: "outages on file", advice: "Declare the unit off line, or correct the outage.")
    }
    guard let plan else { continue }
    let planned = Power.megawatts(plan[index])
    if onLine[index] ? planned > available : planned != .zero {
      check.violate(
        onLine[index]
          ? "the planned output \(planned) is above the available capacity \(available)"
          : "the planned output is \(planned) while the unit is declared off line", interval: interval,
        source: "outages on file", advice: "Plan within what is available, or correct the outage.")
    }
  }
}

/// P02: the capacity of the bid, of the capacity declaration and of the disclosure is one figure.
func checkCapacityDeclarations(_ check: inout Evaluation) {
  guard let declared = check.facts.declaredCapacity, let disclosed = check.facts.disclosedCapacity else {
    return check.cannotJudge(
      "the capacity declaration and the disclosed capacity are not among the data; compare them by hand")
  }
  guard let segments = check.segments() else { return }
  let offered = segments.map(\.to.megawatts).max() ?? 0
  check.record("capacity", "\(declared) MW declared, \(disclosed) MW disclosed")
  if offered != declared || offered != disclosed {
    check.violate(
      "the bid offers \(offered) MW, the capacity declaration says \(declared) MW and the disclosure \(disclosed) MW",
      chinese: "报价可用出力 \(offered) MW,容量申报 \(declared) MW,信息披露 \(disclosed) MW,三者不一致",
      source: Evaluation.deskSource, advice: "Make the three figures one, or correct the wrong one.")
  }
}

/// P03: the curve and the plan keep the unit's lowest output, and a unit that supplies heat is on line.
func checkMinimumOutput(_ check: inout Evaluation) {
  guard let unitDay = check.unitDay(), let segments = check.segments() else { return }
  let largestMinimum = unitDay.minimumOutput.values.max() ?? .zero
  check.register("lowest output", "\(largestMinimum)")
  if let offered = lowestOfferedOutput(segments), offered < largestMinimum {
    check.violate(
      "the curve offers output from \(offered) on, below the unit's lowest output \(largestMinimum)",
      segment: segments.first?.number, source: Evaluation.registerSource,
      advice: "Put the first point at \(largestMinimum): the stable minimum, or what the heat supply needs.")
  }
  guard check.context.declaresCommitment, let onLine = check.commitment() else { return }
  let plan = check.bid.plannedMegawatts.isEmpty ? nil : check.plan()
  for (index, interval) in unitDay.grid.intervals.enumerated() {
    if unitDay.mustRun.values[index], !onLine[index] {
      check.violate(
        "the unit is declared off line while it must run for heat supply", interval: interval,
        source: Evaluation.registerSource, advice: "Declare the unit on line.")
    }
    guard let plan, onLine[index], !isRunUpOrRunDown(index, onLine, unitDay.initialState) else { continue }
    let (planned, lowest) = (Power.megawatts(plan[index]), unitDay.minimumOutput.values[index])
    if planned < lowest {
      check.violate(
        "the planned output \(planned) is below the unit's lowest output \(lowest)", interval: interval,
        source: Evaluation.registerSource, advice: "Plan at \(lowest) or more while the unit is on line.")
    }
  }
}

/// P09: the plan keeps reserve free above and below, except while the unit starts or stops.
///
///     lowest + share · rated ≤ plan ≤ available − share · rated
func checkReserve(_ check: inout Evaluation) {
  let up = check.known(check.pack.physics.reserveUpShare, "upward reserve share", text: percentText)
  let down = check.known(check.pack.physics.reserveDownShare, "downward reserve share", text: percentText)
  guard let unitDay = check.unitDay(), let onLine = check.commitment(), let plan = check.plan() else { return }
  let rated = Int128(unitDay.unit.ratedCapacity.kilowatts)
  for (index, interval) in unitDay.grid.intervals.enumerated()
  where onLine[index] && !isRunUpOrRunDown(index, onLine, unitDay.initialState) {
    let planned = Power.megawatts(plan[index])
    let room = unitDay.availableCapacity.values[index] - planned
    if let up, Int128(room.kilowatts) * 1_000_000 < Int128(partsPerMillion(up.value)) * rated {
      check.violate(
        "the plan \(planned) leaves \(room) free above it, less than \(percentText(up.value)) of the rated capacity",
        interval: interval, source: up.source, advice: "Plan lower, or take the unit out of the reserve.")
    }
    let depth = planned - unitDay.minimumOutput.values[index]
    if let down, Int128(depth.kilowatts) * 1_000_000 < Int128(partsPerMillion(down.value)) * rated {
      check.violate(
        "the plan \(planned) leaves \(depth) free below it, less than \(percentText(down.value)) of the rated capacity",
        interval: interval, source: down.source, advice: "Plan higher, or take the unit out of the reserve.")
    }
  }
}

/// P13: net energy is what is settled, so the register must state the unit's own use.
func checkAuxiliaryPower(_ check: inout Evaluation) {
  guard let unitDay = check.unitDay() else { return }
  let share = unitDay.unit.auxiliaryPowerPartsPerMillion
  check.register("auxiliary power", decimalText(Int128(share), decimals: 4) + " %")
  if share == 0 {
    check.violate(
      "the auxiliary power is 0 %, so gross output would be taken for net", source: Evaluation.registerSource,
      advice: "Enter the unit's own use in the register.")
  }
}

/// P14: no plan in a band of output that the unit must not hold.
func checkExclusionZones(_ check: inout Evaluation) {
  guard let zones = check.facts.exclusionZones else {
    return check.cannotJudge("the unit register has no exclusion zones; ask the plant")
  }
  guard !zones.isEmpty, let onLine = check.commitment(), let plan = check.plan() else { return }
  for (index, interval) in check.grid.intervals.enumerated() where onLine[index] {
    for zone in zones where zone.count == 2 && plan[index] > zone[0] && plan[index] < zone[1] {
      check.violate(
        "the planned output \(plan[index]) MW lies in the band from \(zone[0]) to \(zone[1]) MW that the unit must not hold",
        chinese: "计划出力 \(plan[index]) MW 落在禁止运行区 \(zone[0])–\(zone[1]) MW", interval: interval,
        source: Evaluation.registerSource, advice: "Plan at \(zone[0]) MW or at \(zone[1]) MW.")
    }
  }
}
