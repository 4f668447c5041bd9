internal import MarketGames
internal import MarketModel

/// The fleet's optimised book as one offer that is drawn anew against the rest of the market, and split again into the units' curves.
///
/// Units of one owner are not rivals: their segments stand in one order of cost, the fleet's offer gives each place in that order a price,
/// and every segment takes the price of its place. Widths, commitments and first blocks stay as they were.
struct FleetOffer {
  static let steps = 40

  /// A unit that is on line for half of the day or more.
  private struct Member {
    let bid: Int
    /// Position of its first segment among the fleet's.
    let firstBlock: Int
  }

  private let base: BidBook
  private let members: [Member]
  private let rules: OfferRules
  let market: RestOfMarket
  let cost: FleetCost
  let grid: OfferGrid
  /// MW that contracts settle, by interval.
  let contracted: [Double]
  let intervalHours: Double
  /// MW that the segments offer up to and with each price of the market.
  private let supply: [Double]

  /// Nil if no unit is on line for half of the day with anything above its lowest output.
  init?(_ base: BidBook, inputs: StrategyInputs, market: RestOfMarket, rules: OfferRules) {
    let units = Dictionary(uniqueKeysWithValues: inputs.bidding.unitDays.map { ($0.unit.id, $0.unit) })
    var members: [Member] = []
    var blocks: [(megawatts: Double, cost: Double)] = []
    var lowest = 0.0
    for (number, bid) in base.bids.enumerated() {
      let hoursOn = bid.commitment.values.count { $0 }
      guard 2 * hoursOn >= bid.commitment.values.count, let unit = units[bid.unit] else { continue }
      members.append(Member(bid: number, firstBlock: blocks.count))
      let points = bid.curve.points
      lowest += unit.netOutput(ofGross: points[0].output).megawatts
      for (below, point) in zip(points, points.dropFirst()) {
        let width = unit.netOutput(ofGross: point.output) - unit.netOutput(ofGross: below.output)
        let low = bid.curve.form == .slopes ? below.price : point.price
        // The climb from the floor to the first segment is no cost.
        let cost =
          below.price <= rules.floor
          ? point.price
          : EnergyPrice.perMegawattHour(
            (low.perMegawattHour + point.price.perMegawattHour) / 2)
        blocks.append((width.megawatts, cost.perMegawattHour))
      }
    }
    cost = FleetCost(lowest: lowest, costAtLowest: 0, blocks: blocks)
    guard cost.highest > cost.lowest + 1 else { return nil }
    self.base = base
    self.members = members
    self.rules = rules
    self.market = market
    intervalHours = inputs.bidding.grid.length.hours
    grid = OfferGrid(prices: market.prices, lowest: lowest, highest: cost.highest, steps: Self.steps)
    contracted = inputs.bidding.grid.intervals.map { interval in
      inputs.contracts.reduce(0) { $0 + $1.power(in: interval).megawatts }
    }
    supply = market.prices.map { price in
      blocks.reduce(lowest) { $1.cost <= price ? $0 + $1.megawatts : $0 }
    }
  }

  /// MW that the others offer up to each price at a level: everybody's less what was ours, never falling.
  func others(_ everybody: [Double]) -> [Double] {
    let ours = market.ownShare.map { share in everybody.map { $0 * share } } ?? supply
    var highest = 0.0
    return zip(everybody, ours).map { all, own in
      highest = max(highest, all - own)
      return highest
    }
  }

  /// The highest price of each step under the conduct limit; nil without one.
  var ceilings: [Double]? {
    guard market.limits.conductShare != nil || market.limits.conductAmount != nil else { return nil }
    var highest = grid.prices[0]
    return (0..<grid.steps).map { step in
      let start = cost.meanIncremental(from: grid.quantity(step), to: grid.quantity(step) + 1e-3 * grid.step)
      highest = max(highest, market.limits.ceiling(cost: start) ?? highest)
      return highest
    }
  }

  /// The book with the prices of a fleet's offer; of two prices in one segment their mean by width.
  func book(_ offer: GridOffer) throws(BidCurveError) -> BidBook {
    let prices = offer.prices(on: grid)
    let ranges = cost.ranges()
    var bids = base.bids
    for member in members {
      let bid = bids[member.bid]
      var points = [bid.curve.points[0]]
      for (place, point) in bid.curve.points.dropFirst().enumerated() {
        let wanted = rules.price(meanPrice(prices, over: ranges[member.firstBlock + place]))
        let below = points[points.count - 1].price + rules.priceTick
        points.append(BidPoint(output: point.output, price: min(max(wanted, below), rules.cap)))
      }
      bids[member.bid] = UnitBid(
        unit: bid.unit, curve: try BidCurve(form: bid.curve.form, points: points), commitment: bid.commitment,
        plannedMegawatts: bid.plannedMegawatts)
    }
    return BidBook(day: base.day, strategy: base.strategy, bids: bids)
  }

  private func meanPrice(_ prices: [Double], over range: ClosedRange<Double>) -> Double {
    var (sum, width) = (0.0, 0.0)
    for (step, price) in prices.enumerated() {
      let part = min(range.upperBound, grid.quantity(step + 1)) - max(range.lowerBound, grid.quantity(step))
      guard part > 0 else { continue }
      sum += part * price
      width += part
    }
    return width > 0 ? sum / width : prices[min(prices.count - 1, Int((range.lowerBound - grid.lowest) / grid.step))]
  }
}
