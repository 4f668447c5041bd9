/// What a resource does at given prices, and what that leaves it: the subproblem of a dispatch by prices.
struct PriceResponse {
  let powers: [Double]
  /// Largest Σ price·power·hours − cost; at least that of `powers` (more only where a battery's hull is relaxed).
  let profit: Double
  /// Values of stored energy, for a battery.
  let values: StoredEnergyValues?
}

extension VirtualPowerPlant {
  /// The best profile at prices by interval.
  func response(_ resource: FlexibleResource, prices: [Double]) -> PriceResponse {
    switch resource.kind {
    case .photovoltaics(let plant):
      let powers = plant.available.indices.map { prices[$0] > -plant.compensationPerMWh ? plant.available[$0] : 0 }
      return plain(resource, powers, prices)
    case .battery(let battery): return response(battery, prices)
    case .chargingPile(let pile):
      var powers = [Double](repeating: 0, count: intervals)
      var left = pile.neededMegawattHours
      for interval in cheapestFirst(pile, prices) where left > 0 {
        let drawn = min(left, pile.megawatts * hours)
        powers[interval] = -drawn / hours
        left -= drawn
      }
      return plain(resource, powers, prices)
    case .adjustableLoad(let load):
      var powers = load.baseline.map { -$0 }
      var left = load.largestReductionMWh
      for interval in dearestFirst(load, prices) where left > 0 && prices[interval] > load.compensationPerMWh {
        let reduced = min(left, load.reducible[interval] * hours)
        powers[interval] += reduced / hours
        left -= reduced
      }
      return plain(resource, powers, prices)
    case .heatAndPower(let plant):
      let powers = prices.indices.map { interval -> Double in
        let free = plant.costSlope > 0 ? (prices[interval] - plant.costPerMWh) / plant.costSlope : 0
        let wanted = plant.costSlope > 0 ? free : prices[interval] > plant.costPerMWh ? plant.highest[interval] : 0
        return min(max(wanted, plant.lowest[interval]), plant.highest[interval])
      }
      return plain(resource, powers, prices)
    }
  }

  private func plain(_ resource: FlexibleResource, _ powers: [Double], _ prices: [Double]) -> PriceResponse {
    let revenue = zip(prices, powers).reduce(0) { $0 + $1.0 * $1.1 } * hours
    return PriceResponse(powers: powers, profit: revenue - cost(resource, powers), values: nil)
  }

  private func response(_ battery: MemberBattery, _ prices: [Double]) -> PriceResponse {
    let values = StoredEnergyValues(battery, prices: prices, hours: hours)
    var stored = battery.initialMegawattHours
    let powers = prices.indices.map { interval -> Double in
      let next = values.next(stored: stored, interval: interval, price: prices[interval])
      defer { stored = next }
      return values.power(from: stored, to: next)
    }
    let start = battery.initialMegawattHours
    return PriceResponse(
      powers: powers, profit: values.valueAtStart(stored: start) - battery.endValuePerMWh * start, values: values)
  }

  /// The intervals in which a pile may charge, the cheapest first.
  func cheapestFirst(_ pile: ChargingPile, _ prices: [Double]) -> [Int] {
    pile.plugged.sorted { (prices[$0], $0) < (prices[$1], $1) }
  }

  /// The intervals in which a load may be reduced, the dearest first.
  func dearestFirst(_ load: AdjustableLoad, _ prices: [Double]) -> [Int] {
    load.reducible.indices.filter { load.reducible[$0] > 0 }.sorted { (-prices[$0], $0) < (-prices[$1], $1) }
  }
}
