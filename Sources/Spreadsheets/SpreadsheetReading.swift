public import Foundation

extension Spreadsheet {
  /// Whether the bytes begin as a workbook does (a ZIP archive).
  public static func isWorkbook(_ beginning: Data) -> Bool { beginning.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

  /// Reads every sheet of an XLSX workbook: values as the last program left them, formulas not computed again.
  ///
  /// Numbers whose format shows a date become dates. Throws ``SpreadsheetProblem`` `.broken` for what is no workbook and
  /// `.tooLarge` for one that unpacks to more than a gibibyte or 20 million cells.
  public init(xlsx content: Data) throws(SpreadsheetProblem) {
    let archive = try ZipArchive(content)
    let workbookPart = try Relationships.read(of: "", archive).target(ofKind: "officeDocument") ?? "xl/workbook.xml"
    let workbook = WorkbookPart()
    try XMLPart.read(workbookPart, of: archive, with: workbook)
    let relationships = try Relationships.read(of: workbookPart, archive)
    let strings = SharedStringsPart()
    if let part = relationships.target(ofKind: "sharedStrings") {
      try XMLPart.read(part, of: archive, with: strings)
    }
    let styles = StylesPart()
    if let part = relationships.target(ofKind: "styles") { try XMLPart.read(part, of: archive, with: styles) }
    var cells = CellAllowance()
    var sheets: [Sheet] = []
    for entry in workbook.sheets {
      guard let part = relationships.target(ofID: entry.relationship) else {
        throw .broken(reason: "its sheet \(entry.name) has no part.")
      }
      guard relationships.isWorksheet(entry.relationship) else { continue }
      let reader = SheetPart(
        name: entry.name, strings: strings.texts, dateStyles: styles.dateStyles,
        countsFrom1904: workbook.countsFrom1904,
        allowance: cells)
      try XMLPart.read(part, of: archive, with: reader)
      cells = reader.allowance
      sheets.append(Sheet(name: entry.name, rows: reader.rows, headerRows: 0))
    }
    guard !sheets.isEmpty else { throw .broken(reason: "it has no sheet of cells.") }
    self.init(sheets: sheets)
  }
}

/// How many more cells may be read, empty ones before the last of a row included.
struct CellAllowance {
  static let largest = 20_000_000
  var left = CellAllowance.largest

  mutating func take(_ count: Int) throws(SpreadsheetProblem) {
    left -= count
    guard left >= 0 else { throw .tooLarge(reason: "it has more than \(CellAllowance.largest) cells.") }
  }
}
