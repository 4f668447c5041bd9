internal import MarketModel
internal import NumericMethods

/// Prices by quarter-hour for the days with actual values.
struct SimulatedPrices: Sendable, Equatable {
  var dayAhead: [Double] = []
  var realTime: [Double] = []
}

/// Clears each day: the units put on line for the expected peak meet the bidding space, first of what the buyers bid
/// (day ahead), then of what came (real time), with the same sealed offers, less capacity after forced outages, and
/// the units that the operator adds for reliability when it sees more coming.
func simulatePrices(_ market: SimulatedBidding, system: SimulatedSystem) -> SimulatedPrices {
  let actual = system.actual.biddingSpace
  let needed = onlineCapacity(actual, market.parameters, days: market.days)
  var result = SimulatedPrices()
  for day in 0..<market.days {
    let stack = market.stack(day: day, online: market.online[day])
    let reliable = max(market.online[day], 0.4 * market.online[day] + 0.6 * needed[day])
    let realTimeStack = market.stack(day: day, online: reliable)
    for position in day * TimeAxis.perDay..<(day + 1) * TimeAxis.perDay {
      result.dayAhead.append(
        market.dayAheadPrice(
          offered: stack.price(meeting: market.demand[position]), capacity: stack.capacity, position: position))
      let left = 1 - market.noise.forcedOutage[position]
      result.realTime.append(
        clearingPrice(
          offered: realTimeStack.price(meeting: actual[position] / left), capacity: realTimeStack.capacity,
          demand: actual[position] / left, noise: market.noise.realTime[position], limits: market.parameters.prices))
    }
  }
  return result
}

/// Who is on line on each day, what everybody offers, what the buyers bid, and what moves prices beside the offers.
struct SimulatedBidding: Sendable {
  let parameters: ProvinceParameters
  let days: Int
  /// MW on line by day.
  let online: [Double]
  /// MW that the buyers bid, by quarter-hour.
  let demand: [Double]
  let behaviour: BidderBehaviour
  let noise: PriceNoise
  /// By day and unit.
  let habits: [[Double]]

  init(_ parameters: ProvinceParameters, system: SimulatedSystem, axis: TimeAxis, streams: RandomStreams) {
    self.parameters = parameters
    let days = parameters.lastDay.dayNumber - parameters.firstDay.dayNumber + 1
    self.days = days
    let expected = system.forecast.biddingSpace
    let noise = PriceNoise(parameters, axis: axis, streams: streams)
    let behaviour = BidderBehaviour(parameters, axis: axis, streams: streams)
    online = onlineCapacity(expected, parameters, days: days)
    demand = (0..<days * TimeAxis.perDay).map { expected[$0] + system.forecast.load[$0] * noise.demandBid[$0] }
    var random = streams.generator("unit markups")
    habits = (0..<days).map { _ in behaviour.habits(random: &random) }
    self.noise = noise
    self.behaviour = behaviour
  }

  func stack(day: Int, online: Double) -> SupplyStack {
    behaviour.stack(day: day, online: online, habits: habits[day])
  }

  /// The price of a quarter-hour from the price at which the offers meet the demand.
  func dayAheadPrice(offered: Double, capacity: Double, position: Int) -> Double {
    clearingPrice(
      offered: offered, capacity: capacity, demand: demand[position], noise: noise.dayAhead[position],
      limits: parameters.prices)
  }
}

/// The price of the stack, with noise that fades towards the floor and a shortage price beyond the last offer.
private func clearingPrice(
  offered: Double, capacity: Double, demand: Double, noise: Double, limits: PriceParameters
) -> Double {
  guard offered > limits.bidFloor else { return max(limits.bidFloor, limits.clearingFloor) }
  let shortage = clamp((demand - capacity) / 1_000, 0, 1)
  let shortagePrice = shortage * (limits.clearingCap - offered)
  let fade = min(1, (offered - limits.bidFloor) / 200) * max(1, offered / 450)
  return clamp(offered + shortagePrice + noise * fade, limits.bidFloor, limits.clearingCap)
}

