public import PowerSystem

/// What an audit found: nothing, or the first violations of each kind with their size.
public struct AuditReport: Sendable, Equatable {
  /// A constraint that does not hold.
  public struct Finding: Sendable, Equatable, CustomStringConvertible {
    /// Which constraint of which element and interval.
    public var constraint: String
    /// By how much it is missed, in its own unit.
    public var excess: Double

    public init(constraint: String, excess: Double) {
      self.constraint = constraint
      self.excess = excess
    }

    public var description: String { "\(constraint) is missed by \(excess)" }
  }

  public var findings: [Finding]
  /// Cost recomputed from the data.
  public var cost: Double
  /// Whether nothing was found.
  public var passed: Bool { findings.isEmpty }
  /// "passed", or how much was found with the first of it.
  public var summary: String {
    passed ? "passed" : "\(findings.count) findings, the first: \(findings[0])"
  }
}

/// Verifies a commitment from the data alone: physics, balance, reserves and cost, without any of the solver's variables.
///
/// - Parameters:
///   - commitment: what is to be verified
///   - problem: the data
///   - claimedCost: cost that the solver reported; compared to the recomputed one
///   - tolerance: in MW, MWh and, relative, for the cost
public func audit(
  _ commitment: Commitment, of problem: CommitmentProblem, claimedCost: Double? = nil, tolerance: Double = 1e-5
) -> AuditReport {
  var audit = CommitmentAuditor(problem: problem, commitment: commitment, tolerance: tolerance)
  return audit.run(claimedCost: claimedCost)
}

/// One pass over a commitment. Written from the definitions, not from the programme.
struct CommitmentAuditor {
  let problem: CommitmentProblem
  let commitment: Commitment
  let tolerance: Double
  var findings: [AuditReport.Finding] = []

  mutating func run(claimedCost: Double?) -> AuditReport {
    guard shapesFit() else { return AuditReport(findings: findings, cost: .nan) }
    for index in problem.units.indices {
      checkTimes(ofUnit: index)
      checkOutput(ofUnit: index)
      checkRamps(ofUnit: index)
    }
    checkBands()
    checkStorages()
    checkReserves()
    let violationCost = checkNetwork() + checkCommonLimits() + checkServices()
    let cost = totalCost() + violationCost
    if let claimedCost {
      expect(
        abs(cost - claimedCost), atMost: tolerance * max(1, abs(cost)),
        "the claimed cost \(claimedCost) against the recomputed \(cost)")
    }
    return AuditReport(findings: findings, cost: cost)
  }

  mutating func expect(_ value: Double, atMost limit: Double, _ constraint: @autoclosure () -> String) {
    if !(value <= limit + tolerance) {
      findings.append(AuditReport.Finding(constraint: constraint(), excess: value - limit))
    }
  }

  private mutating func shapesFit() -> Bool {
    let intervals = problem.intervalCount
    let fits =
      commitment.isOn.count == problem.units.count && commitment.output.count == problem.units.count
      && commitment.profiledOutput.count == problem.profiledUnits.count
      && commitment.charge.count == problem.storages.count && commitment.discharge.count == problem.storages.count
      && commitment.reserve.count == problem.reserves.count
      && commitment.isOn.allSatisfy { $0.count == intervals } && commitment.output.allSatisfy { $0.count == intervals }
    if !fits { findings.append(AuditReport.Finding(constraint: "the shape of the commitment", excess: .nan)) }
    return fits
  }

  /// Capacity that a unit holds as reserve, MW.
  func reserve(ofUnit index: Int, in interval: Int) -> Double {
    commitment.reserve.reduce(0) { $0 + $1[index][interval] }
  }

  private mutating func checkTimes(ofUnit index: Int) {
    let unit = problem.units[index]
    let status = commitment.isOn[index]
    var isOn = unit.initialState.isOn
    var duration =
      switch unit.initialState {
      case .on(let intervals, _): intervals
      case .off(let intervals): intervals
      }
    for interval in status.indices {
      if status[interval] != isOn {
        let needed = isOn ? unit.minimumUpIntervals : unit.minimumDownIntervals
        expect(
          Double(needed - duration), atMost: 0,
          "the minimum \(isOn ? "up" : "down") time of \(unit.name) before interval \(interval + 1)")
        isOn = status[interval]
        duration = 0
      }
      duration += 1
      if !unit.fixedStatus.isEmpty, let fixed = unit.fixedStatus[interval] {
        expect(fixed == isOn ? 0 : 1, atMost: 0, "the fixed status of \(unit.name) in interval \(interval + 1)")
      }
    }
  }

  private mutating func checkOutput(ofUnit index: Int) {
    let unit = problem.units[index]
    let status = commitment.isOn[index]
    for interval in status.indices {
      let output = commitment.output[index][interval]
      let held = output + reserve(ofUnit: index, in: interval)
      let place = "of \(unit.name) in interval \(interval + 1)"
      guard status[interval] else {
        expect(abs(held), atMost: 0, "output and reserve \(place), which is off,")
        continue
      }
      expect(unit.minimumOutput - output, atMost: 0, "the minimum output \(place)")
      let available = unit.availableOutput.isEmpty ? unit.maximumOutput : unit.availableOutput[interval]
      expect(held, atMost: min(available, unit.maximumOutput), "the maximum output \(place)")
      let wasOn = interval == 0 ? unit.initialState.isOn : status[interval - 1]
      if !wasOn { expect(held, atMost: unit.startUpLimit, "the start-up limit \(place)") }
      if interval + 1 < status.count, !status[interval + 1] {
        expect(held, atMost: unit.shutDownLimit, "the shut-down limit \(place)")
      }
    }
    if case .on(_, let output) = unit.initialState, unit.initialOutputIsKnown, let first = status.first, !first {
      expect(output, atMost: unit.shutDownLimit, "the shut-down limit of \(unit.name) before interval 1")
    }
  }

  private mutating func checkRamps(ofUnit index: Int) {
    let unit = problem.units[index]
    var before = 0.0
    if case .on(_, let output) = unit.initialState { before = max(0, output - unit.minimumOutput) }
    for interval in commitment.isOn[index].indices {
      let above = commitment.isOn[index][interval] ? commitment.output[index][interval] - unit.minimumOutput : 0
      let place = "of \(unit.name) in interval \(interval + 1)"
      defer { before = above }
      if interval == 0, !unit.initialOutputIsKnown { continue }
      expect(above + reserve(ofUnit: index, in: interval) - before, atMost: unit.rampUp, "the ramp up \(place)")
      expect(before - above, atMost: unit.rampDown, "the ramp down \(place)")
    }
  }
}
