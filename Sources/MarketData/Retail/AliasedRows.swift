internal import Foundation
internal import MarketModel

/// A small CSV file whose columns go by one of several names; columns that nobody asks for are passed over.
struct AliasedRows {
  let rows: NamedRows
  private let columns: [String: String]

  /// - Parameter aliases: our name of a column → names under which files carry it, in lower case.
  init(_ url: URL, aliases: [String: [String]]) throws(ImportProblem) {
    let rows = try NamedRows(url)
    guard !rows.rows.isEmpty else { throw .empty(file: rows.file) }
    var columns: [String: String] = [:]
    for (name, others) in aliases {
      let known = [name] + others
      if let found = rows.header.first(where: { known.contains($0.lowercased()) }) { columns[name] = found }
    }
    self.rows = rows
    self.columns = columns
  }

  func require(_ names: [String]) throws(ImportProblem) {
    let missing = names.filter { columns[$0] == nil }
    guard missing.isEmpty else {
      throw .header(
        file: rows.file, sentence: "missing column \(quotedList(missing)); the header has \(quotedList(rows.header)).")
    }
  }

  func text(_ row: NamedRow, _ name: String) -> String? { columns[name].flatMap { row.optionalText($0) } }

  func number(_ row: NamedRow, _ name: String) throws(ImportProblem) -> Double? {
    guard let column = columns[name], let text = row.optionalText(column),
      !["na", "nan", "null", "none", "-"].contains(text.lowercased())
    else { return nil }
    return try row.optionalNumber(column)
  }

  /// A number of 0…1; "30%" and numbers above 1 up to 100 are percentages.
  func share(_ row: NamedRow, _ name: String) throws(ImportProblem) -> Double? {
    guard let column = columns[name], var text = row.optionalText(column) else { return nil }
    let isPercent = text.hasSuffix("%")
    if isPercent { text.removeLast() }
    guard let value = Double(text), value >= 0, value <= 100 else {
      throw row.problem(column, "\"\(text)\" is no share; write 0 to 1, or a percentage.")
    }
    return isPercent || value > 1 ? value / 100 : value
  }

  /// "2025-03-15", "2025-03", "20250315", "3/15/2025", each also with a clock time behind.
  func day(_ row: NamedRow, _ name: String) throws(ImportProblem) -> MarketDay? {
    guard let column = columns[name], let text = row.optionalText(column) else { return nil }
    guard let day = RetailDates.day(text) else {
      throw row.problem(column, "\"\(text)\" is no date; write 2023-03-15.")
    }
    return day
  }
}

/// Dates as customer files write them.
enum RetailDates {
  static func day(_ text: String) -> MarketDay? {
    let date = text.prefix { $0 != " " && $0 != "T" }
    if let day = MarketDay(date) { return day }
    let parts = date.split(whereSeparator: { $0 == "-" || $0 == "/" }).map { Int($0) }
    if parts.count == 3, let month = parts[0], let day = parts[1], let year = parts[2], year > 1_000 {
      return MarketDay(year: year, month: month, day: day)
    }
    if parts.count == 2, let year = parts[0], let month = parts[1], year > 1_000 {
      return MarketDay(year: year, month: month, day: 1)
    }
    if date.count == 8, let number = Int(date) {
      return MarketDay(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }
    if date.count == 6, let number = Int(date) {
      return MarketDay(year: number / 100, month: number % 100, day: 1)
    }
    return nil
  }
}
