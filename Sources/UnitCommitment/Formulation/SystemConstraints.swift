internal import Optimization
internal import PowerSystem

extension CommitmentModel {
  mutating func addProfiledUnits() {
    for unit in problem.profiledUnits {
      let output = (0..<problem.intervalCount).map { interval in
        program.addVariable(
          name: "output of \(unit.name) \(interval + 1)",
          in: unit.minimumOutput[interval]...unit.maximumOutput[interval],
          objective: unit.cost_perMWh.isEmpty ? 0 : problem.hoursPerInterval * unit.cost_perMWh[interval])
      }
      for (interval, variable) in output.enumerated() { injection[unit.bus][interval].add(1, variable) }
      profiled.append(output)
    }
    for (index, unit) in problem.units.enumerated() {
      for interval in 0..<problem.intervalCount {
        injection[unit.bus][interval].add(unit.minimumOutput, units[index].isOn[interval])
        injection[unit.bus][interval].add(1, units[index].above[interval])
      }
    }
  }

  mutating func addPriceSensitiveDemands() {
    for demand in problem.priceSensitiveDemands {
      let served = (0..<problem.intervalCount).map { interval in
        program.addVariable(
          name: "\(demand.name) \(interval + 1)", in: 0...demand.maximumDemand[interval],
          objective: -problem.hoursPerInterval * demand.value_perMWh[interval])
      }
      for (interval, variable) in served.enumerated() { injection[demand.bus][interval].add(-1, variable) }
      priceSensitive.append(served)
    }
  }

  /// Where the problem gives them a cost, demand may go without and output may be left.
  mutating func addShortageAndSurplus() {
    for (index, bus) in problem.buses.enumerated() {
      if let cost = problem.shortageCost_perMWh {
        shortage.append(
          (0..<problem.intervalCount).map { interval in
            program.addVariable(
              name: "shortage at \(bus.name) \(interval + 1)", in: 0...max(0, bus.demand[interval]),
              objective: problem.hoursPerInterval * cost)
          })
        for (interval, variable) in shortage[index].enumerated() { injection[index][interval].add(1, variable) }
      }
      if let cost = problem.surplusCost_perMWh {
        surplus.append(
          (0..<problem.intervalCount).map { interval in
            program.addVariable(
              name: "surplus at \(bus.name) \(interval + 1)", objective: problem.hoursPerInterval * cost)
          })
        for (interval, variable) in surplus[index].enumerated() { injection[index][interval].add(-1, variable) }
      }
    }
  }

  /// Σ injection = 0 in every interval.
  mutating func addBalance() {
    for interval in 0..<problem.intervalCount {
      let total = LinearExpression.sum(of: injection.map { $0[interval] })
      balance.append(program.constrain(total, equalTo: 0, name: "balance of interval \(interval + 1)"))
    }
  }

  /// Σ reserve + shortfall ≥ requirement.
  mutating func addReserveRequirements() {
    for (number, reserve) in problem.reserves.enumerated() {
      var rows: [LinearProgram.Constraint] = []
      var missing: [Variable] = []
      for interval in 0..<problem.intervalCount {
        var held = LinearExpression()
        for unit in units {
          if let offered = unit.reserve[number] { held.add(1, offered[interval]) }
        }
        if let cost = reserve.shortfallCost_perMWh {
          let variable = program.addVariable(
            name: "shortfall of \(reserve.name) \(interval + 1)", objective: problem.hoursPerInterval * cost)
          held.add(1, variable)
          missing.append(variable)
        }
        rows.append(
          program.constrain(
            held, atLeast: reserve.requirement[interval], name: "\(reserve.name) in interval \(interval + 1)"))
      }
      reserveRows.append(rows)
      shortfall.append(missing)
    }
  }
}
