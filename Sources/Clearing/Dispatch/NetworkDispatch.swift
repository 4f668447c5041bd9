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
  do {
    let (decision, prices) = try marginalPrices(of: problem, isOn: commitment, timeLimit: timeLimit)
    return NetworkDispatch(decision, prices)
  } catch let error as SolveError {
    throw DispatchError(error)
  } catch let finding as ProblemFinding {
    throw .unfit([finding])
  } catch {
    throw .unfit([ProblemFinding(element: problem.name, text: "\(error)")])
  }
}

extension NetworkDispatch {
  fileprivate init(_ commitment: Commitment, _ prices: CommitmentPrices) {
    self.init(
      commitment: commitment, cost: prices.objective,
      prices: zip(prices.energyPart, prices.congestionPart).map { energy, congestion in
        zip(energy, congestion).map { NodalPrice(energy: $0, congestion: $1) }
      }, flow: prices.flow, branchPrice_perMWh: prices.branch, limits: prices.limits,
      unmonitoredContingencies: prices.unmonitoredContingencies)
  }
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
    return found
  }
}
