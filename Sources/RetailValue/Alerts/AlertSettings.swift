/// How far and how long a customer's load must leave its baseline before anybody is told.
public struct AlertSettings: Sendable, Equatable, Codable {
  /// Same weekdays whose median is the baseline; the latest is a week old, so that an event does not teach its own baseline.
  public var baselineWeeks = 6
  /// Days, a week old or older, whose median is the customer's level.
  public var levelDays = 28
  /// Days whose median residual is judged.
  public var window = 7
  /// Days of the window that must lean the same way.
  public var agreeingDays = 6
  /// Least deviation of the window's median, in log points: 0.6 is −45 % or +82 %.
  public var leastDeviation = 0.6
  /// The deviation must exceed this many times the customer's own usual one.
  public var noiseFactor = 2.5
  /// Level of the quantile of past windows' deviations that is "usual".
  public var noiseLevel = 0.9
  /// Days of the past that are asked for it, and the latest that are not.
  public var noiseDays = 180
  public var noiseGap = 14
  /// A customer is watched while its threshold is at most this; one that swings more by itself is not.
  public var watchLimit = 0.8
  /// Part of the level added to both sides of the ratio, so that zero is finite.
  public var offsetShare = 0.1
  /// Customers below this share of the portfolio's median level are not watched: judged on the baseline, never on the day.
  public var leastShareOfMedian = 0.05
  /// Slack and limit of the two-sided CUSUM of residuals in units of the usual deviation, each held to ±`cusumClip`.
  public var cusumSlack = 1.0
  public var cusumLimit = 6.0
  public var cusumClip = 3.0
  /// Fast channel: so many usual days in a row below this share of the baseline.
  public var fastDays = 2
  public var fastShare = 0.25
  /// Days in which the same direction is not told again.
  public var refractoryDays = 35
  /// Portfolio-wide residual below which a day counts as unusual once it is seen.
  public var commonFall = 0.3

  public init() {}
}

/// What a change of load looks like.
public enum LoadAlertKind: String, Sendable, Hashable, Codable, CaseIterable {
  case expansion
  case productionStop = "production_stop"
  case relocation
  case decline
}

/// "watch": the fast channel, to cut tomorrow's declared volume; "alert": confirmed over a week.
public enum AlertSeverity: String, Sendable, Hashable, Codable { case watch, alert }

/// A change of one customer's load, with the numbers at the time it was told.
public struct LoadAlert: Sendable, Hashable {
  /// Positions in the loads.
  public let customer: Int
  public let day: Int
  public let kind: LoadAlertKind
  public let severity: AlertSeverity
  /// Median residual of the window in log points; above 0 is more load than usual.
  public let deviation: Double
  /// What had to be exceeded.
  public let threshold: Double
  /// CUSUM of the direction.
  public let cusum: Double
  /// Mean baseline and mean observed energy of the window's days, in the unit of the loads.
  public let baseline: Double
  public let observed: Double

  public var isRise: Bool { deviation > 0 }
}
