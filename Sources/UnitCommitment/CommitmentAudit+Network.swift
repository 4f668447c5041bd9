internal import NumericMethods
internal import PowerSystem

extension CommitmentAuditor {
  /// Balance of every island, flows from angles, and limits of branches, interfaces and direct-current lines. Returns the
  /// cost of overloads that the problem allows at a price.
  mutating func checkNetwork() -> Double {
    let islands = islandOfBus()
    let injections = (0..<problem.intervalCount).map { interval in
      problem.buses.indices.map { injection(atBus: $0, in: interval) }
    }
    let demand = problem.demand
    for interval in injections.indices {
      var totals = [Double](repeating: 0, count: problem.buses.count)
      for (bus, value) in injections[interval].enumerated() { totals[islands[bus]] += value }
      // Sums of hundreds of outputs: the tolerance grows with the demand.
      let scale = max(1, 1e-3 * abs(demand[interval]))
      for total in totals { expect(abs(total) / scale, atMost: 0, "the balance of interval \(interval + 1)") }
    }
    checkDirectCurrentLines()
    guard !problem.branches.isEmpty else { return 0 }
    guard let angles = AngleSolver(problem, references: Set(islands)) else {
      findings.append(AuditReport.Finding(constraint: "the susceptances, which leave the angles open", excess: .nan))
      return 0
    }
    let outages = problem.contingencies.map(\.branches)
    let changes = outages.map { angles.change(afterLossOf: $0) }
    var cost = 0.0
    for interval in injections.indices {
      let flows = angles.flows(injections[interval])
      cost += checkFlows(flows, outages, changes, interval)
      cost += checkInterfaces(flows, interval)
    }
    return cost
  }

  /// Lowest bus of each bus's island; all the same without a network.
  private func islandOfBus() -> [Int] {
    if problem.branches.isEmpty, problem.directCurrentLines.isEmpty {
      return [Int](repeating: 0, count: problem.buses.count)
    }
    var island = Array(problem.buses.indices)
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for branch in problem.branches where island[branch.from] != island[branch.to] {
        let lowest = min(island[branch.from], island[branch.to])
        (island[branch.from], island[branch.to]) = (lowest, lowest)
        hasChanged = true
      }
    }
    return island
  }

  private mutating func checkDirectCurrentLines() {
    for (line, flows) in zip(problem.directCurrentLines, commitment.directCurrentFlow) {
      for (interval, flow) in flows.enumerated() {
        expect(flow, atMost: line.limits.upperBound, "the flow of \(line.name) in interval \(interval + 1)")
        expect(-flow, atMost: -line.limits.lowerBound, "the flow of \(line.name) in interval \(interval + 1)")
      }
    }
  }

  /// Overloads are paid once for a branch and interval, at the worst of all states of the network.
  private mutating func checkFlows(
    _ flows: [Double], _ outages: [[Int]], _ changes: [[[Double]]?], _ interval: Int
  ) -> Double {
    var cost = 0.0
    for (index, branch) in problem.branches.enumerated() {
      var excess = abs(flows[index]) - branch.limit
      if branch.emergencyLimit.isFinite {
        for (position, lost) in outages.enumerated() where !lost.contains(index) {
          guard let change = changes[position] else { continue }
          let after = zip(lost, change).reduce(flows[index]) { $0 + $1.1[index] * flows[$1.0] }
          excess = max(excess, abs(after) - branch.emergencyLimit)
        }
      }
      guard excess > 0 else { continue }
      if let price = branch.overloadCost_perMWh {
        cost += problem.hoursPerInterval * price * excess
      } else {
        // Limits enter the programme when they are missed by a ten-thousandth of a megawatt.
        expect(excess, atMost: 2e-4, "the limit of \(branch.name) in interval \(interval + 1)")
      }
    }
    return cost
  }

  private mutating func checkInterfaces(_ flows: [Double], _ interval: Int) -> Double {
    var cost = 0.0
    for interface in problem.interfaces {
      let sum = interface.branches.reduce(0) { $0 + $1.factor * flows[$1.index] }
      let excess = max(sum - interface.limits.upperBound, interface.limits.lowerBound - sum)
      if let price = interface.violationCost_perMWh {
        cost += problem.hoursPerInterval * price * max(0, excess)
      } else {
        expect(excess, atMost: 0, "\(interface.name) in interval \(interval + 1)")
      }
    }
    return cost
  }
}

/// Angles from injections, with one angle of each island held at zero.
private struct AngleSolver {
  private let problem: CommitmentProblem
  private let references: Set<Int>
  private let factors: LUFactorisation

  init?(_ problem: CommitmentProblem, references: Set<Int>) {
    self.problem = problem
    self.references = references
    let count = problem.buses.count
    var nodal = Matrix(rows: count, columns: count, repeating: 0)
    for branch in problem.branches {
      nodal[branch.from, branch.from] += branch.susceptance
      nodal[branch.to, branch.to] += branch.susceptance
      nodal[branch.from, branch.to] -= branch.susceptance
      nodal[branch.to, branch.from] -= branch.susceptance
    }
    for bus in references {
      for other in 0..<count { nodal[bus, other] = other == bus ? 1 : 0 }
    }
    guard let factors = try? nodal.luFactorisation() else { return nil }
    self.factors = factors
  }

  private func angles(_ injections: [Double]) -> [Double] {
    var right = Matrix(rows: injections.count, columns: 1, repeating: 0)
    for bus in injections.indices where !references.contains(bus) { right[bus, 0] = injections[bus] }
    let solved = factors.solve(right)
    return injections.indices.map { solved[$0, 0] }
  }

  func flows(_ injections: [Double]) -> [Double] {
    var moved = injections
    for branch in problem.branches where branch.phaseShift != 0 {
      moved[branch.from] += branch.susceptance * branch.phaseShift
      moved[branch.to] -= branch.susceptance * branch.phaseShift
    }
    let angle = angles(moved)
    return problem.branches.map { $0.susceptance * (angle[$0.from] - angle[$0.to] - $0.phaseShift) }
  }

  /// Change of every flow for each MW that a lost branch carried, by lost branch: what the branches carried is put in at
  /// their one ends and taken out at the others, grown by what would come back through themselves. nil if the loss splits
  /// an island.
  func change(afterLossOf lost: [Int]) -> [[Double]]? {
    let responses = lost.map { index -> [Double] in
      var unit = [Double](repeating: 0, count: problem.buses.count)
      unit[problem.branches[index].from] = 1
      unit[problem.branches[index].to] = -1
      let angle = angles(unit)
      return problem.branches.map { $0.susceptance * (angle[$0.from] - angle[$0.to]) }
    }
    // Transfers x with x − own · x = what was carried.
    var own = Matrix(rows: lost.count, columns: lost.count, repeating: 0)
    for (row, index) in lost.enumerated() {
      for column in lost.indices { own[row, column] = (row == column ? 1 : 0) - responses[column][index] }
    }
    if lost.count == 1, abs(own[0, 0]) < 1e-9 { return nil }
    guard let factors = try? own.luFactorisation() else { return nil }
    var identity = Matrix(rows: lost.count, columns: lost.count, repeating: 0)
    for index in lost.indices { identity[index, index] = 1 }
    let transfers = factors.solve(identity)
    return lost.indices.map { carried in
      problem.branches.indices.map { branch in
        lost.indices.reduce(0) { $0 + transfers[$1, carried] * responses[$1][branch] }
      }
    }
  }
}
