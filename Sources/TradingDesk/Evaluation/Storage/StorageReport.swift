internal import FlexibleAssets
public import MarketModel

/// `spotdesk evaluate storage`: what batteries would have earned with each way of deciding, below perfect foresight.
public struct StorageReport: Sendable, Encodable {
  public var schema = "spotdesk.storage/1"
  public let from: MarketDay
  public let to: MarketDay
  public let days: Int
  public let storages: [Storage]
  public let notes: [String]

  public struct Storage: Sendable, Encodable {
    public let name: String
    public let powerMW: Double
    public let energyMWh: Double
    public let roundTripEfficiency: Double
    public let perfectForesightProfit: Double
    public let rows: [Row]
  }

  public struct Row: Sendable, Encodable {
    public let policy: String
    public let profit: Double
    /// Percent of the profit of perfect foresight.
    public let shareOfPerfectForesight: Double?
    public let deliveredMWh: Double
    public let cyclesPerDay: Double
    /// Mean profit of the worst twentieth of the days.
    public let conditionalValueAtRisk_5: Double
    /// Over persistence; nil for itself.
    public let uplift: OffersReport.Uplift?
  }
}

extension StorageReport.Storage {
  /// - Parameters:
  ///   - results: of the policies in their order; the first one is the baseline of the others.
  ///   - ceiling: profit of perfect foresight.
  init(
    _ unit: StorageUnit, days: Int, policies: [StoragePolicy], results: [StorageBacktest.Result], ceiling: Double,
    seed: UInt64
  ) {
    let contents = unit.usableMegawattHours * unit.dischargeEfficiency * Double(days)
    name = unit.name
    powerMW = unit.dischargeMegawatts
    energyMWh = unit.usableMegawattHours
    roundTripEfficiency = DayReport.rounded(unit.chargeEfficiency * unit.dischargeEfficiency, 6)
    perfectForesightProfit = DayReport.rounded(ceiling, 2)
    rows = zip(policies, results).map { policy, result in
      let row = OffersReport.Row(
        policy.rawValue, result.daily, ceiling: ceiling,
        baseline: policy == .persistence ? nil : results[0].daily, seed: seed)
      return StorageReport.Row(
        policy: policy.rawValue, profit: row.profit, shareOfPerfectForesight: row.shareOfPerfectForesight,
        deliveredMWh: DayReport.rounded(result.delivered, 1),
        cyclesPerDay: DayReport.rounded(result.delivered / contents, 3),
        conditionalValueAtRisk_5: row.conditionalValueAtRisk_5, uplift: row.uplift)
    }
  }
}
