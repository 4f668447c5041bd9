public import Foundation
public import MarketModel

/// Daily energy of many customers as one wide table: a date column, then a column a customer; a column "total" is not one.
public struct DailyWideFile: Sendable {
  public let file: String
  public let sha256: String
  public let firstDay: MarketDay
  public let days: Int
  public let customers: [String]
  /// values[customer · days + day]; NaN for blank cells and missing days.
  public let values: [Double]
  public let notes: [String]

  /// Reads a plain or gzip file; rows in any order of days.
  public static func read(_ url: URL) throws(ImportProblem) -> DailyWideFile {
    let reader = try CSVRecordReader(ByteSource(url))
    let file = reader.source.file
    guard try reader.next() else { throw .empty(file: file) }
    var columns: [(position: Int, name: String)] = []
    for position in 1..<max(reader.fieldCount, 1) {
      guard let name = reader.text(position)?.trimmingCharacters(in: .whitespaces), !name.isEmpty else {
        throw .header(file: file, sentence: "column \(position + 1) has no name; every customer needs one.")
      }
      if name.lowercased() != "total" { columns.append((position, name)) }
    }
    guard !columns.isEmpty else {
      throw .header(file: file, sentence: "there is no customer; daily-wide is a date column and a column a customer.")
    }
    guard Set(columns.map(\.name)).count == columns.count else {
      throw .header(file: file, sentence: "a customer stands twice in the header; keep one.")
    }
    let rows = try rows(reader, file: file, columns: columns.map(\.position), fields: reader.fieldCount)
    return try assembled(rows, names: columns.map(\.name), file: file, digest: reader.source.contentDigest())
  }

  private static func rows(
    _ reader: CSVRecordReader, file: String, columns: [Int], fields: Int
  ) throws(ImportProblem) -> [(day: Int, line: Int, values: [Double])] {
    var rows: [(day: Int, line: Int, values: [Double])] = []
    while try reader.next() {
      let wrong = { (column: String, sentence: String) in
        ImportProblem.rows([RowProblem(file: file, line: reader.line, column: column, sentence: sentence)])
      }
      guard reader.fieldCount == fields else {
        throw wrong("", "the row has \(reader.fieldCount) fields where the header has \(fields).")
      }
      guard let text = reader.text(0)?.trimmingCharacters(in: .whitespaces), let day = MarketDay(text) else {
        throw wrong("", "\"\(FieldParsing.shown(reader.field(0)))\" is no date; write 2023-03-15.")
      }
      var values: [Double] = []
      values.reserveCapacity(columns.count)
      for column in columns {
        let field = FieldParsing.trim(reader.field(column))
        if field.isEmpty || FieldParsing.isNotKnown(field) {
          values.append(.nan)
        } else if let value = FieldParsing.number(field), value >= 0 {
          values.append(value)
        } else {
          throw wrong("\(column + 1)", "\"\(FieldParsing.shown(field))\" is no energy of 0 or more.")
        }
      }
      rows.append((day.dayNumber, reader.line, values))
    }
    return rows
  }

  private static func assembled(
    _ rows: [(day: Int, line: Int, values: [Double])], names: [String], file: String, digest: String
  ) throws(ImportProblem) -> DailyWideFile {
    guard let first = rows.map(\.day).min(), let last = rows.map(\.day).max() else { throw .empty(file: file) }
    let days = last - first + 1
    guard days <= 20_000, days <= 40 * rows.count else {
      throw .header(file: file, sentence: "the dates reach over \(days) days but there are \(rows.count) rows.")
    }
    var values = [Double](repeating: .nan, count: days * names.count)
    var seen = [Bool](repeating: false, count: days)
    for row in rows {
      guard !seen[row.day - first] else {
        throw .rows([
          RowProblem(
            file: file, line: row.line, column: "",
            sentence: "the day \(MarketDay(dayNumber: row.day)) stands twice; keep one row.")
        ])
      }
      seen[row.day - first] = true
      for (customer, value) in row.values.enumerated() { values[customer * days + row.day - first] = value }
    }
    var notes: [String] = []
    let missing = seen.count { !$0 }
    if missing > 0 { notes.append("\(missing) days have no row and count as not known") }
    if replacePlaceholder(&values) {
      notes.append("the value 1 stands for zero (more than 5 % of all cells, none is 0) and was read as 0")
    }
    return DailyWideFile(
      file: file, sha256: digest, firstDay: MarketDay(dayNumber: first), days: days, customers: names, values: values,
      notes: notes)
  }

  /// Reads 1 as 0 in a file that has no 0 but very many 1s; whether it did.
  private static func replacePlaceholder(_ values: inout [Double]) -> Bool {
    let ones = values.count { $0 == 1 }
    guard !values.contains(0), ones * 20 > values.count else { return false }
    for index in values.indices where values[index] == 1 { values[index] = 0 }
    return true
  }
}

extension FieldParsing {
  /// "NA", "NaN", "null": a value that is not known.
  static func isNotKnown(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
    guard (2...4).contains(field.count), field[0] | 32 == UInt8(ascii: "n") else { return false }
    return ["na", "nan", "null", "none"].contains(String(decoding: field, as: UTF8.self).lowercased())
  }
}
