internal import Optimization
internal import PowerSystem

extension CommitmentModel {
  /// Cost of starts by time off line. A start costs the coldest category; matching it with a stop less long ago gives
  /// back the difference. Each stop and each start is matched at most once, which is the tightest description (Knueven,
  /// Ostrowski, Watson, "A novel matching formulation for startup costs in unit commitment", 2020).
  mutating func addStartCategories(ofUnit index: Int) {
    let unit = problem.units[index]
    let variables = units[index]
    guard let coldest = unit.startCategories.last else { return }
    for (interval, start) in variables.starts.enumerated() {
      program.addToObjective(coldest.cost * start)
      recordFuelCost(coldest.cost, start, ofUnit: index, in: interval)
    }
    guard unit.startCategories.count > 1 else { return }
    let shortest = max(unit.minimumDownIntervals, 1)
    let intervals = problem.intervalCount
    var matchesOfStop = [LinearExpression](repeating: LinearExpression(), count: intervals)
    var matchesOfInitialStop = LinearExpression()
    for start in 0..<intervals {
      var matches = LinearExpression()
      for stop in max(0, start - coldest.afterIntervals + 1)..<max(0, start - shortest + 1) {
        let saving = unit.startCost(afterIntervals: start - stop) - coldest.cost
        guard saving < 0 else { continue }
        let match = program.addVariable(
          name: "start \(unit.name) \(start + 1) after stop \(stop + 1)", in: 0...1, objective: saving)
        recordFuelCost(saving, match, ofUnit: index, in: start)
        matches.add(1, match)
        matchesOfStop[stop].add(1, match)
      }
      if case .off(let before) = unit.initialState, before + start >= shortest {
        let saving = unit.startCost(afterIntervals: before + start) - coldest.cost
        if saving < 0 {
          let match = program.addVariable(
            name: "start \(unit.name) \(start + 1) after the initial stop", in: 0...1, objective: saving)
          recordFuelCost(saving, match, ofUnit: index, in: start)
          matches.add(1, match)
          matchesOfInitialStop.add(1, match)
        }
      }
      guard !matches.terms.isEmpty else { continue }
      matches.add(-1, variables.starts[start])
      program.constrain(matches, atMost: 0, name: "start category of \(unit.name) in interval \(start + 1)")
    }
    for (stop, var matches) in matchesOfStop.enumerated() where !matches.terms.isEmpty {
      matches.add(-1, variables.stops[stop])
      program.constrain(matches, atMost: 0, name: "starts of \(unit.name) after the stop in interval \(stop + 1)")
    }
    if !matchesOfInitialStop.terms.isEmpty {
      program.constrain(matchesOfInitialStop, atMost: 1, name: "starts of \(unit.name) after the initial stop")
    }
  }
}
