public import Foundation
import MarketModel

/// What a column of an evaluation file holds.
public enum EvaluationQuantity: String, Hashable, Sendable, CaseIterable {
  case dayAheadPrice = "price.day-ahead"
  case realTimePrice = "price.real-time"
  case load, wind, solar
  case temperature, weather
  /// Capacity that is not out of service, where the file says so.
  case availableCapacity = "available-capacity"
  /// Any other published series.
  case input
  /// A forecast that somebody else published.
  case reference
}

/// From when the values of a day may be used.
public enum EvaluationKnowledge: String, Hashable, Sendable, Comparable {
  /// Published before the day-ahead auction.
  case beforeAuction = "before-auction"
  /// Known with the result of the day-ahead auction.
  case afterAuction = "after-auction"
  /// Measured.
  case afterwards

  private var order: Int { self == .beforeAuction ? 0 : self == .afterAuction ? 1 : 2 }

  public static func < (left: EvaluationKnowledge, right: EvaluationKnowledge) -> Bool { left.order < right.order }
}

/// How the columns of one format become days: the rows of one format in `data/sources/evaluation.csv`.
public struct EvaluationFormat: Hashable, Sendable {
  enum Role: Hashable, Sendable {
    case site, day
    /// Label or time that ends the interval, its number in the day, or the time at which it starts.
    case intervalEnd, intervalNumber, intervalStartTime, intervalEndTime
    case ignored
    /// Columns that are named by a series key, as in the format `series`.
    case named
    case values(EvaluationQuantity)
  }

  struct Row: Hashable, Sendable {
    let role: Role
    /// Name or pattern, as in the other source tables.
    let column: String
    /// Name of the series; "*" takes the column's own.
    let name: String
    let unit: String
    let known: EvaluationKnowledge
    let isRequired: Bool
  }

  public let name: String
  /// Facts that hold for every file of the format, as the calendar of its market.
  public let settings: [String: String]
  let rows: [Row]

  /// Reads the formats of a table, in its order.
  public static func read(from url: URL) throws(ImportProblem) -> [EvaluationFormat] {
    let table = try NamedRows(url)
    try table.requireColumns(["format", "role", "column", "name", "unit", "known", "required"])
    var formats: [(name: String, rows: [Row], settings: [String: String])] = []
    for row in table.rows {
      let name = try row.text("format")
      if formats.last?.name != name { formats.append((name, [], [:])) }
      if row.optionalText("role") == "setting" {
        formats[formats.count - 1].settings[try row.text("column")] = try row.text("name")
      } else {
        formats[formats.count - 1].rows.append(try Row(row))
      }
    }
    return formats.map { EvaluationFormat(name: $0.name, settings: $0.settings, rows: $0.rows) }
  }

  /// Patterns of required columns that a header lacks; empty if the file can be of this format.
  func missing(in header: [String]) -> [String] {
    let claims = claims(of: header)
    return rows.indices.filter { rows[$0].isRequired && !claims.contains($0) }.map { rows[$0].column }
  }

  /// For each column of a header the row that claims it, or nil. A column goes to the first row that matches.
  func claims(of header: [String]) -> [Int?] {
    header.indices.map { index in
      rows.indices.first { columnMatches(rows[$0].column, header: header, index: index) }
    }
  }
}

extension EvaluationFormat.Row {
  init(_ row: NamedRow) throws(ImportProblem) {
    column = try row.text("column")
    name = row.optionalText("name") ?? ""
    unit = row.optionalText("unit") ?? ""
    isRequired = try row.text("required") == "yes"
    let known = row.optionalText("known") ?? EvaluationKnowledge.afterwards.rawValue
    guard let knowledge = EvaluationKnowledge(rawValue: known) else {
      throw row.problem("known", "\"\(known)\" is none of before-auction, after-auction, afterwards.")
    }
    self.known = knowledge
    let text = try row.text("role")
    guard let role = EvaluationFormat.Role(text) else { throw row.problem("role", "\"\(text)\" is no role.") }
    self.role = role
  }
}

extension EvaluationFormat.Role {
  init?(_ text: String) {
    switch text {
    case "site": self = .site
    case "day": self = .day
    case "interval-end": self = .intervalEnd
    case "interval-number": self = .intervalNumber
    case "interval-start-time": self = .intervalStartTime
    case "interval-end-time": self = .intervalEndTime
    case "ignored": self = .ignored
    case "named": self = .named
    default:
      guard let quantity = EvaluationQuantity(rawValue: text) else { return nil }
      self = .values(quantity)
    }
  }
}
