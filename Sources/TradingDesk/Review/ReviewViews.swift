public import MarketModel
internal import Review

extension ReviewReport {
  /// From perfect foresight to what was realised. `amount` of the first and the last step is a level, of the others an effect.
  public struct WaterfallView: Sendable, Encodable {
    public var steps: [Step]
    public var perfectForesight: Double
    public var realised: Double
    /// Realised less everything before it: 0.00.
    public var unexplained: Double
    /// How the order was chosen.
    public var order: String

    public struct Step: Sendable, Encodable {
      public var step: String
      public var amount: Double
      /// Level after the step.
      public var after: Double
    }
  }

  /// The figures of section 5.8; a share or a mean is absent where it would divide by nothing. Energies are net.
  public struct MetricsView: Sendable, Encodable {
    public var winRatio: Double?
    public var marginalHit: Double?
    public var meteredMWh: Double
    public var soldMWh: Double
    public var loadFactor: Double?
    public var utilisationHours: Double?
    public var unitHoursOnLine: Double
    public var totalMeanPricePerMWh: Double?
    public var spotMeanPricePerMWh: Double?
    public var contractDifferencePerMWh: Double?
    public var dayAheadLessRealTimePerMWh: Double?
    public var dayAheadDeviation: DeviationView
    public var realTimeDeviation: DeviationView
    public var marginalContribution: Double
    public var contributionPerMWh: Double?
    public var contractAdvantage: Double
    public var nodeAdvantage: Double
    public var contractCoverage: Double?
    public var contractLoadFactor: Double?
    public var quantityEffect: Double
    public var priceEffect: Double
    public var crossEffect: Double
    public var regret: Double
    public var attainment: Double?
    /// What the submitted curve would have brought had the unit been on line as was best.
    public var profitWithPerfectCommitment: Double
    public var losingIntervalsLossShare: Double?
    public var losingToEarningRatio: Double?
    /// Profit per MWh, which is 厘/kWh.
    public var profitPerMWh: Double?
    public var priceBands: [BandView]
    public var winRatioByHour: [Double?]
  }

  public struct DeviationView: Sendable, Encodable {
    public var positiveMWh: Double
    public var positiveFee: Double
    public var positiveMeanPricePerMWh: Double?
    public var positiveContribution: Double
    public var negativeMWh: Double
    public var negativeFee: Double
    public var negativeMeanPricePerMWh: Double?
    public var negativeContribution: Double
  }

  public struct BandView: Sendable, Encodable {
    /// "≤ 0", "0–375".
    public var band: String
    public var offeredMWh: Double
    public var soldMWh: Double
    public var winRatio: Double?
  }

  /// Net energy that perfect foresight would have delivered and we did not, by cause.
  public struct LostEnergyView: Sendable, Encodable {
    public var totalMWh: Double
    public var causes: [Cause]
    /// Delivered beyond what perfect foresight would have.
    public var surplusMWh: Double

    public struct Cause: Sendable, Encodable {
      public var cause: String
      public var energyMWh: Double
    }
  }

  public struct DayRow: Sendable, Encodable {
    public var day: MarketDay
    public var rulePack: String
    public var standardProfit: Double
    public var optimisedProfit: Double
    public var perfectForesightProfit: Double
    public var realised: Double
    public var waterfall: WaterfallView
    public var lostMWh: Double
    /// The cause that took most; absent if none took anything.
    public var worst: String?
  }

  /// One day's price forecast against what came.
  public struct SkillRow: Sendable, Encodable {
    public var day: MarketDay
    public var mae: Double
    public var rmse: Double
    public var wape: Double?
    public var sameAsYesterdayMae: Double
    public var pinball: Double
    public var coverage80: Double
    /// Share of prices within 5 to 95 %; absent of days that were prepared before it was kept.
    public var coverage90: Double?
    public var directionHit: Double
    public var peakTimeErrorHours: Double
    /// 1 less MAE over that of same-as-yesterday.
    public var skill: Double?
    /// Share of the price change implied by load and renewables that the error shows.
    public var systemShare: Double
  }

  /// How the market's offers moved: prices of the same bidding space in two runs of days.
  public struct StackView: Sendable, Encodable {
    public var from: MarketDay
    public var to: MarketDay
    public var beforeFrom: MarketDay
    public var beforeTo: MarketDay
    public var points: [Point]
    public var sentence: String

    public struct Point: Sendable, Encodable {
      public var biddingSpaceMW: Double
      public var beforePerMWh: Double
      public var nowPerMWh: Double
      public var changePerMWh: Double
    }
  }

  public struct Finding: Sendable, Encodable {
    public var day: MarketDay
    /// "fleet" where it is of all units.
    public var unit: String
    public var cause: String
    /// The effect of the cause; of commitment less what the days after are worth (horizon).
    public var amount: Double
    public var sentence: String
  }
}

extension ReviewReport.WaterfallView {
  static let orderText =
    "from one schedule of perfect foresight over the days to that of each day alone (horizon), then what was known (price forecast, load and renewables), what was decided on it (bid shape, commitment), what was delivered, how it was paid; within the first two pairs each effect is the mean over both orders (Shapley)"

  init(_ waterfall: ProfitWaterfall) throws {
    perfectForesight = waterfall.perfectForesight.amount
    realised = waterfall.realised.amount
    unexplained = try inDeskTerms { try waterfall.unexplained.amount }
    order = Self.orderText
    var level = waterfall.perfectForesight
    var steps = [Step(step: "perfect-foresight", amount: level.amount, after: level.amount)]
    for cause in ProfitCause.allCases {
      level = try inDeskTerms { try level + waterfall[cause] }
      steps.append(Step(step: cause.rawValue, amount: waterfall[cause].amount, after: level.amount))
    }
    steps.append(Step(step: "realised", amount: waterfall.realised.amount, after: waterfall.realised.amount))
    self.steps = steps
  }
}

extension ReviewReport.LostEnergyView {
  init(_ gap: EnergyGap) {
    totalMWh = DayReport.rounded(gap.total.megawattHours, 3)
    surplusMWh = DayReport.rounded(gap.surplus.megawattHours, 3)
    causes = LossCause.allCases.map {
      Cause(cause: $0.rawValue, energyMWh: DayReport.rounded((gap.lost[$0] ?? .zero).megawattHours, 3))
    }
  }
}
