package import Optimization
package import PowerSystem

extension CommitmentModel {
  /// The decision that a solution stands for. Statuses are rounded; everything else is what the solver gave, with what
  /// lies within its tolerance outside a bound put back on it.
  package func commitment(from solution: Solution) -> Commitment {
    func values(_ variables: [Variable]) -> [Double] { variables.map { max(0, solution[$0]) } }
    let isOn = units.map { $0.isOn.map { solution[$0] > 0.5 } }
    let output = zip(problem.units, units).map { unit, variables in
      zip(variables.isOn, variables.above).map { on, above in
        solution[on] > 0.5 ? min(unit.maximumOutput, unit.minimumOutput + max(0, solution[above])) : 0
      }
    }
    let reserve = problem.reserves.indices.map { number in
      units.map { unit in
        unit.reserve[number].map(values) ?? [Double](repeating: 0, count: problem.intervalCount)
      }
    }
    return Commitment(
      isOn: isOn, output: output,
      profiledOutput: profiled.map { $0.map { solution[$0] } }, charge: storages.map { values($0.charge) },
      discharge: storages.map { values($0.discharge) }, priceSensitiveDemand: priceSensitive.map(values),
      reserve: reserve, reserveShortfall: shortfall.map(values), shortage: shortage.map(values),
      surplus: surplus.map(values), directCurrentFlow: directCurrentFlows.map { $0.map { solution[$0] } },
      services: heldServices(in: solution))
  }

  /// Ancillary services of a solution.
  private func heldServices(in solution: Solution) -> HeldServices {
    var held = HeldServices()
    guard problem.services != nil else { return held }
    func amounts(_ path: KeyPath<ServiceVariables, [Variable]>) -> [[Double]] {
      serviceVariables.map { variables in
        let series = variables[keyPath: path]
        return series.isEmpty
          ? [Double](repeating: 0, count: problem.intervalCount) : series.map { max(0, solution[$0]) }
      }
    }
    held.regulates = amounts(\.regulates).map { $0.map { $0 > 0.5 } }
    held.regulationUp = amounts(\.regulationUp)
    held.regulationDown = amounts(\.regulationDown)
    held.spinning = amounts(\.spinning)
    held.nonSpinning = amounts(\.nonSpinning)
    held.supplementalOnLine = amounts(\.supplementalOnLine)
    held.supplementalOffLine = amounts(\.supplementalOffLine)
    held.flexibleUp = amounts(\.flexibleUp)
    held.flexibleDown = amounts(\.flexibleDown)
    held.shortfall = serviceShortfall.map { $0.map { $0.map { max(0, solution[$0]) } } }
    return held
  }

  /// Statuses of the units in a solution, as shares between 0 and 1.
  func statuses(in solution: Solution) -> [[Double]] { units.map { $0.isOn.map { solution[$0] } } }

  /// A start for the solver from a commitment: its binaries; the solver finds the rest.
  func start(from commitment: Commitment) -> [Double] {
    var values = [Double](repeating: 0, count: program.variableCount)
    for (unit, variables) in units.enumerated() {
      var wasOn = problem.units[unit].initialState.isOn
      for (interval, isOn) in commitment.isOn[unit].enumerated() {
        values[variables.isOn[interval].position] = isOn ? 1 : 0
        values[variables.starts[interval].position] = isOn && !wasOn ? 1 : 0
        values[variables.stops[interval].position] = !isOn && wasOn ? 1 : 0
        wasOn = isOn
      }
    }
    return values
  }
}
