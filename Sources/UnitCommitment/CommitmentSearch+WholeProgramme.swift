internal import Optimization

/// The whole programme at once, alone or beside a search of neighbourhoods.
extension CommitmentSearch {
  /// The whole programme, from the best commitment so far.
  mutating func finish() throws(SolveError) -> Outcome {
    if let best, isOver {
      return outcome(
        best, bound: bound, status: isWithinGap ? .optimal : isCancelled ? .cancelled(gap: gap) : .timeLimit(gap: gap))
    }
    if isCancelled { throw .cancelledWithoutSolution }
    if shared?.isOver == true { throw .cancelledWithoutSolution }
    let final: Solution
    do {
      final = try whole(report: wholeReport())
    } catch .timeLimitWithoutSolution(let seconds) {
      guard let best else { throw .timeLimitWithoutSolution(seconds: seconds) }
      return outcome(best, bound: bound, status: .timeLimit(gap: gap))
    }
    let found = best.map { final.objective < $0.objective ? incumbent(final) : $0 } ?? incumbent(final)
    return outcome(found, bound: max(bound, final.bound), status: final.status)
  }

  private func wholeReport() -> ((SolveProgress) -> SolveDecision)? {
    guard let report else { return nil }
    return { [best, ownBound, cancellation, start] progress in
      let decision = report(
        SolveProgress(
          seconds: start.duration(to: .now).seconds, best: min(best?.objective ?? .infinity, progress.best),
          bound: max(ownBound, progress.bound), nodes: progress.nodes))
      if decision == .cancel { cancellation.isAsked = true }
      return decision
    }
  }

  private mutating func whole(report: ((SolveProgress) -> SolveDecision)?) throws(SolveError) -> Solution {
    let changes = zip(model.units, freeBounds).flatMap { variables, bounds in
      zip(variables.isOn, bounds).map { (variable: $0, bounds: $1) }
    }
    return try solved(
      changes, SolverSettings(timeLimit: max(0.1, remaining), relativeGap: settings.gap), explainsConflicts: true,
      report: report)
  }

  /// The whole programme at once, beside a search of neighbourhoods: its bound is told as it rises, and it ends when cost and
  /// bound of both lie within the gap.
  mutating func runWhole() throws(SolveError) -> Outcome {
    let solution = try whole { [shared] progress in
      shared?.proved(bound: progress.bound)
      return shared?.isOver == true ? .cancel : .goOn
    }
    shared?.proved(bound: solution.bound)
    return settled(outcome(incumbent(solution), bound: bound, status: solution.status))
  }

  private var gap: Double { best.map { abs($0.objective - bound) / max(abs($0.objective), 1e-9) } ?? .infinity }
}
