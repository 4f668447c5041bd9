internal import RetailValue

/// A page of customers, the highest total first. Names are masked and contract ends are shown as the reader's role allows.
public struct CustomerListReport: Sendable, Encodable {
  /// "S" … "D", the best first.
  public static let tiers = Tier.allCases.map(\.rawValue)

  public struct Entry: Sendable, Encodable {
    public let customer: String
    public let name: String
    public let industry: String
    public let tier: String
    public let pendingTier: String?
    public let total: Double
    /// 80 % band of the total.
    public let band: CustomerScoreReport.Band?
    public let confidence: String
    /// 0…100 by dimension.
    public let dimensions: [String: Double]
    /// Dimensions that are not known well enough to count in the total.
    public let insufficient: [String]
    public let segment: String
    public let segmentTotal: Double
    /// Of the days that the load covers.
    public let energyMWh: Double
    public let days: Int
    public let contractEnd: String
  }

  public struct TierCount: Sendable, Encodable {
    public let tier: String
    public let customers: Int
    public let energyMWh: Double
  }

  public var schema = "spotdesk.customers/1"
  public let asOf: String
  /// Who reads: viewer, sales or manager.
  public let role: String
  public let simulated: Bool
  /// Customers of the whole list.
  public let customersInAll: Int
  public let tiers: [TierCount]
  public let customers: [Entry]
  public let nextCursor: String?
  public let notes: [String]

  init(
    _ data: CustomerPageData, shown: [CustomerPageData.Row], matching: Int, simulated: Bool, nextCursor: String?
  ) {
    (asOf, role, self.simulated) = (data.asOf, data.role.rawValue, simulated)
    customersInAll = matching
    tiers = Tier.allCases.map { tier in
      let own = data.rows.filter { $0.score.tier.tier == tier }
      return TierCount(
        tier: tier.rawValue, customers: own.count, energyMWh: DayReport.rounded(own.reduce(0) { $0 + $1.energyMWh }, 1))
    }
    customers = shown.map(Entry.init)
    self.nextCursor = nextCursor
    notes = ["weights: \(data.profile); \(data.segmentsNote)"]
  }
}

extension CustomerListReport.Entry {
  init(_ row: CustomerPageData.Row) {
    let score = row.score
    customer = score.customer
    (name, industry) = (row.name, row.industry)
    (tier, pendingTier) = (score.tier.tier.rawValue, score.tier.pending?.rawValue)
    total = score.total
    band = score.band.map { .init($0) }
    confidence = score.confidence.rawValue
    dimensions = Dictionary(uniqueKeysWithValues: score.dimensions.map { ($0.dimension.rawValue, $0.score) })
    insufficient = score.dimensions.filter { !$0.isSufficient }.map(\.dimension.rawValue)
    (segment, segmentTotal) = (score.segment, score.segmentTotal)
    (energyMWh, days) = (DayReport.rounded(row.energyMWh, 1), score.days)
    contractEnd = row.contractEnd
  }
}
