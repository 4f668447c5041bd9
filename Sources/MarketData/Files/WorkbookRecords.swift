import Foundation
import Spreadsheets

/// One sheet of an XLSX workbook as the records of a CSV file: its first row that is not empty is the header.
struct WorkbookRecords {
  /// A workbook may have so many bytes.
  static let largestFile = 67_108_864

  let file: String
  let header: [String]
  /// Each with its row in the sheet; empty rows are left out.
  let rows: [(line: Int, texts: [String])]

  /// nil if the file is no workbook; throws if it is one that cannot be read.
  init?(_ url: URL, sheet name: String?) throws(ImportProblem) {
    guard let spreadsheet = try WorkbookRecords.spreadsheet(url) else { return nil }
    try self.init(spreadsheet, file: url.relativePath, sheet: name)
  }

  /// The same of a file that is held in memory.
  init?(_ content: Data, name file: String, sheet name: String?) throws(ImportProblem) {
    guard Spreadsheet.isWorkbook(content.prefix(4)) else { return nil }
    do {
      try self.init(try Spreadsheet(xlsx: content), file: file, sheet: name)
    } catch let problem as SpreadsheetProblem {
      throw .unreadable(file: file, reason: problem.reason)
    } catch let problem as ImportProblem {
      throw problem
    } catch {
      throw .unreadable(file: file, reason: "\(error)")
    }
  }

  private init?(_ spreadsheet: Spreadsheet, file: String, sheet name: String?) throws(ImportProblem) {
    self.file = file
    guard let sheet = name.flatMap({ spreadsheet.sheet(named: $0) }) ?? spreadsheet.sheets.first else { return nil }
    let filled = sheet.rows.enumerated().filter { !$0.element.allSatisfy(\.isEmpty) }
    guard let first = filled.first else { throw .empty(file: file) }
    let titles = WorkbookRecords.texts(first.element, atLeast: 0)
    header = titles
    rows = filled.dropFirst().map { ($0.offset + 1, WorkbookRecords.texts($0.element, atLeast: titles.count)) }
  }

  /// The workbook in a file; nil if the file does not begin as one.
  static func spreadsheet(_ url: URL) throws(ImportProblem) -> Spreadsheet? {
    let file = url.relativePath
    guard let handle = try? FileHandle(forReadingFrom: url) else { return nil }
    defer { try? handle.close() }
    do {
      guard let beginning = try handle.read(upToCount: 4), Spreadsheet.isWorkbook(beginning) else { return nil }
      guard try handle.seekToEnd() <= UInt64(largestFile) else {
        throw ImportProblem.unreadable(file: file, reason: "the workbook has more than 64 MiB")
      }
      try handle.seek(toOffset: 0)
      return try Spreadsheet(xlsx: try handle.readToEnd() ?? Data())
    } catch let problem as SpreadsheetProblem {
      throw .unreadable(file: file, reason: problem.reason)
    } catch let problem as ImportProblem {
      throw problem
    } catch {
      throw .unreadable(file: file, reason: "the file does not open")
    }
  }

  /// Trimmed texts without empty ones at the end, filled up to the header's count.
  private static func texts(_ cells: [SheetCell], atLeast count: Int) -> [String] {
    var texts = cells.map { $0.plainText.trimmingCharacters(in: .whitespacesAndNewlines) }
    while texts.count > count, texts.last?.isEmpty == true { texts.removeLast() }
    return texts + Array(repeating: "", count: max(0, count - texts.count))
  }
}
