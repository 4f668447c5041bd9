internal import Optimization
internal import PowerSystem

extension CommitmentModel {
  /// Level, charge and discharge of each storage; a binary where it may not do both at once or has minimum rates.
  mutating func addStorages() {
    for storage in problem.storages {
      var variables = StorageVariables()
      for interval in 0..<problem.intervalCount {
        addFlows(of: storage, in: interval, to: &variables)
        addLevel(of: storage, in: interval, to: &variables)
      }
      storages.append(variables)
    }
  }

  private mutating func addFlows(of storage: StorageUnit, in interval: Int, to variables: inout StorageVariables) {
    let hours = problem.hoursPerInterval
    let charge = program.addVariable(
      name: "charge of \(storage.name) \(interval + 1)", in: 0...storage.maximumCharge[interval],
      objective: hours * storage.chargeCost_perMWh[interval])
    let discharge = program.addVariable(
      name: "discharge of \(storage.name) \(interval + 1)", in: 0...storage.maximumDischarge[interval],
      objective: hours * storage.dischargeCost_perMWh[interval])
    variables.charge.append(charge)
    variables.discharge.append(discharge)
    injection[storage.bus][interval].add(-1, charge)
    injection[storage.bus][interval].add(1, discharge)
    let minima = (storage.minimumCharge[interval], storage.minimumDischarge[interval])
    if storage.allowsBoth[interval], minima == (0, 0) { return }
    let charges = program.addBinary(name: "\(storage.name) charges \(interval + 1)")
    let discharges = program.addBinary(name: "\(storage.name) discharges \(interval + 1)")
    let name = "rate of \(storage.name) in interval \(interval + 1)"
    program.constrain(charge - storage.maximumCharge[interval] * charges, atMost: 0, name: name)
    program.constrain(charge - minima.0 * charges, atLeast: 0, name: name)
    program.constrain(discharge - storage.maximumDischarge[interval] * discharges, atMost: 0, name: name)
    program.constrain(discharge - minima.1 * discharges, atLeast: 0, name: name)
    if !storage.allowsBoth[interval] { program.constrain(charges + discharges, atMost: 1, name: name) }
  }

  private mutating func addLevel(of storage: StorageUnit, in interval: Int, to variables: inout StorageVariables) {
    let hours = problem.hoursPerInterval
    var band = storage.minimumLevel[interval]...storage.maximumLevel[interval]
    if interval == problem.intervalCount - 1, let final = storage.finalLevel { band = final }
    let level = program.addVariable(name: "level of \(storage.name) \(interval + 1)", in: band)
    var change = LinearExpression()
    change.add(1, level)
    let kept = 1 - storage.loss[interval]
    var before = 0.0
    if interval == 0 { before = kept * storage.initialLevel } else { change.add(-kept, variables.level[interval - 1]) }
    change.add(-storage.chargeEfficiency[interval] * hours, variables.charge[interval])
    change.add(hours / storage.dischargeEfficiency[interval], variables.discharge[interval])
    program.constrain(change, equalTo: before, name: "level of \(storage.name) in interval \(interval + 1)")
    variables.level.append(level)
  }
}
