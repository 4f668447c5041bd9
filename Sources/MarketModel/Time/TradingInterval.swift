/// Length of a trading interval; the rule pack says which.
public enum IntervalLength: Int, Sendable, Codable, CaseIterable, Comparable {
  case fiveMinutes = 5
  case quarterHour = 15
  case halfHour = 30
  case hour = 60

  public var minutes: Int { rawValue }
  public var hours: Double { Double(rawValue) / 60 }
  /// On a day without a clock change.
  public var perOrdinaryDay: Int { 1_440 / rawValue }
  public var perHour: Int { 60 / rawValue }

  public static func < (left: IntervalLength, right: IntervalLength) -> Bool { left.rawValue < right.rawValue }
}

/// One trading interval of a market day, half-open: from its start to its end.
public struct TradingInterval: Hashable, Sendable, Comparable {
  public let day: MarketDay
  /// 1 for the first interval of the day.
  public let number: Int
  public let length: IntervalLength

  public init(day: MarketDay, number: Int, length: IntervalLength) {
    precondition(number >= 1 && number <= 25 * length.perHour, "interval \(number) does not exist in a day")
    self.day = day
    self.number = number
    self.length = length
  }

  /// Minutes from the start of the market day to the end of the interval.
  public var endMinute: Int { number * length.minutes }

  /// The market's label, which names the end: "00:15" … "24:00" ("25:00" on a 25-hour day).
  public var endLabel: String { ClockTime.text(endMinute) }

  /// Reads an end label of this grid: "0:15", "00:15", "24:00", "24:00:00"; nil if it is no end of an interval.
  public static func number(ofEndLabel label: some StringProtocol, length: IntervalLength) -> Int? {
    let parts = label.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || (parts.count == 3 && (Int(parts[2]) == 0)),
      let hour = Int(parts[0]), let minute = Int(parts[1]), (0..<60).contains(minute), (0...25).contains(hour)
    else { return nil }
    let total = hour * 60 + minute
    return total > 0 && total % length.minutes == 0 ? total / length.minutes : nil
  }

  public static func < (left: TradingInterval, right: TradingInterval) -> Bool {
    (left.day, left.number) < (right.day, right.number)
  }
}
