internal import NumericMethods
public import PowerSystem
internal import UnitCommitment

/// Verifies a network dispatch from the data alone: units, balances and cost by the audit of commitments; flows from
/// angles, before and after every monitored outage with its branches taken out of the network, within their limits; and
/// prices that leave no unit wishing for another output where only its band holds it.
public struct NetworkDispatchAudit: Sendable {
  /// Everything that is wrong; empty when it passed.
  public let findings: [ProblemFinding]
  /// "passed", or the first findings.
  public var verdict: String {
    findings.isEmpty ? "passed" : findings.prefix(5).map(\.description).joined(separator: " ")
  }

  /// Checks a dispatch against its problem.
  public init(_ problem: CommitmentProblem, _ dispatch: NetworkDispatch) {
    let hasShape =
      dispatch.flow.map(\.count) == problem.branches.map { _ in problem.intervalCount }
      && dispatch.prices.map(\.count) == problem.buses.map { _ in problem.intervalCount }
    guard hasShape else {
      findings = [ProblemFinding(element: problem.name, text: "has a dispatch of another shape.")]
      return
    }
    let check = NetworkCheck(problem: problem, dispatch: dispatch)
    findings = check.units() + check.flows() + check.interfaces() + check.outages() + check.prices()
  }
}

/// One audit under way.
private struct NetworkCheck {
  let problem: CommitmentProblem
  let dispatch: NetworkDispatch

  /// MW that count as nothing at a flow.
  private func tolerance(_ flow: Double) -> Double { 1e-5 * max(1, abs(flow)) }

  func units() -> [ProblemFinding] {
    audit(dispatch.commitment, of: problem, claimedCost: dispatch.cost).findings.map {
      ProblemFinding(element: problem.name, text: "\($0.description).")
    }
  }

  private func injections(_ interval: Int) -> [Double] {
    let decision = dispatch.commitment
    var net = problem.buses.map { -$0.demand[interval] }
    for (unit, output) in zip(problem.units, decision.output) { net[unit.bus] += output[interval] }
    for (unit, output) in zip(problem.profiledUnits, decision.profiledOutput) { net[unit.bus] += output[interval] }
    for (index, storage) in problem.storages.enumerated() {
      net[storage.bus] += decision.discharge[index][interval] - decision.charge[index][interval]
    }
    for (demand, served) in zip(problem.priceSensitiveDemands, decision.priceSensitiveDemand) {
      net[demand.bus] -= served[interval]
    }
    for (bus, missing) in decision.shortage.enumerated() { net[bus] += missing[interval] }
    for (bus, left) in decision.surplus.enumerated() { net[bus] -= left[interval] }
    for (line, flow) in zip(problem.directCurrentLines, decision.directCurrentFlow) {
      net[line.from] -= flow[interval]
      net[line.to] += flow[interval]
    }
    return net
  }

  /// Flows of all intervals with some branches out, from angles; nil where that leaves the angles open.
  private func physicalFlows(without lost: [Int]) -> [[Double]]? {
    let kept = problem.branches.indices.filter { !lost.contains($0) }
    let network = DispatchCase(
      name: problem.name, buses: problem.buses, generators: [], branches: kept.map { problem.branches[$0] })
    let references = Set(network.referenceBuses())
    var nodal = Matrix(rows: problem.buses.count, columns: problem.buses.count, repeating: 0)
    var injection = Matrix(rows: problem.buses.count, columns: problem.intervalCount, repeating: 0)
    for interval in 0..<problem.intervalCount {
      for (bus, value) in injections(interval).enumerated() { injection[bus, interval] = value }
    }
    for branch in network.branches {
      for (bus, other, sign) in [(branch.from, branch.to, 1.0), (branch.to, branch.from, -1.0)] {
        nodal[bus, bus] += branch.susceptance
        nodal[bus, other] -= branch.susceptance
        for interval in 0..<problem.intervalCount {
          injection[bus, interval] += sign * branch.susceptance * branch.phaseShift
        }
      }
    }
    for bus in references {
      for other in problem.buses.indices { nodal[bus, other] = other == bus ? 1 : 0 }
      for interval in 0..<problem.intervalCount { injection[bus, interval] = 0 }
    }
    guard let angle = try? nodal.luFactorisation().solve(injection) else { return nil }
    return problem.branches.indices.map { index in
      let branch = problem.branches[index]
      return (0..<problem.intervalCount).map { interval in
        guard !lost.contains(index) else { return 0 }
        return branch.susceptance * (angle[branch.from, interval] - angle[branch.to, interval] - branch.phaseShift)
      }
    }
  }

