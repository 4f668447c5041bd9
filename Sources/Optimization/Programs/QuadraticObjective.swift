/// Solves a program whose objective has a square of some variables beside its linear part:
///
///     minimise  c · x + c₀ + Σ q · x²,   q ≥ 0,   no x integer
///
/// with HiGHS' active-set method. Exact where it ends well; it can give up on large degenerate programs, which is thrown
/// as `SolveError.solverFailed`. `iterationLimit` bounds its work the same way on every machine.
public func solve(
  _ program: LinearProgram, squares: [(variable: Variable, coefficient: Double)], iterationLimit: Int = 20_000,
  settings: SolverSettings = SolverSettings()
) throws(SolveError) -> Solution {
  precondition(!program.hasIntegers, "A quadratic program cannot have integers")
  precondition(program.goal == .minimise, "A quadratic program is minimised")
  precondition(squares.allSatisfy { $0.coefficient >= 0 }, "A square needs a coefficient of 0 or more")
  let handle = HiGHSHandle()
  try handle.set(settings)
  try handle.pass(program)
  var coefficients = [Double](repeating: 0, count: program.columns.count)
  for square in squares { coefficients[square.variable.index] += square.coefficient }
  try handle.pass(squares: coefficients, iterationLimit: iterationLimit)
  let outcome = try handle.run()
  switch outcome {
  case .optimal: return try handle.solution(of: program, status: outcome)
  case .infeasible: throw .infeasible(constraints: [], boundsOf: [])
  case .unbounded, .unboundedOrInfeasible: throw .unbounded
  case .nodeLimit, .interrupted: throw .cancelledWithoutSolution
  case .timeLimit: throw .timeLimitWithoutSolution(seconds: settings.timeLimit)
  case .failed(let code): throw .solverFailed(call: "Highs_run on a quadratic program", code: code)
  }
}
