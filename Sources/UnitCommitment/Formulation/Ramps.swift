internal import Optimization
internal import PowerSystem

extension CommitmentModel {
  /// Output moves no faster than the ramps; reserve counts as a rise. Tightened with the binaries (Damcı-Kurt,
  /// Küçükyavuz, Rajan, Atamtürk, "A polyhedral study of production ramping", 2016).
  mutating func addRamps(ofUnit index: Int) {
    let unit = problem.units[index]
    let range = unit.maximumOutput - unit.minimumOutput
    addInitialRamps(ofUnit: index)
    for interval in 0..<problem.intervalCount where interval > 0 {
      if unit.rampUp < range { addRise(ofUnit: index, in: interval) }
      if unit.rampDown < range { addFall(ofUnit: index, in: interval) }
    }
  }

  private mutating func addRise(ofUnit index: Int, in interval: Int) {
    let unit = problem.units[index]
    let variables = units[index]
    var rise = headroom(ofUnit: index, in: interval)
    rise.add(-1, variables.above[interval - 1])
    rise.add(-unit.rampUp, variables.isOn[interval])
    let atStart = min(unit.rampUp, unit.startUpLimit - unit.minimumOutput)
    rise.add(unit.rampUp - atStart, variables.starts[interval])
    program.constrain(rise, atMost: 0, name: "ramp up of \(unit.name) in interval \(interval + 1)")
  }

  private mutating func addFall(ofUnit index: Int, in interval: Int) {
    let unit = problem.units[index]
    let variables = units[index]
    var fall = LinearExpression()
    fall.add(1, variables.above[interval - 1])
    fall.add(-1, variables.above[interval])
    fall.add(-unit.rampDown, variables.isOn[interval - 1])
    let atStop = min(unit.rampDown, unit.shutDownLimit - unit.minimumOutput)
    fall.add(unit.rampDown - atStop, variables.stops[interval])
    program.constrain(fall, atMost: 0, name: "ramp down of \(unit.name) in interval \(interval + 1)")
  }

  /// From the output before the first interval.
  private mutating func addInitialRamps(ofUnit index: Int) {
    let unit = problem.units[index]
    guard problem.intervalCount > 0, unit.initialOutputIsKnown else { return }
    var before = 0.0
    if case .on(_, let output) = unit.initialState { before = max(0, output - unit.minimumOutput) }
    let range = unit.maximumOutput - unit.minimumOutput
    if before + unit.rampUp < range {
      program.constrain(
        headroom(ofUnit: index, in: 0), atMost: before + unit.rampUp, name: "ramp up of \(unit.name) in interval 1")
    }
    if before > unit.rampDown {
      program.constrain(
        units[index].above[0], atLeast: before - unit.rampDown, name: "ramp down of \(unit.name) in interval 1")
    }
  }
}
