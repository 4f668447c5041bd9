public import Foundation

/// The desk's own process on the day (D01–D06). Instants are UTC seconds.
public struct ProcessFacts: Hashable, Sendable, Codable {
  public var now: Date?
  /// Minutes before the gate by which a draft must be frozen, and whether it is.
  public var freezeMinutes: Int?
  public var frozen: Bool?
  public var submitterOnDuty: String?
  public var feeds: [FeedAge]?
  public var forecasts: [ForecastRange]?
  public var features: [FeatureTime]?
  public var decisionTime: Date?
  public var maker: String?
  public var checker: String?
  public var overrides: [OverrideEntry]?
  public var approvedHash: String?
  public var submittedHash: String?
  public var receipt: String?

  public init() {}
}

/// When a feed was published, and how old it may be in minutes (D02).
public struct FeedAge: Hashable, Sendable, Codable {
  public var name: String
  public var asOf: Date
  public var maximumAge: Int
  public init(name: String, asOf: Date, maximumAge: Int) {
    self.name = name
    self.asOf = asOf
    self.maximumAge = maximumAge
  }
}

/// A forecast with the range that history makes plausible, by interval (D03).
public struct ForecastRange: Hashable, Sendable, Codable {
  public var name: String
  public var values: [Double]
  public var low: Double
  public var high: Double
  public init(name: String, values: [Double], low: Double, high: Double) {
    self.name = name
    self.values = values
    self.low = low
    self.high = high
  }
}

/// When an input of a model became known (D04).
public struct FeatureTime: Hashable, Sendable, Codable {
  public var name: String
  public var availableAt: Date
  public init(name: String, availableAt: Date) {
    self.name = name
    self.availableAt = availableAt
  }
}

/// A check that somebody overrode (D05).
public struct OverrideEntry: Hashable, Sendable, Codable {
  public var check: String
  public var person: String
  public var reason: String
  public init(check: String, person: String, reason: String) {
    self.check = check
    self.person = person
    self.reason = reason
  }
}

/// A statement as it came in (F12, D09, D10).
public struct StatementFacts: Hashable, Sendable, Codable {
  public var headerHash: String?
  public var knownHeaderHashes: [String]?
  /// Items by name in currency units: as stated, and as computed by us.
  public var stated: [String: Double]?
  public var computed: [String: Double]?
  public var toleranceAmount: Double?
  public var toleranceShare: Double?
  /// Days since the statement came, days that a dispute may take, and whether one was raised or the statement accepted.
  public var daysSince: Int?
  public var disputeDays: Int?
  public var settled: Bool?
  /// Rule changes that were announced, and those that the desk has read.
  public var announcedChanges: [String]?
  public var readChanges: [String]?

  public init() {}
}
