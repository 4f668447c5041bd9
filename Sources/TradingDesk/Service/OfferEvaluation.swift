public import MarketModel

/// One segment as a trader writes it: where it ends and what it asks.
public struct DraftSegment: Sendable, Hashable, Codable {
  /// Gross MW at which the segment ends.
  public var toMW: Double
  /// Per net MWh.
  public var pricePerMWh: Double

  public init(toMW: Double, pricePerMWh: Double) {
    self.toMW = toMW
    self.pricePerMWh = pricePerMWh
  }

  private enum CodingKeys: String, CodingKey {
    case toMW = "to_MW"
    case pricePerMWh = "price_per_MWh"
  }
}

/// What a trader's curve of one unit is worth beside the prepared one, and what the rules say of it.
public struct OfferEvaluation: Sendable, Encodable {
  public var schema = "spotdesk.offer-evaluation/1"
  public var day: MarketDay
  public var unit: UnitID
  public var currency: String
  public var rulePack: String
  public var simulated: Bool
  /// The prepared offer.
  public var prepared: Worth
  public var draft: Worth
  /// Draft less prepared.
  public var expectedProfitDifference: Double
  public var conditionalValueAtRisk_5Difference: Double
  /// "compliant" or "violated".
  public var verdict: String
  public var findings: [Finding]

  public struct Worth: Sendable, Encodable {
    public var expectedProfit: Double
    public var conditionalValueAtRisk_5: Double
    public var expectedEnergyMWh: Double
    public var segments: [Segment]
  }

  public struct Segment: Sendable, Encodable {
    public var segment: Int
    public var fromMW: Double
    public var toMW: Double
    public var pricePerMWh: Double
    /// Share of scenario intervals on line in which the price reaches the segment's price.
    public var clearingProbability: Double
  }

  /// What a rule says against the curve.
  public struct Finding: Sendable, Encodable {
    public var check: String
    /// "block", "stop" or "warn".
    public var severity: String
    public var segment: Int?
    public var interval: String?
    public var message: String
    public var messageChinese: String
    public var clause: String
  }
}
