/// What a price series stands for; two series with different bases do not subtract without conversion.
public struct PriceBasis: Hashable, Sendable, Codable {
  public enum Stage: String, Hashable, Sendable, Codable { case dayAhead = "day-ahead", realTime = "real-time" }
  public enum Place: String, Hashable, Sendable, Codable { case unified, node }
  public enum Standing: String, Hashable, Sendable, Codable { case disclosed, settled }

  public var stage: Stage
  public var place: Place
  public var standing: Standing
  public var includesCapacityAdder: Bool
  public var includesTax: Bool

  public init(stage: Stage, place: Place, standing: Standing, includesCapacityAdder: Bool, includesTax: Bool) {
    self.stage = stage
    self.place = place
    self.standing = standing
    self.includesCapacityAdder = includesCapacityAdder
    self.includesTax = includesTax
  }
}

/// The prices of one market day on one basis.
public struct MarketPrices: Hashable, Sendable {
  public let basis: PriceBasis
  public let prices: IntervalSeries<EnergyPrice>

  public init(basis: PriceBasis, prices: IntervalSeries<EnergyPrice>) {
    self.basis = basis
    self.prices = prices
  }
}
