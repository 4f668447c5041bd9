import Foundation
import MarketModel
import MarketRules

/// Positions in which a unit goes from off to on line, seen from its state at the start of the day.
func startIndices(_ onLine: [Bool], from state: UnitState) -> [Int] {
  onLine.indices.filter { onLine[$0] && !($0 == 0 ? state.isOn : onLine[$0 - 1]) }
}

/// Positions in which a unit goes from on to off line.
func stopIndices(_ onLine: [Bool], from state: UnitState) -> [Int] {
  onLine.indices.filter { !onLine[$0] && ($0 == 0 ? state.isOn : onLine[$0 - 1]) }
}

/// Whether a unit starts in this interval or stops after it; its output may then lie below its lowest output.
func isRunUpOrRunDown(_ index: Int, _ onLine: [Bool], _ state: UnitState) -> Bool {
  let starts = !(index == 0 ? state.isOn : onLine[index - 1])
  let stops = index + 1 < onLine.count && !onLine[index + 1]
  return onLine[index] && (starts || stops)
}

/// How long the unit has been in its state when the interval at `index` begins.
private func minutesInState(before index: Int, _ onLine: [Bool], _ state: UnitState, minutes: Int) -> Int {
  var first = index
  while first > 0, onLine[first - 1] == onLine[index - 1] { first -= 1 }
  let own = (index - first) * minutes
  guard first == 0 else { return own }
  switch state {
  case .on(let before, _): return index == 0 || onLine[0] ? own + before : own
  case .off(let before): return index == 0 || !onLine[0] ? own + before : own
  }
}

/// P05: between the order to start and the start lies the time that the unit needs from its time off line.
///
/// The order comes with the operator's plan; where that hour is unknown, at the gate that locks the curve.
func checkStartTime(_ check: inout Evaluation) {
  let pack = check.pack
  let order: StatedRule<GateClosure>?
  if pack.timetable.dispatchPlan.value == nil, let gate = pack.timetable.curveGate {
    let gates = check.known(pack.timetable.gates, "order to start, at the earliest") { _ in "\(gate.closes)" }
    order = gates.map { StatedRule(value: gate.closes, source: $0.source) }
  } else {
    order = check.known(pack.timetable.dispatchPlan, "hour of the operator's plan", text: \.description)
  }
  guard let order, let unitDay = check.unitDay(), let onLine = check.commitment() else { return }
  let lead = pack.zone.start(of: check.bid.day).timeIntervalSince(
    order.value.instant(for: check.bid.day, in: pack.zone))
  let length = unitDay.grid.length.minutes
  for index in startIndices(onLine, from: unitDay.initialState) {
    let off = minutesInState(before: index, onLine, unitDay.initialState, minutes: length)
    guard let stage = unitDay.unit.startUp.stage(afterOffMinutes: off) else {
      check.cannotJudge("the unit register has no start-up time after \(off) minutes off line")
      continue
    }
    let available = Int(lead) / 60 + index * length
    if available < stage.minutesToSynchronise {
      check.violate(
        "a \(stage.temperature.rawValue) start is planned \(available) minutes after the order at \(order.value); "
          + "it takes \(stage.minutesToSynchronise) minutes", interval: unitDay.grid.intervals[index],
        source: order.source, advice: "Start later, or have the start ordered earlier.")
    }
  }
}

/// P06: a run is as long as the minimum up time, counted from before the day; a stop by outage is excused.
func checkMinimumUpTime(_ check: inout Evaluation) {
  guard let unitDay = check.unitDay(), let onLine = check.commitment() else { return }
  let least = unitDay.unit.minimumUpMinutes
  check.register("minimum up time", "\(least) min")
  let canRun = unitDay.canRun.values
  for index in stopIndices(onLine, from: unitDay.initialState) where canRun[index] {
    let run = minutesInState(
      before: index, onLine, unitDay.initialState, minutes: unitDay.grid.length.minutes)
    if run < least {
      check.violate(
        "the unit stops after \(run) minutes on line; its minimum up time is \(least) minutes",
        interval: unitDay.grid.intervals[index], source: Evaluation.registerSource,
        advice: "Keep the unit on line longer, or do not start it.")
    }
  }
}

/// P07: the unit stays off for the minimum down time, and the declared times keep the operator's bounds.
func checkMinimumDownTime(_ check: inout Evaluation) {
  guard let unitDay = check.unitDay(), let onLine = check.commitment() else { return }
  let unit = unitDay.unit
  check.register("minimum down time", "\(unit.minimumDownMinutes) min")
  for index in startIndices(onLine, from: unitDay.initialState) {
    let off = minutesInState(before: index, onLine, unitDay.initialState, minutes: unitDay.grid.length.minutes)
    if off < unit.minimumDownMinutes {
      check.violate(
        "the unit starts after \(off) minutes off line; its minimum down time is \(unit.minimumDownMinutes) minutes",
        interval: unitDay.grid.intervals[index], source: Evaluation.registerSource,
        advice: "Start it later, or do not stop it.")
    }
  }
  checkDeclaredTime(&check, "minimum up time", unit.minimumUpMinutes, bound: check.pack.physics.largestMinimumUpMinutes)
  checkDeclaredTime(
    &check, "minimum down time", unit.minimumDownMinutes, bound: check.pack.physics.largestMinimumDownMinutes)
}

private func checkDeclaredTime(_ check: inout Evaluation, _ name: String, _ minutes: Int, bound: RuleValue<Int>) {
  guard let rule = check.known(bound, "largest \(name)", text: { "\($0) min" }) else { return }
  if minutes > rule.value {
    check.violate(
      "the declared \(name) is \(minutes) minutes, above the operator's bound of \(rule.value) minutes",
      source: rule.source, advice: "Declare at most the bound.")
  }
}

/// P08: the unit and its plant do not start more often than they may.
func checkStarts(_ check: inout Evaluation) {
  guard let unitDay = check.unitDay(), let onLine = check.commitment() else { return }
  let unit = unitDay.unit
  let starts = startIndices(onLine, from: unitDay.initialState).count
  check.register("starts of the unit", "at most \(unit.maximumStartsPerDay)")
  if starts > unit.maximumStartsPerDay {
    check.violate(
      "the unit starts \(starts) times; its limit is \(unit.maximumStartsPerDay) a day",
      source: Evaluation.registerSource, advice: "Join the runs.")
  }
  let (limit, source): (Int, String)
  if let own = check.context.plants.first(where: { $0.id == unit.plant })?.maximumStartsPerDay {
    check.register("starts of the plant", "at most \(own)")
    (limit, source) = (own, Evaluation.registerSource)
  } else {
    let rule = check.known(check.pack.physics.maximumStartsPerPlant, "largest number of starts of a plant") { "\($0)" }
    guard let rule else { return }
    (limit, source) = (rule.value, rule.source)
  }
  let total = check.startsOfPlants[unit.plant] ?? 0
  if total > limit, starts > 0 {
    check.violate(
      "the units of plant \(unit.plant) start \(total) times; the plant's limit is \(limit) a day", source: source,
      advice: "Move the start of one of its units to another day.")
  }
}
