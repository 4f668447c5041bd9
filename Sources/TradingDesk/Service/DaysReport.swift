public import MarketModel

/// The days of a workspace, newest first: what is there of each.
public struct DaysReport: Sendable, Encodable {
  public var schema = "spotdesk.days/1"
  public var workspace: String
  public var market: String
  public var simulated: Bool
  /// The day after the last one with prices: what there is to do next; nil without prices.
  public var nextDay: MarketDay?
  public var days: [Row]
  /// Give it as `cursor` to go on; nil at the end.
  public var nextCursor: String?

  public struct Row: Sendable, Encodable {
    public var day: MarketDay
    public var pricesKnown: Bool
    /// "forecast", "bids", "clearing" and so on.
    public var documents: [String]
  }
}

extension TradingDesk {
  /// Days with a folder, newest first.
  ///
  /// - Parameters:
  ///   - before: only days before this one; nil from the newest.
  ///   - limit: days at most.
  public func listDays(before: MarketDay?, limit: Int) throws -> DaysReport {
    let store = try openStore()
    let prices = try inDeskTerms {
      try store.lastDay(of: SeriesKey(.price, .dayAhead), asOf: .distantFuture)
    }
    let folders = dayFolders().reversed().filter { day in before.map { day < $0 } ?? true }
    let shown = folders.prefix(limit)
    return DaysReport(
      workspace: workspace.name, market: try inDeskTerms { try store.setting(Setting.market) } ?? "",
      simulated: try isSimulated(store), nextDay: prices?.advanced(by: 1),
      days: shown.map { day in
        DaysReport.Row(
          day: day, pricesKnown: prices.map { day <= $0 } ?? false, documents: documents(of: day).map(\.rawValue))
      }, nextCursor: folders.count > limit ? shown.last?.description : nil)
  }
}
