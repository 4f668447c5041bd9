public import PowerSystem

extension CommitmentProblem {
  /// Cost of a unit's commitment over the horizon: output, starts by time off line, shut-downs.
  ///
  /// - Parameters:
  ///   - unit: index of the unit
  ///   - isOn: status by interval
  ///   - output: MW by interval
  public func cost(ofUnit unit: Int, isOn: [Bool], output: [Double]) -> Double {
    let unit = units[unit]
    var cost = 0.0
    var isRunning = unit.initialState.isOn
    var intervalsOff =
      if case .off(let intervals) = unit.initialState { intervals } else { 0 }
    for interval in 0..<intervalCount {
      if isOn[interval] {
        if !isRunning { cost += unit.startCost(afterIntervals: intervalsOff) }
        let adder = unit.costAdder.isEmpty ? 0 : unit.costAdder[interval] * output[interval]
        cost += hoursPerInterval * (unit.costPerHour(atOutput: output[interval]) + adder)
        intervalsOff = 0
      } else {
        if isRunning { cost += unit.shutDownCost }
        intervalsOff += 1
      }
      isRunning = isOn[interval]
    }
    return cost
  }
}
