/// How good a solution is known to be.
public enum SolveStatus: Sendable, Equatable {
  /// Optimal within the relative gap asked for.
  case optimal
  /// Feasible; the time was over when the relative gap to the bound was still this large.
  case timeLimit(gap: Double)
  /// Feasible; the nodes were used up when the relative gap was still this large.
  case nodeLimit(gap: Double)
  /// Feasible; the caller asked to stop when the relative gap was still this large.
  case cancelled(gap: Double)
}

/// Values of the variables of a ``LinearProgram``.
public struct Solution: Sendable, Equatable {
  /// How good it is known to be.
  public var status: SolveStatus
  /// Value of the objective.
  public let objective: Double
  /// Relative gap |bound − objective| / |objective|; without integers 0, or infinite when cut off by time.
  public let gap: Double
  /// Value of the objective that no solution can better, as far as is known.
  public let bound: Double
  /// Value of each variable, in the order in which they were added.
  let values: [Double]
  let duals: [Double]?
  let reducedCosts: [Double]?

  /// Value of a variable.
  public subscript(variable: Variable) -> Double { values[variable.index] }

  /// A start for a later solve: the value of each variable.
  public var start: [Double] { values }

  /// Value of an expression.
  public func value(of linear: some Linear) -> Double {
    let expression = linear.expression
    return expression.terms.reduce(expression.constant) { $0 + $1.coefficient * values[$1.variable.index] }
  }

  /// Change of the objective for each unit by which the binding bound of a constraint rises, whatever the
  /// direction of the objective; nil for a program with integers and for a solution cut off by time.
  public func dual(of constraint: LinearProgram.Constraint) -> Double? { duals?[constraint.index] }

  /// Change of the objective for each unit by which the binding bound of a variable rises; nil as for ``dual(of:)``.
  public func reducedCost(of variable: Variable) -> Double? { reducedCosts?[variable.index] }
}

/// How a program without integers is solved.
public enum SolverMethod: Sendable, Hashable {
  /// The solver's own choice: the dual simplex method.
  case automatic
  /// The interior point method, without the way to a corner: values between the corners of the optimal face.
  case interiorPoint
}

/// Limits of one solve. The solver always runs on one thread, so results do not depend on the machine's load
/// unless the time limit strikes.
public struct SolverSettings: Sendable, Hashable {
  /// Seconds after which the best solution so far is returned.
  public var timeLimit: Double
  /// Relative gap at which a solution with integers counts as optimal.
  public var relativeGap: Double
  /// Seed of the solver's own random choices.
  public var seed: Int32
  /// Nodes of the search tree after which the best solution so far is returned; nil for no limit. Unlike time, the same
  /// on every machine.
  public var nodeLimit: Int?
  /// Method for a program without integers.
  public var method: SolverMethod
  /// Share of the effort that a search with integers may spend on heuristics; nil for the solver's own.
  public var heuristicEffort: Double?

  /// Creates settings.
  public init(
    timeLimit: Double = .infinity, relativeGap: Double = 1e-4, seed: Int32 = 0, nodeLimit: Int? = nil,
    method: SolverMethod = .automatic, heuristicEffort: Double? = nil
  ) {
    self.timeLimit = timeLimit
    self.relativeGap = relativeGap
    self.seed = seed
    self.nodeLimit = nodeLimit
    self.method = method
    self.heuristicEffort = heuristicEffort
  }
}

/// Why there is no solution.
public enum SolveError: Error, Sendable, Equatable {
  /// These constraints, with the bounds of these variables, cannot hold together. Both are empty when the
  /// conflict could not be narrowed down in time.
  case infeasible(constraints: [String], boundsOf: [String])
  /// The objective can be improved without end.
  case unbounded
  /// The time was over before any solution was found.
  case timeLimitWithoutSolution(seconds: Double)
  /// The nodes were used up before any solution was found.
  case nodeLimitWithoutSolution(nodes: Int)
  /// The caller asked to stop before any solution was found.
  case cancelledWithoutSolution
  /// The solver refused a call or ended with a status that is none of the above.
  case solverFailed(call: String, code: Int)
}

extension SolveError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .infeasible(let constraints, let variables) where constraints.isEmpty && variables.isEmpty:
      "The program is infeasible; the conflict could not be narrowed down to single constraints."
    case .infeasible(let constraints, let variables) where constraints.isEmpty:
      "The program is infeasible: the bounds of \(variables.joined(separator: ", ")) cannot hold."
    case .infeasible(let constraints, let variables) where variables.isEmpty:
      "The program is infeasible: \(constraints.joined(separator: ", ")) cannot hold together."
    case .infeasible(let constraints, let variables):
      "The program is infeasible: \(constraints.joined(separator: ", ")) cannot hold together within the bounds of "
        + "\(variables.joined(separator: ", "))."
    case .unbounded:
      "The program is unbounded: its objective can be improved without end. Bound the variables in the objective."
    case .timeLimitWithoutSolution(let seconds):
      "No solution was found within the time limit of \(seconds) seconds."
    case .nodeLimitWithoutSolution(let nodes):
      "No solution was found within the limit of \(nodes) nodes."
    case .cancelledWithoutSolution:
      "The solve was cancelled before a solution was found."
    case .solverFailed(let call, let code):
      "HiGHS failed: \(call) returned \(code)."
    }
  }
}
