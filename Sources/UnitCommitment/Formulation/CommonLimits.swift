internal import Optimization
internal import PowerSystem

extension CommitmentModel {
  /// Whether the fuel of a unit is limited, so that its cost is kept as an expression.
  func hasLimitedFuel(_ unit: Int) -> Bool {
    problem.fuelSupplies.contains { $0.users.contains { $0.unit == unit } }
  }

  /// Adds a part of a unit's cost in an interval where its fuel is limited.
  mutating func recordFuelCost(_ cost: Double, _ variable: Variable, ofUnit index: Int, in interval: Int) {
    guard !units[index].fuelCost.isEmpty else { return }
    units[index].fuelCost[interval].add(cost, variable)
  }

  /// Σ cost / price ≤ fuel of each supply and interval.
  mutating func addFuelSupplies() {
    for supply in problem.fuelSupplies {
      for interval in 0..<problem.intervalCount where supply.available[interval].isFinite {
        var burnt = LinearExpression()
        for user in supply.users { burnt += (1 / user.price) * units[user.unit].fuelCost[interval] }
        program.constrain(
          burnt, atMost: supply.available[interval], name: "fuel of \(supply.name) in interval \(interval + 1)")
      }
    }
  }

  /// Bands of weighted sums of outputs.
  mutating func addOutputConstraints() {
    for constraint in problem.outputConstraints {
      for interval in 0..<problem.intervalCount {
        var sum = LinearExpression()
        for term in constraint.terms {
          sum.add(term.factor * problem.units[term.unit].minimumOutput, units[term.unit].isOn[interval])
          sum.add(term.factor, units[term.unit].above[interval])
        }
        soften(&sum, by: constraint.violationCost_perMWh, name: "violation of \(constraint.name) \(interval + 1)")
        program.constrain(sum, in: constraint.limits, name: "\(constraint.name) in interval \(interval + 1)")
      }
    }
  }

  /// Output of profiled units moves no faster than their ramps, from the second interval on.
  mutating func addProfiledRamps() {
    for (index, unit) in problem.profiledUnits.enumerated() {
      for interval in 0..<problem.intervalCount where interval > 0 {
        var rise = LinearExpression()
        rise.add(1, profiled[index][interval])
        rise.add(-1, profiled[index][interval - 1])
        let place = "of \(unit.name) in interval \(interval + 1)"
        if !unit.rampUp.isEmpty, unit.rampUp[interval].isFinite {
          program.constrain(rise, atMost: unit.rampUp[interval], name: "ramp up \(place)")
        }
        if !unit.rampDown.isEmpty, unit.rampDown[interval].isFinite {
          program.constrain(rise, atLeast: -unit.rampDown[interval], name: "ramp down \(place)")
        }
      }
    }
  }
}
