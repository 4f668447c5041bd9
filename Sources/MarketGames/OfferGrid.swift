/// The prices and quantities between which an offer may be drawn: prices ascend; quantities lie at equal distances.
public struct OfferGrid: Hashable, Sendable {
  /// Per MWh, ascending; the first is the bid floor, the last the bid cap.
  public let prices: [Double]
  /// MW that stand at the floor whatever the curve is.
  public let lowest: Double
  /// MW between two quantities; above 0.
  public let step: Double
  /// Number of steps above `lowest`.
  public let steps: Int

  public init(prices: [Double], lowest: Double, highest: Double, steps: Int) {
    precondition(prices.count >= 2 && zip(prices, prices.dropFirst()).allSatisfy { $0 < $1 }, "prices ascend")
    precondition(steps >= 1 && highest > lowest && lowest >= 0, "a curve needs a range of quantities")
    self.prices = prices
    self.lowest = lowest
    self.steps = steps
    step = (highest - lowest) / Double(steps)
  }

  /// MW after `index` steps.
  public func quantity(_ index: Int) -> Double { lowest + Double(index) * step }

  public var highest: Double { quantity(steps) }

  /// Equidistant prices from the floor to the cap, both included.
  public static func prices(floor: Double, cap: Double, count: Int) -> [Double] {
    (0..<count).map { floor + (cap - floor) * Double($0) / Double(count - 1) }
  }
}

/// A non-decreasing offer on a grid: how many steps of quantity are offered up to and with each price.
///
/// It is the staircase that moves up at a quantity and right at a price; at the last price everything is offered.
public struct GridOffer: Hashable, Sendable {
  /// One for each price of the grid, non-decreasing, the last equal to the grid's steps.
  public let reached: [Int]

  public init(reached: [Int], on grid: OfferGrid) {
    precondition(reached.count == grid.prices.count && reached.last == grid.steps, "everything is offered at the cap")
    precondition(zip([0] + reached, reached).allSatisfy { $0 <= $1 }, "an offer does not fall with the price")
    self.reached = reached
  }

  /// MW offered up to and with each price of the grid.
  public func supply(on grid: OfferGrid) -> [Double] { reached.map { grid.quantity($0) } }

  /// Price at which each step of quantity is offered, one for each step.
  public func prices(on grid: OfferGrid) -> [Double] {
    var result: [Double] = []
    for (price, count) in zip(grid.prices, reached) {
      while result.count < count { result.append(price) }
    }
    return result
  }

  /// The offer of a price taker: every step at the lowest price of the grid that covers its incremental cost.
  public init(marginalCost cost: FleetCost, on grid: OfferGrid) {
    let margins = (0..<grid.steps).map { cost.meanIncremental(from: grid.quantity($0), to: grid.quantity($0 + 1)) }
    var count = 0
    var reached = grid.prices.map { price -> Int in
      while count < margins.count, margins[count] <= price { count += 1 }
      return count
    }
    reached[reached.count - 1] = grid.steps
    self.init(reached: reached, on: grid)
  }
}