  func flows() -> [ProblemFinding] {
    guard let physical = physicalFlows(without: []) else {
      return [ProblemFinding(element: problem.name, text: "has susceptances that leave its angles open.")]
    }
    return places { index, interval in
      let branch = problem.branches[index]
      let flow = dispatch.flow[index][interval]
      if abs(flow - physical[index][interval]) > tolerance(flow) {
        return "carries \(flow) MW in interval \(interval + 1); its angles ask for \(physical[index][interval]) MW."
      }
      guard branch.overloadCost_perMWh == nil, abs(flow) > branch.limit + tolerance(flow) else { return nil }
      return "carries \(flow) MW in interval \(interval + 1), above its limit of \(branch.limit) MW."
    }
  }

  func interfaces() -> [ProblemFinding] {
    problem.interfaces.filter { $0.violationCost_perMWh == nil }.flatMap { interface in
      (0..<problem.intervalCount).compactMap { interval in
        let sum = interface.branches.reduce(0) { $0 + $1.factor * dispatch.flow[$1.index][interval] }
        let excess = max(sum - interface.limits.upperBound, interface.limits.lowerBound - sum)
        guard excess > tolerance(sum) else { return nil }
        return ProblemFinding(
          element: interface.name,
          text: "carries \(sum) MW in interval \(interval + 1), outside \(interface.limits) MW.")
      }
    }
  }

  func outages() -> [ProblemFinding] {
    problem.contingencies.flatMap { contingency -> [ProblemFinding] in
      guard !dispatch.unmonitoredContingencies.contains(contingency.name) else { return [] }
      guard let flow = physicalFlows(without: contingency.branches) else {
        return [ProblemFinding(element: contingency.name, text: "leaves angles open, but counts as monitored.")]
      }
      return places { index, interval in
        let branch = problem.branches[index]
        let value = flow[index][interval]
        guard branch.overloadCost_perMWh == nil, abs(value) > branch.emergencyLimit + tolerance(value) else {
          return nil
        }
        return
          "carries \(value) MW after \(contingency.name) in interval \(interval + 1), above \(branch.emergencyLimit) MW."
      }
    }
  }

  private func places(_ text: (_ branch: Int, _ interval: Int) -> String?) -> [ProblemFinding] {
    problem.branches.indices.flatMap { index in
      (0..<problem.intervalCount).compactMap { interval in
        text(index, interval).map { ProblemFinding(element: problem.branches[index].name, text: $0) }
      }
    }
  }

  /// Units without ramps, reserves and starts to mind are at the output that their price asks for.
  func prices() -> [ProblemFinding] {
    guard problem.reserves.isEmpty else { return [] }
    return problem.units.indices.flatMap { index -> [ProblemFinding] in
      let unit = problem.units[index]
      let isFree = [unit.rampUp, unit.rampDown, unit.startUpLimit, unit.shutDownLimit].allSatisfy { $0 == .infinity }
      guard isFree, unit.availableOutput.isEmpty else { return [] }
      return (0..<problem.intervalCount).compactMap { interval in
        guard dispatch.commitment.isOn[index][interval] else { return nil }
        let output = dispatch.commitment.output[index][interval]
        let price = dispatch.prices[unit.bus][interval].total - (unit.costAdder.isEmpty ? 0 : unit.costAdder[interval])
        let marginal = GenerationCost.piecewise(unit.costCurve).marginalCost(atOutput: output, tolerance: 1e-4)
        let slack = 1e-5 * max(1, abs(price))
        let isRight =
          (output <= unit.minimumOutput + 1e-4 || price >= marginal.lowerBound - slack)
          && (output >= unit.maximumOutput - 1e-4 || price <= marginal.upperBound + slack)
        guard !isRight else { return nil }
        return ProblemFinding(
          element: unit.name,
          text:
            "gives \(output) MW in interval \(interval + 1) at a marginal cost of \(marginal) and a price of \(price).")
      }
    }
  }
}
