public import MarketModel
internal import Review

/// What one offer brought: net MWh and money in the report's currency, rounded to hundredths.
public struct ResultView: Sendable, Encodable {
  public var clearedEnergyMWh: Double
  public var revenue: Double
  public var cost: Double
  public var profit: Double
  public var starts: Int
}

extension ResultView {
  init(_ result: UnitResult) {
    clearedEnergyMWh = (result.clearedEnergy.megawattHours * 1_000).rounded() / 1_000
    revenue = result.revenue.rounded.amount
    cost = result.cost.rounded.amount
    profit = result.profit.rounded.amount
    starts = result.starts
  }
}

/// `spotdesk clear`: a day's offers at the realised prices.
public struct ClearingReport: Sendable, Encodable {
  public var schema = "spotdesk.clear/1"
  public var day: MarketDay
  public var simulated: Bool
  public var currency: String
  public var rulePack: String
  public var meanPricePerMWh: Double
  public var units: [UnitRow]
  public var fleet: UnitRow
  /// Both books against the prices, judged from bids and limits alone: "passed", or "failed" with the first findings.
  public var audit: String

  public struct UnitRow: Sendable, Encodable {
    public var unit: String
    public var standard: ResultView
    public var optimised: ResultView
    /// Optimised gross output by interval.
    public var outputMW: [Double]
  }
}

/// `spotdesk review`: what one or more days brought, and where the rest of perfect foresight went.
///
/// Money is in `currency`, rounded to hundredths; every sum is of the rounded parts.
public struct ReviewReport: Sendable, Encodable {
  public var schema = "spotdesk.review/1"
  public var provenance: Provenance?
  /// Absent where several days are reviewed.
  public var day: MarketDay?
  public var from: MarketDay
  public var to: MarketDay
  public var simulated: Bool
  public var currency: String
  public var rulePack: String
  public var units: [UnitRow]
  public var fleet: UnitRow
  /// Contracts for difference against the day-ahead price; the same whatever is bid.
  public var contractPayment: Double
  public var contractedEnergyMWh: Double
  /// Means over the days.
  public var forecast: ForecastError?
  /// What the days' errors, after those of the prepared days before them, say of the price forecast.
  public var driftAlarms: [DriftAlarm]
  public var waterfall: WaterfallView
  public var metrics: MetricsView
  public var lostEnergy: LostEnergyView
  public var days: [DayRow]
  public var skill: [SkillRow]
  public var stack: StackView?
  /// The largest losses with their cause, the largest first.
  public var findings: [Finding]
  public var notes: [String]

  public struct UnitRow: Sendable, Encodable {
    public var unit: String
    public var standard: ResultView
    public var optimised: ResultView
    public var perfectForesight: ResultView
    /// Optimised less standard profit.
    public var difference: Double
    /// Perfect foresight less optimised profit.
    public var regret: Double
    public var waterfall: WaterfallView
    public var metrics: MetricsView
    public var lostEnergy: LostEnergyView
  }

  /// Enough to make the review again.
  public struct Provenance: Sendable, Encodable {
    public var program: String
    public var command: String
    public var workspace: String
    /// SHA-256 over the bids, forecasts and limits of the days and the prices that came.
    public var dataHash: String
  }

  /// Mean absolute errors of the day's price forecasts, per MWh.
  public struct ForecastError: Sendable, Encodable {
    public var expectedMae: Double
    public var sameAsYesterdayMae: Double
    /// Share of intervals within the central 80 % interval.
    public var coverage80: Double
  }
}

/// The price forecast is worse than same-as-yesterday, or worse against it than it used to be.
public struct DriftAlarm: Sendable, Encodable {
  /// "worse-than-naive" or "change".
  public var alarm: String
  public var day: MarketDay
  public var sentence: String
}

/// `spotdesk backtest`: many days, each as of its own gate.
public struct BacktestReport: Sendable, Encodable {
  public var schema = "spotdesk.backtest/1"
  public var from: MarketDay
  public var to: MarketDay
  public var simulated: Bool
  public var currency: String
  public var rulePacks: [String]
  public var days: [DayRow]
  public var units: [UnitRow]
  public var standard: ResultView
  public var optimised: ResultView
  public var perfectForesightProfit: Double
  /// nil where perfect foresight earns nothing, so that a share would say nothing.
  public var standardShareOfPerfectForesight: Double?
  public var optimisedShareOfPerfectForesight: Double?
  /// Means over the days on which yesterday's prices were known; nil if there is none.
  public var priceMae: Double?
  public var sameAsYesterdayPriceMae: Double?
  public var coverage80: Double?
  /// Days from which the price forecast no longer earned its keep.
  public var driftAlarms: [DriftAlarm]
  public var bids: Int
  public var violatedBids: Int

  public struct DayRow: Sendable, Encodable {
    public var day: MarketDay
    public var meanPricePerMWh: Double
    public var standardProfit: Double
    public var optimisedProfit: Double
    /// nil where yesterday's prices were not known.
    public var priceMae: Double?
    public var sameAsYesterdayPriceMae: Double?
    public var violatedBids: Int
    /// What the checks found, one sentence each.
    public var violations: [String]
  }

  public struct UnitRow: Sendable, Encodable {
    public var unit: String
    public var standardProfit: Double
    public var optimisedProfit: Double
    public var perfectForesightProfit: Double
    public var starts: Int
  }
}

/// `spotdesk check`: a bid file against the rules.
public struct CheckReport: Sendable, Encodable {
  public var schema = "spotdesk.check/1"
  public var day: MarketDay
  public var rulePack: String
  public var compliance: DayReport.ComplianceView
  public var violations: [String]
}

/// `spotdesk rules`.
public struct RulesReport: Sendable, Encodable {
  public var schema = "spotdesk.rules/1"
  public var packs: [PackRow]
  /// Every value of the pack that was asked for, with its clause; empty for a list.
  public var values: [ValueRow]

  public struct PackRow: Sendable, Encodable {
    public var market: String
    public var version: String
    /// "in-force", or "draft": used only when it is asked for.
    public var status: String
    public var from: MarketDay
    public var to: MarketDay?
    public var source: String
  }

  public struct ValueRow: Sendable, Encodable {
    public var key: String
    public var value: String
    public var confidence: String
    public var clause: String
  }
}

/// `spotdesk rules diff` and `spotdesk rules check`: sentences about one or two packs.
public struct PackFindings: Sendable, Encodable {
  public var schema = "spotdesk.pack-findings/1"
  /// "market version", the earlier one first.
  public var packs: [String]
  public var sentences: [String]
}

/// What a command on files did, in sentences.
public struct WorkspaceReport: Sendable, Encodable {
  public var schema = "spotdesk.workspace/1"
  public var workspace: String
  public var rows: Int
  public var days: Int
  public var skippedDays: Int
  public var changed: Bool
  public var sentences: [String]
}
