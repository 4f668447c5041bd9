public import Foundation
public import MarketModel

/// A year's public holidays and shifted workdays as a file: `data/calendars/cn-2025.csv`.
public enum CalendarFile {
  public enum Kind: String, Hashable, Sendable { case holiday, workday }

  public struct Entry: Hashable, Sendable {
    public let day: MarketDay
    public let kind: Kind
    public let name: String
  }

  public static func read(from url: URL) throws(ImportProblem) -> [Entry] {
    let table = try NamedRows(url)
    try table.requireColumns(["day", "kind", "name"])
    return try table.parsed { row throws(ImportProblem) in
      let text = try row.text("kind")
      guard let kind = Kind(rawValue: text) else {
        throw row.problem("kind", "\"\(text)\" is no kind of day; write holiday or workday.")
      }
      return Entry(day: try row.day("day"), kind: kind, name: try row.text("name"))
    }
  }
}
