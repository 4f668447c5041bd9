/// A workbook of sheets as values; written and read as XLSX (ECMA-376, Office Open XML).
public struct Spreadsheet: Hashable, Sendable {
  /// At least one; names differ without regard to case.
  public var sheets: [Sheet]

  public init(sheets: [Sheet]) { self.sheets = sheets }

  /// The sheet of a name, without regard to case.
  public func sheet(named name: String) -> Sheet? {
    sheets.first { $0.name.lowercased() == name.lowercased() }
  }
}

/// One sheet: rows of cells from the first row and column on.
public struct Sheet: Hashable, Sendable {
  /// At most 31 characters, none of []:*?/\ and no apostrophe at either end.
  public var name: String
  /// Rows may differ in length; a cell that is not there is empty.
  public var rows: [[SheetCell]]
  /// So many rows at the top are written bold and stay in view.
  public var headerRows: Int
  /// How columns look, from the first on; what is read from a file has none.
  public var columns: [SheetColumn]

  public init(name: String, rows: [[SheetCell]], headerRows: Int = 1, columns: [SheetColumn] = []) {
    self.name = name
    self.rows = rows
    self.headerRows = headerRows
    self.columns = columns
  }
}

/// The look of a column.
public struct SheetColumn: Hashable, Sendable {
  /// In characters; 1 to 255.
  public var width: Double
  public var format: SheetFormat
  /// Whether long texts go on in a second line.
  public var wrapsText: Bool

  public init(width: Double = 12, format: SheetFormat = .general, wrapsText: Bool = false) {
    self.width = width
    self.format = format
    self.wrapsText = wrapsText
  }
}

/// How the numbers and dates of a column are shown; it changes no value.
public enum SheetFormat: Hashable, Sendable {
  case general
  /// So many decimals, with a separator between thousands if `isGrouped`.
  case number(decimals: Int, isGrouped: Bool = false)
  /// A share, shown in percent.
  case percent(decimals: Int)
  /// 2026-03-05
  case date
  /// 2026-03-05 14:30
  case dateAndTime
  /// Whatever is typed into the column stays text.
  case text

  /// The number format code of ECMA-376 part 1, 18.8.31.
  var code: String {
    switch self {
    case .general: "General"
    case .number(let decimals, let isGrouped): (isGrouped ? "#,##0" : "0") + SheetFormat.fraction(decimals)
    case .percent(let decimals): "0" + SheetFormat.fraction(decimals) + "%"
    case .date: "yyyy-mm-dd"
    case .dateAndTime: "yyyy-mm-dd hh:mm"
    case .text: "@"
    }
  }

  private static func fraction(_ decimals: Int) -> String {
    decimals > 0 ? "." + String(repeating: "0", count: min(decimals, 12)) : ""
  }
}
