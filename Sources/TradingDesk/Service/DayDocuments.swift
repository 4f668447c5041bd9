public import Foundation
public import MarketModel

/// What a command left in the folder of a day. Each is a file with the bytes that the command prints with --json.
public enum DayDocument: String, CaseIterable, Sendable {
  case bids
  case compliance
  case clearing
  case review
  case priceForecast = "forecast"
  case loadForecast = "forecast-load"
  case windForecast = "forecast-wind"
  case solarForecast = "forecast-solar"
  case position
  case market

  /// The command that makes it, after "spotdesk".
  public func command(for day: MarketDay) -> String {
    switch self {
    case .bids, .compliance: "day \(day)"
    case .clearing: "clear \(day)"
    case .review: "review \(day)"
    case .priceForecast: "forecast \(day)"
    case .position: "position \(day)"
    case .market: "market \(day)"
    case .loadForecast, .windForecast, .solarForecast: "forecast \(day) --target \(rawValue.dropFirst(9))"
    }
  }
}

extension TradingDesk {
  public func file(_ document: DayDocument, of day: MarketDay) -> URL {
    workspace.dayDirectory(day).appending(path: document.rawValue + ".json")
  }

  /// The same as a table, where the command wrote one.
  public func table(_ document: DayDocument, of day: MarketDay) -> URL {
    workspace.dayDirectory(day).appending(path: document.rawValue + ".csv")
  }

  /// The bytes of a document.
  ///
  /// - Throws: `DeskProblem` "not found" if the command that makes it did not run.
  public func content(_ document: DayDocument, of day: MarketDay) throws -> Data {
    try content(of: file(document, of: day), document, day)
  }

  public func tableContent(_ document: DayDocument, of day: MarketDay) throws -> Data {
    try content(of: table(document, of: day), document, day)
  }

  private func content(of file: URL, _ document: DayDocument, _ day: MarketDay) throws -> Data {
    guard FileStamp(file) != nil else {
      throw DeskProblem(
        .notFound,
        "\(day) has no \(document.rawValue) in \(workspace.name). Run `spotdesk \(document.command(for: day))`.")
    }
    do {
      return try Data(contentsOf: file)
    } catch {
      throw DeskProblem(.badData, "\(file.path) cannot be read: \(systemSentence(error)).")
    }
  }

  /// The days that have a folder, in order.
  public func dayFolders() -> [MarketDay] {
    let folder = workspace.directory.appending(path: "days").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.compactMap { MarketDay($0) }.sorted()
  }

  func documents(of day: MarketDay) -> [DayDocument] {
    DayDocument.allCases.filter { FileStamp(file($0, of: day)) != nil }
  }
}

extension TradingDesk {
  /// The folder of the rule packs.
  public var ruleFolder: URL { dataDirectory.appending(path: "rules") }
  /// The folder of the dashboard's pages.
  public var dashboardFolder: URL { dataDirectory.appending(path: "dashboard") }
}
