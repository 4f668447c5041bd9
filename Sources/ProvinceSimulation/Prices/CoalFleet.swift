internal import NumericMethods

/// One unit of the fleet that bids, as much of it as its offer needs.
struct CoalUnit: Sendable {
  let capacity: Double
  /// Share of capacity offered at the floor to stay on line.
  let minimumShare: Double
  /// Incremental cost of a net megawatt-hour at a coal index of 1.
  let cost: Double
  let suppliesHeat: Bool
  /// What it asks for its last megawatts.
  let scarcityPrice: Double
}

/// The fleet in the order of cost; sizes, costs and minima are drawn once.
func makeFleet(_ parameters: ProvinceParameters, streams: RandomStreams) -> [CoalUnit] {
  let fleet = parameters.fleet
  var random = streams.generator("fleet")
  let sizes = [330.0, 350, 350, 600, 660, 660, 1_000]
  var units = (0..<Int(fleet.units)).map { _ in
    let spread = (2 * random.nextUniform() - 1) * fleet.minimumShareSpread
    return CoalUnit(
      capacity: sizes[random.nextIndex(below: sizes.count)],
      minimumShare: clamp(fleet.minimumShare + spread, 0.05, 0.9),
      cost: fleet.meanCost + fleet.costSpread * clamp(random.nextGaussian(), -2.2, 2.2),
      suppliesHeat: random.nextUniform() < fleet.heatSupplyShare,
      scarcityPrice: 700 + (parameters.prices.bidCap - 700) * random.nextUniform())
  }
  let scale = fleet.capacity / units.reduce(0) { $0 + $1.capacity }
  units = units.map {
    CoalUnit(
      capacity: $0.capacity * scale, minimumShare: $0.minimumShare, cost: $0.cost, suppliesHeat: $0.suppliesHeat,
      scarcityPrice: $0.scarcityPrice)
  }
  return units.sorted { $0.cost < $1.cost }
}

extension CoalUnit {
  /// Where each priced segment ends, as a share of what lies above the minimum, and its price against cost.
  ///
  /// With the minimum at the floor and the last piece at the scarcity price these are ten segments: the lower ones keep
  /// the unit from being pushed back to its minimum, the middle is cost, the top is what a tight evening pays.
  private static let segments: [(share: Double, price: Double)] = [
    (0.07, 0.05), (0.16, 0.40), (0.27, 0.74), (0.44, 0.92), (0.60, 1.01), (0.75, 1.14), (0.87, 1.40), (0.95, 1.95),
  ]

  /// Its offer: power at a price. `markup` multiplies cost, `heatSeason` (0…1) raises the minimum of heat suppliers.
  func offer(markup: Double, heatSeason: Double, floor: Double, cap: Double) -> [(price: Double, power: Double)] {
    let minimum = minimumShare + (suppliesHeat ? 0.15 * heatSeason : 0)
    let above = capacity * (1 - minimum)
    var offers = [(price: floor, power: capacity * minimum)]
    var offered = 0.0
    for segment in CoalUnit.segments {
      offers.append((price: min(cap, segment.price * cost * markup), power: above * (segment.share - offered)))
      offered = segment.share
    }
    offers.append((price: min(cap, scarcityPrice), power: above * (1 - offered)))
    return offers
  }
}
