public import MarketModel

/// `spotdesk backtest --strategies`: strategies side by side over the same days, forecasts and prices.
public struct StrategiesReport: Sendable, Encodable {
  public var schema = "spotdesk.strategies/1"
  public let provenance: Provenance
  public let from: MarketDay
  public let to: MarketDay
  public let simulated: Bool
  public let currency: String
  public let rulePacks: [String]
  public let units: Int
  /// The harder of the two baselines: the one that earned more.
  public let baseline: String
  public let rows: [Row]
  /// The days on which the strategy lost most against the harder baseline, with why.
  public let lostDays: [LostDay]
  /// "2022-04", in order; the rows' monthly profits stand in the same order.
  public let months: [String]
  /// Levels of the price, lowest first, per MWh.
  public let priceLevels: [String]
  public let unitProfits: [UnitProfits]
  public let days: [Day]
  public let notes: [String]

  public struct Provenance: Sendable, Encodable {
    /// Name of the run's folder: a digest of everything that the result hangs on.
    public let run: String
    public let program: String
    public let command: String
    public let workspace: String
    /// Digest of the inputs of the last day's forecast, which read the whole history.
    public let dataHash: String
    public let seed: UInt64
    public let scenarios: Int
  }

  public struct Row: Sendable, Encodable {
    public let strategy: String
    /// Method, version and parameters.
    public let summary: String
    /// What it earned; its uplift is over the harder baseline.
    public let result: OffersReport.Row
    public let upliftOverStandard: OffersReport.Uplift?
    public let upliftOverCostPlusLear: OffersReport.Uplift?
    public let startCost: Double
    public let unitHoursOnLine: Double
    /// The largest fall of the summed profit from its height before.
    public let largestDrawdown: Double
    public let monthlyProfits: [Double]
    /// By price level; empty for perfect foresight.
    public let levels: [Level]
    /// Where the market was cleared again with the strategy's offers.
    public let moved: MovedPrices?
    public let settlement: Settlement
    /// What separates the strategy from perfect foresight; nil for that itself.
    public let attribution: Attribution?
  }

  /// Where the money of a row came from and went, in currency units.
  public struct Settlement: Sendable, Encodable {
    /// Net energy at the market's price.
    public let energyRevenue: Double
    /// Fuel and other cost of running.
    public let operatingCost: Double
    public let startCost: Double
    /// Revenue less both costs: the profit of the table.
    public let profit: Double
    /// What contracts for difference against the day-ahead price paid; the same for all whose offers do not move it.
    public let contractPayoff: Double
    public let total: Double
  }

  /// The way from perfect foresight to a strategy's profit, in currency units; the three add up to it.
  public struct Attribution: Sendable, Encodable {
    public let perfectForesight: Double
    /// By hours on line and starts that were other than the best: 0 or less, but for hours that perfect foresight counts on another day.
    public let commitment: Double
    /// By outputs in the hours on line that were other than the best: the curve and its ramps.
    public let output: Double
  }

  /// What a strategy's offers did to the price, and its uplift over the harder baseline in two parts.
  public struct MovedPrices: Sendable, Encodable {
    /// Mean over all days, per MWh.
    public let meanPricePerMWh: Double
    /// What the same offers would have earned at the prices that came without them.
    public let profitAtGivenPrices: Double
    /// The part of the uplift that is there at the given prices; nil for the baseline itself.
    public let priceTakerPart: Double?
    /// The part that comes from the prices' answer to the offers.
    public let priceMakerPart: Double?
  }

  /// What was sold at one level of the price, and what it brought less operating cost.
  public struct Level: Sendable, Encodable {
    public let energyMWh: Double
    public let margin: Double
  }

  /// Profits of one unit over all days, by row.
  public struct UnitProfits: Sendable, Encodable {
    public let unit: String
    public let plant: String
    public let profits: [Double]
  }

  public struct LostDay: Sendable, Encodable {
    public let strategy: String
    public let day: MarketDay
    public let meanPricePerMWh: Double
    public let difference: Double
    public let why: String
  }

  public struct Day: Sendable, Encodable {
    public let day: MarketDay
    public let meanPricePerMWh: Double
    /// By row, in currency units.
    public let profits: [Double]
  }
}

/// Why one strategy earned less than another on a day: the largest of what the two accounts differ in.
struct LossReason {
  let own: StrategyDayResult
  let other: StrategyDayResult

  func sentence(currency: String) -> String {
    let starts = own.startCost - other.startCost
    let below = other.belowCost - own.belowCost
    let missed = other.aboveCost - own.aboveCost
    let hours = own.unitHoursOnLine - other.unitHoursOnLine
    let belowHours = (own.unitHoursBelowZero - other.unitHoursBelowZero).rounded()
    let causes: [(loss: Double, text: String)] = [
      (starts, "\(own.result.starts - other.result.starts) starts more cost \(readable(starts)) \(currency)"),
      (
        below,
        (belowHours > 0 ? "\(readable(belowHours)) unit hours more at prices of zero or below; " : "")
          + "running under cost took \(readable(below)) more"
      ),
      (
        missed,
        hours < 0
          ? "\(readable(-hours)) unit hours fewer on line; hours above cost brought \(readable(missed)) less"
          : "hours above cost brought \(readable(missed)) less with the same or more hours on line (curve, ramps)"
      ),
    ]
    let ordered = causes.filter { $0.loss > 0 }.sorted { $0.loss > $1.loss }
    return ordered.prefix(2).map(\.text).joined(separator: "; ")
  }
}
