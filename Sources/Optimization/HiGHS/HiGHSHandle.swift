private import CHiGHS

/// One HiGHS instance. Created and destroyed inside one call of the solver; not `Sendable`.
///
/// HiGHS' thread pool is global to the process and breaks when two instances ask for different sizes, so every
/// instance asks for one thread.
final class HiGHSHandle {
  let raw: UnsafeMutableRawPointer

  init() {
    guard let raw = Highs_create() else { preconditionFailure("HiGHS could not allocate a model") }
    self.raw = raw
  }

  deinit { Highs_destroy(raw) }
}

// MARK: - Before the run

extension HiGHSHandle {
  func set(_ settings: SolverSettings) throws(SolveError) {
    try check(Highs_setBoolOptionValue(raw, "output_flag", 0), "setting output_flag")
    try check(Highs_setIntOptionValue(raw, "threads", 1), "setting threads")
    try check(Highs_setStringOptionValue(raw, "parallel", "off"), "setting parallel")
    try check(Highs_setIntOptionValue(raw, "random_seed", settings.seed), "setting random_seed")
    try check(Highs_setDoubleOptionValue(raw, "time_limit", settings.timeLimit), "setting time_limit")
    try check(Highs_setDoubleOptionValue(raw, "mip_rel_gap", settings.relativeGap), "setting mip_rel_gap")
    try check(
      Highs_setIntOptionValue(raw, "mip_max_nodes", Int32(clamping: settings.nodeLimit ?? Int(Int32.max))),
      "setting mip_max_nodes")
    let isInterior = settings.method == .interiorPoint
    try check(Highs_setStringOptionValue(raw, "solver", isInterior ? "ipm" : "choose"), "setting solver")
    try check(Highs_setStringOptionValue(raw, "run_crossover", isInterior ? "off" : "on"), "setting run_crossover")
    if let effort = settings.heuristicEffort {
      try check(Highs_setDoubleOptionValue(raw, "mip_heuristic_effort", effort), "setting mip_heuristic_effort")
    }
  }

  func pass(_ program: LinearProgram) throws(SolveError) {
    let arrays = HiGHSArrays(program)
    let sense = program.goal == .minimise ? kHighsObjSenseMinimize : kHighsObjSenseMaximize
    let columns = Int32(program.columns.count)
    let rows = Int32(program.rows.count)
    let entries = Int32(arrays.value.count)
    let code =
      if program.hasIntegers {
        Highs_passMip(
          raw, columns, rows, entries, kHighsMatrixFormatRowwise, sense, program.objective.constant, arrays.cost,
          arrays.columnLower, arrays.columnUpper, arrays.rowLower, arrays.rowUpper, arrays.start, arrays.index,
          arrays.value, arrays.integrality)
      } else {
        Highs_passLp(
          raw, columns, rows, entries, kHighsMatrixFormatRowwise, sense, program.objective.constant, arrays.cost,
          arrays.columnLower, arrays.columnUpper, arrays.rowLower, arrays.rowUpper, arrays.start, arrays.index,
          arrays.value)
      }
    try check(code, "passing the model", allowsWarning: true)
  }

  func setBounds(lower: [Double], upper: [Double], ofColumns columns: [Int32]) throws(SolveError) {
    precondition(lower.count == columns.count && upper.count == columns.count, "Every column needs two bounds")
    try check(
      Highs_changeColsBoundsBySet(raw, Int32(columns.count), columns, lower, upper), "Highs_changeColsBoundsBySet")
  }

  /// Adds one row at the end.
  func addRow(_ row: LinearProgram.Row) throws(SolveError) {
    let index = row.terms.map { Int32($0.variable.index) }
    let value = row.terms.map(\.coefficient)
    try check(
      Highs_addRow(raw, row.bounds.lowerBound, row.bounds.upperBound, Int32(index.count), index, value),
      "Highs_addRow", allowsWarning: true)
  }

  /// Hands over values from which the search may start; HiGHS completes and repairs them.
  func setStart(_ values: [Double]) throws(SolveError) {
    precondition(values.count == Int(Highs_getNumCol(raw)), "Every column needs a value")
    try check(Highs_setSolution(raw, values, nil, nil, nil), "Highs_setSolution", allowsWarning: true)
  }

