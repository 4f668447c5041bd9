internal import Optimization
internal import PowerSystem

extension CommitmentModel {
  /// on(t) − on(t − 1) = start(t) − stop(t), with what is known of the status.
  mutating func addStatus(ofUnit index: Int) {
    let unit = problem.units[index]
    let intervals = problem.intervalCount
    var variables = UnitVariables()
    let noLoad = problem.hoursPerInterval * (unit.costCurve.first?.costPerHour ?? 0)
    for interval in 0..<intervals {
      let atMinimum =
        unit.costAdder.isEmpty ? 0 : problem.hoursPerInterval * unit.costAdder[interval] * unit.minimumOutput
      variables.isOn.append(program.addBinary(name: "on \(unit.name) \(interval + 1)", objective: noLoad + atMinimum))
    }
    for interval in 0..<intervals {
      variables.starts.append(program.addBinary(name: "start \(unit.name) \(interval + 1)"))
    }
    for interval in 0..<intervals {
      variables.stops.append(
        program.addBinary(name: "stop \(unit.name) \(interval + 1)", objective: unit.shutDownCost))
    }
    for interval in 0..<intervals {
      var change = LinearExpression()
      if interval > 0 { change.add(-1, variables.isOn[interval - 1]) }
      change.add(1, variables.isOn[interval])
      change.add(-1, variables.starts[interval])
      change.add(1, variables.stops[interval])
      let before = interval == 0 && unit.initialState.isOn ? 1.0 : 0
      program.constrain(change, equalTo: before, name: "status of \(unit.name) in interval \(interval + 1)")
    }
    if hasLimitedFuel(index) {
      variables.fuelCost = variables.isOn.map { isOn in
        var cost = LinearExpression()
        cost.add(noLoad, isOn)
        return cost
      }
    }
    units.append(variables)
    fixKnownStatus(ofUnit: index)
  }

  /// What the initial state and the fixed statuses leave no choice about.
  private mutating func fixKnownStatus(ofUnit index: Int) {
    let unit = problem.units[index]
    var known = unit.fixedStatus.isEmpty ? [Bool?](repeating: nil, count: problem.intervalCount) : unit.fixedStatus
    let (isOn, remaining) = unit.initialObligation
    for interval in 0..<min(max(0, remaining), problem.intervalCount) {
      // A contradiction is left to the solver, which names it.
      if let fixed = known[interval], fixed != isOn {
        program.constrain(
          units[index].isOn[interval], equalTo: isOn ? 1 : 0,
          name: "minimum \(isOn ? "up" : "down") time of \(unit.name) from before interval 1")
      } else {
        known[interval] = isOn
      }
    }
    for (interval, status) in known.enumerated() {
      guard let status else { continue }
      program.setBounds(status ? 1...1 : 0...0, of: units[index].isOn[interval])
    }
  }
}

extension CommittableUnit {
  /// The status that the time before the first interval demands, and for how many intervals.
  var initialObligation: (isOn: Bool, intervals: Int) {
    switch initialState {
    case .on(let intervals, _): (true, minimumUpIntervals - intervals)
    case .off(let intervals): (false, minimumDownIntervals - intervals)
    }
  }
}
