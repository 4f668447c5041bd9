public import MarketModel

/// What one unit of the simulated fleet offers on a day.
public struct SimulatedUnitOffer: Hashable, Sendable {
  /// A part of the market's stack that is this unit's: the price rises in a straight line over it.
  public struct Part: Hashable, Sendable {
    public let megawatts: Double
    public let from: Double
    public let to: Double
  }

  /// Number in the fleet, the cheapest is 0.
  public let unit: Int
  public let capacity: Double
  /// MW offered at the floor.
  public let minimum: Double
  /// True incremental cost of a MWh on the day.
  public let cost: Double
  /// In the order of the prices.
  public let parts: [Part]
}

/// Everybody's offers of a day in the demonstration province, and what they met.
public struct SimulatedMarketDay: Sendable {
  public let day: MarketDay
  /// The units on line, in the order of the fleet.
  public let offers: [SimulatedUnitOffer]
  /// MW that the buyers bid, by quarter-hour.
  public let demand: [Double]
  /// MW of bidding space that was published before the gate, by quarter-hour.
  public let expectedSpace: [Double]
  /// Bounds of bids, per MWh.
  public let floor: Double
  public let cap: Double
  let bidding: SimulatedBidding
  /// Position of the day's first quarter-hour.
  let first: Int

  /// MW on line.
  public var capacity: Double { offers.reduce(0) { $0 + $1.capacity } }

  /// The published price of an interval (from 0) when the offers meet the demand at `offered`: what moves prices beside offers is as it
  /// was. With everybody's offers as simulated this is the simulated price.
  public func price(offered: Double, interval: Int) -> Double {
    bidding.dayAheadPrice(offered: offered, capacity: capacity, position: first + interval)
  }
}

extension SimulatedProvince {
  /// Capacity of every unit of the fleet in MW, the cheapest first.
  public var fleetCapacities: [Double] { bidding.behaviour.fleet.map(\.capacity) }

  /// The whole market of a day; nil outside the days with prices.
  ///
  /// The stack is read as slopes from one offer to the next one of anybody. A unit's part of it begins at the price of the
  /// offer below, whoever made that, so that all parts together are the stack that made the price.
  public func market(on day: MarketDay) -> SimulatedMarketDay? {
    guard (firstDay...lastDay).contains(day) else { return nil }
    let number = day.dayNumber - firstDay.dayNumber
    let behaviour = bidding.behaviour
    let drawn = behaviour.offers(day: number, online: bidding.online[number], habits: bidding.habits[number])
    let limits = bidding.parameters.prices
    var all: [(price: Double, power: Double, unit: Int)] = []
    for (unit, offers) in drawn.enumerated() { all += offers.map { ($0.price, $0.power, unit) } }
    all.sort { ($0.price, $0.power, $0.unit) < ($1.price, $1.power, $1.unit) }
    var parts = [[SimulatedUnitOffer.Part]](repeating: [], count: drawn.count)
    var below = max(all.first?.price ?? limits.bidFloor, limits.bidFloor)
    for offer in all {
      let price = max(offer.price, limits.bidFloor)
      parts[offer.unit].append(SimulatedUnitOffer.Part(megawatts: offer.power, from: below, to: price))
      below = price
    }
    let offers = drawn.indices.map { unit in
      SimulatedUnitOffer(
        unit: unit, capacity: behaviour.fleet[unit].capacity, minimum: drawn[unit][0].power,
        cost: behaviour.fleet[unit].cost * behaviour.coalIndex[number], parts: parts[unit])
    }
    let first = number * TimeAxis.perDay
    let range = first..<first + TimeAxis.perDay
    return SimulatedMarketDay(
      day: day, offers: offers, demand: Array(bidding.demand[range]),
      expectedSpace: Array(system.forecast.biddingSpace[range]), floor: limits.bidFloor, cap: limits.bidCap,
      bidding: bidding, first: first)
  }
}
