internal import MarketModel
internal import UnitScheduling

/// Where the points of a price taker's curve go: the chain of points that earns most over the price distribution.
///
/// A unit on line at its lowest output gains from every further segment on its own, whatever the other segments are, so
/// the gain of a curve is the sum over its segments of a gain that depends on the segment's two ends alone:
///
///     steps   gain(a, b) = Σ over prices ≥ p(a, b) of  λ·(n_b − n_a) − (C_b − C_a)
///     slopes  gain(a, b) = Σ over prices ≥ p_a      of  λ·(n(q) − n_a) − (C(q) − C_a),  q between a and b by price
///
/// with net output n and cost C. The best chain of at most K points is found by dynamic programming over the nodes, exact
/// for the nodes and prices given: Neame, Philpott, Pritchard, Operations Research 51(3), 2003. O(K · N² + N² · bins).
struct CurvePlacement {
  let unit: ThermalUnit
  let envelope: CostEnvelope
  let rules: OfferRules
  let nodes: [Power]
  /// The price at each node under slopes; the first is the price of the block below.
  let nodePrices: [EnergyPrice]
  private let netShare: Double

  init(
    unit: ThermalUnit, levels: OutputLevels, rules: OfferRules, lowest: Power, highest: Power, firstPrice: EnergyPrice
  ) {
    self.unit = unit
    self.rules = rules
    envelope = CostEnvelope(levels)
    netShare = 1 - Double(unit.auxiliaryPowerPartsPerMillion) / 1_000_000
    nodes = CurvePlacement.nodes(rules: rules, lowest: lowest, highest: highest)
    var prices = [firstPrice]
    for node in nodes.dropFirst() {
      prices.append(max(rules.price(envelope.incrementalCost(at: node)), prices[prices.count - 1]))
    }
    nodePrices = prices
  }

  /// Outputs at which a point may stand: at least a smallest width apart, on the quantity tick, ending at the highest.
  private static func nodes(rules: OfferRules, lowest: Power, highest: Power) -> [Power] {
    guard highest > lowest else { return [highest] }
    let tick = max(rules.quantityTick.kilowatts, 1)
    let width = rules.width(lowest: lowest, highest: highest).kilowatts
    let even = ((highest - lowest).kilowatts / 40 + tick) / tick * tick
    let spacing = max(width, even)
    var outputs = [lowest.kilowatts]
    // Under slopes the first segment climbs from the floor, so it should be as narrow as the rules allow.
    if spacing >= 2 * width, lowest.kilowatts + 2 * width <= highest.kilowatts {
      outputs.append(lowest.kilowatts + width)
    }
    var next = lowest.kilowatts + spacing
    while next + width <= highest.kilowatts {
      outputs.append(next)
      next += spacing
    }
    return (outputs + [highest.kilowatts]).map { Power(kilowatts: $0) }
  }

  /// The best curve for a price distribution, with as many points as the pack allows.
  ///
  /// - Parameter prices: weighted prices in rising order, per net MWh.
  func bestPoints(for prices: [WeightedPrice]) -> [BidPoint] {
    let count = nodes.count
    guard count > 1 else { return [BidPoint(output: nodes[0], price: nodePrices[0])] }
    let gains = (0..<count).map { a in (0..<count).map { b in a < b ? gain(from: a, to: b, prices) : -.infinity } }
    return points(of: refined(bestChain(gains), gains))
  }

  /// The nodes of the chain that gains most; of chains that gain the same, the one with the fewest points.
  private func bestChain(_ gains: [[Double]]) -> [Int] {
    let count = nodes.count
    let largest = min(rules.largestPointCount, count)
    var best = [[Double]](repeating: [Double](repeating: -.infinity, count: count), count: largest + 1)
    var previous = [[Int]](repeating: [Int](repeating: -1, count: count), count: largest + 1)
    best[1][0] = 0
    for points in stride(from: 2, through: largest, by: 1) {
      for end in 1..<count {
        for start in 0..<end where best[points - 1][start] > -.infinity {
          let value = best[points - 1][start] + gains[start][end]
          if exceeds(value, best[points][end]) {
            best[points][end] = value
            previous[points][end] = start
          }
        }
      }
    }
    var points = 2
    for candidate in stride(from: 3, through: largest, by: 1)
    where exceeds(best[candidate][count - 1], best[points][count - 1]) {
      points = candidate
    }
    var chain = [count - 1]
    while points > 1, let last = chain.last {
      chain.append(previous[points][last])
      points -= 1
    }
    return chain.reversed()
  }

  /// Share of a segment's gain that the rounding of a price to the tick may take when the segment is split.
  private static let splitTolerance = 5e-4

