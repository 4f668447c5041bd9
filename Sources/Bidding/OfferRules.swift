public import MarketModel
public import MarketRules

/// The pack's bid rules as an offer needs them, with what had to be assumed where the pack says "unknown".
///
/// An assumption is chosen so that the offer also satisfies the rule of every neighbouring market that is known: whole
/// megawatts and whole currency units are multiples of every smaller tick, and segments of 5 % of the range satisfy the
/// widths in use (`market-rules.md` 1.3, 2). It is listed in ``assumptions`` and printed beside the bids; the compliance
/// check of an unknown rule stays "not evaluated".
public struct OfferRules: Hashable, Sendable {
  public let form: CurveForm
  public let largestPointCount: Int
  public let floor: EnergyPrice
  public let cap: EnergyPrice
  public let priceTick: EnergyPrice
  public let quantityTick: Power
  public let smallestWidth: Power?
  public let smallestShareOfRange: Double
  public let assumptions: [String]

  static let workingPriceTick = EnergyPrice.perMegawattHour(1)
  static let workingQuantityTick = Power.megawatts(1)
  static let workingShareOfRange = 0.05

  /// - Throws: ``OfferRulesError`` if the pack does not know a rule without which no offer can be drawn.
  public init(_ pack: RulePack) throws(OfferRulesError) {
    func required<Value>(_ rule: RuleValue<Value>, _ name: String) throws(OfferRulesError) -> Value {
      guard let value = rule.value else { throw OfferRulesError(pack: "\(pack.market) \(pack.version)", rule: name) }
      return value
    }
    form = try required(pack.bids.curveForm, "curve_form")
    largestPointCount = try required(pack.bids.maximumPoints, "maximum_points")
    floor = try required(pack.bids.floor, "bid_floor_per_MWh")
    cap = try required(pack.bids.cap, "bid_cap_per_MWh")
    var assumed: [String] = []
    if let tick = pack.bids.priceTick.value {
      priceTick = tick
    } else {
      priceTick = OfferRules.workingPriceTick
      assumed.append("price tick unknown: whole \(pack.currency)/MWh are offered")
    }
    if let tick = pack.bids.quantityTick.value {
      quantityTick = tick
    } else {
      quantityTick = OfferRules.workingQuantityTick
      assumed.append("quantity tick unknown: whole MW are offered, limits of a unit apart")
    }
    smallestWidth = pack.bids.minimumSegmentWidth.value
    if let share = pack.bids.minimumSegmentShareOfRange.value {
      smallestShareOfRange = share
    } else if smallestWidth == nil {
      smallestShareOfRange = OfferRules.workingShareOfRange
      assumed.append("minimum segment width unknown: segments of at least 5 % of the unit's range are offered")
    } else {
      smallestShareOfRange = 0
    }
    assumptions = assumed
  }

  /// Smallest width of a segment above the lowest output, a multiple of the quantity tick.
  func width(lowest: Power, highest: Power) -> Power {
    let share = Power.megawatts((highest - lowest).megawatts * smallestShareOfRange)
    let needed = max(share, smallestWidth ?? .zero, quantityTick).kilowatts
    let tick = max(quantityTick.kilowatts, 1)
    return Power(kilowatts: (needed + tick - 1) / tick * tick)
  }

  /// The nearest price on the tick within the bid limits.
  func price(_ perMegawattHour: Double) -> EnergyPrice {
    let bounded = min(max(perMegawattHour, floor.perMegawattHour), cap.perMegawattHour)
    let tick = priceTick.perMegawattHour
    return min(max(.perMegawattHour((bounded / tick).rounded() * tick), floor), cap)
  }
}

/// The rule pack does not know something without which no offer can be drawn.
public struct OfferRulesError: Error, Hashable, Sendable, CustomStringConvertible {
  public let pack: String
  public let rule: String

  public init(pack: String, rule: String) {
    self.pack = pack
    self.rule = rule
  }

  public var description: String {
    "Rule pack \(pack) does not know \(rule); no offer can be drawn without it. Complete the pack."
  }
}
