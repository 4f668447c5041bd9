internal import Optimization
public import PowerSystem
internal import UnitCommitment

/// Dispatch and prices of a commitment on its network. Arrays by element, then interval.
public struct NetworkDispatch: Sendable, Equatable {
  /// The commitment with the outputs of this dispatch.
  public var commitment: Commitment
  /// Cost over the horizon, with starts and penalties.
  public var cost: Double
  /// Price of each bus, for each MWh.
  public var prices: [[NodalPrice]]
  /// Flow of each branch, MW.
  public var flow: [[Double]]
  /// Shadow price of each branch for each MWh of flow, over its own limit and those after outages.
  public var branchPrice_perMWh: [[Double]]
  /// Limits that came into the program, by name, with the interval from 1.
  public var limits: [String]
  /// Outages that split the network, after which flows are not monitored.
  public var unmonitoredContingencies: [String]
}

/// Cheapest dispatch of a given commitment over its intervals, with ramps, reserves, storage and network, and the price
/// of every bus: security-constrained economic dispatch.
///
/// Flows are injections times shift factors. Limits come into the program when a solution breaks them, those after an
/// outage by outage factors (Xavier, Qiu, Wang, Thimmapuram, "Transmission constraint filtering in large-scale
/// security-constrained unit commitment", 2019). The statuses of storages are relaxed.
public func dispatch(
  _ problem: CommitmentProblem, commitment: [[Bool]], timeLimit: Double = 300
) throws(DispatchError) -> NetworkDispatch {
  var fixed = problem
  guard commitment.count == problem.units.count,
    commitment.allSatisfy({ $0.count == problem.intervalCount })
  else {
    throw .unfit([
      ProblemFinding(
        element: problem.name,
        text:
          "has a commitment of another shape than its \(problem.units.count) units × \(problem.intervalCount) intervals."
      )
    ])
  }
  for index in fixed.units.indices { fixed.units[index].fixedStatus = commitment[index] }
  let findings = fixed.findings() + fixed.networkFindings()
  guard findings.isEmpty else { throw .unfit(findings) }
  let flows = try NetworkFlows(fixed)
  do throws(SolveError) {
    return try LimitedDispatch(fixed, flows).solve(timeLimit: timeLimit)
  } catch { throw DispatchError(error) }
}

extension CommitmentProblem {
  fileprivate func networkFindings() -> [ProblemFinding] {
    var found: [ProblemFinding] = []
    for branch in branches where !branch.susceptance.isFinite || branch.susceptance == 0 {
      found.append(
        ProblemFinding(
          element: branch.name,
          text: "has a susceptance of \(branch.susceptance) MW/rad; give a finite number other than 0."))
    }
    for contingency in contingencies where !contingency.branches.allSatisfy({ branches.indices.contains($0) }) {
      found.append(ProblemFinding(element: contingency.name, text: "loses a branch that the problem does not have."))
    }
    for interface in interfaces where !interface.branches.allSatisfy({ branches.indices.contains($0.index) }) {
      found.append(ProblemFinding(element: interface.name, text: "has a branch that the problem does not have."))
    }
    return found
  }
}

/// The program of one dispatch, and the limits that it holds so far.
private struct LimitedDispatch {
  /// A limit in the program.
  struct Row {
    let limit: FlowLimit
    let interval: Int
    let constraint: LinearProgram.Constraint
    let factors: [Double]
  }

  let problem: CommitmentProblem
  let flows: NetworkFlows
  let model: CommitmentModel
  let solver: ProgramSolver
  /// Cost of a MWh over each limit whose excess has a price, by limit and interval.
  private var excess: [NetworkFlows.Key: Variable] = [:]
  /// Balance of every island but the first, by island, then interval.
  private let islandBalance: [[LinearProgram.Constraint]]

