/// The demand that the others leave to one fleet in one interval of one scenario.
public struct ResidualDemand: Hashable, Sendable {
  /// MW at each price of the grid, not rising; linear between them.
  public var megawatts: [Double]
  /// MW that contracts for difference settle, whatever is generated.
  public var contracted: Double
  /// Weight of the scenario times hours of the interval.
  public var weight: Double

  public init(megawatts: [Double], contracted: Double = 0, weight: Double = 1) {
    self.megawatts = megawatts
    self.contracted = contracted
    self.weight = weight
  }
}

/// What every part of a staircase earns over the scenarios.
///
/// A residual demand falls and an offer rises, so they cross once, on one part of the staircase: between two quantities at a price,
/// where the demand decides the quantity, or between two prices at a quantity, where it decides the price. The profit
///
///     R(q, p) = p · (q − contracted) − C(q)
///
/// of an offer is therefore a sum over its parts (Anderson and Philpott, Mathematics of Operations Research 27(1), 2002). What
/// contracts are paid at their own price does not depend on the offer and is left out. Where the demand is not covered at the cap,
/// or is below the lowest output at the floor, no offer changes anything: `constant`.
public struct OfferPayoffs: Sendable {
  public let grid: OfferGrid
  /// By price, then step: of the demand that crosses between two quantities at the price.
  private var across: [Double]
  /// By price, then quantity: of the demand that crosses between this price and the next one.
  private var upward: [Double]
  public private(set) var constant = 0.0
  /// Per hour, by quantity.
  private let costs: [Double]

  public init(_ demands: [ResidualDemand], cost: FleetCost, on grid: OfferGrid) {
    self.grid = grid
    costs = (0...grid.steps).map { cost.perHour(grid.quantity($0)) }
    across = [Double](repeating: 0, count: grid.prices.count * (grid.steps + 1))
    upward = across
    for demand in demands { add(demand, cost) }
  }

  @inline(__always)
  private func index(_ price: Int, _ step: Int) -> Int { price * (grid.steps + 1) + step }

  private mutating func add(_ demand: ResidualDemand, _ cost: FleetCost) {
    precondition(demand.megawatts.count == grid.prices.count, "one residual demand for each price")
    let values = demand.megawatts
    guard values.allSatisfy(\.isFinite), demand.weight > 0 else { return }
    let last = values.count - 1
    if values[0] <= grid.lowest {
      let sold = max(0, values[0])
      constant += demand.weight * (grid.prices[0] * (sold - demand.contracted) - cost.perHour(sold))
      return
    }
    if values[last] > grid.highest {
      constant += demand.weight * (grid.prices[last] * (grid.highest - demand.contracted) - costs[grid.steps])
      return
    }
    for price in 0...last {
      addAcross(demand, price)
      if price < last, values[price] > values[price + 1] { addUpward(demand, price) }
    }
  }

  private mutating func addAcross(_ demand: ResidualDemand, _ price: Int) {
    let value = demand.megawatts[price]
    guard value > grid.lowest, value <= grid.highest else { return }
    let position = (value - grid.lowest) / grid.step
    let step = min(max(Int(position.rounded(.up)) - 1, 0), grid.steps - 1)
    let cost = costs[step] + (position - Double(step)) * (costs[step + 1] - costs[step])
    across[index(price, step)] += demand.weight * (grid.prices[price] * (value - demand.contracted) - cost)
  }

  private mutating func addUpward(_ demand: ResidualDemand, _ price: Int) {
    let (high, low) = (demand.megawatts[price], demand.megawatts[price + 1])
    // The quantities from `low` on, below `high`.
    let first = max(0, Int(((low - grid.lowest) / grid.step).rounded(.up)))
    let end = min(grid.steps, Int(((high - grid.lowest) / grid.step).rounded(.up)) - 1)
    guard first <= end else { return }
    let rise = (grid.prices[price + 1] - grid.prices[price]) / (high - low)
    for step in first...end {
      let quantity = grid.quantity(step)
      let met = grid.prices[price] + rise * min(max(high - quantity, 0), high - low)
      upward[index(price, step)] += demand.weight * (met * (quantity - demand.contracted) - costs[step])
    }
  }

  /// Money over all scenarios and intervals that an offer earns, contracts at their own price left out.
  public func value(of offer: GridOffer) -> Double {
    var total = constant
    var at = 0
    for (price, reached) in offer.reached.enumerated() {
      while at < reached {
        total += across[index(price, at)]
        at += 1
      }
      if price + 1 < offer.reached.count { total += upward[index(price, at)] }
    }
    return total
  }

  /// The offer that earns most, exact for the residual demands and the grid: the longest path over prices and quantities,
  /// O(prices · steps). Of offers that earn the same, the one that lies nearer to cost.
  ///
  /// - Parameter ceilings: the highest price at which each step may be offered, non-decreasing; nil without limit.
  public func best(ceilings: [Double]? = nil) -> (offer: GridOffer, value: Double) {
    let (last, steps) = (grid.prices.count - 1, grid.steps)
    precondition(ceilings.map { $0.count == steps } ?? true, "one ceiling for each step")
    var ahead = [Double](repeating: -.infinity, count: (last + 1) * (steps + 1))
    var moves = [Bool](repeating: false, count: ahead.count)
    for price in stride(from: last, through: 0, by: -1) {
      for step in stride(from: steps, through: 0, by: -1) {
        let here = index(price, step)
        let up = price < last ? upward[here] + ahead[index(price + 1, step)] : (step == steps ? 0 : -.infinity)
        guard step < steps else {
          ahead[here] = up
          continue
        }
        guard ceilings.map({ grid.prices[price] <= $0[step] }) ?? true else {
          ahead[here] = up
          continue
        }
        let right = across[here] + ahead[index(price, step + 1)]
        let margin = (costs[step + 1] - costs[step]) / grid.step
        let tolerance = 1e-9 * max(1, abs(right))
        moves[here] = right > up + tolerance || (right >= up - tolerance && grid.prices[price] >= margin)
        ahead[here] = max(right, up)
      }
    }
    var at = 0
    let reached = (0...last).map { price -> Int in
      while at < steps, moves[index(price, at)] || (price == last) { at += 1 }
      return at
    }
    return (GridOffer(reached: reached, on: grid), constant + ahead[0])
  }
}
