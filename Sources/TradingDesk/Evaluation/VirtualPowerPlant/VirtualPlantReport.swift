internal import FlexibleAssets

/// `spotdesk evaluate virtual-power-plant`: a made-up plant aggregated, offered, dispatched and settled.
public struct VirtualPlantReport: Sendable, Encodable {
  public var schema = "spotdesk.virtual-power-plant/1"
  public let resources: Int
  public let members: Int
  public let intervals: Int
  public let seed: UInt64
  public let kinds: [Kind]
  public let seconds: Seconds
  /// MW and prices per MWh by interval.
  public let envelope: Envelope
  public let dispatch: Dispatch
  /// The day as it went when resources stopped answering.
  public let silence: Silence
  public let settlement: Settlement
  public let health: Health
  public let notes: [String]

  public struct Kind: Sendable, Encodable {
    public let kind: String
    public let resources: Int
    /// Over the day's dispatch.
    public let deliveredMWh: Double
    public let drawnMWh: Double
  }

  /// Wall-clock time; differs from run to run.
  public struct Seconds: Sendable, Encodable {
    public let aggregation: Double
    public let dispatch: Double
  }

  public struct Envelope: Sendable, Encodable {
    public let expectedPrice: [Double]
    public let marketPrice: [Double]
    public let lower: [Double]
    public let plan: [Double]
    public let upper: [Double]
    public let priceDown: [Double]
    public let priceUp: [Double]
    public let offers: [[Step]]
    public let cleared: [Double]
  }

  public struct Step: Sendable, Encodable {
    public let fromMW: Double
    public let toMW: Double
    public let pricePerMWh: Double
  }

  public struct Dispatch: Sendable, Encodable {
    public let cost: Double
    /// No dispatch of the schedule costs less.
    public let costBound: Double?
    public let gapPercent: Double?
    public let rounds: Int
    public let largestDeviationMW: Double
    /// Value at the market price less cost, and that of the same resources unsteered.
    public let profit: Double
    public let unsteeredProfit: Double
  }

  public struct Silence: Sendable, Encodable {
    public let resources: [String]
    public let fromInterval: Int?
    /// In that interval, before the others take over, and the largest of all later ones.
    public let deviationMW: Double
    public let laterDeviationMW: Double
    public let addedCost: Double
  }

  public struct Settlement: Sendable, Encodable {
    /// In cents: what the market pays, what the aggregator keeps, what the members get; they add up.
    public let marketPaymentCents: Int
    public let feeCents: Int
    public let membersCents: Int
    public let differenceCents: Int
    public let statements: [Statement]
  }

  public struct Statement: Sendable, Encodable {
    public let member: String
    public let resources: Int
    public let deliveredMWh: Double
    public let drawnMWh: Double
    public let baseCents: Double
    public let compensationCents: Double
    public let deviationCents: Double
    public let shareCents: Double
    public let totalCents: Int
  }

  /// Mean errors of name plate and of the update from a month of made-up records, as shares.
  public struct Health: Sendable, Encodable {
    public let batteries: Int
    public let solarPlants: Int
    public let roundTripErrorOfPlate: Double
    public let roundTripErrorUpdated: Double
    public let energyErrorOfPlate: Double
    public let energyErrorUpdated: Double
    public let yieldErrorOfPlate: Double
    public let yieldErrorUpdated: Double
    public let wornBatteries: Int
    public let findings: [String]
  }
}
