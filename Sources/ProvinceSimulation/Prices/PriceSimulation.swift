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
func simulatePrices(
  _ parameters: ProvinceParameters, system: SimulatedSystem, axis: TimeAxis, streams: RandomStreams
) -> SimulatedPrices {
  let days = parameters.lastDay.dayNumber - parameters.firstDay.dayNumber + 1
  let expected = system.forecast.biddingSpace
  let actual = system.actual.biddingSpace
  let online = onlineCapacity(expected, parameters, days: days)
  let needed = onlineCapacity(actual, parameters, days: days)
  let behaviour = BidderBehaviour(parameters, axis: axis, streams: streams)
  let noise = PriceNoise(parameters, axis: axis, streams: streams)
  var random = streams.generator("unit markups")
  var result = SimulatedPrices()
  for day in 0..<days {
    let habits = behaviour.habits(random: &random)
    let stack = behaviour.stack(day: day, online: online[day], habits: habits)
    let reliable = max(online[day], 0.4 * online[day] + 0.6 * needed[day])
    let realTimeStack = behaviour.stack(day: day, online: reliable, habits: habits)
    for position in day * TimeAxis.perDay..<(day + 1) * TimeAxis.perDay {
      let bid = expected[position] + system.forecast.load[position] * noise.demandBid[position]
      result.dayAhead.append(
        clearingPrice(stack, demand: bid, noise: noise.dayAhead[position], limits: parameters.prices))
      let left = 1 - noise.forcedOutage[position]
      result.realTime.append(
        clearingPrice(
          realTimeStack, demand: actual[position] / left, noise: noise.realTime[position],
          limits: parameters.prices))
    }
  }
  return result
}

/// The price of the stack, with noise that fades towards the floor and a shortage price beyond the last offer.
private func clearingPrice(_ stack: SupplyStack, demand: Double, noise: Double, limits: PriceParameters) -> Double {
  let offered = stack.price(meeting: demand)
  guard offered > limits.bidFloor else { return max(limits.bidFloor, limits.clearingFloor) }
  let shortage = clamp((demand - stack.capacity) / 1_000, 0, 1)
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
private struct BidderBehaviour {
  private let fleet: [CoalUnit]
  private let coalIndex: [Double]
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
    var offers: [(price: Double, power: Double)] = []
    var capacity = 0.0
    for (unit, own) in zip(fleet, habits) {
      guard capacity < online else { break }
      capacity += unit.capacity
      offers += unit.offer(
        markup: coalIndex[day] * markup[day] * own, heatSeason: heatSeason[day], floor: prices.bidFloor,
        cap: prices.bidCap)
    }
    return SupplyStack(offers, floor: prices.bidFloor)
  }
}

/// What moves prices beside the stack, by quarter-hour.
private struct PriceNoise {
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