  /// Halves the widest segments that lose nothing by it but rounding, until the pack's number of points is reached: the offer is the
  /// same, and each part of it says for itself how often it clears and what it earns.
  private func refined(_ chain: [Int], _ gains: [[Double]]) -> [Int] {
    var chain = chain
    while chain.count < min(rules.largestPointCount, nodes.count) {
      let splits = zip(chain, chain.dropFirst()).compactMap { start, end in split(start, end, gains) }
      guard let widest = splits.max(by: { ($0.width, -$0.node) < ($1.width, -$1.node) }) else { return chain }
      chain.append(widest.node)
      chain.sort()
    }
    return chain
  }

  private func split(_ start: Int, _ end: Int, _ gains: [[Double]]) -> (node: Int, width: Int64)? {
    guard end - start >= 2 else { return nil }
    let middle = (nodes[start].kilowatts + nodes[end].kilowatts) / 2
    let inner = (start + 1)..<end
    guard let node = inner.min(by: { distance($0, middle) < distance($1, middle) }),
      nodePrices[start] < nodePrices[node], nodePrices[node] < nodePrices[end],
      gains[start][node] + gains[node][end] >= gains[start][end] - Self.splitTolerance * abs(gains[start][end])
    else { return nil }
    return (node, (nodes[end] - nodes[start]).kilowatts)
  }

  private func distance(_ node: Int, _ kilowatts: Int64) -> Int64 { abs(nodes[node].kilowatts - kilowatts) }

  /// Whether a gain is larger by more than rounding: where costs are quadratic many chains gain the same, and the one
  /// found first, with the lower and fewer points, is kept on every machine.
  private func exceeds(_ value: Double, _ other: Double) -> Bool {
    other == -.infinity ? value > other : value > other + 1e-6 * max(1, abs(other))
  }

  /// The points of a chain; prices rise by a tick at the least.
  private func points(of chain: [Int]) -> [BidPoint] {
    var result = [BidPoint(output: nodes[chain[0]], price: nodePrices[chain[0]])]
    for (start, end) in zip(chain, chain.dropFirst()) {
      let offered = rules.form == .slopes ? nodePrices[end] : stepPrice(from: start, to: end)
      let above = result[result.count - 1].price + rules.priceTick
      result.append(BidPoint(output: nodes[end], price: min(max(offered, above), rules.cap)))
    }
    return result
  }

  /// A step is worth taking from the mean cost of one more MWh in it.
  private func stepPrice(from start: Int, to end: Int) -> EnergyPrice {
    rules.price(unit.incrementalCost(fromMegawatts: nodes[start].megawatts, toMegawatts: nodes[end].megawatts))
  }

  private func gain(from start: Int, to end: Int, _ prices: [WeightedPrice]) -> Double {
    let low = nodes[start].megawatts
    let high = nodes[end].megawatts
    let baseCost = unit.costPerHour(atMegawatts: low)
    let fullCost = unit.costPerHour(atMegawatts: high) - baseCost
    let fullNet = (high - low) * netShare
    let from =
      rules.form == .slopes ? nodePrices[start].perMegawattHour : stepPrice(from: start, to: end).perMegawattHour
    let through = rules.form == .slopes ? nodePrices[end].perMegawattHour : from
    var total = 0.0
    for price in prices where price.value >= from {
      if price.value >= through {
        total += price.weight * (price.value * fullNet - fullCost)
      } else {
        let output = low + (high - low) * (price.value - from) / (through - from)
        total +=
          price.weight
          * (price.value * (output - low) * netShare - (unit.costPerHour(atMegawatts: output) - baseCost))
      }
    }
    return total
  }
}

/// A price and how often it occurs.
struct WeightedPrice: Hashable {
  let value: Double
  let weight: Double

  /// Gathers neighbours of a rising row of prices into at most `bins` weighted means.
  static func distribution(ofRising sorted: [Double], bins: Int = 256) -> [WeightedPrice] {
    guard sorted.count > bins else { return sorted.map { WeightedPrice(value: $0, weight: 1) } }
    return (0..<bins).map { bin in
      let slice = sorted[(bin * sorted.count / bins)..<((bin + 1) * sorted.count / bins)]
      return WeightedPrice(value: slice.reduce(0, +) / Double(slice.count), weight: Double(slice.count))
    }
  }
}

/// The prices of all paths in rising order, each with its interval: sorted once for all units, which then pick their intervals on line.
struct RisingPrices: Sendable {
  private let prices: [Double]
  private let intervals: [Int32]

  init(_ paths: [[Double]]) {
    let all = paths.flatMap { path in path.enumerated().map { (price: $1, interval: Int32($0)) } }.sorted {
      $0.price < $1.price
    }
    prices = all.map(\.price)
    intervals = all.map(\.interval)
  }

  /// Those in the intervals of a commitment, still rising.
  func within(_ commitment: [Bool]) -> [Double] {
    var chosen: [Double] = []
    chosen.reserveCapacity(prices.count)
    for (place, interval) in intervals.enumerated() where commitment[Int(interval)] { chosen.append(prices[place]) }
    return chosen
  }
}
