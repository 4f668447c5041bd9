internal import Optimization
internal import PowerSystem

extension CommitmentModel {
  /// Convex cost of output above the minimum, piece by piece: above = Σ pieces, each no wider than the status and the
  /// limits of start and stop let it be (Knueven, Ostrowski, Watson 2020, section 3.5).
  mutating func addProductionCost(ofUnit index: Int) {
    let unit = problem.units[index]
    let variables = units[index]
    let corners = unit.costCurve
    let pieces = zip(corners, corners.dropFirst()).filter { $1.output > $0.output }
    for interval in 0..<problem.intervalCount {
      let adder = unit.costAdder.isEmpty ? 0 : unit.costAdder[interval]
      if pieces.count == 1, let (left, right) = pieces.first {
        let slope = (right.costPerHour - left.costPerHour) / (right.output - left.output) + adder
        program.addToObjective(problem.hoursPerInterval * slope * variables.above[interval])
        recordFuelCost(
          problem.hoursPerInterval * (slope - adder), variables.above[interval], ofUnit: index, in: interval)
        continue
      }
      var sum = LinearExpression()
      sum.add(-1, variables.above[interval])
      for (left, right) in pieces {
        let width = right.output - left.output
        let slope = (right.costPerHour - left.costPerHour) / width + adder
        let piece = program.addVariable(
          name: "piece of \(unit.name) from \(left.output) MW \(interval + 1)", in: 0...width,
          objective: problem.hoursPerInterval * slope)
        recordFuelCost(problem.hoursPerInterval * (slope - adder), piece, ofUnit: index, in: interval)
        sum.add(1, piece)
        limit(piece, from: left.output, to: right.output, ofUnit: index, in: interval)
      }
      if !pieces.isEmpty {
        program.constrain(sum, equalTo: 0, name: "pieces of \(unit.name) in interval \(interval + 1)")
      }
    }
  }

  private mutating func limit(
    _ piece: Variable, from left: Double, to right: Double, ofUnit index: Int, in interval: Int
  ) {
    let unit = problem.units[index]
    let variables = units[index]
    let width = right - left
    func lost(_ limit: Double) -> Double { right <= limit ? 0 : left < limit ? right - limit : width }
    let atStart = lost(unit.startUpLimit)
    let atStop = lost(unit.shutDownLimit)
    let next = interval + 1 < problem.intervalCount ? variables.stops[interval + 1] : nil
    let name = "width of a piece of \(unit.name) in interval \(interval + 1)"
    var limit = LinearExpression()
    limit.add(-width, variables.isOn[interval])
    limit.add(1, piece)
    if unit.minimumUpIntervals >= 2 || next == nil {
      limit.add(atStart, variables.starts[interval])
      if let next { limit.add(atStop, next) }
      program.constrain(limit, atMost: 0, name: name)
      return
    }
    var other = limit
    limit.add(atStart, variables.starts[interval])
    if let next { limit.add(max(0, atStop - atStart), next) }
    program.constrain(limit, atMost: 0, name: name)
    guard atStop > 0, let next else { return }
    other.add(max(0, atStart - atStop), variables.starts[interval])
    other.add(atStop, next)
    program.constrain(other, atMost: 0, name: name)
  }
}
