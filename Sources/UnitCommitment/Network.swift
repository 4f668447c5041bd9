internal import PowerSystem

/// The network of a problem as far as flows need it: islands and transfer factors.
struct CommitmentNetwork: Sendable {
  /// Island of each bus, numbered from 0.
  let island: [Int]
  /// One bus of each island.
  let references: [Int]
  /// nil where there is no branch.
  let factors: TransferFactors?

  init(_ problem: CommitmentProblem) throws(ProblemFinding) {
    var group = Array(problem.buses.indices)
    func root(_ bus: Int) -> Int {
      var bus = bus
      while group[bus] != bus { bus = group[bus] }
      return bus
    }
    for branch in problem.branches {
      let (from, to) = (root(branch.from), root(branch.to))
      group[max(from, to)] = min(from, to)
    }
    // Without any network all buses are one place.
    let isOnePlace = problem.branches.isEmpty && problem.directCurrentLines.isEmpty
    let roots = problem.buses.indices.map { isOnePlace ? 0 : root($0) }
    var references: [Int] = []
    for bus in roots where !references.contains(bus) { references.append(bus) }
    let numbers = Dictionary(uniqueKeysWithValues: references.enumerated().map { ($1, $0) })
    self.references = references
    island = roots.map { numbers[$0] ?? 0 }
    factors =
      problem.branches.isEmpty
      ? nil
      : try TransferFactors(
        busCount: problem.buses.count, branches: problem.branches, references: Set(references), name: problem.name)
  }
}

/// A flow whose limit a programme has to know.
struct FlowLimit: Hashable, Sendable {
  /// Index of the branch.
  var branch: Int
  /// Branch that is lost; nil for the system as it is.
  var outage: Int?
  var interval: Int
}

extension CommitmentNetwork {
  /// Flow of each branch for injections by bus, MW.
  func flows(_ injection: [Double], of problem: CommitmentProblem) -> [Double] {
    guard let factors else { return [] }
    let moved = injection.indices.map { injection[$0] + shiftInjection(atBus: $0, of: problem) }
    return problem.branches.indices.map { branch in
      let row = factors.shiftFactors(ofBranch: branch)
      var flow = -problem.branches[branch].susceptance * problem.branches[branch].phaseShift
      for bus in moved.indices { flow += row[bus] * moved[bus] }
      return flow
    }
  }

  /// What phase shifters put in at a bus, MW.
  func shiftInjection(atBus bus: Int, of problem: CommitmentProblem) -> Double {
    var injection = 0.0
    for branch in problem.branches where branch.phaseShift != 0 {
      let flow = branch.susceptance * branch.phaseShift
      if branch.from == bus { injection += flow }
      if branch.to == bus { injection -= flow }
    }
    return injection
  }

  /// Coefficient of each bus's injection in a flow, with outage factors where a branch is lost.
  func coefficients(of limit: FlowLimit) -> [Double] {
    guard let factors else { return [] }
    var row = factors.shiftFactors(ofBranch: limit.branch)
    if let outage = limit.outage, let share = factors.outageFactor(ofBranch: limit.branch, outage: outage) {
      let lost = factors.shiftFactors(ofBranch: outage)
      for bus in row.indices { row[bus] += share * lost[bus] }
    }
    return row
  }

  /// The worst flows over their limits: at most `most` for each interval and state of the network, worst first.
  ///
  /// - Parameter injection: by bus, then interval, MW
  func violations(
    _ injection: [[Double]], of problem: CommitmentProblem, known: Set<FlowLimit>, most: Int = 8
  ) -> [FlowLimit] {
    guard let factors else { return [] }
    var found: [FlowLimit] = []
    let outages = problem.contingencies.compactMap { $0.branches.count == 1 ? $0.branches[0] : nil }
    for interval in 0..<problem.intervalCount {
      let flow = flows(injection.map { $0[interval] }, of: problem)
      var worst: [(excess: Double, limit: FlowLimit)] = []
      for (index, branch) in problem.branches.enumerated() {
        let excess = abs(flow[index]) - branch.limit
        let limit = FlowLimit(branch: index, outage: nil, interval: interval)
        if excess > 1e-4, !known.contains(limit) { worst.append((excess, limit)) }
      }
      for outage in outages {
        for (index, branch) in problem.branches.enumerated() where index != outage && branch.emergencyLimit.isFinite {
          guard let share = factors.outageFactor(ofBranch: index, outage: outage) else { continue }
          let excess = abs(flow[index] + share * flow[outage]) - branch.emergencyLimit
          let limit = FlowLimit(branch: index, outage: outage, interval: interval)
          if excess > 1e-4, !known.contains(limit) { worst.append((excess, limit)) }
        }
      }
      worst.sort { ($0.excess, $1.limit.branch, $1.limit.outage ?? -1) > ($1.excess, $0.limit.branch, $0.limit.outage ?? -1) }
      found += worst.prefix(most).map(\.limit)
    }
    return found
  }
}
