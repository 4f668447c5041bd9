/// Something in a problem that does not fit together.
public struct ProblemFinding: Error, Sendable, Equatable, CustomStringConvertible {
  /// What it is about: the unit, bus or branch by name.
  public var element: String
  /// What was found, the limit with its unit, and what to do.
  public var text: String

  public init(element: String, text: String) {
    self.element = element
    self.text = text
  }

  public var description: String { "\(element): \(text)" }
}

extension CommitmentProblem {
  /// Everything that does not fit together; empty for a problem that can be handed to a solver. Whether it has a
  /// solution is another question.
  public func findings() -> [ProblemFinding] {
    var found: [ProblemFinding] = []
    if intervalCount < 1 {
      found.append(ProblemFinding(element: name, text: "has \(intervalCount) intervals; at least 1 is needed."))
      return found
    }
    if !(hoursPerInterval > 0) {
      found.append(
        ProblemFinding(element: name, text: "has intervals of \(hoursPerInterval) h; the length must be above 0."))
    }
    if buses.isEmpty {
      found.append(ProblemFinding(element: name, text: "has no bus; give at least one with its demand."))
    }
    for bus in buses { found += seriesFinding(bus.name, "demand", bus.demand) }
    for unit in units { found += findings(of: unit) }
    for unit in profiledUnits { found += findings(of: unit) }
    for branch in branches { found += findings(of: branch) }
    for reserve in reserves {
      found += seriesFinding(reserve.name, "requirement", reserve.requirement)
      for unit in reserve.providers ?? [] where !units.indices.contains(unit) {
        found.append(
          ProblemFinding(element: reserve.name, text: "is provided by unit number \(unit), which the problem lacks."))
      }
    }
    return found + findingsOfRest() + findingsOfCommonLimits()
  }

  func seriesFinding(_ element: String, _ what: String, _ values: [Double]) -> [ProblemFinding] {
    if values.count != intervalCount {
      return [
        ProblemFinding(
          element: element, text: "\(what) has \(values.count) values; give one for each of \(intervalCount) intervals."
        )
      ]
    }
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      return [
        ProblemFinding(element: element, text: "\(what) of interval \(index + 1) is \(values[index]); give a number.")
      ]
    }
    return []
  }

  func busFinding(_ element: String, _ bus: Int) -> [ProblemFinding] {
    buses.indices.contains(bus)
      ? [] : [ProblemFinding(element: element, text: "stands at bus number \(bus), which the problem does not have.")]
  }

  private func findings(of unit: CommittableUnit) -> [ProblemFinding] {
    var texts: [String] = []
    let corners = unit.costCurve
    if corners.isEmpty { texts.append("has no cost curve; give at least one point of output (MW) and cost.") }
    for (left, right) in zip(corners, corners.dropFirst()) where right.output < left.output {
      texts.append("has a cost curve whose output falls from \(left.output) to \(right.output) MW; sort the points.")
    }
    texts += convexityFindings(corners) + startFindings(unit)
    if unit.minimumOutput < 0 { texts.append("has a minimum output of \(unit.minimumOutput) MW; the least is 0.") }
    if unit.minimumUpIntervals < 1 || unit.minimumDownIntervals < 1 {
      texts.append("has a minimum up or down time below 1 interval.")
    }
    if unit.rampUp < 0 || unit.rampDown < 0 { texts.append("has a ramp below 0 MW for each interval.") }
    if case .on(_, let output) = unit.initialState, unit.initialOutputIsKnown,
      output < unit.minimumOutput - 1e-6 || output > unit.maximumOutput + 1e-6
    {
      texts.append(
        "starts with \(output) MW, outside \(unit.minimumOutput) to \(unit.maximumOutput) MW; correct one of them.")
    }
    if !unit.fixedStatus.isEmpty, unit.fixedStatus.count != intervalCount {
      texts.append("has \(unit.fixedStatus.count) fixed statuses; give one for each of \(intervalCount) intervals.")
    }
    return texts.map { ProblemFinding(element: unit.name, text: $0) } + busFinding(unit.name, unit.bus)
      + (unit.availableOutput.isEmpty ? [] : seriesFinding(unit.name, "available output", unit.availableOutput))
      + (unit.costAdder.isEmpty ? [] : seriesFinding(unit.name, "cost adder", unit.costAdder))
  }

  private func findings(of unit: ProfiledUnit) -> [ProblemFinding] {
    let series =
      seriesFinding(unit.name, "minimum output", unit.minimumOutput)
      + seriesFinding(unit.name, "maximum output", unit.maximumOutput)
      + (unit.rampUp.isEmpty ? [] : seriesFinding(unit.name, "ramp up", unit.rampUp))
      + (unit.rampDown.isEmpty ? [] : seriesFinding(unit.name, "ramp down", unit.rampDown))
    guard series.isEmpty else { return series }
    let crossed = (0..<intervalCount).first { unit.minimumOutput[$0] > unit.maximumOutput[$0] + 1e-9 }
    let band = crossed.map {
      ProblemFinding(
        element: unit.name,
        text:
          "has a minimum of \(unit.minimumOutput[$0]) MW above the maximum of \(unit.maximumOutput[$0]) MW in interval "
          + "\($0 + 1); correct one of them.")
    }
    return (band.map { [$0] } ?? []) + busFinding(unit.name, unit.bus)
  }

  private func findings(of branch: Branch) -> [ProblemFinding] {
    var found = busFinding(branch.name, branch.from) + busFinding(branch.name, branch.to)
    if branch.from == branch.to {
      found.append(ProblemFinding(element: branch.name, text: "connects a bus with itself; correct its ends."))
    }
    if branch.limit < 0 {
      found.append(ProblemFinding(element: branch.name, text: "has a limit of \(branch.limit) MW; the least is 0."))
    }
    return found
  }
}
