/// Resources that are offered and dispatched as one, over the intervals of a day.
public struct VirtualPowerPlant: Sendable {
  public let resources: [FlexibleResource]
  public let intervals: Int
  /// Length of an interval.
  public let hours: Double

  /// - Throws: ``AssetProblem`` if a resource has another number of intervals.
  public init(_ resources: [FlexibleResource], intervals: Int, hours: Double) throws(AssetProblem) {
    guard !resources.isEmpty, intervals > 0, hours > 0 else {
      throw AssetProblem("A virtual power plant has at least one resource and one interval.")
    }
    for resource in resources {
      let found: Int? =
        switch resource.kind {
        case .photovoltaics(let plant): plant.available.count
        case .adjustableLoad(let load): load.baseline.count
        case .heatAndPower(let plant): plant.lowest.count
        case .chargingPile(let pile): pile.plugged.upperBound <= intervals ? intervals : pile.plugged.upperBound
        case .battery: nil
        }
      if let found, found != intervals {
        throw AssetProblem("\(resource.name) has \(found) intervals where the day has \(intervals).")
      }
    }
    self.resources = resources
    self.intervals = intervals
    self.hours = hours
  }

  /// Power by interval of a resource that nobody steers: the sun's, no move of a battery, charging at once, the plain load, and the
  /// output that the heat asks for.
  public func unsteered(_ resource: FlexibleResource) -> [Double] {
    switch resource.kind {
    case .photovoltaics(let plant): plant.available
    case .battery: [Double](repeating: 0, count: intervals)
    case .chargingPile(let pile): chargedAtOnce(pile)
    case .adjustableLoad(let load): load.baseline.map { -$0 }
    case .heatAndPower(let plant): plant.lowest
    }
  }

  private func chargedAtOnce(_ pile: ChargingPile) -> [Double] {
    var powers = [Double](repeating: 0, count: intervals)
    var left = pile.neededMegawattHours
    for interval in pile.plugged {
      let drawn = min(left, pile.megawatts * hours)
      powers[interval] = -drawn / hours
      left -= drawn
    }
    return powers
  }

  /// What a profile of a resource costs beside the energy at its meter, in currency units.
  public func cost(_ resource: FlexibleResource, _ powers: [Double]) -> Double {
    switch resource.kind {
    case .photovoltaics(let plant):
      return zip(plant.available, powers).reduce(0) { $0 + ($1.0 - $1.1) } * plant.compensationPerMWh * hours
    case .battery(let battery):
      let unit = battery.unit
      var (stored, worn) = (battery.initialMegawattHours, 0.0)
      for power in powers {
        stored += power < 0 ? -power * unit.chargeEfficiency * hours : -power / unit.dischargeEfficiency * hours
        worn += max(power, 0) * hours * unit.wearCostPerMWh
      }
      return worn - battery.endValuePerMWh * (stored - battery.initialMegawattHours)
    case .chargingPile: return 0
    case .adjustableLoad(let load):
      return zip(load.baseline, powers).reduce(0) { $0 + ($1.0 + $1.1) } * load.compensationPerMWh * hours
    case .heatAndPower(let plant): return powers.reduce(0) { $0 + plant.cost(at: $1) } * hours
    }
  }
}
