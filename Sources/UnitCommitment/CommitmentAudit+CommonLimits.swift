internal import PowerSystem

extension CommitmentAuditor {
  /// Ramps of profiled units, fuel supplies and weighted sums of outputs. Returns the cost of violations that the problem
  /// allows at a price.
  mutating func checkCommonLimits() -> Double {
    checkProfiledRamps()
    checkFuelSupplies()
    return checkOutputConstraints()
  }

  private mutating func checkProfiledRamps() {
    for (unit, output) in zip(problem.profiledUnits, commitment.profiledOutput) {
      for interval in output.indices.dropFirst() {
        let rise = output[interval] - output[interval - 1]
        let place = "of \(unit.name) in interval \(interval + 1)"
        if !unit.rampUp.isEmpty { expect(rise, atMost: unit.rampUp[interval], "the ramp up \(place)") }
        if !unit.rampDown.isEmpty { expect(-rise, atMost: unit.rampDown[interval], "the ramp down \(place)") }
      }
    }
  }

  private mutating func checkFuelSupplies() {
    for supply in problem.fuelSupplies {
      var burnt = [Double](repeating: 0, count: problem.intervalCount)
      for user in supply.users {
        // The cost of the first intervals less that of one fewer is what an interval costs.
        var before = 0.0
        for interval in burnt.indices {
          var shorter = problem
          shorter.intervalCount = interval + 1
          var cost = shorter.cost(
            ofUnit: user.unit, isOn: commitment.isOn[user.unit], output: commitment.output[user.unit])
          let unit = problem.units[user.unit]
          for earlier in 0...interval where commitment.isOn[user.unit][earlier] && !unit.costAdder.isEmpty {
            cost -= problem.hoursPerInterval * unit.costAdder[earlier] * commitment.output[user.unit][earlier]
          }
          burnt[interval] += (cost - before) / user.price
          before = cost
        }
      }
      for (interval, amount) in burnt.enumerated() {
        let scale = max(1, 1e-3 * abs(amount))
        expect(
          (amount - supply.available[interval]) / scale, atMost: 0,
          "the fuel of \(supply.name) in interval \(interval + 1)")
      }
    }
  }

  private mutating func checkOutputConstraints() -> Double {
    var cost = 0.0
    for constraint in problem.outputConstraints {
      for interval in 0..<problem.intervalCount {
        let sum = constraint.terms.reduce(0) { $0 + $1.factor * commitment.output[$1.unit][interval] }
        let excess = max(sum - constraint.limits.upperBound, constraint.limits.lowerBound - sum)
        if let price = constraint.violationCost_perMWh {
          cost += problem.hoursPerInterval * price * max(0, excess)
        } else {
          expect(excess, atMost: 0, "\(constraint.name) in interval \(interval + 1)")
        }
      }
    }
    return cost
  }
}
