internal import Optimization
internal import PowerSystem

extension CommitmentModel {
  /// Services share the ramp with the energy: what is delivered within some minutes counts as often as these minutes fit into
  /// the interval, and regulation and reserve count by their mean over the two intervals (California ISO, "Market
  /// optimization details", technical bulletin 2009-06-05).
  mutating func addSharedRamps(ofUnit index: Int, _ services: AncillaryServices) {
    let first = problem.units[index].initialOutputIsKnown ? 0 : 1
    for interval in first..<max(first, problem.intervalCount) {
      addSharedRise(ofUnit: index, in: interval, services)
      addSharedFall(ofUnit: index, in: interval, services)
    }
  }

  private func minutes(per minutes: Double) -> Double { problem.hoursPerInterval * 60 / minutes }

  /// Adds a service by its mean over an interval and the one before, in which there is none before the first.
  private func addMean(_ factor: Double, _ series: [Variable], _ interval: Int, to row: inout LinearExpression) {
    guard interval > 0 else { return row.add(factor, series, interval) }
    row.add(factor / 2, series, interval)
    row.add(factor / 2, series, interval - 1)
  }

  private mutating func addSharedRise(ofUnit index: Int, in interval: Int, _ services: AncillaryServices) {
    let unit = problem.units[index]
    guard unit.rampUp.isFinite, unit.startUpLimit.isFinite else { return }
    let held = serviceVariables[index]
    var rise = headroom(ofUnit: index, in: interval)
    addMean(minutes(per: services.regulationMinutes), held.regulationUp, interval, to: &rise)
    addMean(minutes(per: services.spinningMinutes), held.spinning, interval, to: &rise)
    addMean(minutes(per: services.supplementalMinutes), held.supplementalOnLine, interval, to: &rise)
    rise.add(minutes(per: services.flexibleMinutes), held.flexibleUp, interval)
    let ramp = unit.rampUp
    let atStart = unit.minimumOutput + (unit.startUpLimit - unit.minimumOutput) * problem.hoursPerInterval
    var before = 0.0
    var base = 0.0
    if interval > 0 {
      rise.add(-1, units[index].above[interval - 1])
      base = unit.minimumOutput
    } else if case .on(_, let output) = unit.initialState {
      before = output
    }
    rise.add(-(ramp + base - unit.minimumOutput), units[index].isOn[interval])
    rise.add(-(atStart - base - ramp), units[index].starts[interval])
    program.constrain(
      rise, atMost: before, name: "shared ramp up of \(unit.name) in interval \(interval + 1)")
  }

  private mutating func addSharedFall(ofUnit index: Int, in interval: Int, _ services: AncillaryServices) {
    let unit = problem.units[index]
    guard unit.rampDown.isFinite, unit.shutDownLimit.isFinite else { return }
    let held = serviceVariables[index]
    let ramp = unit.rampDown
    let atStop = unit.minimumOutput + (unit.shutDownLimit - unit.minimumOutput) * problem.hoursPerInterval
    var fall = LinearExpression()
    fall.add(-1, units[index].above[interval])
    addMean(minutes(per: services.regulationMinutes), held.regulationDown, interval, to: &fall)
    fall.add(minutes(per: services.flexibleMinutes), held.flexibleDown, interval)
    fall.add(-(atStop - unit.minimumOutput - ramp), units[index].stops[interval])
    var most = 0.0
    if interval > 0 {
      fall.add(1, units[index].above[interval - 1])
      fall.add(-ramp, units[index].isOn[interval - 1])
    } else if case .on(_, let output) = unit.initialState {
      most = ramp + unit.minimumOutput - output
    }
    program.constrain(fall, atMost: most, name: "shared ramp down of \(unit.name) in interval \(interval + 1)")
  }
}