/// Capacity on line by day: the expected peak and the peaks of the three days on either side, with reserve.
private func onlineCapacity(_ space: [Double], _ parameters: ProvinceParameters, days: Int) -> [Double] {
  let fleet = parameters.fleet
  let peaks = (0..<days).map { day in
    space[day * TimeAxis.perDay..<(day + 1) * TimeAxis.perDay].max() ?? 0
  }
  return (0..<days).map { day in
    let around = peaks[max(0, day - 3)...min(days - 1, day + 3)]
    let mean = around.reduce(0, +) / Double(around.count)
    let peak = fleet.commitmentInertia * mean + (1 - fleet.commitmentInertia) * peaks[day]
    return clamp(peak * (1 + fleet.reserveShare), fleet.smallestOnline, fleet.capacity)
  }
}

/// The coal price, the fleet's markup, and each unit's own habit of the day.
struct BidderBehaviour: Sendable {
  let fleet: [CoalUnit]
  let coalIndex: [Double]
  private let markup: [Double]
  private let heatSeason: [Double]
  private let prices: PriceParameters

  init(_ parameters: ProvinceParameters, axis: TimeAxis, streams: RandomStreams) {
    fleet = makeFleet(parameters, streams: streams)
    prices = parameters.prices
    let coal = streams.path("coal index", count: axis.days, steps: parameters.fleet.costIndexDays)
    let habit = streams.path("markup", count: axis.days, steps: parameters.prices.markupDays)
    coalIndex = coal.map { exponential(parameters.fleet.costIndexDeviation * $0) }
    markup = habit.map { exponential(parameters.prices.markupDeviation * $0) }
    heatSeason = (0..<axis.days).map { clamp(1.6 * axis.season($0, peak: 18) - 0.1, 0, 1) }
  }

  /// Each unit's own markup of one day.
  func habits(random: inout SplitMix64) -> [Double] {
    fleet.map { _ in exponential(prices.unitMarkupDeviation * random.nextGaussian()) }
  }

  /// The cheapest units up to `online` MW and their offers of the day.
  func stack(day: Int, online: Double, habits: [Double]) -> SupplyStack {
    SupplyStack(offers(day: day, online: online, habits: habits).flatMap { $0 }, floor: prices.bidFloor)
  }

  /// What each of the cheapest units up to `online` MW offers on a day, in the order of the fleet.
  func offers(day: Int, online: Double, habits: [Double]) -> [[(price: Double, power: Double)]] {
    var offers: [[(price: Double, power: Double)]] = []
    var capacity = 0.0
    for (unit, own) in zip(fleet, habits) {
      guard capacity < online else { break }
      capacity += unit.capacity
      offers.append(
        unit.offer(
          markup: coalIndex[day] * markup[day] * own, heatSeason: heatSeason[day], floor: prices.bidFloor,
          cap: prices.bidCap))
    }
    return offers
  }
}

/// What moves prices beside the stack, by quarter-hour.
struct PriceNoise: Sendable {
  let demandBid: [Double]
  let dayAhead: [Double]
  let realTime: [Double]
  let forcedOutage: [Double]

  init(_ parameters: ProvinceParameters, axis: TimeAxis, streams: RandomStreams) {
    let prices = parameters.prices
    let mean = parameters.fleet.forcedOutageShare
    demandBid = streams.quarterHourPath("demand bids", count: axis.count, hours: 6).map {
      prices.demandBidError * $0
    }
    dayAhead = streams.quarterHourPath("day-ahead noise", count: axis.count, hours: prices.noiseHours).map {
      prices.noise * $0
    }
    realTime = streams.quarterHourPath("real-time noise", count: axis.count, hours: prices.realTimeNoiseHours).map {
      prices.realTimeNoise * $0
    }
    forcedOutage = streams.quarterHourPath("forced outages", count: axis.count, hours: 30).map {
      clamp(mean * (1 + 0.8 * $0), 0, 0.5)
    }
  }
}
