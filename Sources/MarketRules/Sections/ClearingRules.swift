public import MarketModel

/// How the market clears.
public struct ClearingRules: Hashable, Sendable {
  /// Bounds of clearing prices. The bounds of bids are ``BidRules``.
  public let floor: RuleValue<EnergyPrice>
  public let cap: RuleValue<EnergyPrice>
  /// The clearing price is a multiple of it.
  public let priceTick: RuleValue<EnergyPrice>
  /// Which price counts where the curves leave a range.
  public let priceRange: RuleValue<PriceRangeRule>
  /// Who is cut among offers at the clearing price.
  public let tieBreak: RuleValue<TieBreak>
  /// How much is traded where buyers and sellers meet at one price.
  public let equalPriceVolume: RuleValue<EqualPriceVolume>
  /// The price while supply does not cover the demand at the cap.
  public let shortagePrice: RuleValue<ShortagePrice>
  /// The price while the supply at the floor exceeds all demand.
  public let surplusPrice: RuleValue<SurplusPrice>
}

/// What the operator fixes for the units themselves.
public struct PhysicalRules: Hashable, Sendable {
  /// Upper bounds of the minimum up and down times that a unit may declare.
  public let largestMinimumUpMinutes: RuleValue<Int>
  public let largestMinimumDownMinutes: RuleValue<Int>
  /// How many units of a plant may start on one day.
  public let maximumStartsPerPlant: RuleValue<Int>
  /// Parts of the rated capacity that a unit on line keeps free above and below its plan.
  public let reserveUpShare: RuleValue<Double>
  public let reserveDownShare: RuleValue<Double>
}

/// Guards of the desk against slips of the pen. They are not rules of a market, but they differ with its prices.
public struct PlausibilityGuards: Hashable, Sendable {
  /// Prices whose magnitudes all lie at or below this were probably written per kWh.
  public let smallestPriceMagnitude: RuleValue<EnergyPrice>
  /// An offer above this share of the rated capacity was probably written in another unit.
  public let largestShareOfRatedCapacity: RuleValue<Double>
}
