public import Foundation

/// Where and in what intervals a market counts its days.
public struct MarketZone: Hashable, Sendable {
  /// Identifier of the tz database, as "Asia/Shanghai".
  public let identifier: String
  public let length: IntervalLength
  private let timeZone: TimeZone

  /// nil if the tz database does not know the identifier.
  public init?(identifier: String, length: IntervalLength) {
    guard let timeZone = TimeZone(identifier: identifier) else { return nil }
    self.identifier = identifier
    self.length = length
    self.timeZone = timeZone
  }

  /// The instant at which the local clock shows midnight at the start of the day.
  public func start(of day: MarketDay) -> Date { instant(day: day, minute: 0) }

  /// The instant at a local clock time; where the clock jumps, the offset before the jump counts.
  public func instant(day: MarketDay, minute: Int) -> Date {
    let local = Double(day.dayNumber) * 86_400 + Double(minute) * 60
    let guess = Date(
      timeIntervalSince1970: local - Double(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: local))))
    return Date(timeIntervalSince1970: local - Double(timeZone.secondsFromGMT(for: guess)))
  }

  /// The grid of a day: 24 hours of intervals, 23 or 25 where the clock changes.
  public func grid(for day: MarketDay) -> IntervalGrid {
    let seconds = start(of: day.advanced(by: 1)).timeIntervalSince(start(of: day))
    return IntervalGrid(day: day, length: length, count: Int((seconds / 60).rounded()) / length.minutes)
  }
}

/// The trading intervals of one market day.
public struct IntervalGrid: Hashable, Sendable {
  public let day: MarketDay
  public let length: IntervalLength
  public let count: Int

  public init(day: MarketDay, length: IntervalLength, count: Int) {
    precondition(
      [23, 24, 25].contains(where: { $0 * length.perHour == count }), "\(count) intervals do not make a day")
    self.day = day
    self.length = length
    self.count = count
  }

  /// The grid of a day of 24 hours.
  public init(ordinary day: MarketDay, length: IntervalLength) {
    self.init(day: day, length: length, count: length.perOrdinaryDay)
  }

  public var intervals: [TradingInterval] {
    (1...count).map { TradingInterval(day: day, number: $0, length: length) }
  }
}
