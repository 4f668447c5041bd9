internal import NumericMethods
internal import Optimization
public import PowerSystem

/// Commits and dispatches a single-bus system within about a second: Lagrangian relaxation with a dynamic programme for
/// each unit, then repair. The bound leaves ramps out and is weaker than that of ``solveCommitment(_:settings:report:)``
/// where they bind.
///
/// - Parameters:
///   - problem: what is to be decided: one bus, no storage, reserves that must be held
///   - gap: relative gap at which the ascent ends early
///   - iterations: most steps of the ascent
/// - Throws: ``ProblemFinding`` for what the relaxation does not cover, ``SolveError`` if no repair leads to a commitment
///   that carries the demand.
public func fastCommitment(
  _ problem: CommitmentProblem, gap: Double = 0.002, iterations: Int = 150, threads: Int = 1
) throws -> CommitmentResult {
  guard problem.suitsRelaxation else {
    throw ProblemFinding(
      element: problem.name,
      text: "has a network, storage, or reserves and balances that may be missed at a cost, which the fast commitment "
        + "does not cover; use the exact search.")
  }
  let start = ContinuousClock.now
  let quick = LagrangianCommitment(problem, gap: gap, iterations: iterations, threads: threads)
  guard let best = quick.best else {
    throw SolveError.timeLimitWithoutSolution(seconds: start.duration(to: .now).seconds)
  }
  let reached = (best.cost - quick.bound) / max(abs(best.cost), 1e-9)
  return CommitmentResult(
    commitment: best.commitment, objective: best.cost, bound: min(best.cost, quick.bound),
    status: reached <= gap ? .optimal : .nodeLimit(gap: reached), buildSeconds: 0,
    seconds: start.duration(to: .now).seconds)
}

/// What the relaxation and its repair found.
struct LagrangianCommitment {
  /// No commitment costs less.
  let bound: Double
  /// Statuses averaged over the ascent, shares between 0 and 1, by unit, then interval.
  let statuses: [[Double]]
  let best: (commitment: Commitment, cost: Double)?

  init(_ problem: CommitmentProblem, gap: Double, iterations: Int, threads: Int) {
    let relaxation = LagrangianRelaxation(problem, threads: threads)
    let dispatch = MeritDispatch(problem, reserve: relaxation.reserve)
    var ascent = VolumeAscent(relaxation)
    var best: (commitment: Commitment, cost: Double)?
    for iteration in 1...max(1, iterations) {
      _ = ascent.step()
      guard iteration % 25 == 0 || iteration == iterations else { continue }
      if let found = repaired(ascent, relaxation, dispatch), found.cost < best?.cost ?? .infinity { best = found }
      if let best, best.cost - ascent.bound <= gap * abs(best.cost) { break }
    }
    bound = ascent.bound
    statuses = ascent.statuses
    self.best = best
  }
}

/// The units' schedules at prices that are raised where capacity is missing and lowered where minimum output is too much,
/// until a dispatch carries the demand.
private func repaired(
  _ ascent: VolumeAscent, _ relaxation: LagrangianRelaxation, _ dispatch: MeritDispatch
) -> (commitment: Commitment, cost: Double)? {
  let problem = relaxation.problem
  // What most of the responses did counts for as much as the prices themselves.
  let (pull, base) = (ascent.statuses, ascent.prices.energy)
  var prices = ascent.prices
  let step = 0.01 * (prices.energy.map(abs).max() ?? 1) + 1e-9
  for attempt in 0..<60 {
    let current = prices
    let isOn = concurrentMap(count: problem.units.count, threads: relaxation.threads) { unit -> [Bool] in
      let programme = relaxation.programmes[unit]
      let values = (0..<problem.intervalCount).map { interval -> Double in
        let own = programme.valueOn(
          interval, price: current.energy[interval], reservePrice: current.reserve[interval])
        let scale = 0.02 * abs(base[interval]) * problem.units[unit].maximumOutput
        return own - scale * (pull[unit][interval] - 0.5)
      }
      return programme.best(values: values).isOn
    }
    switch dispatch.commitment(for: isOn) {
    case .success(let commitment):
      let better = withoutIdleUnits(commitment, relaxation, dispatch)
      return (better, audit(better, of: problem).cost)
    case .failure(let failure):
      let sign = failure.missing > 0 ? 1.0 : -1.0
      let reach = 1 + attempt / 20
      for interval in max(0, failure.interval - reach)...min(problem.intervalCount - 1, failure.interval + reach) {
        prices.energy[interval] += sign * step * Double(1 + attempt / 4)
      }
    }
  }
  return nil
}

/// Takes units off, dearest first, as long as the rest still carries the demand and the cost falls (Tseng, Oren, Svoboda,
/// Johnson, "A unit decommitment method in power system scheduling", 1997).
private func withoutIdleUnits(
  _ commitment: Commitment, _ relaxation: LagrangianRelaxation, _ dispatch: MeritDispatch
) -> Commitment {
  let problem = relaxation.problem
  var best = commitment
  var cost = audit(best, of: problem).cost
  let order = problem.units.indices.filter { unit in best.isOn[unit].contains(true) }.map { unit in
    let energy = best.output[unit].reduce(0, +)
    return (unit, problem.cost(ofUnit: unit, isOn: best.isOn[unit], output: best.output[unit]) / max(energy, 1e-9))
  }.sorted { ($0.1, $0.0) > ($1.1, $1.0) }
  for (unit, _) in order.prefix(12) {
    // The schedule that covers its own cost at the marginal prices of the dispatch.
    let prices = marginalPrices(of: best, problem)
    let values = (0..<problem.intervalCount).map {
      relaxation.programmes[unit].valueOn($0, price: prices[$0], reservePrice: 0)
    }
    let own = relaxation.programmes[unit].best(values: values).isOn
    guard own != best.isOn[unit] else { continue }
    var statuses = best.isOn
    statuses[unit] = own
    guard case .success(let candidate) = dispatch.commitment(for: statuses) else { continue }
    let candidateCost = audit(candidate, of: problem).cost
    if candidateCost < cost { (best, cost) = (candidate, candidateCost) }
  }
  return best
}

/// Slope of the dearest piece that runs, by interval, for each MW in an interval.
private func marginalPrices(of commitment: Commitment, _ problem: CommitmentProblem) -> [Double] {
  (0..<problem.intervalCount).map { interval in
    var price = 0.0
    for (index, unit) in problem.units.enumerated() where commitment.isOn[index][interval] {
      let output = commitment.output[index][interval]
      for (left, right) in zip(unit.costCurve, unit.costCurve.dropFirst())
      where output > left.output + 1e-9 && right.output > left.output {
        price = max(price, (right.costPerHour - left.costPerHour) / (right.output - left.output))
      }
    }
    return problem.hoursPerInterval * price
  }
}
