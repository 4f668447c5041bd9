public import MarketGames

/// What is known before the gate of what everybody offers, for strategies that know that they move the price.
public struct RestOfMarket: Sendable {
  /// Per MWh, ascending, from the bid floor to the bid cap.
  public let prices: [Double]
  /// MW that everybody, we included, offered up to each price in the past, by level of the estimate; non-decreasing.
  public let supplies: [[Double]]
  /// Weight of each level; they add up to 1.
  public let weights: [Double]
  /// MW of bidding space expected, by interval.
  public let demand: [Double]
  /// Shares of all others' supply that belong to one strategic owner each; what is left to 1 does not react.
  public let strategicShares: [Double]
  public let limits: MarketPowerLimits
  /// Share of everybody's supply in the past that was ours; nil if we offered then what we offer now.
  public let ownShare: Double?

  public init(
    prices: [Double], supplies: [[Double]], weights: [Double], demand: [Double], strategicShares: [Double],
    limits: MarketPowerLimits, ownShare: Double? = nil
  ) {
    precondition(supplies.count == weights.count && supplies.allSatisfy { $0.count == prices.count }, "one row a level")
    self.prices = prices
    self.supplies = supplies
    self.weights = weights
    self.demand = demand
    self.strategicShares = strategicShares
    self.limits = limits
    self.ownShare = ownShare
  }

  /// Everybody's supply at the middle level.
  var middle: [Double] { supplies[supplies.count / 2] }

  /// The lowest price at which everybody offers an amount of MW, at the middle level.
  func price(meeting megawatts: Double) -> Double { price(meeting: megawatts, of: middle) }

  /// The lowest price at which a supply, in MW up to each price, reaches an amount.
  func price(meeting megawatts: Double, of supply: [Double]) -> Double {
    guard let above = supply.firstIndex(where: { $0 >= megawatts }) else { return prices[prices.count - 1] }
    guard above > 0, supply[above] > supply[above - 1] else { return prices[above] }
    let share = (megawatts - supply[above - 1]) / (supply[above] - supply[above - 1])
    return prices[above - 1] + share * (prices[above] - prices[above - 1])
  }
}
