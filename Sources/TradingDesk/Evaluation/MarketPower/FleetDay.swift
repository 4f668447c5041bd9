internal import MarketGames
internal import MarketModel
internal import ProvinceSimulation

/// The units of one group on line on a day, and what their output earns.
struct FleetDay: Sendable {
  let market: WholeMarket
  /// Positions among the units on line.
  let units: [Int]
  let cost: FleetCost

  init(_ market: WholeMarket, owners: [Int], group: Int) {
    self.market = market
    let offers = market.day.offers
    let units = offers.indices.filter { owners[offers[$0].unit] == group }
    self.units = units
    let own = units.map { offers[$0] }
    cost = FleetCost(
      lowest: own.reduce(0) { $0 + $1.minimum }, costAtLowest: own.reduce(0) { $0 + $1.minimum * $1.cost },
      blocks: own.map { ($0.capacity - $0.minimum, $0.cost) })
  }

  /// MW by interval.
  func output(_ outcome: WholeMarket.Outcome) -> [Double] {
    outcome.outputs.map { outputs in units.reduce(0) { $0 + outputs[$1] } }
  }

  /// Money of the day: sales less cost, and what contracts for difference at one price pay.
  func profit(_ outcome: WholeMarket.Outcome, contracted: [Double], contractPrice: Double) -> Double {
    let offers = market.day.offers
    var total = 0.0
    for (interval, outputs) in outcome.outputs.enumerated() {
      var output = 0.0
      for unit in units {
        output += outputs[unit]
        total -= outputs[unit] * offers[unit].cost
      }
      total += outcome.prices[interval] * output
      total += (contractPrice - outcome.prices[interval]) * contracted[interval]
    }
    return total * 24 / Double(outcome.prices.count)
  }

  /// What the output is worth at the prices.
  func revenue(_ outcome: WholeMarket.Outcome) -> Double {
    zip(outcome.prices, output(outcome)).reduce(0) { $0 + $1.0 * $1.1 } * 24 / Double(outcome.prices.count)
  }

  /// The grid on which the group's offers are drawn; nil if nothing stands above the lowest output.
  func grid(prices: [Double], steps: Int) -> OfferGrid? {
    guard cost.highest > cost.lowest + 1 else { return nil }
    return OfferGrid(prices: prices, lowest: cost.lowest, highest: cost.highest, steps: steps)
  }

  /// A fleet's offer split in the order of cost: for each unit MW at a price, from its lowest output up.
  func split(_ offer: GridOffer, on grid: OfferGrid) -> [[(megawatts: Double, price: Double)]] {
    let prices = offer.prices(on: grid)
    return cost.ranges().map { range in
      var pieces: [(megawatts: Double, price: Double)] = []
      for (step, price) in prices.enumerated() {
        let low = max(range.lowerBound, grid.quantity(step))
        let high = min(range.upperBound, grid.quantity(step + 1))
        guard high > low else { continue }
        if let last = pieces.last, last.price == price {
          pieces[pieces.count - 1].megawatts += high - low
        } else {
          pieces.append((high - low, price))
        }
      }
      return pieces
    }
  }

  /// Ceilings of each step under a conduct limit: that of the cheapest block in it; nil without a limit. `roundingRoom` is left for
  /// the rounding of prices when the offer is split.
  func ceilings(_ limits: MarketPowerLimits, on grid: OfferGrid, roundingRoom: Double = 3) -> [Double]? {
    guard limits.conductShare != nil || limits.conductAmount != nil else { return nil }
    var highest = grid.prices[0]
    return (0..<grid.steps).map { step in
      let start = cost.meanIncremental(from: grid.quantity(step), to: grid.quantity(step) + 1e-3 * grid.step)
      highest = max(highest, (limits.ceiling(cost: start) ?? highest) - roundingRoom)
      return highest
    }
  }
}
