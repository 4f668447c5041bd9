/// Megawatts that a resource can add to its lowest output in an interval, and the price from which it is worth doing.
struct FlexibleBlock {
  let resource: Int32
  let price: Double
  let megawatts: Double
}

/// What a resource can do in an interval, given what it has left and what later intervals are worth at the coordinating prices:
/// an opportunity cost instead of a look at its own cost alone.
struct BlockMaker: Sendable {
  let plant: VirtualPowerPlant
  let prices: [Double]
  /// By resource: values of stored energy of batteries.
  let values: [StoredEnergyValues?]
  /// By resource: intervals of a pile, cheapest first, or of a load, dearest first.
  let orders: [[Int]]

  init(_ plant: VirtualPowerPlant, prices: [Double], values: [StoredEnergyValues?]) {
    self.plant = plant
    self.prices = prices
    self.values = values
    orders = plant.resources.map { resource in
      switch resource.kind {
      case .chargingPile(let pile): plant.cheapestFirst(pile, prices)
      case .adjustableLoad(let load): plant.dearestFirst(load, prices)
      default: []
      }
    }
  }

  /// What each resource has at first: stored energy, energy needed, or reduction left, in MWh.
  var initialLevels: [Double] {
    plant.resources.map { resource in
      switch resource.kind {
      case .battery(let battery): battery.initialMegawattHours
      case .chargingPile(let pile): pile.neededMegawattHours
      case .adjustableLoad(let load): load.largestReductionMWh
      case .photovoltaics, .heatAndPower: 0
      }
    }
  }

  /// What a resource has left after an interval at a power.
  func level(after power: Double, of resource: Int, at interval: Int, from level: Double) -> Double {
    switch plant.resources[resource].kind {
    case .battery: values[resource]?.stored(after: power, from: level) ?? level
    case .chargingPile: max(0, level + power * plant.hours)
    case .adjustableLoad(let load): max(0, level - (load.baseline[interval] + power) * plant.hours)
    case .photovoltaics, .heatAndPower: level
    }
  }

  /// Power of a resource that is not steered (any more), from what it has left.
  func unsteeredPower(of resource: Int, at interval: Int, level: Double) -> Double {
    switch plant.resources[resource].kind {
    case .photovoltaics(let solar): solar.available[interval]
    case .battery: 0
    case .chargingPile(let pile):
      pile.plugged.contains(interval) ? -min(level / plant.hours, pile.megawatts) : 0
    case .adjustableLoad(let load): -load.baseline[interval]
    case .heatAndPower(let plant): plant.lowest[interval]
    }
  }

  /// Appends the blocks of a resource in an interval.
  ///
  /// - Returns: its lowest power, MW.
  func append(to blocks: inout [FlexibleBlock], resource: Int, interval: Int, level: Double) -> Double {
    let number = Int32(resource)
    switch plant.resources[resource].kind {
    case .photovoltaics(let solar):
      let power = solar.available[interval]
      if power > 0 {
        blocks.append(FlexibleBlock(resource: number, price: -solar.compensationPerMWh, megawatts: power))
      }
      return 0
    case .battery: return appendBattery(&blocks, number, interval, level)
    case .chargingPile(let pile): return appendPile(&blocks, number, pile, interval, level)
    case .adjustableLoad(let load):
      let cut = min(load.reducible[interval] * plant.hours, level)
      if cut > 1e-12 {
        let price = load.compensationPerMWh + displaced(load, resource, interval, energy: level - cut / 2)
        blocks.append(FlexibleBlock(resource: number, price: price, megawatts: cut / plant.hours))
      }
      return -load.baseline[interval]
    case .heatAndPower(let unit):
      let (low, high) = (unit.lowest[interval], unit.highest[interval])
      let parts = unit.costSlope > 0 ? 4 : 1
      let width = (high - low) / Double(parts)
      for part in 0..<parts where width > 1e-12 {
        let middle = low + (Double(part) + 0.5) * width
        let price = unit.costPerMWh + unit.costSlope * middle
        blocks.append(FlexibleBlock(resource: number, price: price, megawatts: width))
      }
      return low
    }
  }

  private func appendBattery(
    _ blocks: inout [FlexibleBlock], _ resource: Int32, _ interval: Int, _ stored: Double
  ) -> Double {
    guard let values = values[Int(resource)] else { return 0 }
    let (unit, hours) = (values.unit, plant.hours)
    let charge = min(unit.chargeMegawatts * hours * unit.chargeEfficiency, unit.usableMegawattHours - stored)
    let discharge = min(unit.dischargeMegawatts * hours / unit.dischargeEfficiency, stored)
    let (bottom, top) = (stored - discharge, stored + charge)
    var start = 0.0
    for index in values.starts[interval + 1]..<values.starts[interval + 2] where start < top {
      let end = start + values.lengths[index]
      defer { start = end }
      let slope = values.slopes[index]
      let below = min(end, stored) - max(start, bottom)
      if below > 1e-12 {
        let price = slope / unit.dischargeEfficiency + unit.wearCostPerMWh
        blocks.append(
          FlexibleBlock(resource: resource, price: price, megawatts: below * unit.dischargeEfficiency / hours))
      }
      let above = min(end, top) - max(start, stored)
      if above > 1e-12 {
        let price = slope * unit.chargeEfficiency
        blocks.append(FlexibleBlock(resource: resource, price: price, megawatts: above / unit.chargeEfficiency / hours))
      }
    }
    return -charge / unit.chargeEfficiency / hours
  }

  private func appendPile(
    _ blocks: inout [FlexibleBlock], _ resource: Int32, _ pile: ChargingPile, _ interval: Int, _ needed: Double
  ) -> Double {
    guard pile.plugged.contains(interval), needed > 1e-12 else { return 0 }
    let slot = pile.megawatts * plant.hours
    let most = min(slot, needed)
    let least = max(0, needed - slot * Double(pile.plugged.upperBound - interval - 1))
    var deferrable = most - min(least, most)
    // What is put off is drawn in the cheapest later intervals that the rest leaves free.
    var taken = needed - most
    for later in orders[Int(resource)] where later > interval && deferrable > 1e-12 {
      let free = max(0, slot - taken)
      taken = max(0, taken - slot)
      let energy = min(deferrable, free)
      guard energy > 1e-12 else { continue }
      blocks.append(
        FlexibleBlock(resource: resource, price: prices[later], megawatts: energy / plant.hours))
      deferrable -= energy
    }
    return -most / plant.hours
  }

  /// What later reductions would bring that `energy` MWh of the day's allowance just reach, over their compensation.
  private func displaced(_ load: AdjustableLoad, _ resource: Int, _ interval: Int, energy: Double) -> Double {
    var sum = 0.0
    for later in orders[resource] where later > interval {
      sum += load.reducible[later] * plant.hours
      if sum >= energy { return max(0, prices[later] - load.compensationPerMWh) }
    }
    return 0
  }
}
