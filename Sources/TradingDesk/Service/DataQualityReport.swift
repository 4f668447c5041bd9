internal import Foundation
public import MarketModel
internal import MarketStore

/// What the workspace holds of every series, and what is missing in it.
public struct DataQualityReport: Sendable, Encodable {
  public var schema = "spotdesk.data-quality/1"
  public var simulated: Bool
  public var series: [Row]

  public struct Row: Sendable, Encodable {
    public var series: String
    public var unit: String
    public var firstDay: MarketDay
    public var lastDay: MarketDay
    public var days: Int
    /// Days between the first and the last that have no values.
    public var missingDays: Int
    /// The first few of them.
    public var missing: [MarketDay]
    public var intervalMinutes: Int
    /// Days with another number of intervals than most (clock changes, gaps).
    public var oddDays: Int
    /// Days on which all values are the same: a stuck meter, or a day at the floor.
    public var flatDays: Int
    public var lowest: Double
    public var highest: Double
    public var mean: Double
    /// Share of the days between first and last that have values, 0 to 1.
    public var coverage: Double
  }
}

extension TradingDesk {
  /// Days of each series that are looked at, back from its last one.
  private static let examinedDays = 800

  /// Coverage, gaps and extremes of every series.
  public func examineData() throws -> DataQualityReport {
    let store = try openStore()
    return try inDeskTerms {
      let rows = try store.seriesKeys(asOf: .distantFuture).compactMap { key -> DataQualityReport.Row? in
        guard let first = try store.firstDay(of: key, asOf: .distantFuture),
          let last = try store.lastDay(of: key, asOf: .distantFuture)
        else { return nil }
        let from = max(first, last.advanced(by: -TradingDesk.examinedDays))
        let found = try store.observations(of: key, from: from, through: last, asOf: .distantFuture)
        return DataQualityReport.Row(key, found, from: from, through: last)
      }
      return DataQualityReport(simulated: try isSimulated(store), series: rows)
    }
  }
}

extension DataQualityReport.Row {
  fileprivate init?(_ key: SeriesKey, _ found: [DayObservation], from: MarketDay, through last: MarketDay) {
    guard let sample = found.last else { return nil }
    let known = Set(found.map(\.day))
    let absent = (from...last).filter { !known.contains($0) }
    let values = found.flatMap(\.values).filter(\.isFinite)
    let span = last.dayNumber - from.dayNumber + 1
    series = key.description
    unit = key.quantity.unit
    firstDay = from
    lastDay = last
    days = found.count
    missingDays = absent.count
    missing = Array(absent.prefix(10))
    intervalMinutes = sample.length.minutes
    oddDays = found.count { $0.values.count != sample.length.perOrdinaryDay }
    flatDays = found.count { day in day.values.count > 1 && day.values.allSatisfy { $0 == day.values[0] } }
    lowest = DayReport.rounded(values.min() ?? 0, 3)
    highest = DayReport.rounded(values.max() ?? 0, 3)
    mean = DayReport.rounded(values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count), 3)
    coverage = DayReport.rounded(Double(found.count) / Double(max(span, 1)), 4)
  }
}
