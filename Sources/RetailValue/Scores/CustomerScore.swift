/// What is known well enough: how much of the indicators' weight was seen, and over how many days.
public enum ScoreConfidence: String, Sendable, Codable {
  case high, medium, low

  public var chinese: String { self == .high ? "高" : self == .medium ? "中" : "低" }
}

/// One indicator of one customer within its score.
public struct IndicatorScore: Sendable, Hashable {
  /// Position in ``Indicator/all``.
  public let position: Int
  /// In the indicator's unit; nil if not known, and then the segment's median stands for it.
  public let value: Double?
  /// 0…100, higher is better for the company.
  public let score: Double
  public let segmentMedian: Double
  /// Points of the total that a point of the score is worth.
  public let weight: Double

  public var contribution: Double { weight * (score - segmentMedian) }
  public var indicator: Indicator { Indicator.all[position] }
}

/// One of the five dimensions of one customer.
public struct DimensionScore: Sendable, Hashable {
  public let dimension: ValueDimension
  /// Shrunk towards the segment's median by what is not known.
  public let score: Double
  /// Share of the weight that was seen.
  public let coverage: Double
  /// Counts in the total; below 0.6 of coverage it counts as the segment's median.
  public var isSufficient: Bool { coverage >= DimensionScore.leastCoverage - 1e-12 }

  public static let leastCoverage = 0.6
}

/// A customer's score with everything that explains it. total − segmentTotal = Σ contributions.
public struct CustomerScore: Sendable, Hashable {
  public let customer: String
  public let total: Double
  public let segment: String
  public let segmentTotal: Double
  public let dimensions: [DimensionScore]
  public let indicators: [IndicatorScore]
  /// Share of all weight that was seen.
  public let coverage: Double
  public let days: Int
  public let confidence: ScoreConfidence
  /// 80 % of the totals over months drawn again; nil with fewer than three months.
  public let band: ClosedRange<Double>?
  public let tier: TierDecision
  public let costToServe: CostToServe
  /// Single changes that sales can make which would lift the tier, the smallest first.
  public let levers: [ScoreLever]

  /// Fewer than 90 days of load.
  public var isProvisional: Bool { days < 90 }
  /// The band reaches over a tier's threshold.
  public var isOnTheLine: Bool {
    band.map { band in Tier.thresholds.contains { band.lowerBound < $0 && $0 <= band.upperBound } } ?? false
  }

  public func dimension(_ dimension: ValueDimension) -> DimensionScore? {
    dimensions.first { $0.dimension == dimension }
  }

  /// Indicators that move the total most, up or down.
  public func drivers(up: Bool, count: Int) -> [IndicatorScore] {
    indicators.filter { $0.value != nil && (up ? $0.contribution > 0.05 : $0.contribution < -0.05) }
      .sorted { (-abs($0.contribution), $0.position) < (-abs($1.contribution), $1.position) }.prefix(count).map { $0 }
  }
}
