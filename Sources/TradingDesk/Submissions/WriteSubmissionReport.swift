public import Foundation
internal import Spreadsheets

extension TradingDesk {
  /// Writes a report of the checks as a page and as a workbook; nil leaves a form out.
  public func writeReport(_ document: SubmissionDocument, page: URL?, workbook: URL?) throws {
    if let page {
      try write(Data(SubmissionPage(document, program: programVersion).document().utf8), to: page)
    }
    if let workbook { try write(try encodedWorkbook(document.workbook), to: workbook) }
  }

  /// Writes one file whole, or throws and leaves what was there.
  func write(_ content: Data, to file: URL) throws {
    let file = file.standardizedFileURL
    try Workspace.write([(file.lastPathComponent, content)], in: file.deletingLastPathComponent())
  }
}
