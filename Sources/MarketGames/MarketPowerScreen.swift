/// Thresholds of a market-power screen; nil where the market's rules state none: then the test is not made.
public struct MarketPowerLimits: Hashable, Sendable {
  /// Residual supply index below which a group's offers are tested.
  public var residualSupplyReference: Double?
  /// An offer may stand this share of its cost above it, and this amount per MWh; the smaller of the two counts.
  public var conductShare: Double?
  public var conductAmount: Double?
  /// Rise of a clearing price over that with offers at cost, per MWh.
  public var impact: Double?

  public init(
    residualSupplyReference: Double? = nil, conductShare: Double? = nil, conductAmount: Double? = nil,
    impact: Double? = nil
  ) {
    self.residualSupplyReference = residualSupplyReference
    self.conductShare = conductShare
    self.conductAmount = conductAmount
    self.impact = impact
  }

  /// The highest price at which a block of a cost may be offered; nil without a conduct test.
  ///
  /// Worked: 300 per MWh, 15 % and 40: 340, as 40 is less than 45.
  public func ceiling(cost: Double) -> Double? {
    let allowances = [conductShare.map { $0 * abs(cost) }, conductAmount].compactMap { $0 }
    return allowances.min().map { cost + $0 }
  }
}

/// Who can be done without: supply against demand, in MW.
public enum ResidualSupply {
  /// Residual supply index: what all others can supply over the demand; below 1 the group is pivotal.
  ///
  /// Worked: (52,000 − 9,500) / 43,000 = 0.988.
  public static func index(total: Double, own: Double, demand: Double) -> Double {
    demand > 0 ? (total - own) / demand : .infinity
  }

  /// The same without the two largest of the others: below 1 the three are jointly pivotal.
  public static func threePivotalIndex(total: Double, own: Double, others: [Double], demand: Double) -> Double {
    index(total: total, own: own + others.sorted(by: >).prefix(2).reduce(0, +), demand: demand)
  }
}

/// What a screen found in the offers of a group on one day.
public struct MarketPowerFinding: Hashable, Sendable {
  public var smallestIndex: Double
  public var smallestThreePivotalIndex: Double
  /// Intervals in which the group is pivotal.
  public var pivotalIntervals: Int
  /// Share of the offered MW that stands above its ceiling; nil if conduct is not tested.
  public var shareAboveCeiling: Double?
  /// Largest rise of a tested interval's price over that with offers at cost; nil if impact is not tested.
  public var largestImpact: Double?
  /// Whether the offers break the screen: tested, above a ceiling, and moving a price by more than is allowed.
  public var breaks: Bool

  /// Judges a day.
  ///
  /// - Parameters:
  ///   - indices: residual supply index by interval.
  ///   - offers: MW above the lowest output with the offered price and the cost.
  ///   - rises: price with these offers less price with offers at cost, by interval.
  public init(
    indices: [Double], threePivotal: [Double], offers: [(megawatts: Double, price: Double, cost: Double)],
    rises: [Double], limits: MarketPowerLimits
  ) {
    smallestIndex = indices.min() ?? .infinity
    smallestThreePivotalIndex = threePivotal.min() ?? .infinity
    pivotalIntervals = indices.count { $0 < 1 }
    let tested = indices.map { index in limits.residualSupplyReference.map { index < $0 } ?? true }
    let total = offers.reduce(0) { $0 + $1.megawatts }
    let above = offers.reduce(0) { sum, offer in
      guard let ceiling = limits.ceiling(cost: offer.cost), offer.price > ceiling + 1e-6 else { return sum }
      return sum + offer.megawatts
    }
    let isConductTested = limits.conductShare != nil || limits.conductAmount != nil
    shareAboveCeiling = isConductTested && total > 0 ? above / total : nil
    let largest = zip(rises, tested).filter { $0.1 }.map { $0.0 }.max() ?? 0
    largestImpact = limits.impact == nil ? nil : largest
    let breaksConduct = tested.contains(true) && above > 0
    breaks = breaksConduct && (limits.impact.map { largest > $0 } ?? true)
  }
}
