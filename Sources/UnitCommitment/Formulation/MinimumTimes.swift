internal import Optimization
internal import PowerSystem

extension CommitmentModel {
  /// Σ starts of the last minimum up time ≤ on, Σ stops of the last minimum down time ≤ 1 − on (Rajan and Takriti,
  /// "Minimum up/down polytopes of the unit commitment problem with start-up costs", IBM 2005): the convex hull of the
  /// statuses.
  mutating func addMinimumTimes(ofUnit index: Int) {
    let unit = problem.units[index]
    let variables = units[index]
    let intervals = problem.intervalCount
    let up = min(max(unit.minimumUpIntervals, 1), intervals)
    let down = min(max(unit.minimumDownIntervals, 1), intervals)
    for interval in 0..<intervals {
      var started = LinearExpression()
      started.add(-1, variables.isOn[interval])
      for earlier in max(0, interval - up + 1)...interval { started.add(1, variables.starts[earlier]) }
      program.constrain(started, atMost: 0, name: "minimum up time of \(unit.name) in interval \(interval + 1)")
      var stopped = LinearExpression()
      stopped.add(1, variables.isOn[interval])
      for earlier in max(0, interval - down + 1)...interval { stopped.add(1, variables.stops[earlier]) }
      program.constrain(stopped, atMost: 1, name: "minimum down time of \(unit.name) in interval \(interval + 1)")
    }
  }
}