  /// Forgets solution and basis of the run before, so that the next does not depend on it.
  func clearSolver() throws(SolveError) { try check(Highs_clearSolver(raw), "Highs_clearSolver") }

  func setBounds(_ bounds: ClosedRange<Double>, ofRow row: Int) throws(SolveError) {
    try check(
      Highs_changeRowBounds(raw, Int32(row), bounds.lowerBound, bounds.upperBound), "Highs_changeRowBounds")
  }
}

// MARK: - The run and after

extension HiGHSHandle {
  func run() throws(SolveError) -> HiGHSOutcome {
    try check(Highs_run(raw), "Highs_run", allowsWarning: true)
    return HiGHSOutcome(modelStatus: Highs_getModelStatus(raw))
  }

  func hasFeasibleSolution() throws(SolveError) -> Bool {
    var status: Int32 = 0
    try check(Highs_getIntInfoValue(raw, "primal_solution_status", &status), "reading primal_solution_status")
    return status == kHighsSolutionStatusFeasible
  }

  private func number(_ name: String) throws(SolveError) -> Double {
    var value = 0.0
    try check(Highs_getDoubleInfoValue(raw, name, &value), "reading \(name)")
    return value
  }

  func solution(of program: LinearProgram, status outcome: HiGHSOutcome) throws(SolveError) -> Solution {
    let isOptimal = outcome == .optimal
    let columns = program.columns.count
    let rows = program.rows.count
    checkSize(columns: columns, rows: rows)
    var values = [Double](repeating: 0, count: columns)
    var reducedCosts = values
    var rowValues = [Double](repeating: 0, count: rows)
    var duals = rowValues
    try check(Highs_getSolution(raw, &values, &reducedCosts, &rowValues, &duals), "Highs_getSolution")
    let hasDuals = !program.hasIntegers && isOptimal
    let gap = program.hasIntegers ? try number("mip_gap") : isOptimal ? 0 : .infinity
    let objective = Highs_getObjectiveValue(raw)
    let worst = program.goal == .minimise ? -Double.infinity : Double.infinity
    let bound = program.hasIntegers ? try number("mip_dual_bound") : isOptimal ? objective : worst
    let status: SolveStatus =
      switch outcome {
      case .timeLimit: .timeLimit(gap: gap)
      case .nodeLimit: .nodeLimit(gap: gap)
      case .interrupted: .cancelled(gap: gap)
      default: .optimal
      }
    return Solution(
      status: status, objective: objective, gap: gap, bound: bound, values: values,
      duals: hasDuals ? duals : nil, reducedCosts: hasDuals ? reducedCosts : nil)
  }

  /// Rows and columns (by index) of an irreducible infeasible subsystem of the relaxation; empty when it is feasible.
  func irreducibleSubsystem(of program: LinearProgram) throws(SolveError) -> (rows: [Int], columns: [Int]) {
    checkSize(columns: program.columns.count, rows: program.rows.count)
    try check(
      Highs_setIntOptionValue(raw, "iis_strategy", kHighsIisStrategyFromLpRowPriority), "setting iis_strategy")
    var columnCount: Int32 = 0
    var rowCount: Int32 = 0
    // Room for every column and row; HiGHS fills the first columnCount and rowCount elements. The two status arrays
    // stay nil: HiGHS 1.15.1 reads beyond its own memory for them when the relaxation is feasible.
    var columnIndex = [Int32](repeating: 0, count: program.columns.count)
    var columnBound = columnIndex
    var rowIndex = [Int32](repeating: 0, count: program.rows.count)
    var rowBound = rowIndex
    try check(
      Highs_getIis(raw, &columnCount, &rowCount, &columnIndex, &rowIndex, &columnBound, &rowBound, nil, nil),
      "Highs_getIis", allowsWarning: true)
    let columns = (0..<Int(columnCount)).filter { columnBound[$0] != kHighsIisBoundFree }
    return (
      rowIndex.prefix(Int(rowCount)).map { Int($0) }.sorted(), columns.map { Int(columnIndex[$0]) }.sorted()
    )
  }

  private func checkSize(columns: Int, rows: Int) {
    precondition(
      Int(Highs_getNumCol(raw)) == columns && Int(Highs_getNumRow(raw)) == rows,
      "HiGHS holds a model of another size than the program")
  }
}
