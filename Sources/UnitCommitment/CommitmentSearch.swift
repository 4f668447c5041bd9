internal import NumericMethods
internal import Optimization
internal import PowerSystem

/// The search for one commitment: relaxation, first commitment, neighbourhoods, whole programme.
struct CommitmentSearch {
  /// The best solution with what is known of it.
  struct Outcome {
    var commitment: Commitment
    var objective: Double
    /// What the solver gave; nil where the relaxation's repair is the best.
    var solution: Solution?
    var bound: Double
    var status: SolveStatus
  }

  /// The best commitment so far.
  struct Incumbent {
    var commitment: Commitment
    var objective: Double
    var solution: Solution?
    /// From where the solver starts.
    var start: [Double]
    /// Statuses as 0 and 1.
    var statuses: [[Double]]
  }

  /// Grows by the limits of flows that the relaxation violates.
  private(set) var model: CommitmentModel
  let settings: CommitmentSettings
  let start: ContinuousClock.Instant
  let report: ((SolveProgress) -> SolveDecision)?
  private var solver: ProgramSolver
  /// Bounds of the statuses in the problem, by unit and interval.
  let freeBounds: [[ClosedRange<Double>]]
  /// What the Lagrangian relaxation found, where it was asked.
  let quick: LagrangianCommitment?
  /// What a search beside this one has found out; nil where there is none.
  let shared: SharedBounds?
  private var ownBound = -Double.infinity
  var best: Incumbent?
  private let cancellation = Cancellation()

  init(
    model: CommitmentModel, settings: CommitmentSettings, start: ContinuousClock.Instant,
    quick: LagrangianCommitment?, shared: SharedBounds? = nil, report: ((SolveProgress) -> SolveDecision)?
  ) throws(SolveError) {
    self.model = model
    self.settings = settings
    self.start = start
    self.report = report
    self.quick = quick
    self.shared = shared
    solver = try ProgramSolver(model.program)
    freeBounds = model.units.map { $0.isOn.map { model.program.bounds(of: $0) } }
  }

  /// Whether the caller wants to stop.
  private final class Cancellation {
    var isAsked = false
  }

  /// No commitment costs less.
  var bound: Double { max(ownBound, shared?.bound ?? -.infinity) }
  var isCancelled: Bool { cancellation.isAsked }
  var elapsed: Double { start.duration(to: .now).seconds }
  var remaining: Double { settings.timeLimit - elapsed }
  var isWithinGap: Bool {
    guard let best else { return false }
    return best.objective - bound <= settings.gap * max(abs(best.objective), 1e-9)
  }
  var isOver: Bool { isCancelled || remaining <= 0.1 || isWithinGap || shared?.isOver == true }

  mutating func run() throws(SolveError) -> Outcome { settled(try searched()) }

  /// The same statuses at their least cost: a search that ends within a gap leaves outputs and start categories a little dear.
  private mutating func settled(_ outcome: Outcome) -> Outcome {
    guard outcome.solution != nil, model.program.hasIntegers, !model.units.isEmpty,
      let solution = dispatched(outcome.commitment.isOn), solution.objective <= outcome.objective
    else { return outcome }
    var settled = outcome
    settled.commitment = model.commitment(from: solution)
    settled.objective = solution.objective
    settled.solution = solution
    return settled
  }

  /// The best with these statuses within all limits of flows; nil if there is none, or none was found in time.
  private mutating func dispatched(_ isOn: [[Bool]]) -> Solution? {
    let changes = zip(model.units, isOn).flatMap { variables, statuses in
      zip(variables.isOn, statuses).map { (variable: $0, bounds: $1 ? 1.0...1.0 : 0.0...0.0) }
    }
    do {
      while true {
        try solver.setBounds(changes)
        let solution = try solver.solve(
          SolverSettings(timeLimit: max(10, remaining), relativeGap: 0), explainsConflicts: false)
        guard case .optimal = solution.status else { return nil }
        guard model.addViolatedLimits(of: solution) else { return solution }
        solver = try ProgramSolver(model.program)
      }
    } catch {
      return nil
    }
  }

