public import MarketModel

/// Why a file was refused. The cases hold the facts; `description` makes the sentences.
public enum ImportProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file cannot be opened or read, or is no CSV text at all.
  case unreadable(file: String, reason: String)
  /// The file has no header or no rows under it.
  case empty(file: String)
  /// A gzip file that stops before its end, as after a broken download.
  case truncatedGzip(file: String, afterBytes: Int)
  /// A gzip file whose content or check sum is wrong.
  case damagedGzip(file: String, afterBytes: Int, reason: String)
  /// The header lacks a column, or names one that cannot be read.
  case header(file: String, sentence: String)
  /// A column's values are not in the unit in which they should be.
  case implausible(file: String, column: String, sentence: String)
  /// Rows are wrong; the first `RowProblem.limit` of them.
  case rows([RowProblem])
  /// An element of a power system (a unit, a bus, a line) is wrong; an empty field means the element as a whole.
  case element(file: String, element: String, field: String, sentence: String)
  /// A table of the program's own data folder cannot be used.
  case table(file: String, sentence: String)

  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "\(file) cannot be read: \(reason)."
    case .empty(let file): "\(file) has no rows under a header. Check that it is the file you meant."
    case .truncatedGzip(let file, let bytes):
      "\(file): the gzip stream ends early (after \(grouped(bytes)) bytes of the file); fetch the file again."
    case .damagedGzip(let file, let bytes, let reason):
      "\(file): the gzip stream is damaged near byte \(grouped(bytes)) (zlib: \(reason)); fetch the file again."
    case .header(let file, let sentence): "\(file): \(sentence)"
    case .implausible(let file, let column, let sentence): "\(file), column \"\(column)\": \(sentence)"
    case .rows(let problems): RowProblem.report(problems)
    case .element(let file, let element, let field, let sentence):
      [file, element.isEmpty ? "" : ": \(element)", field.isEmpty ? "" : ", \"\(field)\"", " \(sentence)"].joined()
    case .table(let file, let sentence): "\(file): \(sentence)"
    }
  }
}

/// One wrong row of a file.
public struct RowProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// After so many wrong rows a file is not read further.
  public static let limit = 20

  public let file: String
  /// Line of the file; the header is usually line 1.
  public let line: Int
  /// Name of the column, or empty if the whole row is meant.
  public let column: String
  public let sentence: String

  public init(file: String, line: Int, column: String, sentence: String) {
    self.file = file
    self.line = line
    self.column = column
    self.sentence = sentence
  }

  public var description: String {
    "\(file):\(line)" + (column.isEmpty ? "" : ", column \"\(column)\"") + ": " + sentence
  }

  static func report(_ problems: [RowProblem]) -> String {
    let lines = problems.map(\.description).joined(separator: "\n")
    let ending = problems.count >= limit ? "\nReading stopped after \(limit) wrong rows." : ""
    return lines + ending
  }
}

/// What reading one file came to.
public struct ReadSummary: Hashable, Sendable {
  public let file: String
  /// SHA-256 of the file as it stands on the disk, 64 hexadecimal digits.
  public let sha256: String
  public let format: SourceFormat
  /// Rows under the header.
  public let rows: Int
  /// Market days (or publications of a day) that were handed on.
  public let days: Int
  public let firstDay: MarketDay?
  public let lastDay: MarketDay?
  public let series: [SeriesKey]
  /// Columns of the file that no row of the source table claims.
  public let ignoredColumns: [String]
  /// Days left out because of wrong rows; empty unless bad rows are skipped.
  public let skippedDays: [MarketDay]
  /// Wrong rows that were met; how many, and the first `RowProblem.limit` of them.
  public let skippedProblemCount: Int
  public let skippedProblems: [RowProblem]
  /// Sentences about values that are kept but look odd.
  public let warnings: [String]
}

/// "1,234,567": a whole number with a comma between thousands.
func grouped(_ number: Int) -> String {
  var text = String(number.magnitude)
  var position = text.count - 3
  while position > 0 {
    text.insert(",", at: text.index(text.startIndex, offsetBy: position))
    position -= 3
  }
  return number < 0 ? "-" + text : text
}

/// "40334.18", "1,000": a number for a sentence.
func shownNumber(_ value: Double) -> String {
  value == value.rounded() && value.magnitude < 1e15 ? grouped(Int(value)) : "\(value)"
}
