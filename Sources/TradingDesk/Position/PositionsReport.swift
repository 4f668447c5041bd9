public import MarketModel

/// `spotdesk position FROM..TO`: the whole company over many days.
public struct PositionsReport: Sendable, Encodable {
  public var schema = "spotdesk.positions/1"
  public let from: MarketDay
  public let to: MarketDay
  /// One day of so many was looked at.
  public let every: Int
  public let days: Int
  public let simulated: Bool
  public let program: String
  public let currency: String
  /// Where the joint paths come from: "kept" or "joint".
  public let paths: String
  public let seed: UInt64
  public let riskWeight: Double
  public let classes: [AssetClass]
  public let total: AssetClass
  public let hedge: Hedge
  public let joint: Joint
  public let procurement: [PositionReport.ProcurementWay]
  public let exposure: Exposure
  public let rows: [Day]
  public let violations: [String]
  public let notes: [String]

  /// Sums over the days.
  public struct AssetClass: Sendable, Encodable {
    public let name: String
    public let expectedProfit: Double
    /// At what came; nil where that is not known of all days.
    public let realisedProfit: Double?
    /// Mean over the days of the mean of the worst twentieth of a day's paths, of each part by itself.
    public let meanConditionalValueAtRisk_5: Double
    public let dayAheadMWh: Double
    public let realTimeMWh: Double
  }

  public struct Hedge: Sendable, Encodable {
    /// Sums over the days of what is expected.
    public let expectedProfitBefore: Double
    public let expectedProfitAfter: Double
    public let cost: Double
    /// Means over the days of CVaR 5 % over a day's paths.
    public let meanConditionalValueAtRisk_5Before: Double
    public let meanConditionalValueAtRisk_5After: Double
    /// Of realised days: sums, and the mean of the worst twentieth of the days.
    public let realisedBefore: Double?
    public let realisedAfter: Double?
    public let realisedConditionalValueAtRisk_5Before: Double?
    public let realisedConditionalValueAtRisk_5After: Double?
  }

  /// One hedge over one for each desk.
  public struct Joint: Sendable, Encodable {
    /// Mean of a day in units of (1 − w)·mean + w·CVaR 5 %, judged on paths on which hedges were not chosen; with the 95 % interval
    /// of days drawn in blocks of a week; of single days if they are fewer than 28 or lie a week apart; nil of fewer than seven.
    public let meanValue: Double
    public let low: Double?
    public let high: Double?
    public let daysAbove: Int
    public let meanJointMegawatts: Double
    public let meanSeparateMegawatts: Double
    /// Money at what came, mean of a day, with its 95 % interval.
    public let realisedMean: Double?
    public let realisedLow: Double?
    public let realisedHigh: Double?
  }

  /// Means over the days, MWh by interval; empty if days have different numbers of intervals.
  public struct Exposure: Sendable, Encodable {
    public let intervalEnd: [String]
    public let intervalHours: Double
    public let dayAheadMWh: [Double]
    public let hedgedDayAheadMWh: [Double]
    public let realTimeMWh: [Double]
  }

  public struct Day: Sendable, Encodable {
    public let day: MarketDay
    public let expectedProfit: Double
    public let conditionalValueAtRisk_5Before: Double
    public let conditionalValueAtRisk_5After: Double
    public let jointValue: Double
    public let realisedProfit: Double?
    public let realisedHedged: Double?
  }
}