  init(_ problem: CommitmentProblem, _ flows: NetworkFlows) throws(SolveError) {
    self.problem = problem
    self.flows = flows
    var model = CommitmentModel(problem)
    var excess: [NetworkFlows.Key: Variable] = [:]
    for limit in flows.limits {
      guard let cost = limit.violationCost else { continue }
      for interval in 0..<problem.intervalCount {
        excess[.init(limit: limit.kind, interval: interval)] = model.program.addVariable(
          name: "excess over \(limit.name) \(interval + 1)", objective: cost * problem.hoursPerInterval)
      }
    }
    islandBalance = flows.referenceBuses.indices.dropFirst().map { island in
      (0..<problem.intervalCount).map { interval in
        let members = problem.buses.indices.filter { flows.island[$0] == island }
        return model.program.constrain(
          LinearExpression.sum(of: members.map { model.injection[$0][interval] }), equalTo: 0,
          name: "balance of the island of bus \(problem.buses[members[0]].name) in interval \(interval + 1)")
      }
    }
    self.model = model
    self.excess = excess
    solver = try ProgramSolver(model.program.relaxed())
  }

  /// Solves and adds limits until none is broken.
  func solve(timeLimit: Double) throws(SolveError) -> NetworkDispatch {
    let start = ContinuousClock.now
    var rows: [Row] = []
    var known: Set<NetworkFlows.Key> = []
    while true {
      let elapsed = start.duration(to: .now)
      let seconds = Double(elapsed.components.seconds)
      guard seconds < timeLimit else { throw .timeLimitWithoutSolution(seconds: timeLimit) }
      let solution = try solver.solve(SolverSettings(timeLimit: timeLimit - seconds))
      guard solution.status == .optimal else { throw .timeLimitWithoutSolution(seconds: timeLimit) }
      let injection = model.injection.map { $0.map { solution.value(of: $0) } }
      let flow = flows.flows(of: injection)
      let broken = flows.broken(by: flow, except: known)
      if broken.isEmpty { return result(solution, rows: rows, flow: flow) }
      for violation in broken {
        known.insert(violation.key)
        rows.append(try add(violation))
      }
    }
  }

  /// limit.lower − excess ≤ Σ factor · injection + constant ≤ limit.upper + excess.
  private func add(_ violation: NetworkFlows.Violation) throws(SolveError) -> Row {
    let (factors, constant) = flows.factors(of: violation.limit)
    var sum = LinearExpression(constant: constant)
    for (bus, factor) in factors.enumerated() where abs(factor) > 1e-9 {
      sum += factor * model.injection[bus][violation.key.interval]
    }
    let band = violation.limit.band
    var bounds = band
    if let variable = excess[.init(limit: violation.limit.kind, interval: violation.key.interval)] {
      // A penalty frees one side only, so that the other is not bent by it.
      if violation.isAbove { sum -= variable } else { sum += variable }
      bounds = violation.isAbove ? -Double.infinity...band.upperBound : band.lowerBound...Double.infinity
    }
    let constraint = try solver.constrain(
      sum, in: bounds, name: "\(violation.limit.name) in interval \(violation.key.interval + 1)")
    return Row(
      limit: violation.limit, interval: violation.key.interval, constraint: constraint, factors: factors)
  }

  private func result(_ solution: Solution, rows: [Row], flow: [[Double]]) -> NetworkDispatch {
    let hours = problem.hoursPerInterval
    var congestion = [[Double]](
      repeating: [Double](repeating: 0, count: problem.intervalCount), count: problem.buses.count)
    var branchPrice = [[Double]](
      repeating: [Double](repeating: 0, count: problem.intervalCount), count: problem.branches.count)
    for row in rows {
      let dual = (solution.dual(of: row.constraint) ?? .nan) / hours
      guard dual != 0 else { continue }
      for bus in problem.buses.indices { congestion[bus][row.interval] += dual * row.factors[bus] }
      for (branch, share) in flows.branchShares(of: row.limit) { branchPrice[branch][row.interval] -= dual * share }
    }
    let prices = problem.buses.indices.map { bus in
      (0..<problem.intervalCount).map { interval in
        var energy = (solution.dual(of: model.balance[interval]) ?? .nan) / hours
        if flows.island[bus] > 0 {
          energy += (solution.dual(of: islandBalance[flows.island[bus] - 1][interval]) ?? .nan) / hours
        }
        return NodalPrice(energy: energy, congestion: congestion[bus][interval])
      }
    }
    return NetworkDispatch(
      commitment: model.commitment(from: solution), cost: solution.objective, prices: prices, flow: flow,
      branchPrice_perMWh: branchPrice,
      limits: rows.map { "\($0.limit.name) in interval \($0.interval + 1)" },
      unmonitoredContingencies: flows.unmonitored)
  }
}
