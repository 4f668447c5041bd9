/// What the plant can reach in every interval from its plan, and what that costs.
public struct FlexibilityEnvelope: Sendable {
  /// Net power of the plan, MW by interval.
  public let plan: [Double]
  /// Lowest and highest net power in an interval if all before went by the plan and all obligations after it are kept.
  public let lower: [Double]
  public let upper: [Double]
  /// Price of the next tenth of the room above and below the plan, per MWh: mean opportunity cost of raising, and what lowering saves.
  public let priceUp: [Double]
  public let priceDown: [Double]
  /// Steps that the market may fill, lowest power to highest.
  public let offers: [[OfferStep]]
}

/// What an aggregate's offer must keep.
public struct PlantOfferRules: Hashable, Sendable {
  public var largestSteps: Int
  public var smallestStepMegawatts: Double
  public var limits: ClosedRange<Double>

  public init(largestSteps: Int, smallestStepMegawatts: Double, limits: ClosedRange<Double>) {
    self.largestSteps = largestSteps
    self.smallestStepMegawatts = smallestStepMegawatts
    self.limits = limits
  }
}

extension VirtualPowerPlant {
  /// Plans for expected prices, then looks at every interval on the way.
  ///
  /// Energy that is limited over the day (batteries, piles, allowances of loads) is offered as the plan has it, at the floor: steps at
  /// their opportunity cost could clear in more intervals than the energy lasts. Sun, heat and power are offered at their cost.
  ///
  /// - Parameter prices: expected, per MWh by interval.
  public func envelope(prices: [Double], rules: PlantOfferRules, threads: Int) -> FlexibilityEnvelope {
    let answer = answers(prices: prices, threads: threads)
    let maker = BlockMaker(self, prices: prices, values: answer.values)
    let pass = ForwardPass(maker: maker, threads: threads)
    var levels = maker.initialLevels
    var (lower, upper, up, down) = ([Double](), [Double](), [Double](), [Double]())
    var (plan, offers) = ([Double](), [[OfferStep]]())
    for interval in 0..<intervals {
      let (lowest, blocks) = pass.blocks(at: interval, levels: levels)
      let sorted = blocks.sorted { ($0.price, $0.resource) < ($1.price, $1.resource) }
      var moves = lowest
      for block in sorted where block.price < prices[interval] { moves[Int(block.resource)] += block.megawatts }
      let (base, total) = (lowest.reduce(0, +), moves.reduce(0, +))
      plan.append(total)
      lower.append(base)
      upper.append(base + sorted.reduce(0) { $0 + $1.megawatts })
      up.append(FlexibilityEnvelope.price(of: sorted.filter { $0.price >= prices[interval] }, prices[interval]))
      down.append(
        FlexibilityEnvelope.price(of: sorted.reversed().filter { $0.price < prices[interval] }, prices[interval]))
      let free = sorted.filter { !isEnergyLimited(Int($0.resource)) }
      let fixed = total - free.reduce(0) { $0 + ($1.price < prices[interval] ? $1.megawatts : 0) }
      offers.append(FlexibilityEnvelope.steps(fixed: fixed, free: free, rules: rules))
      for resource in moves.indices {
        levels[resource] = maker.level(after: moves[resource], of: resource, at: interval, from: levels[resource])
      }
    }
    return FlexibilityEnvelope(
      plan: plan, lower: lower, upper: upper, priceUp: up, priceDown: down, offers: offers)
  }

  private func isEnergyLimited(_ resource: Int) -> Bool {
    switch resources[resource].kind {
    case .battery, .chargingPile, .adjustableLoad: true
    case .photovoltaics, .heatAndPower: false
    }
  }
}

extension FlexibilityEnvelope {
  /// Mean price of the first tenth of blocks in their order; `otherwise` without any.
  static func price(of blocks: [FlexibleBlock], _ otherwise: Double) -> Double {
    let room = blocks.reduce(0) { $0 + $1.megawatts } / 10
    var (taken, worth) = (0.0, 0.0)
    for block in blocks where taken < room {
      let part = min(block.megawatts, room - taken)
      taken += part
      worth += part * block.price
    }
    return taken > 0 ? worth / taken : otherwise
  }

  /// A fixed block at the floor, then the free blocks joined to a few steps of about equal width at their dearest price.
  static func steps(fixed: Double, free: [FlexibleBlock], rules: PlantOfferRules) -> [OfferStep] {
    let (floor, cap) = (rules.limits.lowerBound, rules.limits.upperBound)
    let total = free.reduce(0) { $0 + $1.megawatts }
    let parts = max(1, min(rules.largestSteps - 1, Int(total / max(rules.smallestStepMegawatts, 1e-9))))
    var steps = [OfferStep(from: min(fixed, 0), to: max(fixed, 0), pricePerMWh: floor)]
    if fixed < 0 { steps = [OfferStep(from: fixed, to: fixed, pricePerMWh: floor)] }
    guard total >= max(rules.smallestStepMegawatts, 1e-9) else { return steps }
    var (start, filled, part, price) = (fixed, 0.0, 1, floor)
    for block in free {
      filled += block.megawatts
      price = block.price
      if filled >= total * Double(part) / Double(parts) - 1e-9 {
        steps.append(OfferStep(from: start, to: fixed + filled, pricePerMWh: min(max(price, floor), cap)))
        start = fixed + filled
        while total * Double(part) / Double(parts) - 1e-9 <= filled, part <= parts { part += 1 }
      }
    }
    return steps
  }

  /// Power that an interval's offer is cleared at when the market price is known: every step at or below it.
  public func cleared(interval: Int, price: Double) -> Double {
    let steps = offers[interval]
    return steps.last { $0.pricePerMWh <= price }?.to ?? steps[0].from
  }
}
