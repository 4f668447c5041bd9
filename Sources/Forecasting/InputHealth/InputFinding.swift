public import MarketModel

/// One thing that is wrong with a series, in a sentence, and what was done about it.
public struct InputFinding: Hashable, Sendable, Codable, CustomStringConvertible {
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Single values of days that are otherwise known.
    case missingValues
    /// Days without any usable value.
    case missingDay
    /// The same value for longer than the series has ever kept one: a frozen sensor.
    case flatLine
    /// Values that lie a round power of ten above or below the rest: kW for MW.
    case unitChange
    /// Days of 23 or 25 hours, a missing or repeated hour, or a daily shape that moved by an hour.
    case clockChange
    /// Single values far beyond everything else in the series, as −999 or a zero in a load.
    case implausible
  }

  public let kind: Kind
  /// Name of the series.
  public let series: String
  /// The first and the last day on which it was found.
  public let firstDay: MarketDay
  public let lastDay: MarketDay
  /// How many values it concerns.
  public let count: Int
  /// Series, from, to, what was found.
  public let sentence: String
  /// What was done, in a sentence of its own.
  public let fallback: String

  public var description: String { sentence + " " + fallback }
}

/// One named series by day and interval, as it was read: nothing repaired.
public struct InputSeries: Sendable {
  public let name: String
  /// values[day][interval]; NaN is "missing". A day of 23 or 25 hours may have as many values.
  public let values: [[Double]]
  /// True for what is forecast: it is not known on the last day, and is never filled.
  public let isTarget: Bool
  /// True for power that plants or consumers give or take: what is installed bounds it.
  public let isPower: Bool
  /// Limits at which a price may rest for any time.
  public let lowest: Double?
  public let highest: Double?
  /// True once a user has confirmed that a jump of the level is real; then no unit change is looked for.
  public let levelIsConfirmed: Bool

  public init(
    name: String, values: [[Double]], isTarget: Bool = false, isPower: Bool = false, lowest: Double? = nil,
    highest: Double? = nil,
    levelIsConfirmed: Bool = false
  ) {
    self.name = name
    self.values = values
    self.isTarget = isTarget
    self.isPower = isPower
    self.lowest = lowest
    self.highest = highest
    self.levelIsConfirmed = levelIsConfirmed
  }
}
