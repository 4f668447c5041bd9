public import MarketModel

/// How the curves of an interval met.
public enum IntervalState: String, Hashable, Sendable, Codable {
  case balanced
  /// Supply does not cover the demand that is bid at the cap; the demand is cut.
  case shortage
  /// The supply that is offered at the floor exceeds all demand; the supply is cut.
  case surplus
}

/// One interval at its uniform price.
public struct IntervalClearing: Hashable, Sendable {
  /// Number of the interval, from 1.
  public let interval: Int
  /// What everybody pays and is paid.
  public let price: EnergyPrice
  /// Where the curves meet. It differs from ``price`` by rounding to the tick, or in shortage and surplus by rule.
  public let balancePrice: EnergyPrice
  /// Every price from the lowest to the highest balances the curves.
  public let lowestPrice: EnergyPrice
  public let highestPrice: EnergyPrice
  public let cleared: Power
  public let offeredSupply: Power
  public let offeredDemand: Power
  public let state: IntervalState
  /// Offers that stand at the balance price with more than one possible quantity.
  public let marginalOffers: Int

  public init(
    interval: Int, price: EnergyPrice, balancePrice: EnergyPrice, lowestPrice: EnergyPrice, highestPrice: EnergyPrice,
    cleared: Power, offeredSupply: Power, offeredDemand: Power, state: IntervalState, marginalOffers: Int
  ) {
    self.interval = interval
    self.price = price
    self.balancePrice = balancePrice
    self.lowestPrice = lowestPrice
    self.highestPrice = highestPrice
    self.cleared = cleared
    self.offeredSupply = offeredSupply
    self.offeredDemand = offeredDemand
    self.state = state
    self.marginalOffers = marginalOffers
  }
}

/// A day cleared by merit order.
public struct MarketClearing: Hashable, Sendable {
  public let terms: ClearingTerms
  /// In the order of the intervals.
  public let intervals: [IntervalClearing]
  /// What each offer sells or buys, in the order in which the offers were given.
  public let cleared: [Power]

  public init(terms: ClearingTerms, intervals: [IntervalClearing], cleared: [Power]) {
    self.terms = terms
    self.intervals = intervals
    self.cleared = cleared
  }
}
