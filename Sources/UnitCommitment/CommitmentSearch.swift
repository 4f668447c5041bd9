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
  var ownBound = -Double.infinity
  var best: Incumbent?
  let cancellation = Cancellation()

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
  final class Cancellation {
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
  mutating func settled(_ outcome: Outcome) -> Outcome {
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
  mutating func solved(
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

  mutating func keep(_ found: Incumbent) {
    guard best.map({ found.objective < $0.objective }) ?? true else { return }
    best = found
    shared?.found(objective: found.objective)
  }

  func incumbent(_ solution: Solution) -> Incumbent {
    let commitment = model.commitment(from: solution)
    return Incumbent(
      commitment: commitment, objective: solution.objective, solution: solution, start: solution.start,
      statuses: commitment.isOn.map { $0.map { $0 ? 1 : 0 } })
  }

  func incumbent(_ commitment: Commitment, cost: Double) -> Incumbent {
    Incumbent(
      commitment: commitment, objective: cost, solution: nil, start: model.start(from: commitment),
      statuses: commitment.isOn.map { $0.map { $0 ? 1 : 0 } })
  }

  func outcome(_ best: Incumbent, bound: Double, status: SolveStatus) -> Outcome {
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
}
