internal import MarketModel
internal import RetailValue

/// One customer's score as a document.
public struct CustomerScoreReport: Sendable, Encodable {
  public struct Band: Sendable, Encodable {
    public let low: Double
    public let high: Double

    init(_ range: ClosedRange<Double>) { (low, high) = (range.lowerBound, range.upperBound) }
  }

  /// An indicator and what it adds to the distance from the segment's total.
  public struct Part: Sendable, Encodable {
    public let indicator: String
    public let name: String
    public let nameZh: String
    public let value: Double?
    public let unit: String
    public let score: Double
    public let segmentMedian: Double
    public let weight: Double
    public let contribution: Double
  }

  /// What serving costs beside the energy, CNY a year; what nothing tells of is not there.
  public struct Cost: Sendable, Encodable {
    public let profile: Double?
    public let imbalance: Double?
    public let credit: Double?
    public let channel: Double?
    public let total: Double
    public let perMWh: Double?
  }

  /// A change that sales can make and that would lift the tier.
  public struct Lever: Sendable, Encodable {
    public let indicator: String
    public let name: String
    public let nameZh: String
    public let unit: String
    public let from: Double?
    public let to: Double
    public let points: Double
    public let tier: String
  }

  /// Total and tier of an earlier run.
  public struct Past: Sendable, Encodable {
    public let asOf: String
    public let total: Double
    public let tier: String
  }

  public let customer: String
  public let total: Double
  /// 0…100 by dimension.
  public let dimensions: [String: Double]
  public let tier: String
  public let confidence: String
  public let asOf: String
  /// Share of each dimension's weight that was seen.
  public let coverage: [String: Double]
  /// Dimensions that are not known well enough to count in the total.
  public let insufficient: [String]
  public let pendingTier: String?
  public let reasons: [String]
  public let reasonsZh: [String]
  /// 80 % band of the total.
  public let band: Band?
  public let onTheLine: Bool
  public let provisional: Bool
  public let days: Int
  public let segment: String
  public let segmentTotal: Double
  public let contributions: [Part]
  public let sentenceEn: String
  public let sentenceZh: String
  /// nil for readers who see no margins.
  public let costToServe: Cost?
  public let levers: [Lever]
  /// Runs that `--history` keeps, the oldest first; empty without it.
  public let history: [Past]

  init(_ score: CustomerScore, asOf: MarketDay, role: CustomerRole = .manager, history: [Past] = []) {
    self.history = history
    let cost = score.costToServe
    costToServe =
      role == .manager
      ? Cost(
        profile: cost.profile, imbalance: cost.imbalance, credit: cost.credit, channel: cost.channel, total: cost.total,
        perMWh: cost.perMWh) : nil
    levers = score.levers.filter { role.shows($0.indicator.id) }.map { lever in
      Lever(
        indicator: lever.indicator.id, name: lever.indicator.english, nameZh: lever.indicator.chinese,
        unit: lever.indicator.unit, from: lever.from, to: lever.to, points: lever.points, tier: lever.tier.rawValue)
    }
    customer = score.customer
    total = score.total
    dimensions = Dictionary(uniqueKeysWithValues: score.dimensions.map { ($0.dimension.rawValue, $0.score) })
    tier = score.tier.tier.rawValue
    confidence = score.confidence.rawValue
    self.asOf = "\(asOf)"
    coverage = Dictionary(uniqueKeysWithValues: score.dimensions.map { ($0.dimension.rawValue, $0.coverage) })
    insufficient = score.dimensions.filter { !$0.isSufficient }.map(\.dimension.rawValue)
    pendingTier = score.tier.pending?.rawValue
    reasons = score.tier.reasons.map(\.english)
    reasonsZh = score.tier.reasons.map(\.chinese)
    band = score.band.map { Band($0) }
    onTheLine = score.isOnTheLine
    provisional = score.isProvisional
    days = score.days
    segment = score.segment
    segmentTotal = score.segmentTotal
    contributions = score.indicators.filter { $0.value != nil && role.shows($0.indicator.id) }.map { part in
      Part(
        indicator: part.indicator.id, name: part.indicator.english, nameZh: part.indicator.chinese, value: part.value,
        unit: part.indicator.unit, score: part.score, segmentMedian: part.segmentMedian, weight: part.weight,
        contribution: part.contribution)
    }
    let sentences = ScoreSentences(score, shows: role.shows)
    sentenceEn = sentences.english
    sentenceZh = sentences.chinese
  }
}
