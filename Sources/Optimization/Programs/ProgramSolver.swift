/// What is known while a solve runs.
public struct SolveProgress: Sendable, Equatable {
  /// Since the start of the run.
  public let seconds: Double
  /// Objective of the best solution so far; infinite before the first.
  public let best: Double
  /// What no solution can better, as far as is known.
  public let bound: Double
  /// Nodes of the search tree so far.
  public let nodes: Int

  public init(seconds: Double, best: Double, bound: Double, nodes: Int) {
    self.seconds = seconds
    self.best = best
    self.bound = bound
    self.nodes = nodes
  }

  /// Relative gap |bound − best| / |best|.
  public var gap: Double { best.isFinite && best != 0 ? abs(best - bound) / abs(best) : .infinity }
}

/// What to do after a report of progress.
public enum SolveDecision: Sendable, Equatable {
  case goOn
  /// Return the best solution so far.
  case cancel
}

/// A program that is solved again and again with other bounds, costs and further constraints. A program without
/// integers goes on from where the run before ended (warm start); one with integers starts from the values given.
///
/// One instance belongs to one thread.
public final class ProgramSolver {
  public private(set) var program: LinearProgram
  private let handle: HiGHSHandle

  /// Takes the program over.
  public init(_ program: LinearProgram) throws(SolveError) {
    precondition(!program.columns.isEmpty, "A program needs at least one variable")
    self.program = program
    handle = HiGHSHandle()
    try handle.set(SolverSettings())
    try handle.pass(program)
  }

  /// Changes the bounds of variables, in one go.
  public func setBounds(_ changes: [(variable: Variable, bounds: ClosedRange<Double>)]) throws(SolveError) {
    guard !changes.isEmpty else { return }
    let sorted = changes.sorted { $0.variable.index < $1.variable.index }
    for change in sorted { program.setBounds(change.bounds, of: change.variable) }
    try handle.setBounds(
      lower: sorted.map(\.bounds.lowerBound), upper: sorted.map(\.bounds.upperBound),
      ofColumns: sorted.map { Int32($0.variable.index) })
  }

  /// Demands lower ≤ expression ≤ upper from now on.
  @discardableResult
  public func constrain(
    _ linear: some Linear, in bounds: ClosedRange<Double>, name: String
  ) throws(SolveError) -> LinearProgram.Constraint {
    let constraint = program.constrain(linear, in: bounds, name: name)
    try handle.addRow(program.rows[constraint.index])
    return constraint
  }

  /// Solves. Throws when there is no solution; one that is cut off by time, nodes or the caller is returned with its
  /// gap. An infeasible program is narrowed down to constraints that cannot hold together, which may take as long again.
  ///
  /// - Parameters:
  ///   - start: a value for each variable in the order of adding, from which a search with integers starts
  ///   - report: called on the way; cancels when it says so
  public func solve(
    _ settings: SolverSettings = SolverSettings(), from start: [Double]? = nil, explainsConflicts: Bool = true,
    report: ((SolveProgress) -> SolveDecision)? = nil
  ) throws(SolveError) -> Solution {
    try handle.set(settings)
    if program.hasIntegers { try handle.clearSolver() }
    if let start { try handle.setStart(start) }
    let outcome =
      if let report { try handle.run(reporting: HiGHSCallback(report: report)) } else { try handle.run() }
    switch outcome {
    case .optimal:
      return try handle.solution(of: program, status: outcome)
    case .timeLimit, .nodeLimit, .interrupted:
      guard try handle.hasFeasibleSolution() else { throw failure(of: outcome, settings) }
      return try handle.solution(of: program, status: outcome)
    case .infeasible:
      throw explainsConflicts
        ? try conflict(in: program, settings: settings) : .infeasible(constraints: [], boundsOf: [])
    case .unbounded:
      throw .unbounded
    case .unboundedOrInfeasible:
      throw try isFeasible(program, settings: settings) ? .unbounded : conflict(in: program, settings: settings)
    case .failed(let code):
      throw .solverFailed(call: "Highs_getModelStatus", code: code)
    }
  }

  private func failure(of outcome: HiGHSOutcome, _ settings: SolverSettings) -> SolveError {
    switch outcome {
    case .nodeLimit: .nodeLimitWithoutSolution(nodes: settings.nodeLimit ?? 0)
    case .interrupted: .cancelledWithoutSolution
    default: .timeLimitWithoutSolution(seconds: settings.timeLimit)
    }
  }
}
