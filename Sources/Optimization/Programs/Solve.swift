/// Solves a program with HiGHS on one thread.
///
/// Throws when there is no solution; a solution cut off by time is returned with its gap. An infeasible program is
/// narrowed down to constraints that cannot hold together, which may take as long as the time limit again.
public func solve(
  _ program: LinearProgram, settings: SolverSettings = SolverSettings()
) throws(SolveError) -> Solution {
  try ProgramSolver(program).solve(settings)
}

/// Solves without the objective.
func isFeasible(_ program: LinearProgram, settings: SolverSettings) throws(SolveError) -> Bool {
  let handle = HiGHSHandle()
  try handle.set(settings)
  try handle.pass(program.withoutObjective())
  return try handle.run() == .optimal
}

/// Constraints that cannot hold together: the solver's irreducible subsystem of the relaxation; where the relaxation
/// is feasible, the deletion filter.
func conflict(in program: LinearProgram, settings: SolverSettings) throws(SolveError) -> SolveError {
  let handle = HiGHSHandle()
  try handle.set(settings)
  try handle.pass(program.relaxed())
  let found = try handle.irreducibleSubsystem(of: program)
  if !found.rows.isEmpty || !found.columns.isEmpty {
    return .infeasible(
      constraints: found.rows.map { program.rows[$0].name }, boundsOf: found.columns.map { program.columns[$0].name })
  }
  let rows = try conflictByDeletion(in: program, settings: settings)
  return .infeasible(constraints: rows.map { program.rows[$0].name }, boundsOf: [])
}

/// Frees one constraint after the other and keeps those without which the rest is feasible (Chinneck and Dravnieks,
/// "Locating minimal infeasible constraint sets in linear programs", 1991). One solve for each constraint, so at
/// most 400 of them; otherwise, or when the time is over, nothing is reported rather than something wrong.
private func conflictByDeletion(
  in program: LinearProgram, settings: SolverSettings
) throws(SolveError) -> [Int] {
  guard program.rows.count <= 400 else { return [] }
  let handle = HiGHSHandle()
  try handle.set(settings)
  try handle.pass(program)
  var kept: [Int] = []
  for (row, content) in program.rows.enumerated() {
    try handle.setBounds(-Double.infinity...Double.infinity, ofRow: row)
    switch try handle.run() {
    case .infeasible:
      continue
    case .optimal, .unbounded:
      kept.append(row)
      try handle.setBounds(content.bounds, ofRow: row)
    case .unboundedOrInfeasible, .timeLimit, .nodeLimit, .interrupted, .failed:
      return []
    }
  }
  return kept
}