  /// Solves with these bounds of the statuses; limits of flows that the solution violates enter the programme until it violates
  /// none. Once the time is over, the statuses found last are dispatched within all limits.
  private mutating func solved(
    _ changes: [(variable: Variable, bounds: ClosedRange<Double>)], _ settings: SolverSettings,
    explainsConflicts: Bool = false, report: ((SolveProgress) -> SolveDecision)?
  ) throws(SolveError) -> Solution {
    var settings = settings
    let begin = elapsed
    while true {
      try solver.setBounds(changes)
      let start = best.map { $0.start + [Double](repeating: 0, count: model.program.variableCount - $0.start.count) }
      let found = try solver.solve(settings, from: start, explainsConflicts: explainsConflicts, report: report)
      guard model.addViolatedLimits(of: found) else { return found }
      solver = try ProgramSolver(model.program)
      settings.timeLimit -= elapsed - begin
      if isCancelled || shared?.isOver == true || settings.timeLimit <= 0.1 || remaining <= 0.1 {
        guard var repaired = dispatched(model.commitment(from: found).isOn) else {
          throw .timeLimitWithoutSolution(seconds: elapsed)
        }
        repaired.status = found.status
        return repaired
      }
    }
  }

  private mutating func searched() throws(SolveError) -> Outcome {
    guard model.program.hasIntegers else {
      let solution = try solved([], SolverSettings(timeLimit: remaining), explainsConflicts: true, report: report)
      return outcome(incumbent(solution), bound: solution.objective, status: solution.status)
    }
    if let quick {
      ownBound = quick.bound
      if let found = quick.best { keep(incumbent(found.commitment, cost: found.cost)) }
      findFirst(near: quick.statuses, tolerance: 0.02)
      improve(near: quick.statuses, tolerance: 0.02)
      if isOver { return try finish() }
    }
    let statuses = try relaxation()
    solver = try ProgramSolver(model.program)
    if !isCancelled, remaining > 0, let statuses, model.units.count * model.problem.intervalCount > 400 {
      findFirst(near: statuses, tolerance: 1e-6)
      improve(near: statuses, tolerance: 1e-6)
    }
    return try finish()
  }

  private mutating func keep(_ found: Incumbent) {
    guard best.map({ found.objective < $0.objective }) ?? true else { return }
    best = found
    shared?.found(objective: found.objective)
  }

  private func incumbent(_ solution: Solution) -> Incumbent {
    let commitment = model.commitment(from: solution)
    return Incumbent(
      commitment: commitment, objective: solution.objective, solution: solution, start: solution.start,
      statuses: commitment.isOn.map { $0.map { $0 ? 1 : 0 } })
  }

  private func incumbent(_ commitment: Commitment, cost: Double) -> Incumbent {
    Incumbent(
      commitment: commitment, objective: cost, solution: nil, start: model.start(from: commitment),
      statuses: commitment.isOn.map { $0.map { $0 ? 1 : 0 } })
  }

  private func outcome(_ best: Incumbent, bound: Double, status: SolveStatus) -> Outcome {
    Outcome(
      commitment: best.commitment, objective: best.objective, solution: best.solution, bound: bound, status: status)
  }

  /// Solves the relaxation for the bound. Returns the statuses, or nil if the time was too short.
  private mutating func relaxation() throws(SolveError) -> [[Double]]? {
    while let relaxed = try solveRelaxation(), case .optimal = relaxed.status {
      ownBound = max(ownBound, relaxed.objective)
      shared?.proved(bound: ownBound)
      if !model.addViolatedLimits(of: relaxed) { return model.statuses(in: relaxed) }
    }
    return nil
  }

  private mutating func solveRelaxation() throws(SolveError) -> Solution? {
    let relaxed = try ProgramSolver(model.program.relaxed())
    do {
      return try relaxed.solve(SolverSettings(timeLimit: max(0.1, remaining)), report: progressReport())
    } catch .timeLimitWithoutSolution {
      return nil
    } catch .cancelledWithoutSolution {
      return nil
    } catch .infeasible {
      // The conflict is named from the programme with its integers, which may be narrower.
      _ = try solver.solve(SolverSettings(timeLimit: max(10, remaining)))
      return nil
    }
  }

  /// Statuses that are the same in the relaxation in an interval and its neighbours, and in the best commitment so far, are
  /// kept; the rest is searched, with wider neighbourhoods until there is a commitment.
  private mutating func findFirst(near statuses: [[Double]], tolerance: Double) {
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
  private mutating func improve(near statuses: [[Double]], tolerance: Double) {
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
  private func progressReport() -> ((SolveProgress) -> SolveDecision)? {
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

  /// The whole programme, from the best commitment so far.
  private mutating func finish() throws(SolveError) -> Outcome {
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
