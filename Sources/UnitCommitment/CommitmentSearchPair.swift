internal import NumericMethods
internal import Optimization

/// A search of neighbourhoods, and with two threads the whole programme beside it: the one finds commitments, the other
/// proves the bound, and either may finish first. Which of them does depends on the machine, so that at two threads equal
/// runs may end with different commitments within the gap; at one thread they do not, unless the time limit strikes.
struct CommitmentSearchPair {
  let model: CommitmentModel
  let settings: CommitmentSettings
  let start: ContinuousClock.Instant
  let quick: LagrangianCommitment?

  /// Below so many units times intervals the whole programme is solved before neighbourhoods pay; above the other, its first
  /// relaxation takes longer than anybody waits.
  private static let sizes = 1_000...20_000

  func run(report: ((SolveProgress) -> SolveDecision)?) throws(SolveError) -> CommitmentSearch.Outcome {
    let size = model.units.count * model.problem.intervalCount
    guard settings.threads > 1, model.program.hasIntegers, Self.sizes.contains(size) else {
      var search = try CommitmentSearch(model: model, settings: settings, start: start, quick: quick, report: report)
      return try search.run()
    }
    let shared = SharedBounds(gap: settings.gap)
    // Only the first search reports.
    nonisolated(unsafe) let report = report
    let found = concurrentMap(count: 2, threads: 2) { number -> Result<CommitmentSearch.Outcome, SolveError> in
      defer { shared.end() }
      do throws(SolveError) {
        var search = try CommitmentSearch(
          model: model, settings: settings, start: start, quick: quick, shared: shared,
          report: number == 0 ? report : nil)
        return .success(try number == 0 ? search.run() : search.runWhole())
      } catch {
        return .failure(error)
      }
    }
    return try better(found[0], found[1], bound: shared.bound)
  }

  /// The cheaper of two outcomes under the better bound; the first error where there is neither.
  private func better(
    _ first: Result<CommitmentSearch.Outcome, SolveError>, _ second: Result<CommitmentSearch.Outcome, SolveError>,
    bound: Double
  ) throws(SolveError) -> CommitmentSearch.Outcome {
    let outcomes = [first, second].compactMap { try? $0.get() }
    guard var best = outcomes.min(by: { $0.objective < $1.objective }) else {
      if case .failure(.cancelledWithoutSolution) = first { return try second.get() }
      return try first.get()
    }
    best.bound = outcomes.map(\.bound).reduce(bound, max)
    let gap = max(0, best.objective - best.bound) / max(abs(best.objective), 1e-9)
    if gap <= settings.gap {
      best.status = .optimal
    } else if case .optimal = best.status {
      best.status = .timeLimit(gap: gap)
    }
    return best
  }
}
