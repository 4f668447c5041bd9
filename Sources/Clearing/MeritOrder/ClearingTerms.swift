public import MarketModel

/// What a market's rules say about the meeting of the curves. A rule that is not known is nil: a day on which it decides
/// something is not cleared.
public struct ClearingTerms: Hashable, Sendable {
  /// Bounds of the clearing price; every offer lies between them.
  public var floor: EnergyPrice
  public var cap: EnergyPrice
  /// The clearing price is a multiple of it; nil leaves it exact to 0.000001.
  public var priceTick: EnergyPrice?
  public var intervalLength: IntervalLength
  public var tieBreak: TieBreak?
  public var priceRange: PriceRangeRule?
  public var equalPriceVolume: EqualPriceVolume?
  public var shortagePrice: ShortagePrice?
  public var surplusPrice: SurplusPrice?

  public init(
    floor: EnergyPrice, cap: EnergyPrice, priceTick: EnergyPrice? = nil, intervalLength: IntervalLength = .hour,
    tieBreak: TieBreak? = nil, priceRange: PriceRangeRule? = nil, equalPriceVolume: EqualPriceVolume? = nil,
    shortagePrice: ShortagePrice? = nil, surplusPrice: SurplusPrice? = nil
  ) {
    precondition(floor < cap, "the floor lies below the cap")
    precondition(priceTick.map { $0 > .zero } ?? true, "a tick is above 0")
    self.floor = floor
    self.cap = cap
    self.priceTick = priceTick
    self.intervalLength = intervalLength
    self.tieBreak = tieBreak
    self.priceRange = priceRange
    self.equalPriceVolume = equalPriceVolume
    self.shortagePrice = shortagePrice
    self.surplusPrice = surplusPrice
  }
}

/// A rule that decides something on a day and is not known.
public enum ClearingRule: String, Hashable, Sendable, CaseIterable {
  case tieBreak = "clearing.tie_break"
  case priceRange = "clearing.price_range"
  case equalPriceVolume = "clearing.equal_price_volume"
  case shortagePrice = "clearing.shortage_price"
  case surplusPrice = "clearing.surplus_price"
}

/// Why an offer book cannot be cleared.
public enum MeritOrderError: Error, Hashable, Sendable, CustomStringConvertible {
  case noOffers
  case offerOutsideBounds(index: Int, interval: Int, price: EnergyPrice, floor: EnergyPrice, cap: EnergyPrice)
  case unknownRule(ClearingRule, interval: Int, why: String)
  case tooMuchPower(OfferSide, interval: Int)
  case unnamedClass(String, interval: Int, named: [String])

  public var description: String {
    switch self {
    case .noOffers: "There are no offers to clear."
    case .offerOutsideBounds(let index, let interval, let price, let floor, let cap):
      "Offer \(index + 1), interval \(interval): the price \(price.text) lies outside the market's \(floor.text) to "
        + "\(cap.text) per MWh."
    case .unknownRule(let rule, let interval, let why):
      "Interval \(interval): \(why), and \(rule.rawValue) is not known."
    case .tooMuchPower(let side, let interval):
      "Interval \(interval): the offers of side \(side.rawValue) add up to more than "
        + "\(Power(kilowatts: Power.limitKilowatts)); write megawatts."
    case .unnamedClass(let name, let interval, let named):
      "Interval \(interval): offers of class \"\(name)\" share the clearing price, but the order of classes names only "
        + named.map { "\"\($0)\"" }.joined(separator: ", ") + "."
    }
  }
}
