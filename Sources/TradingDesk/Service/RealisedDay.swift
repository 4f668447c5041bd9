internal import Foundation
internal import MarketData
public import MarketModel
internal import MarketStore

/// What is known by now of a day: every series of the whole market, with its latest publication.
public struct RealisedDay: Sendable, Encodable {
  public var schema = "spotdesk.realised/1"
  public var day: MarketDay
  public var simulated: Bool
  public var series: [Row]

  public struct Row: Sendable, Encodable {
    public var series: String
    public var unit: String
    public var intervalMinutes: Int
    /// When it was out, ISO 8601 in UTC.
    public var availableAt: String
    /// NaN of the source is null.
    public var values: [Double?]
  }
}

extension TradingDesk {
  /// The series of a day; sites' weather is left out.
  public func realised(_ day: MarketDay) throws -> RealisedDay {
    let store = try openStore()
    return try inDeskTerms {
      let rows = try store.seriesKeys(asOf: .distantFuture).filter(\.location.isEmpty).flatMap { key in
        try store.observations(of: key, from: day, through: day, asOf: .distantFuture).map { found in
          RealisedDay.Row(
            series: key.description, unit: key.quantity.unit, intervalMinutes: found.length.minutes,
            availableAt: LocalTime.text(found.availableAt),
            values: found.values.map { $0.isFinite ? DayReport.rounded($0, 3) : nil })
        }
      }
      guard !rows.isEmpty else { throw DeskProblem(.notFound, "Nothing is known of \(day) in \(workspace.name).") }
      return RealisedDay(day: day, simulated: try isSimulated(store), series: rows)
    }
  }
}
