internal import Optimization
internal import PowerSystem

extension CommitmentModel {
  /// Reserve variables of a unit for each requirement that it may serve.
  mutating func addReserveOffers(ofUnit index: Int) {
    let unit = problem.units[index]
    for (number, reserve) in problem.reserves.enumerated() where reserve.providers?.contains(index) ?? true {
      units[index].reserve[number] = (0..<problem.intervalCount).map {
        program.addVariable(
          name: "\(reserve.name) from \(unit.name) \($0 + 1)", in: 0...max(0, unit.maximumOutput - unit.minimumOutput))
      }
    }
  }

  /// Output and reserve above the minimum, in interval t: Σ of what takes up head-room.
  func headroom(ofUnit index: Int, in interval: Int) -> LinearExpression {
    var used = LinearExpression()
    used.add(1, units[index].above[interval])
    for (_, offers) in units[index].reserve.sorted(by: { $0.key < $1.key }) { used.add(1, offers[interval]) }
    return used
  }

  /// Output between minimum and maximum, less in the interval of a start and in the last before a stop (Morales-España
  /// 2013, eq. 8-10; Gentile, Morales-España, Ramos 2017 for a minimum up time of 1); with ramps also in the intervals
  /// after a start and before a stop (Pan and Guan, "A polyhedral study of the integrated minimum-up/-down time and
  /// ramping polytope", 2016).
  mutating func addOutputLimits(ofUnit index: Int) {
    let unit = problem.units[index]
    let intervals = problem.intervalCount
    let range = unit.maximumOutput - unit.minimumOutput
    units[index].above = (0..<intervals).map {
      program.addVariable(name: "output of \(unit.name) above its minimum \($0 + 1)", in: 0...max(0, range))
    }
    for interval in 0..<intervals {
      addStartAndStopLimits(ofUnit: index, in: interval)
      addRampAfterStart(ofUnit: index, in: interval)
      addRampBeforeStop(ofUnit: index, in: interval)
      addAvailability(ofUnit: index, in: interval)
    }
    if case .on(_, let output) = unit.initialState, unit.initialOutputIsKnown, intervals > 0,
      output > unit.shutDownLimit
    {
      program.constrain(
        units[index].stops[0], atMost: 0,
        name: "shut-down limit of \(unit.name), which enters with \(output) MW, in interval 1")
    }
  }

  private func limitName(_ what: String, _ index: Int, _ interval: Int) -> String {
    "\(what) of \(problem.units[index].name) in interval \(interval + 1)"
  }

  private mutating func addStartAndStopLimits(ofUnit index: Int, in interval: Int) {
    let unit = problem.units[index]
    let variables = units[index]
    let maximum = unit.maximumOutput
    let lostAtStart = max(0, maximum - unit.startUpLimit)
    let lostAtStop = max(0, maximum - unit.shutDownLimit)
    let next = interval + 1 < problem.intervalCount ? variables.stops[interval + 1] : nil
    var limit = headroom(ofUnit: index, in: interval)
    limit.add(-(maximum - unit.minimumOutput), variables.isOn[interval])
    if unit.minimumUpIntervals >= 2 || next == nil {
      limit.add(lostAtStart, variables.starts[interval])
      if let next { limit.add(lostAtStop, next) }
      program.constrain(limit, atMost: 0, name: limitName("output limit", index, interval))
      return
    }
    var other = limit
    limit.add(lostAtStart, variables.starts[interval])
    if let next { limit.add(max(0, unit.startUpLimit - unit.shutDownLimit).finite, next) }
    program.constrain(limit, atMost: 0, name: limitName("output limit", index, interval))
    other.add(max(0, unit.shutDownLimit - unit.startUpLimit).finite, variables.starts[interval])
    if let next { other.add(lostAtStop, next) }
    program.constrain(other, atMost: 0, name: limitName("output limit before a stop", index, interval))
  }

  private mutating func addRampAfterStart(ofUnit index: Int, in interval: Int) {
    let unit = problem.units[index]
    let variables = units[index]
    let lost = unit.maximumOutput - unit.startUpLimit
    guard interval > 0, unit.minimumUpIntervals >= 2, unit.rampUp > 0, unit.rampUp.isFinite, lost > 0 else { return }
    let ramping = Int(lost / unit.rampUp)
    let up = min(unit.minimumUpIntervals, problem.intervalCount)
    for (steps, seesStop) in [(min(up - 2, ramping), true), (min(up - 1, ramping), false)] {
      guard steps >= 1, seesStop || up - 2 < ramping else { continue }
      var limit = headroom(ofUnit: index, in: interval)
      limit.add(-(unit.maximumOutput - unit.minimumOutput), variables.isOn[interval])
      for step in 0...min(steps, interval) {
        limit.add(lost - Double(step) * unit.rampUp, variables.starts[interval - step])
      }
      if seesStop, interval + 1 < problem.intervalCount {
        limit.add(max(0, unit.maximumOutput - unit.shutDownLimit), variables.stops[interval + 1])
      }
      program.constrain(
        limit, atMost: 0, name: limitName(seesStop ? "ramp from start to stop" : "ramp after a start", index, interval))
    }
  }

  private mutating func addRampBeforeStop(ofUnit index: Int, in interval: Int) {
    let unit = problem.units[index]
    let variables = units[index]
    let lost = unit.maximumOutput - unit.shutDownLimit
    guard unit.minimumUpIntervals >= 2, unit.rampDown > 0, unit.rampDown.isFinite, lost > 0 else { return }
    let up = min(unit.minimumUpIntervals, problem.intervalCount)
    let steps = min(Int(lost / unit.rampDown), up - 1, problem.intervalCount - interval - 2)
    guard steps >= 1 else { return }
    var limit = LinearExpression()
    limit.add(1, variables.above[interval])
    limit.add(-(unit.maximumOutput - unit.minimumOutput), variables.isOn[interval])
    for step in 0...steps { limit.add(lost - Double(step) * unit.rampDown, variables.stops[interval + 1 + step]) }
    program.constrain(limit, atMost: 0, name: limitName("ramp before a stop", index, interval))
  }

  private mutating func addAvailability(ofUnit index: Int, in interval: Int) {
    let unit = problem.units[index]
    guard !unit.availableOutput.isEmpty, unit.availableOutput[interval] < unit.maximumOutput else { return }
    var limit = headroom(ofUnit: index, in: interval)
    limit.add(unit.minimumOutput - unit.availableOutput[interval], units[index].isOn[interval])
    program.constrain(limit, atMost: 0, name: limitName("available output", index, interval))
  }
}

extension Double {
  /// 0 for ∞ − ∞.
  fileprivate var finite: Double { isFinite ? self : 0 }
}
