public import Foundation
internal import MarketData
public import MarketModel

extension TradingDesk {
  /// Writes the sealed payload of a day, byte for byte as CSV, or as a workbook if the name ends in ".xlsx".
  ///
  /// - Parameter draft: write the draft instead, which nobody needs to have approved.
  public func exportBids(_ day: MarketDay, to file: URL, draft: Bool, by actor: String) throws {
    _ = try act(day, by: actor) { store, process in
      guard let hash = draft ? process.payload : process.sealed else {
        throw DeskProblem(
          .refused,
          draft ? "No bids are drafted for \(day)." : "No bids are sealed for \(day); --draft writes the draft.")
      }
      let payload = try storedPayload(hash, day: day, store: store)
      let isWorkbook = file.pathExtension.lowercased() == "xlsx"
      let content = isWorkbook ? try encodedWorkbook(payload.workbook(day: day)) : payload.content
      try write(content, to: file)
      return (
        .export(BidAct.Export(payload: hash, file: file.lastPathComponent, content: sha256(content))), []
      )
    }
  }

  /// Compares what the platform shows (an exported CSV or XLSX file) with the sealed payload, cell by cell (D07).
  public func compareEcho(_ day: MarketDay, file: URL, by actor: String) throws -> EchoReport {
    var report: EchoReport?
    _ = try act(day, by: actor) { store, process in
      guard let sealed = process.sealed else {
        throw DeskProblem(.refused, "No bids are sealed for \(day) that an echo could be compared with.")
      }
      let shown = try bidRows(file, day: day)
      let differences = try storedPayload(sealed, day: day, store: store).differences(shownBy: shown)
      let content = sha256(try Data(contentsOf: file))
      report = EchoReport(
        day: day, file: file.lastPathComponent, sealed: sealed, content: content, isEqual: differences.isEmpty,
        differences: differences)
      let echo = BidAct.Echo(
        payload: sealed, file: file.lastPathComponent, content: content, differences: differences.count)
      return (.echo(echo), [])
    }
    guard let report else { throw DeskProblem(.internalError, "The echo of \(day) was not compared.") }
    return report
  }
}
