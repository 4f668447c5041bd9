import MarketModel

/// P04: the planned output changes no faster than the unit can, from its state at the start of the day on.
///
///     −down · Δ ≤ P[t] − P[t−1] ≤ up · Δ
///
/// In the interval of a start and in the last one before a stop the output lies at or below the lowest output plus one
/// ramp step; between off line and that output no ramp is counted.
func checkRamp(_ check: inout Evaluation) {
  guard let unitDay = check.unitDay(), let onLine = check.commitment(), let plan = check.plan() else { return }
  let unit = unitDay.unit
  let length = unitDay.grid.length
  let up = unit.rampUp.largestChange(over: length)
  let down = unit.rampDown.largestChange(over: length)
  check.register("ramp", "\(up) up and \(down) down in \(length.minutes) minutes")
  var wasOn = unitDay.initialState.isOn
  var before = unitDay.initialState.output?.megawatts ?? 0
  for (index, interval) in unitDay.grid.intervals.enumerated() {
    let lowest = unitDay.minimumOutput.values[index]
    switch (wasOn, onLine[index]) {
    case (true, true):
      check.rampViolation(of: .megawatts(plan[index] - before), up: up, down: down, at: interval, from: before)
    case (false, true):
      check.edgeViolation("starts with", .megawatts(plan[index]), limit: lowest + up, at: interval)
    case (true, false):
      check.edgeViolation("stops from", .megawatts(before), limit: lowest + down, at: interval)
    case (false, false):
      break
    }
    wasOn = onLine[index]
    before = wasOn ? plan[index] : 0
  }
}

extension Evaluation {
  fileprivate mutating func rampViolation(
    of change: Power, up: Power, down: Power, at interval: TradingInterval, from before: Double
  ) {
    guard change > up || Power.zero - change > down else { return }
    let rises = change > .zero
    let size = rises ? change : Power.zero - change
    violate(
      "the planned output \(rises ? "rises" : "falls") by \(size) from \(Power.megawatts(before)); the unit can "
        + "\(rises ? "rise" : "fall") by \(rises ? up : down) in \(interval.length.minutes) minutes",
      interval: interval, source: Evaluation.registerSource, advice: "Spread the change over more intervals.")
  }

  fileprivate mutating func edgeViolation(_ what: String, _ output: Power, limit: Power, at interval: TradingInterval) {
    guard output > limit else { return }
    violate(
      "the unit \(what) \(output); at most its lowest output and one ramp step, \(limit), is possible",
      interval: interval, source: Evaluation.registerSource, advice: "Plan the start or stop at a lower output.")
  }
}

extension UnitState {
  fileprivate var output: Power? {
    if case .on(_, let output) = self { output } else { nil }
  }
}
