public import Foundation
import MarketModel

/// A table of one row a customer whose columns are told by their content: numbers, dates or words.
public struct CustomerTable: Sendable {
  /// What a column holds; a blank is NaN or "".
  public enum Content: Sendable, Equatable {
    case numbers([Double])
    /// Day numbers of dates.
    case dates([Double])
    case words([String])
  }

  public struct Column: Sendable, Equatable {
    public let name: String
    public let content: Content
  }

  public let file: String
  public let sha256: String
  /// One an entry; all different.
  public let identifiers: [String]
  public let columns: [Column]

  public subscript(name: String) -> Content? { columns.first { $0.name == name }?.content }

  /// Reads a plain or gzip file.
  ///
  /// - Parameter identifier: name of the column that tells customers apart.
  public static func read(_ url: URL, identifier: String) throws(ImportProblem) -> CustomerTable {
    let reader = try CSVRecordReader(ByteSource(url))
    let file = reader.source.file
    guard try reader.next() else { throw .empty(file: file) }
    let header = try texts(reader, file: file)
    guard let key = header.firstIndex(of: identifier) else {
      throw .header(file: file, sentence: "missing column \"\(identifier)\"; the header has \(quotedList(header)).")
    }
    guard Set(header).count == header.count else {
      throw .header(file: file, sentence: "a column stands twice in the header; keep one.")
    }
    var cells = [[String]](repeating: [], count: header.count)
    while try reader.next() {
      let row = try texts(reader, file: file)
      guard row.count == header.count else {
        throw .rows([
          RowProblem(
            file: file, line: reader.line, column: "",
            sentence: "the row has \(row.count) fields where the header has \(header.count).")
        ])
      }
      for (column, text) in row.enumerated() { cells[column].append(text) }
    }
    guard !cells[key].isEmpty else { throw .empty(file: file) }
    try requireDifferent(cells[key], file: file, column: identifier)
    let columns = header.indices.filter { $0 != key }.map { Column(name: header[$0], content: content(cells[$0])) }
    return CustomerTable(
      file: file, sha256: reader.source.contentDigest(), identifiers: cells[key], columns: columns)
  }

  private static func requireDifferent(_ names: [String], file: String, column: String) throws(ImportProblem) {
    var seen: Set<String> = []
    for (row, name) in names.enumerated() {
      guard !name.isEmpty, seen.insert(name).inserted else {
        throw .header(
          file: file,
          sentence: name.isEmpty
            ? "row \(row + 2) has no \(column)." : "\(column) \"\(name)\" stands twice; keep one row a customer.")
      }
    }
  }

  private static func texts(_ reader: CSVRecordReader, file: String) throws(ImportProblem) -> [String] {
    var texts: [String] = []
    for index in 0..<reader.fieldCount {
      guard let text = reader.text(index) else {
        throw .unreadable(file: file, reason: "line \(reader.line) is not UTF-8 text; save the file as UTF-8 CSV")
      }
      texts.append(text.trimmingCharacters(in: .whitespaces))
    }
    return texts
  }

  /// Numbers if all cells that are not blank are numbers, dates if all are dates, else words.
  private static func content(_ cells: [String]) -> Content {
    let blank = { (text: String) in text.isEmpty || ["na", "nan", "null"].contains(text.lowercased()) }
    var numbers: [Double] = []
    numbers.reserveCapacity(cells.count)
    for var cell in cells {
      if blank(cell) { numbers.append(.nan); continue }
      guard let number = cell.withUTF8({ FieldParsing.number($0) }) else { break }
      numbers.append(number)
    }
    if numbers.count == cells.count { return .numbers(numbers) }
    var dates: [Double] = []
    for cell in cells {
      if blank(cell) { dates.append(.nan); continue }
      guard let day = MarketDay(cell.prefix { $0 != " " && $0 != "T" }) else { return .words(cells) }
      dates.append(Double(day.dayNumber))
    }
    return .dates(dates)
  }
}
