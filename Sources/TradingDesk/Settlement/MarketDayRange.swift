public import MarketModel

/// One market day, or consecutive ones: "2023-03-15", "2023-03-01..2023-03-31".
public struct MarketDayRange: Sendable, Hashable, CustomStringConvertible {
  public let first: MarketDay
  public let last: MarketDay

  public init(_ first: MarketDay, through last: MarketDay) {
    self.first = first
    self.last = last
  }

  /// nil for anything else, and for a range whose end is before its beginning.
  public init?(_ text: some StringProtocol) {
    let parts = String(text).split(separator: "..", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let first = MarketDay(parts[0]), let last = MarketDay(parts[parts.count - 1]),
      first <= last
    else { return nil }
    self.init(first, through: last)
  }

  public var isOneDay: Bool { first == last }
  public var days: [MarketDay] { Array(first...last) }
  public var description: String { isOneDay ? "\(first)" : "\(first)..\(last)" }
}
