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
