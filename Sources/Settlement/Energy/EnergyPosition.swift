public import MarketModel

/// What one unit sold, delivered and has contracted on a day, by settlement period and net of auxiliary power.
public struct EnergyPosition: Hashable, Sendable {
  public let unit: UnitID
  public let day: MarketDay
  public let dayAhead: [Energy]
  public let metered: [Energy]
  public let contracts: [ContractPosition]

  public init(
    unit: UnitID, day: MarketDay, dayAhead: [Energy], metered: [Energy], contracts: [ContractPosition] = []
  ) {
    self.unit = unit
    self.day = day
    self.dayAhead = dayAhead
    self.metered = metered
    self.contracts = contracts
  }
}

/// A unit's part of a contract on a day.
public struct ContractPosition: Hashable, Sendable {
  public let id: String
  public let price: EnergyPrice
  public let reference: ContractForDifference.Reference
  public let quantities: [Energy]

  public init(
    id: String, price: EnergyPrice, reference: ContractForDifference.Reference, quantities: [Energy]
  ) {
    self.id = id
    self.price = price
    self.reference = reference
    self.quantities = quantities
  }
}

/// A company's contracts shared among its units in proportion to rated capacity, exact to the watt-minute: in every period the
/// shares add up to the contract, the rest of the division goes to the first units.
public func sharedContracts(
  _ contracts: [ContractForDifference], units: [ThermalUnit], grid: IntervalGrid, intervalsPerPeriod: Int
) -> [UnitID: [ContractPosition]] {
  let total = units.reduce(Int128(0)) { $0 + Int128($1.ratedCapacity.kilowatts) }
  guard total > 0 else { return [:] }
  var shares: [UnitID: [ContractPosition]] = [:]
  for contract in contracts {
    let whole = periodEnergies(
      grid.intervals.map { contract.power(in: $0).energy(over: grid.length) }, intervalsPerPeriod: intervalsPerPeriod)
    guard whole.contains(where: { $0 != .zero }) else { continue }
    let parts = whole.map { share($0, units, total: total) }
    for (number, unit) in units.enumerated() {
      shares[unit.id, default: []].append(
        ContractPosition(
          id: contract.id, price: contract.price, reference: contract.reference, quantities: parts.map { $0[number] }))
    }
  }
  return shares
}

private func share(_ energy: Energy, _ units: [ThermalUnit], total: Int128) -> [Energy] {
  let whole = Int128(energy.wattMinutes)
  var parts = units.map { Int64(whole * Int128($0.ratedCapacity.kilowatts) / total) }
  let rest = energy.wattMinutes - parts.reduce(0, +)
  for index in 0..<Int(rest.magnitude) { parts[index % parts.count] += rest.signum() }
  return parts.map { Energy(wattMinutes: $0) }
}
