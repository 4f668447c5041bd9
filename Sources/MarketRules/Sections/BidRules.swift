public import MarketModel

/// Where a bid curve starts.
public enum FirstPointRule: String, Hashable, Sendable, Codable, CaseIterable {
  /// At zero output.
  case zero
  /// At the unit's declared lowest output.
  case minimumOutput = "minimum-output"
}

/// Where a bid curve ends.
public enum LastPointRule: String, Hashable, Sendable, Codable, CaseIterable {
  /// At the largest capacity that is available during the day.
  case availableMaximum = "available-maximum"
  case ratedCapacity = "rated-capacity"
}

/// What a bid of a thermal unit must look like.
public struct BidRules: Hashable, Sendable {
  public let curveForm: RuleValue<CurveForm>
  public let minimumPoints: RuleValue<Int>
  public let maximumPoints: RuleValue<Int>
  /// Bounds of bids. The bounds of clearing prices are ``ClearingRules``.
  public let floor: RuleValue<EnergyPrice>
  public let cap: RuleValue<EnergyPrice>
  public let priceTick: RuleValue<EnergyPrice>
  public let quantityTick: RuleValue<Power>
  public let minimumSegmentWidth: RuleValue<Power>
  /// Smallest width as a share of the range from the lowest output to the rated capacity; at most six decimals.
  public let minimumSegmentShareOfRange: RuleValue<Double>
  public let pricesMustNotFall: RuleValue<Bool>
  public let segmentsMustJoin: RuleValue<Bool>
  public let firstPoint: RuleValue<FirstPointRule>
  public let lastPoint: RuleValue<LastPointRule>
  public let allowsEqualPrices: RuleValue<Bool>
  public let curvesPerDay: RuleValue<Int>
  /// What the price of a bid contains.
  public let priceBasis: RuleValue<PriceBasis>
}
