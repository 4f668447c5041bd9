internal import NumericMethods

/// Profiles of all resources that together keep a schedule.
public struct PlantDispatch: Sendable {
  /// Power at the meter of resource r in interval t at r·intervals + t, MW.
  public let powers: [Double]
  public let intervals: Int
  /// What was delivered over what was asked, MW by interval; 0 where the schedule was kept.
  public let deviations: [Double]
  /// Price at which the filling of each interval ended, per MWh.
  public let prices: [Double]
  /// Prices that coordinated the resources: what an interval's energy is worth to the whole, per MWh.
  public let coordination: [Double]
  /// Cost of all resources beside the energy at their meters.
  public let cost: Double
  /// No dispatch that keeps the schedule costs less; nil where it is not kept.
  public internal(set) var costBound: Double?
  public internal(set) var iterations: Int

  public func powers(of resource: Int) -> ArraySlice<Double> {
    powers[resource * intervals..<(resource + 1) * intervals]
  }

  public var largestDeviation: Double { deviations.map(abs).max() ?? 0 }
}

/// How a dispatch is looked for.
public struct DispatchSettings: Hashable, Sendable {
  /// Rounds of prices at the most.
  public var rounds = 12
  /// Cost over its bound, as a share of the bound, at which the search ends.
  public var gap = 0.002
  public var threads = 1

  public init() {}
}

extension VirtualPowerPlant {
  /// The cheapest dispatch found that keeps a schedule.
  ///
  /// Lagrangian decomposition with exact repair: prices by interval coordinate the resources, each of which answers for itself
  /// (a lower bound of the cost), and a forward pass fills each interval exactly, cheapest opportunity cost first. The prices at
  /// which the filling ended correct the next round's.
  ///
  /// - Parameters:
  ///   - schedule: net power of all resources by interval, MW.
  ///   - prices: to begin with, per MWh.
  public func dispatch(
    schedule: [Double], prices: [Double], settings: DispatchSettings = DispatchSettings()
  ) -> PlantDispatch {
    precondition(schedule.count == intervals && prices.count == intervals, "a power and a price an interval")
    var current = prices
    var bound = -Double.infinity
    var best: PlantDispatch?
    var rounds = 0
    for round in 0..<max(1, settings.rounds) {
      rounds = round + 1
      let answer = answers(prices: current, threads: settings.threads)
      let asked = zip(current, schedule).reduce(0) { $0 + $1.0 * $1.1 } * hours
      bound = max(bound, asked - answer.profit)
      let pass = ForwardPass(maker: BlockMaker(self, prices: current, values: answer.values), threads: settings.threads)
      let found = pass.dispatch(schedule: schedule)
      if best.map({ PlantDispatch.isBetter(found, than: $0) }) ?? true { best = found }
      if let best, best.largestDeviation < 1e-6, best.cost - bound <= settings.gap * max(abs(bound), 1) { break }
      for interval in current.indices { current[interval] += 0.5 * (found.prices[interval] - current[interval]) }
    }
    guard var result = best else { preconditionFailure("one round was made") }
    result.iterations = rounds
    result.costBound = result.largestDeviation < 1e-6 ? bound : nil
    return result
  }

  /// The day as it goes when resources stop answering: nobody knows before; each falls back to what it does unsteered, its interval's
  /// power is missing, and the others take over from the next interval on with the opportunity costs of the plan.
  ///
  /// - Parameter silentFrom: resource → interval in which it stops answering.
  public func follow(
    _ plan: PlantDispatch, schedule: [Double], silentFrom: [Int: Int], threads: Int
  ) -> PlantDispatch {
    let answer = answers(prices: plan.coordination, threads: threads)
    let maker = BlockMaker(self, prices: plan.coordination, values: answer.values)
    var pass = ForwardPass(maker: maker, threads: threads)
    pass.silentFrom = silentFrom
    return pass.dispatch(schedule: schedule)
  }

  /// Answers of all resources to prices: their sum of profits and what batteries are worth.
  func answers(
    prices: [Double], threads: Int
  ) -> (profit: Double, powers: [Double], values: [StoredEnergyValues?]) {
    let size = 64
    let chunks = (resources.count + size - 1) / size
    let parts = concurrentMap(count: chunks, threads: threads) { chunk in
      var (profit, sums, values) = (0.0, [Double](repeating: 0, count: intervals), [StoredEnergyValues?]())
      for resource in resources[chunk * size..<min((chunk + 1) * size, resources.count)] {
        let answer = response(resource, prices: prices)
        profit += answer.profit
        values.append(answer.values)
        for interval in 0..<intervals { sums[interval] += answer.powers[interval] }
      }
      return (profit, sums, values)
    }
    let sums = (0..<intervals).map { interval in parts.reduce(0) { $0 + $1.1[interval] } }
    return (parts.reduce(0) { $0 + $1.0 }, sums, parts.flatMap(\.2))
  }
}

extension PlantDispatch {
  /// Deviations count first, then cost.
  static func isBetter(_ left: PlantDispatch, than right: PlantDispatch) -> Bool {
    let (own, other) = (left.deviations.reduce(0) { $0 + abs($1) }, right.deviations.reduce(0) { $0 + abs($1) })
    if abs(own - other) > 1e-6 { return own < other }
    return left.cost < right.cost
  }
}

extension PlantDispatch {
  /// The orders of a day on which resources fell silent: what the others were told to do then, and what those should have done.
  public func orders(plan: PlantDispatch, silentFrom: [Int: Int]) -> PlantDispatch {
    var ordered = powers
    for (resource, from) in silentFrom {
      for index in resource * intervals + from..<(resource + 1) * intervals { ordered[index] = plan.powers[index] }
    }
    return PlantDispatch(
      powers: ordered, intervals: intervals, deviations: deviations, prices: prices, coordination: coordination,
      cost: cost,
      costBound: nil, iterations: iterations)
  }
}
