import Foundation
import MarketModel

/// A small CSV file held as text: a header and rows whose fields are asked for by name.
struct NamedRows {
  let file: String
  let header: [String]
  let rows: [NamedRow]

  /// Reads a whole CSV file, or a sheet of an XLSX workbook; every row must have as many fields as the header.
  ///
  /// - Parameter sheet: the sheet to read of a workbook that has one of this name; else its first.
  init(_ url: URL, sheet: String? = nil) throws(ImportProblem) {
    if let records = try WorkbookRecords(url, sheet: sheet) {
      try self.init(file: records.file, header: records.header, records: records.rows)
      return
    }
    try self.init(CSVRecordReader(ByteSource(url)))
  }

  /// The same of a file that is held in memory; `name` stands for its path in sentences.
  init(_ content: Data, name: String, sheet: String? = nil) throws(ImportProblem) {
    if let records = try WorkbookRecords(content, name: name, sheet: sheet) {
      try self.init(file: records.file, header: records.header, records: records.rows)
      return
    }
    try self.init(CSVRecordReader(ByteSource(content, name: name)))
  }

  private init(_ reader: CSVRecordReader) throws(ImportProblem) {
    let file = reader.source.file
    guard try reader.next() else { throw .empty(file: file) }
    let names = try NamedRows.texts(of: reader, file: file)
    var records: [(line: Int, texts: [String])] = []
    while try reader.next() { records.append((reader.line, try NamedRows.texts(of: reader, file: file))) }
    try self.init(file: file, header: names, records: records)
  }

  private init(
    file: String, header names: [String], records: [(line: Int, texts: [String])]
  ) throws(ImportProblem) {
    for (index, name) in names.enumerated() where names[..<index].contains(name) {
      throw .header(file: file, sentence: "column \"\(name)\" stands twice in the header; keep one.")
    }
    var rows: [NamedRow] = []
    for (line, texts) in records {
      guard texts.count == names.count else {
        throw .rows([
          RowProblem(
            file: file, line: line, column: "",
            sentence: "the row has \(texts.count) fields where the header has \(names.count).")
        ])
      }
      let fields = Dictionary(zip(names, texts), uniquingKeysWith: { first, _ in first })
      rows.append(NamedRow(file: file, line: line, fields: fields))
    }
    self.file = file
    header = names
    self.rows = rows
  }

  /// Throws if the header lacks one of the columns, or has one that is neither here nor in `optional`.
  func requireColumns(_ required: [String], optional: [String] = []) throws(ImportProblem) {
    let missing = required.filter { !header.contains($0) }
    guard missing.isEmpty else {
      throw .header(
        file: file,
        sentence: "missing column \(quotedList(missing)); the header has \(quotedList(header)).")
    }
    let unknown = header.filter { !required.contains($0) && !optional.contains($0) }
    guard unknown.isEmpty else {
      throw .header(
        file: file,
        sentence: "unknown column \(quotedList(unknown)); the columns are \(quotedList(required + optional)).")
    }
  }

  private static func texts(of reader: CSVRecordReader, file: String) throws(ImportProblem) -> [String] {
    var texts: [String] = []
    for index in 0..<reader.fieldCount {
      guard let text = reader.text(index) else {
        throw .unreadable(file: file, reason: "line \(reader.line) is not UTF-8 text; save the file as UTF-8 CSV")
      }
      texts.append(text.trimmingCharacters(in: .whitespaces))
    }
    return texts
  }
}

/// One row of a `NamedRows`; a field that cannot be read throws a `RowProblem` in an `ImportProblem`.
struct NamedRow {
  let file: String
  let line: Int
  let fields: [String: String]

  /// The field's text; nil if it is empty or the file has no such column.
  func optionalText(_ column: String) -> String? {
    guard let text = fields[column], !text.isEmpty else { return nil }
    return text
  }

  func text(_ column: String) throws(ImportProblem) -> String {
    guard let text = optionalText(column) else { throw problem(column, "the field is empty; a value is needed.") }
    return text
  }

  func optionalNumber(_ column: String) throws(ImportProblem) -> Double? {
    guard var text = optionalText(column) else { return nil }
    guard let value = text.withUTF8({ FieldParsing.number($0) }) else {
      throw problem(column, "\"\(text)\" is no number; write it with digits and a decimal point.")
    }
    return value
  }

  func number(_ column: String) throws(ImportProblem) -> Double {
    _ = try text(column)
    guard let value = try optionalNumber(column) else {
      throw problem(column, "the field is empty; a value is needed.")
    }
    return value
  }

  /// A whole number that is not negative.
  func wholeNumber(_ column: String) throws(ImportProblem) -> Int {
    let value = try number(column)
    guard let whole = Int(exactly: value), whole >= 0 else {
      throw problem(column, "\(shownNumber(value)) is no whole number of 0 or more.")
    }
    return whole
  }

  func power(_ column: String) throws(ImportProblem) -> Power {
    let value = try number(column)
    do { return try Power(megawatts: value) } catch { throw problem(column, error.description + ".") }
  }

  func price(_ column: String) throws(ImportProblem) -> EnergyPrice {
    let value = try number(column)
    do { return try EnergyPrice(perMegawattHour: value) } catch { throw problem(column, error.description + ".") }
  }

  func day(_ column: String) throws(ImportProblem) -> MarketDay {
    let text = try text(column)
    guard let day = MarketDay(text) else { throw problem(column, "\"\(text)\" is no date; write 2023-03-15.") }
    return day
  }

  /// A local time "2023-03-15T08:00" or an instant with an offset "2023-03-15T08:00:00+08:00" or "…Z".
  func instant(_ column: String, zone: MarketZone) throws(ImportProblem) -> Date {
    let text = try text(column)
    guard let instant = LocalTime.instant(text, zone: zone) else {
      throw problem(column, "\"\(text)\" is no time; write 2023-03-15T08:00 (local) or 2023-03-15T08:00:00+08:00.")
    }
    return instant
  }

  func problem(_ column: String, _ sentence: String) -> ImportProblem {
    .rows([RowProblem(file: file, line: line, column: column, sentence: sentence)])
  }
}

/// "\"a\", \"b\"": names for a sentence, which stays one of a readable length.
func quotedList(_ names: [String]) -> String {
  let shown = names.prefix(24).map { "\"\($0)\"" }.joined(separator: ", ")
  return names.count > 24 ? shown + " and \(names.count - 24) more" : shown
}
