private import CHiGHS

/// A program as the arrays that HiGHS takes: costs and bounds, and the matrix row by row.
struct HiGHSArrays {
  let cost: [Double]
  let columnLower: [Double]
  let columnUpper: [Double]
  let rowLower: [Double]
  let rowUpper: [Double]
  let start: [Int32]
  let index: [Int32]
  let value: [Double]
  let integrality: [Int32]

  init(_ program: LinearProgram) {
    var cost = [Double](repeating: 0, count: program.columns.count)
    for term in program.objective.terms { cost[term.variable.index] += term.coefficient }
    var start: [Int32] = []
    var index: [Int32] = []
    var value: [Double] = []
    for row in program.rows {
      start.append(Int32(index.count))
      for term in row.terms {
        index.append(Int32(term.variable.index))
        value.append(term.coefficient)
      }
    }
    self.cost = cost
    self.start = start
    self.index = index
    self.value = value
    columnLower = program.columns.map(\.bounds.lowerBound)
    columnUpper = program.columns.map(\.bounds.upperBound)
    rowLower = program.rows.map(\.bounds.lowerBound)
    rowUpper = program.rows.map(\.bounds.upperBound)
    integrality = program.columns.map { $0.isInteger ? kHighsVarTypeInteger : kHighsVarTypeContinuous }
    checkSizes(of: program)
  }

  private func checkSizes(of program: LinearProgram) {
    let columns = program.columns.count
    let rows = program.rows.count
    precondition(
      [cost, columnLower, columnUpper].allSatisfy { $0.count == columns } && integrality.count == columns,
      "Every column needs a cost, two bounds and a kind")
    precondition(
      [rowLower, rowUpper].allSatisfy { $0.count == rows } && start.count == rows && index.count == value.count,
      "Every row needs two bounds and a start")
  }
}
