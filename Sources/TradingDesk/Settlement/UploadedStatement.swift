public import Foundation
public import MarketModel

extension TradingDesk {
  /// The settlement of a day against an operator's statement that came as bytes.
  ///
  /// - Parameters:
  ///   - isWorkbook: XLSX; else CSV.
  ///   - layout: its layout by name; nil to find it by its columns.
  /// - Throws: `DeskProblem`, one sentence, if the day was not prepared or the statement cannot be read.
  public func settle(
    _ day: MarketDay, against statement: Data, isWorkbook: Bool, layout: String?
  ) throws -> SettlementReport {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "spotdesk-statement-\(UUID().uuidString)", directoryHint: .isDirectory)
    try Workspace.createDirectory(folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Sentences name the file without the folder.
    let file = URL(filePath: isWorkbook ? "statement.xlsx" : "statement.csv", relativeTo: folder)
    do {
      try statement.write(to: file)
    } catch {
      throw DeskProblem(.cannotWrite, "The statement cannot be kept: \(systemSentence(error)).")
    }
    var request = SettleRequest(days: MarketDayRange(day, through: day), withPeriods: true)
    request.statement = file
    request.layout = layout
    return try settle(request)
  }
}
