internal import PowerSystem

/// The network of a problem as far as flows need it: islands and transfer factors.
struct CommitmentNetwork: Sendable {
  /// Island of each bus, numbered from 0.
  let island: [Int]
  /// One bus of each island.
  let references: [Int]
  /// nil where there is no branch.
  let factors: TransferFactors?
  /// Shares of the lost branches' flows that each branch takes over, by contingency, then branch, then lost branch; nil
  /// where the outage splits an island.
  let outageShares: [[[Double]]?]

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
    outageShares = problem.contingencies.map { [factors] in factors?.outageFactors(ofOutages: $0.branches) }
  }
}

/// A flow whose limit a programme has to know.
struct FlowLimit: Hashable, Sendable {
  /// Index of the branch.
  var branch: Int
  /// Index of the contingency after which the flow is meant; nil for the system as it is.
  var contingency: Int?
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

  /// Branches whose flows in the system as it is make up a flow, each with its share.
  func shares(of limit: FlowLimit, in problem: CommitmentProblem) -> [(branch: Int, share: Double)] {
    guard let contingency = limit.contingency, let taken = outageShares[contingency] else { return [(limit.branch, 1)] }
    return [(limit.branch, 1)] + zip(problem.contingencies[contingency].branches, taken[limit.branch]).map { ($0, $1) }
  }

  /// Coefficient of each bus's injection in a flow.
  func coefficients(of limit: FlowLimit, in problem: CommitmentProblem) -> [Double] {
    guard let factors else { return [] }
    var row = [Double](repeating: 0, count: problem.buses.count)
    for (branch, share) in shares(of: limit, in: problem) {
      let own = factors.shiftFactors(ofBranch: branch)
      for bus in row.indices { row[bus] += share * own[bus] }
    }
    return row
  }

  /// The worst flows over their limits: at most `most` for each interval and state of the network, worst first.
  ///
  /// - Parameter injection: by bus, then interval, MW
  func violations(
    _ injection: [[Double]], of problem: CommitmentProblem, known: Set<FlowLimit>, most: Int = 8
  ) -> [FlowLimit] {
    guard factors != nil else { return [] }
    var found: [FlowLimit] = []
    for interval in 0..<problem.intervalCount {
      let flow = flows(injection.map { $0[interval] }, of: problem)
      var worst: [(excess: Double, limit: FlowLimit)] = []
      func judge(_ limit: FlowLimit, _ flow: Double, _ bound: Double) {
        let excess = abs(flow) - bound
        if excess > 1e-4, !known.contains(limit) { worst.append((excess, limit)) }
      }
      for (index, branch) in problem.branches.enumerated() {
        judge(FlowLimit(branch: index, contingency: nil, interval: interval), flow[index], branch.limit)
      }
      for (contingency, taken) in outageShares.enumerated() {
        guard let taken else { continue }
        let lost = problem.contingencies[contingency].branches
        for (index, branch) in problem.branches.enumerated() where branch.emergencyLimit.isFinite {
          guard !lost.contains(index) else { continue }
          let after = zip(lost, taken[index]).reduce(flow[index]) { $0 + $1.1 * flow[$1.0] }
          judge(
            FlowLimit(branch: index, contingency: contingency, interval: interval), after, branch.emergencyLimit)
        }
      }
      worst.sort {
        ($0.excess, $1.limit.branch, $1.limit.contingency ?? -1) > (
          $1.excess, $0.limit.branch, $0.limit.contingency ?? -1
        )
      }
      found += worst.prefix(most).map(\.limit)
    }
    return found
  }
}
