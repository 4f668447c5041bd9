internal import NumericMethods
internal import Optimization

/// Parts of the commitment are searched while the rest is kept.
extension CommitmentSearch {
  /// Statuses that are the same in the relaxation in an interval and its neighbours, and in the best commitment so far, are
  /// kept; the rest is searched, with wider neighbourhoods until there is a commitment.
  mutating func findFirst(near statuses: [[Double]], tolerance: Double) {
    for reach in [1, 2, 4, 8, 16] where !isOver {
      let current = best?.statuses
      let free = statuses.indices.map { index in
        let unit = statuses[index]
        return unit.indices.map { interval in
          let near = unit[max(0, interval - reach)...min(unit.count - 1, interval + reach)]
          if let current, abs(current[index][interval] - unit[interval]) > 0.5 { return true }
          return !(near.allSatisfy { $0 < tolerance } || near.allSatisfy { $0 > 1 - tolerance })
        }
      }
      let before = best?.objective
      search(free: free, around: statuses, seconds: remaining / 4, gap: settings.gap / 2)
      if best?.objective != before { break }
    }
  }

  /// The units that are not plainly on or off, windows of time, and random groups of units in turn, until a round brings
  /// nothing; with a search beside this one, until that ends.
  mutating func improve(near statuses: [[Double]], tolerance: Double) {
    let intervals = model.problem.intervalCount
    let width = max(6, intervals / 4)
    var random = SplitMix64(seed: 1)
    var hasImproved = true
    while hasImproved || shared != nil, !isOver, let before = best {
      let undecided = statuses.indices.map { unit in
        zip(statuses[unit], before.statuses[unit]).contains { abs($0 - $1) > tolerance }
          || statuses[unit].contains { abs($0 - statuses[unit][0]) > tolerance }
      }
      if hasImproved { searchAround { unit, _ in undecided[unit] } }
      for begin in stride(from: 0, to: max(1, intervals - width / 2), by: max(1, width / 2)) where !isOver {
        let window = begin..<min(intervals, begin + width)
        if hasImproved { searchAround { _, interval in window.contains(interval) } }
      }
      if !hasImproved {
        let share = UInt64(undecided.count { $0 } < 20 ? 2 : 4)
        let chosen = undecided.map { $0 ? random.next() % share != 0 : random.next() % (3 * share) == 0 }
        searchAround { unit, _ in chosen[unit] }
      }
      hasImproved = (best?.objective ?? .infinity) < before.objective - 1e-4 * abs(before.objective) * settings.gap
    }
  }

  private mutating func searchAround(_ isFree: (_ unit: Int, _ interval: Int) -> Bool) {
    guard let current = best?.statuses else { return }
    let free = current.indices.map { unit in current[unit].indices.map { isFree(unit, $0) } }
    search(free: free, around: current, seconds: max(5, remaining / 8), gap: settings.gap / 5)
  }

  /// Searches the statuses that are free with the others as given, and keeps what is better.
  private mutating func search(free: [[Bool]], around statuses: [[Double]], seconds: Double, gap: Double) {
    var changes: [(variable: Variable, bounds: ClosedRange<Double>)] = []
    for (unit, variables) in model.units.enumerated() {
      for (interval, variable) in variables.isOn.enumerated() {
        let value = statuses[unit][interval].rounded()
        changes.append((variable, free[unit][interval] ? freeBounds[unit][interval] : value...value))
      }
    }
    do {
      let found = try solved(
        changes, SolverSettings(timeLimit: max(0.1, seconds), relativeGap: gap, nodeLimit: 2_000),
        report: progressReport())
      keep(incumbent(found))
    } catch {
      // A neighbourhood without a solution, or none in time: the search goes on elsewhere.
    }
  }

  /// The caller's report with the bound and the best of the whole search instead of the neighbourhood's; ends what runs when
  /// the caller asks for it or the search beside this one has ended.
  func progressReport() -> ((SolveProgress) -> SolveDecision)? {
    guard report != nil || shared != nil else { return nil }
    let (best, start) = (best?.objective ?? .infinity, start)
    return { [report, shared, cancellation, ownBound] progress in
      let bound = max(ownBound, shared?.bound ?? -.infinity)
      let decision = report?(
        SolveProgress(
          seconds: start.duration(to: .now).seconds, best: min(best, progress.best), bound: bound,
          nodes: progress.nodes))
      if decision == .cancel { cancellation.isAsked = true }
      return cancellation.isAsked || shared?.isOver == true ? .cancel : .goOn
    }
  }
}
