internal import Optimization
internal import PowerSystem

/// The search for one commitment: relaxation, first commitment, neighbourhoods, whole programme.
struct CommitmentSearch {
  let model: CommitmentModel
  let settings: CommitmentSettings
  let start: ContinuousClock.Instant
  let report: ((SolveProgress) -> SolveDecision)?
  let solver: ProgramSolver
  /// Bounds of the statuses in the problem, by unit and interval.
  let freeBounds: [[ClosedRange<Double>]]
  var bound = -Double.infinity
  var best: Solution?
  var isCancelled = false

  init(
    model: CommitmentModel, settings: CommitmentSettings, start: ContinuousClock.Instant,
    report: ((SolveProgress) -> SolveDecision)?
  ) throws(SolveError) {
    self.model = model
    self.settings = settings
    self.start = start
    self.report = report
    solver = try ProgramSolver(model.program)
    freeBounds = model.units.map { $0.isOn.map { model.program.bounds(of: $0) } }
  }

  var elapsed: Double { start.duration(to: .now).seconds }
  var remaining: Double { settings.timeLimit - elapsed }
  var isWithinGap: Bool {
    guard let best else { return false }
    return best.objective - bound <= settings.gap * max(abs(best.objective), 1e-9)
  }
  var isOver: Bool { isCancelled || remaining <= 0.1 || isWithinGap }

  mutating func run() throws(SolveError) -> (Solution, bound: Double, status: SolveStatus) {
    guard model.program.hasIntegers else {
      let solution = try solver.solve(SolverSettings(timeLimit: remaining), report: report)
      return (solution, solution.objective, solution.status)
    }
    let statuses = try relaxation()
    if !isCancelled, remaining > 0, let statuses, model.units.count * model.problem.intervalCount > 400 {
      findFirst(near: statuses)
      improve(near: statuses)
    }
    return try finish()
  }

  /// Solves the relaxation for the bound. Returns the statuses, or nil if the time was too short.
  private mutating func relaxation() throws(SolveError) -> [[Double]]? {
    let relaxed = try solve(relaxedProgram: true)
    guard let relaxed, case .optimal = relaxed.status else { return nil }
    bound = relaxed.objective
    return model.statuses(in: relaxed)
  }

  private mutating func solve(relaxedProgram: Bool) throws(SolveError) -> Solution? {
    let relaxed = try ProgramSolver(model.program.relaxed())
    do {
      return try relaxed.solve(SolverSettings(timeLimit: max(0.1, remaining)), report: report)
    } catch .timeLimitWithoutSolution {
      return nil
    } catch .infeasible {
      // The conflict is named from the programme with its integers, which may be narrower.
      _ = try solver.solve(SolverSettings(timeLimit: max(10, remaining)))
      return nil
    }
  }

  /// Statuses that are the same in the relaxation in an interval and its neighbours are kept; the rest is searched, with
  /// wider neighbourhoods until there is a commitment.
  private mutating func findFirst(near statuses: [[Double]]) {
    for reach in [1, 2, 4, 8, 16] where best == nil && !isOver {
      let free = statuses.map { unit in
        unit.indices.map { interval in
          let near = unit[max(0, interval - reach)...min(unit.count - 1, interval + reach)]
          return !(near.allSatisfy { $0 < 1e-6 } || near.allSatisfy { $0 > 1 - 1e-6 })
        }
      }
      search(free: free, around: statuses, seconds: min(30, remaining), gap: settings.gap / 2)
    }
  }

  /// Windows of time and groups of units in turn, until a round brings nothing.
  private mutating func improve(near statuses: [[Double]]) {
    let intervals = model.problem.intervalCount
    let width = max(6, intervals / 4)
    var hasImproved = true
    while hasImproved, !isOver, let before = best?.objective {
      for begin in stride(from: 0, to: max(1, intervals - width / 2), by: max(1, width / 2)) where !isOver {
        let window = begin..<min(intervals, begin + width)
        searchAround { _, interval in window.contains(interval) }
      }
      guard !isOver, let current = best.map(model.statuses) else { break }
      let undecided = statuses.indices.map { unit in
        zip(statuses[unit], current[unit]).contains { abs($0 - $1) > 1e-6 }
          || statuses[unit].contains { abs($0 - statuses[unit][0]) > 1e-6 }
      }
      searchAround { unit, _ in undecided[unit] }
      hasImproved = (best?.objective ?? before) < before - 1e-4 * abs(before) * settings.gap
    }
  }

  private mutating func searchAround(_ isFree: (_ unit: Int, _ interval: Int) -> Bool) {
    guard let current = best.map(model.statuses) else { return }
    let free = current.indices.map { unit in current[unit].indices.map { isFree(unit, $0) } }
    search(free: free, around: current, seconds: min(15, remaining), gap: settings.gap / 5)
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
      try solver.setBounds(changes)
      let found = try solver.solve(
        SolverSettings(timeLimit: max(0.1, seconds), relativeGap: gap, nodeLimit: 2_000), from: best?.start,
        explainsConflicts: false, report: progressReport())
      if best.map({ found.objective < $0.objective }) ?? true { best = found }
      if case .cancelled = found.status { isCancelled = true }
    } catch .cancelledWithoutSolution {
      isCancelled = true
    } catch {
      // A neighbourhood without a solution, or none in time: the search goes on elsewhere.
    }
  }

  /// The caller's report with the bound and the best of the whole search instead of the neighbourhood's.
  private func progressReport() -> ((SolveProgress) -> SolveDecision)? {
    guard let report else { return nil }
    let (bound, best, start) = (bound, best?.objective ?? .infinity, start)
    return { progress in
      report(
        SolveProgress(
          seconds: start.duration(to: .now).seconds, best: min(best, progress.best), bound: bound,
          nodes: progress.nodes))
    }
  }

  /// The whole programme, from the best commitment so far.
  private mutating func finish() throws(SolveError) -> (Solution, bound: Double, status: SolveStatus) {
    if let best, isOver {
      return (best, bound, isWithinGap ? .optimal : isCancelled ? .cancelled(gap: gap) : .timeLimit(gap: gap))
    }
    try solver.setBounds(
      zip(model.units, freeBounds).flatMap { variables, bounds in
        zip(variables.isOn, bounds).map { (variable: $0, bounds: $1) }
      })
    do {
      let final = try solver.solve(
        SolverSettings(timeLimit: max(0.1, remaining), relativeGap: settings.gap), from: best?.start, report: report)
      let isBetter = best.map { final.objective < $0.objective } ?? true
      return (isBetter ? final : best!, max(bound, final.bound), final.status)
    } catch .timeLimitWithoutSolution(let seconds) {
      guard let best else { throw .timeLimitWithoutSolution(seconds: seconds) }
      return (best, bound, .timeLimit(gap: gap))
    }
  }

  private var gap: Double { best.map { abs($0.objective - bound) / max(abs($0.objective), 1e-9) } ?? .infinity }
}
