internal import PowerSystem

extension CommitmentAuditor {
  mutating func checkBands() {
    for (unit, output) in zip(problem.profiledUnits, commitment.profiledOutput) {
      for (interval, value) in output.enumerated() {
        expect(value, atMost: unit.maximumOutput[interval], "the output of \(unit.name) in interval \(interval + 1)")
        expect(-value, atMost: -unit.minimumOutput[interval], "the output of \(unit.name) in interval \(interval + 1)")
      }
    }
    for (demand, served) in zip(problem.priceSensitiveDemands, commitment.priceSensitiveDemand) {
      for (interval, value) in served.enumerated() {
        expect(value, atMost: demand.maximumDemand[interval], "\(demand.name) in interval \(interval + 1)")
        expect(-value, atMost: 0, "\(demand.name) in interval \(interval + 1)")
      }
    }
  }

  mutating func checkStorages() {
    for (index, storage) in problem.storages.enumerated() {
      var level = storage.initialLevel
      for interval in 0..<problem.intervalCount {
        let charge = commitment.charge[index][interval]
        let discharge = commitment.discharge[index][interval]
        let place = "of \(storage.name) in interval \(interval + 1)"
        expectRate(charge, storage.minimumCharge[interval], storage.maximumCharge[interval], "the charge \(place)")
        expectRate(
          discharge, storage.minimumDischarge[interval], storage.maximumDischarge[interval], "the discharge \(place)")
        if !storage.allowsBoth[interval] { expect(min(charge, discharge), atMost: 0, "charge and discharge \(place)") }
        level =
          (1 - storage.loss[interval]) * level + problem.hoursPerInterval
          * (storage.chargeEfficiency[interval] * charge - discharge / storage.dischargeEfficiency[interval])
        var band = storage.minimumLevel[interval]...storage.maximumLevel[interval]
        if interval == problem.intervalCount - 1, let final = storage.finalLevel { band = final }
        expect(level, atMost: band.upperBound, "the level \(place)")
        expect(-level, atMost: -band.lowerBound, "the level \(place)")
      }
    }
  }

  private mutating func expectRate(_ value: Double, _ minimum: Double, _ maximum: Double, _ name: String) {
    expect(value, atMost: maximum, name)
    expect(-value, atMost: 0, name)
    if value > tolerance { expect(minimum - value, atMost: 0, name) }
  }

  mutating func checkReserves() {
    let problem = self.problem
    for (number, reserve) in problem.reserves.enumerated() {
      for interval in 0..<problem.intervalCount {
        var held = 0.0
        for unit in problem.units.indices {
          let value = commitment.reserve[number][unit][interval]
          held += value
          expect(-value, atMost: 0, "\(reserve.name) from \(problem.units[unit].name) in interval \(interval + 1)")
          if let providers = reserve.providers, !providers.contains(unit) {
            expect(value, atMost: 0, "\(reserve.name) from \(problem.units[unit].name), which does not provide it,")
          }
        }
        let missing = commitment.reserveShortfall[number].isEmpty ? 0 : commitment.reserveShortfall[number][interval]
        expect(
          reserve.requirement[interval] - held - missing, atMost: 0, "\(reserve.name) in interval \(interval + 1)")
      }
    }
  }

  /// Generation − demand at a bus, MW.
  func injection(atBus bus: Int, in interval: Int) -> Double {
    var total = -problem.buses[bus].demand[interval]
    for (unit, output) in zip(problem.units, commitment.output) where unit.bus == bus { total += output[interval] }
    for (unit, output) in zip(problem.profiledUnits, commitment.profiledOutput) where unit.bus == bus {
      total += output[interval]
    }
    for (index, storage) in problem.storages.enumerated() where storage.bus == bus {
      total += commitment.discharge[index][interval] - commitment.charge[index][interval]
    }
    for (demand, served) in zip(problem.priceSensitiveDemands, commitment.priceSensitiveDemand)
    where demand.bus == bus { total -= served[interval] }
    if !commitment.shortage.isEmpty { total += commitment.shortage[bus][interval] }
    if !commitment.surplus.isEmpty { total -= commitment.surplus[bus][interval] }
    for (line, flows) in zip(problem.directCurrentLines, commitment.directCurrentFlow) {
      if line.from == bus { total -= flows[interval] }
      if line.to == bus { total += flows[interval] }
    }
    return total
  }

  func totalCost() -> Double {
    let hours = problem.hoursPerInterval
    var cost = 0.0
    for index in problem.units.indices {
      cost += problem.cost(ofUnit: index, isOn: commitment.isOn[index], output: commitment.output[index])
    }
    for interval in 0..<problem.intervalCount {
      for (unit, output) in zip(problem.profiledUnits, commitment.profiledOutput) where !unit.cost_perMWh.isEmpty {
        cost += hours * unit.cost_perMWh[interval] * output[interval]
      }
      for (index, storage) in problem.storages.enumerated() {
        cost += hours * storage.chargeCost_perMWh[interval] * commitment.charge[index][interval]
        cost += hours * storage.dischargeCost_perMWh[interval] * commitment.discharge[index][interval]
      }
      for (demand, served) in zip(problem.priceSensitiveDemands, commitment.priceSensitiveDemand) {
        cost -= hours * demand.value_perMWh[interval] * served[interval]
      }
      for (reserve, missing) in zip(problem.reserves, commitment.reserveShortfall) where !missing.isEmpty {
        cost += hours * (reserve.shortfallCost_perMWh ?? 0) * missing[interval]
      }
      for bus in commitment.shortage { cost += hours * (problem.shortageCost_perMWh ?? 0) * bus[interval] }
      for bus in commitment.surplus { cost += hours * (problem.surplusCost_perMWh ?? 0) * bus[interval] }
    }
    return cost
  }
}
