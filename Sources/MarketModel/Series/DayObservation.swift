public import Foundation

/// The values of one series on one market day, with the instant from which they were known.
public struct DayObservation: Sendable {
  public let key: SeriesKey
  public let day: MarketDay
  public let length: IntervalLength
  public let values: [Double]
  public let availableAt: Date

  public init(key: SeriesKey, day: MarketDay, length: IntervalLength, values: [Double], availableAt: Date) {
    self.key = key
    self.day = day
    self.length = length
    self.values = values
    self.availableAt = availableAt
  }
}
