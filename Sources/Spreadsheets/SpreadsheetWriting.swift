internal import CXLSXWriter
public import Foundation

extension Spreadsheet {
  /// The workbook as XLSX; the same sheets give the same bytes, whatever the time and the machine's language.
  ///
  /// Throws ``SpreadsheetProblem`` `.unfit` if there is no sheet, a sheet's name or size is beyond what a workbook
  /// holds, or a text has more than 32,767 UTF-16 units or a NUL character.
  public func encoded() throws(SpreadsheetProblem) -> Data {
    try requireFit()
    // The library writes to a path only.
    let file = FileManager.default.temporaryDirectory.appending(path: "spreadsheet-\(UUID().uuidString).xlsx")
    defer { unlink(file.path) }
    try WorkbookWriter(path: file.path, keepsRowsInMemory: cellCount < 200_000).write(self)
    do { return try Data(contentsOf: file) } catch {
      throw .unwritable(reason: "\(file.path) cannot be read back.")
    }
  }

  private var cellCount: Int { sheets.reduce(0) { $0 + $1.rows.reduce(0) { $0 + $1.count } } }

  private func requireFit() throws(SpreadsheetProblem) {
    guard !sheets.isEmpty else { throw .unfit(reason: "it has no sheet.") }
    var names: Set<String> = []
    for sheet in sheets {
      try sheet.requireFit()
      guard names.insert(sheet.name.lowercased()).inserted else {
        throw .unfit(reason: "two sheets are named \"\(sheet.name)\".")
      }
    }
  }
}

extension Sheet {
  static let largestRowCount = 1_048_576
  static let largestColumnCount = 16_384

  fileprivate func requireFit() throws(SpreadsheetProblem) {
    let isNamed =
      (1...31).contains(name.utf16.count) && !name.contains { "[]:*?/\\".contains($0) || $0 == "\0" }
      && name.first != "'" && name.last != "'"
    guard isNamed else { throw .unfit(reason: "\"\(name)\" is no name for a sheet.") }
    let width = max(rows.map(\.count).max() ?? 0, columns.count)
    guard rows.count <= Sheet.largestRowCount, width <= Sheet.largestColumnCount else {
      throw .unfit(reason: "sheet \(name) has \(rows.count) rows and \(width) columns.")
    }
    for (index, row) in rows.enumerated() {
      for cell in row {
        guard case .text(let text) = cell else { continue }
        guard text.utf16.count <= 32_767, !text.utf8.contains(0) else {
          throw .unfit(reason: "row \(index + 1) of sheet \(name) has a text that a cell cannot hold.")
        }
      }
    }
  }
}

/// Owns one workbook of libxlsxwriter from its beginning to its file.
private struct WorkbookWriter {
  private let workbook: UnsafeMutablePointer<lxw_workbook>
  private let path: String

  init(path: String, keepsRowsInMemory: Bool) throws(SpreadsheetProblem) {
    self.path = path
    var options = lxw_workbook_options(constant_memory: keepsRowsInMemory ? 0 : 1, tmpdir: nil, use_zip64: 0)
    guard let workbook = workbook_new_opt(path, &options) else {
      throw .unwritable(reason: "there is no memory for it.")
    }
    self.workbook = workbook
    var properties = lxw_doc_properties()
    // Not the present: 2000-01-01, so that equal sheets are equal files.
    properties.created = 946_684_800
    workbook_set_properties(workbook, &properties)
  }

  /// Writes all sheets and ends the workbook, in any case.
  func write(_ spreadsheet: Spreadsheet) throws(SpreadsheetProblem) {
    var status = LXW_NO_ERROR
    var formats = FormatBook(workbook: workbook)
    for sheet in spreadsheet.sheets where status == LXW_NO_ERROR { status = write(sheet, formats: &formats) }
    let closed = workbook_close(workbook)
    let failure = status == LXW_NO_ERROR ? closed : status
    guard failure == LXW_NO_ERROR else {
      throw .unwritable(reason: String(cString: lxw_strerror(failure)))
    }
  }

  private func write(_ sheet: Sheet, formats: inout FormatBook) -> lxw_error {
    guard let worksheet = workbook_add_worksheet(workbook, sheet.name) else { return LXW_ERROR_MEMORY_MALLOC_FAILED }
    for (index, column) in sheet.columns.enumerated() {
      let position = UInt16(index)
      worksheet_set_column(
        worksheet, position, position, min(max(column.width, 1), 255), formats.format(column, of: .empty))
    }
    if sheet.headerRows > 0 { worksheet_freeze_panes(worksheet, UInt32(sheet.headerRows), 0) }
    for (rowIndex, row) in sheet.rows.enumerated() {
      for (columnIndex, cell) in row.enumerated() {
        let isHeader = rowIndex < sheet.headerRows
        let column = columnIndex < sheet.columns.count ? sheet.columns[columnIndex] : SheetColumn()
        let format = isHeader ? formats.header : formats.format(column, of: cell)
        let status = write(cell, to: worksheet, row: UInt32(rowIndex), column: UInt16(columnIndex), format: format)
        guard status == LXW_NO_ERROR else { return status }
      }
    }
    return LXW_NO_ERROR
  }

  private func write(
    _ cell: SheetCell, to worksheet: UnsafeMutablePointer<lxw_worksheet>, row: UInt32, column: UInt16,
    format: UnsafeMutablePointer<lxw_format>?
  ) -> lxw_error {
    switch cell {
    case .empty: LXW_NO_ERROR
    case .text(let text), .failure(let text):
      text.isEmpty ? LXW_NO_ERROR : worksheet_write_string(worksheet, row, column, text.withCharacterEscapes, format)
    case .number(let value):
      value.isFinite ? worksheet_write_number(worksheet, row, column, value, format) : LXW_NO_ERROR
    case .flag(let value): worksheet_write_boolean(worksheet, row, column, value ? 1 : 0, format)
    case .date(let date): worksheet_write_number(worksheet, row, column, date.serial, format)
    }
  }
}

/// The formats of one workbook, each made once.
private struct FormatBook {
  private struct Look: Hashable {
    let code: String
    let wraps: Bool
  }

  let workbook: UnsafeMutablePointer<lxw_workbook>
  let header: UnsafeMutablePointer<lxw_format>?
  private var known: [Look: UnsafeMutablePointer<lxw_format>] = [:]

  init(workbook: UnsafeMutablePointer<lxw_workbook>) {
    self.workbook = workbook
    header = workbook_add_format(workbook)
    format_set_bold(header)
    format_set_bottom(header, UInt8(LXW_BORDER_THIN.rawValue))
  }

  /// The column's format; a date in a column that is not for dates gets a date's.
  mutating func format(_ column: SheetColumn, of cell: SheetCell) -> UnsafeMutablePointer<lxw_format>? {
    var code = column.format.code
    if case .date(let date) = cell, column.format != .date, column.format != .dateAndTime {
      code = date.secondOfDay == 0 ? SheetFormat.date.code : SheetFormat.dateAndTime.code
      if date.serial <= 1 { code = "[hh]:mm" }
    }
    let look = Look(code: code, wraps: column.wrapsText)
    if look == Look(code: SheetFormat.general.code, wraps: false) { return nil }
    if let format = known[look] { return format }
    let format = workbook_add_format(workbook)
    format_set_num_format(format, look.code)
    if look.wraps {
      format_set_text_wrap(format)
      format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    }
    known[look] = format
    return format
  }
}
