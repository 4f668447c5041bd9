internal import Compliance
internal import FlexibleAssets
public import MarketModel

/// `spotdesk position DAY`: the whole company on the joint paths of a day, and what to hedge.
public struct PositionReport: Sendable, Encodable {
  public var schema = "spotdesk.position/1"
  public let day: MarketDay
  /// True if the workspace holds a simulated market.
  public let simulated: Bool
  public let program: String
  public let currency: String
  public let rulePack: String
  public let scenarios: Int
  public let seed: UInt64
  /// Weight of CVaR 5 % against the mean.
  public let riskWeight: Double
  public let total: Part
  public let parts: [Part]
  public let exposure: Exposure
  public let hedge: HedgeAdvice
  public let joint: Joint
  public let compliance: [AssetCompliance]
  /// What storages would hold as upward reserve at rising prices of a MW and hour, and the energy margin that it costs.
  public let reserve: [ReserveOffer]
  /// How the retail arm should buy; nil without customers.
  public let procurement: ProcurementAdvice?
  public let notes: [String]

  public struct Part: Sendable, Encodable {
    public let name: String
    public let expectedProfit: Double
    /// 10 % and 90 % points over the paths.
    public let low: Double
    public let high: Double
    /// Mean of the worst twentieth of the paths.
    public let conditionalValueAtRisk_5: Double
    /// Sold above zero, bought below, mean over the paths.
    public let dayAheadMWh: Double
    public let realTimeMWh: Double
  }

  /// MWh by interval whose worth moves with a price, mean over the paths; sold above zero.
  public struct Exposure: Sendable, Encodable {
    public let intervalEnd: [String]
    public let intervalHours: Double
    public let expectedPrice: [Double]
    public let dayAheadMWh: [Double]
    public let realTimeMWh: [Double]
    /// Standard deviation over the paths of the energy that is left to real time.
    public let realTimeDeviationMWh: [Double]
    public let hedgedDayAheadMWh: [Double]
    public let parts: [PartExposure]
  }

  public struct PartExposure: Sendable, Encodable {
    public let name: String
    public let dayAheadMWh: [Double]
    public let realTimeMWh: [Double]
  }

  public struct HedgeAdvice: Sendable, Encodable {
    public let expectedProfitBefore: Double
    public let expectedProfitAfter: Double
    public let conditionalValueAtRisk_5Before: Double
    public let conditionalValueAtRisk_5After: Double
    public let cost: Double
    public let contracts: [Contract]
  }

  public struct Contract: Sendable, Encodable {
    public let contract: String
    /// "00:00–06:00".
    public let times: String
    /// "sell", "buy" or "none".
    public let advice: String
    public let megawatts: Double
    public let energyMWh: Double
    public let pricePerMWh: Double
  }

  /// Worth of hedging the whole over hedging each part by itself, in units of (1 − w)·mean + w·CVaR 5 %.
  public struct Joint: Sendable, Encodable {
    public let value: Double
    public let low: Double
    public let high: Double
    /// MW that are traded in all: by the whole, and by the parts for themselves.
    public let jointMegawatts: Double
    public let separateMegawatts: Double
  }

  public struct ReserveOffer: Sendable, Encodable {
    public let asset: String
    public let points: [ReservePoint]
  }

  public struct ReservePoint: Sendable, Encodable {
    public let pricePerMWh: Double
    public let meanMW: Double
    public let opportunityCost: Double
  }

  public struct AssetCompliance: Sendable, Encodable {
    public let asset: String
    public let segments: Int
    public let passed: Int
    public let notEvaluated: Int
    public let violations: [String]
  }
}
