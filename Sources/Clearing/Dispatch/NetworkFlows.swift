internal import PowerSystem

/// A band that a flow, or a sum of flows, has to stay in.
struct FlowLimit: Sendable, Equatable {
  /// What flows.
  enum Kind: Sendable, Hashable {
    case branch(Int)
    case interface(Int)
    /// A branch after an outage (index of the contingency).
    case afterOutage(branch: Int, contingency: Int)
  }

  let kind: Kind
  let name: String
  /// MW.
  let band: ClosedRange<Double>
  /// Cost of each MWh outside; nil where the band holds.
  let violationCost: Double?
}

/// The flows of a problem as injections times shift factors, with all their limits.
struct NetworkFlows {
  /// A limit in an interval.
  struct Key: Hashable {
    let limit: FlowLimit.Kind
    let interval: Int
    /// Side of the limit, where a penalty frees one side only.
    var isAbove = true
  }

  /// A limit that flows break.
  struct Violation {
    let limit: FlowLimit
    let key: Key
    let isAbove: Bool
    let excess: Double
  }

  let problem: CommitmentProblem
  let island: [Int]
  let referenceBuses: [Int]
  private let transfer: TransferFactors
  /// Flow of each branch without any injection, from phase shifters, MW.
  private let offset: [Double]
  let limits: [FlowLimit]
  /// Shares of the lost branches' flows that each branch takes over, by contingency, then branch, then lost branch; nil
  /// where the outage splits the network.
  private let outage: [[[Double]]?]
  /// Names of the contingencies that split the network.
  let unmonitored: [String]

  init(_ problem: CommitmentProblem) throws(DispatchError) {
    self.problem = problem
    let topology = DispatchCase(name: problem.name, buses: problem.buses, generators: [], branches: problem.branches)
    island = topology.islands()
    referenceBuses = topology.referenceBuses()
    let transfer = try TransferFactors(topology)
    self.transfer = transfer
    var shifted = [Double](repeating: 0, count: problem.buses.count)
    for branch in problem.branches {
      shifted[branch.from] += branch.susceptance * branch.phaseShift
      shifted[branch.to] -= branch.susceptance * branch.phaseShift
    }
    offset = problem.branches.indices.map { index in
      let branch = problem.branches[index]
      return shifted.indices.reduce(-branch.susceptance * branch.phaseShift) {
        $0 + transfer.shiftFactor(ofBranch: index, bus: $1) * shifted[$1]
      }
    }
    let islandCount = referenceBuses.count
    outage = problem.contingencies.map { contingency in
      var rest = topology
      rest.branches = topology.branches.indices.filter { !contingency.branches.contains($0) }.map {
        topology.branches[$0]
      }
      guard rest.referenceBuses().count == islandCount else { return nil }
      return transfer.outageFactors(ofOutages: contingency.branches)
    }
    let outage = outage
    unmonitored = problem.contingencies.indices.filter { outage[$0] == nil }.map { problem.contingencies[$0].name }
    limits = NetworkFlows.limits(of: problem, monitored: problem.contingencies.indices.filter { outage[$0] != nil })
  }

  private static func limits(of problem: CommitmentProblem, monitored: [Int]) -> [FlowLimit] {
    var limits: [FlowLimit] = []
    for (index, branch) in problem.branches.enumerated() {
      let band = branch.flowLimits
      guard band.lowerBound.isFinite || band.upperBound.isFinite else { continue }
      limits.append(
        FlowLimit(
          kind: .branch(index), name: "limit of \(branch.name)", band: band, violationCost: branch.overloadCost_perMWh))
    }
    for (index, interface) in problem.interfaces.enumerated() {
      limits.append(
        FlowLimit(
          kind: .interface(index), name: "limits of \(interface.name)", band: interface.limits,
          violationCost: interface.violationCost_perMWh))
    }
    for contingency in monitored {
      for (index, branch) in problem.branches.enumerated()
      where branch.emergencyLimit.isFinite && !problem.contingencies[contingency].branches.contains(index) {
        limits.append(
          FlowLimit(
            kind: .afterOutage(branch: index, contingency: contingency),
            name: "emergency limit of \(branch.name) after \(problem.contingencies[contingency].name)",
            band: -branch.emergencyLimit...branch.emergencyLimit, violationCost: branch.overloadCost_perMWh))
      }
    }
    return limits
  }

  /// Flows of injections (by bus, then interval), by branch, then interval, MW.
  func flows(of injection: [[Double]]) -> [[Double]] {
    problem.branches.indices.map { branch in
      let factors = transfer.shiftFactors(ofBranch: branch)
      return (0..<problem.intervalCount).map { interval in
        factors.indices.reduce(offset[branch]) { $0 + factors[$1] * injection[$1][interval] }
      }
    }
  }

  /// Branches with their shares in what a limit bounds.
  func branchShares(of limit: FlowLimit) -> [(branch: Int, share: Double)] {
    switch limit.kind {
    case .branch(let branch): return [(branch, 1)]
    case .interface(let index): return problem.interfaces[index].branches.map { ($0.index, $0.factor) }
    case .afterOutage(let branch, let contingency):
      let shares = outage[contingency]?[branch] ?? []
      return [(branch, 1)] + zip(problem.contingencies[contingency].branches, shares).map { ($0, $1) }
    }
  }

  /// Shift factors of what a limit bounds, by bus, and its value without any injection.
  func factors(of limit: FlowLimit) -> (factors: [Double], constant: Double) {
    var sum = [Double](repeating: 0, count: problem.buses.count)
    var constant = 0.0
    for (branch, share) in branchShares(of: limit) {
      let factors = transfer.shiftFactors(ofBranch: branch)
      for bus in sum.indices { sum[bus] += share * factors[bus] }
      constant += share * offset[branch]
    }
    return (sum, constant)
  }

  /// Limits that flows break and that are not known yet, the worst first: at most 30 in each interval.
  func broken(by flow: [[Double]], except known: Set<Key>) -> [Violation] {
    (0..<problem.intervalCount).flatMap { interval -> [Violation] in
      let found = limits.compactMap { limit -> Violation? in
        let value = branchShares(of: limit).reduce(0) { $0 + $1.share * flow[$1.branch][interval] }
        let (above, below) = (value - limit.band.upperBound, limit.band.lowerBound - value)
        let excess = max(above, below)
        guard excess > 1e-6 * max(1, abs(value)) else { return nil }
        let isAbove = above >= below
        let key = Key(limit: limit.kind, interval: interval, isAbove: limit.violationCost == nil || isAbove)
        return known.contains(key) ? nil : Violation(limit: limit, key: key, isAbove: isAbove, excess: excess)
      }
      let order = found.indices.sorted { (-found[$0].excess, $0) < (-found[$1].excess, $1) }
      return order.prefix(30).map { found[$0] }
    }
  }
}
