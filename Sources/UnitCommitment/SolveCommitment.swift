public import Optimization
public import PowerSystem

/// Limits of a commitment's solve.
public struct CommitmentSettings: Sendable, Equatable {
  /// Relative gap between cost and bound at which the search ends.
  public var gap: Double
  /// Seconds after which the best commitment so far is returned.
  public var timeLimit: Double
  /// Threads that may work; the result depends on them only where the time limit strikes.
  public var threads: Int

  public init(gap: Double = 0.001, timeLimit: Double = .infinity, threads: Int = 1) {
    self.gap = gap
    self.timeLimit = timeLimit
    self.threads = threads
  }
}

/// A commitment with what is known of its quality.
public struct CommitmentResult: Sendable, Equatable {
  public var commitment: Commitment
  /// Cost of the commitment.
  public var objective: Double
  /// No commitment costs less.
  public var bound: Double
  /// (objective − bound) / |objective|.
  public var gap: Double { objective == bound ? 0 : abs(objective - bound) / max(abs(objective), 1e-9) }
  /// Whether the gap asked for was reached, or why not.
  public var status: SolveStatus
  /// Seconds spent building the programme.
  public var buildSeconds: Double
  /// Seconds in all.
  public var seconds: Double
}

/// Commits and dispatches a power system at least cost.
///
/// 1. The relaxation, whose tight formulation already gives a bound within a fraction of a percent.
/// 2. A first commitment: what the relaxation decides in an hour and its neighbours is kept, the rest is searched.
/// 3. Better ones by large neighbourhoods: all units in a window of time, or all the time for the units that are not
///    plainly on or off, with everything else as in the best so far (Fischetti and Lodi, "Local branching", 2003).
/// 4. The whole programme from the best commitment, for the bound.
///
/// Limits of flows enter the programme once a solution violates them; the relaxation finds nearly all of them.
///
/// - Parameters:
///   - problem: what is to be decided; must be free of ``CommitmentProblem/findings()``
///   - report: called on the way with the best cost and bound; cancels when it says so
/// - Throws: ``SolveError`` if there is no commitment or none was found in time, ``ProblemFinding`` if the network leaves
///   the angles open.
public func solveCommitment(
  _ problem: CommitmentProblem, settings: CommitmentSettings = CommitmentSettings(),
  report: ((SolveProgress) -> SolveDecision)? = nil
) throws -> CommitmentResult {
  let start = ContinuousClock.now
  let quick =
    problem.suitsRelaxation && problem.units.count * problem.intervalCount > 10_000
    ? LagrangianCommitment(problem, gap: settings.gap, iterations: 300, threads: settings.threads) : nil
  if let quick, let best = quick.best, best.cost - quick.bound <= settings.gap * abs(best.cost) {
    return CommitmentResult(
      commitment: best.commitment, objective: best.cost, bound: min(quick.bound, best.cost), status: .optimal,
      buildSeconds: 0, seconds: start.duration(to: .now).seconds)
  }
  let buildStart = ContinuousClock.now
  let model = try CommitmentModel(problem)
  let buildSeconds = buildStart.duration(to: .now).seconds
  let search = CommitmentSearchPair(model: model, settings: settings, start: start, quick: quick)
  let outcome = try search.run(report: report)
  return CommitmentResult(
    commitment: outcome.commitment, objective: outcome.objective, bound: min(outcome.bound, outcome.objective),
    status: outcome.status, buildSeconds: buildSeconds, seconds: start.duration(to: .now).seconds)
}

extension CommitmentProblem {
  /// Whether the Lagrangian relaxation covers everything in it: one place, no storage, reserves that must be held.
  var suitsRelaxation: Bool {
    branches.isEmpty && directCurrentLines.isEmpty && storages.isEmpty && shortageCost_perMWh == nil
      && surplusCost_perMWh == nil && services == nil && fuelSupplies.isEmpty && outputConstraints.isEmpty
      && profiledUnits.allSatisfy { $0.rampUp.isEmpty && $0.rampDown.isEmpty }
      && units.allSatisfy(\.initialOutputIsKnown)
      && reserves.allSatisfy { $0.kind == .spinning && $0.shortfallCost_perMWh == nil }
  }
}

extension Duration {
  /// As a number of seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
