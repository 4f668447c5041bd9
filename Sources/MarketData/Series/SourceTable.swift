public import Foundation
import MarketModel

/// A file format that the program reads; each has a table `data/sources/<format>.csv`.
public enum SourceFormat: String, Hashable, Sendable, CaseIterable {
  /// Quarter-hours with end labels, load forecast and day-ahead price (cn_clearing_price_abm).
  case spot96
  /// Hours with start labels, day-ahead price and its published inputs (EPF benchmark).
  case epf
  /// SpotDesk's own: columns named by series key and unit.
  case series
}

/// How the columns of one file format become series: the rows of `data/sources/<format>.csv`.
public struct SourceTable: Hashable, Sendable {
  public let format: SourceFormat
  let rows: [SourceRow]

  private static let columns = [
    "column", "role", "series", "unit", "available_at", "plausible_median_low", "plausible_median_high",
    "plausible_largest_low", "far_outside_factor", "required",
  ]

  /// Reads `<format>.csv` from the folder of source tables.
  public init(_ format: SourceFormat, in folder: URL) throws(ImportProblem) {
    let table = try NamedRows(folder.appendingPathComponent(format.rawValue + ".csv"))
    try table.requireColumns(SourceTable.columns)
    self.format = format
    var rows: [SourceRow] = []
    for row in table.rows { rows.append(try SourceRow(row)) }
    self.rows = rows
    for role in [SourceRow.Role.day, .intervalEnd, .dayAndIntervalStart]
    where rows.count(where: { $0.role == role }) > 1 {
      throw .table(file: table.file, sentence: "role \"\(role.rawValue)\" stands more than once.")
    }
  }
}

/// One row of a source table.
struct SourceRow: Hashable, Sendable {
  /// What a column of the file is for.
  enum Role: String, Hashable, Sendable, CaseIterable {
    /// The market day.
    case day
    /// The end of the interval: "0:15", "24:00:00". `unit` says its length ("15 min"), or is empty for the market's.
    case intervalEnd = "interval-end"
    /// Day and start of the interval in one field, always 24 hours a day. `unit` says the length.
    case dayAndIntervalStart = "day-and-interval-start"
    /// From when the values of the day were known; takes the place of the table's `available_at`.
    case availableAt = "available-at"
    /// Values of `series`.
    case value
    /// Values of the series that the column's own name says: "load.forecast@north [MW]".
    case namedValue = "named-value"
  }

  /// Name or pattern of the column: "*price*", "#1" for the first.
  let column: String
  let role: Role
  /// A series key; "*" in its location stands for the column's trimmed name (value) or any location (named value).
  let series: String
  let unit: String
  let availability: GateClosure?
  let limits: PlausibleRange
  let isRequired: Bool

  init(_ row: NamedRow) throws(ImportProblem) {
    column = try row.text("column")
    let roleText = try row.text("role")
    guard let role = Role(rawValue: roleText) else {
      throw row.problem("role", "\"\(roleText)\" is none of \(quotedList(Role.allCases.map(\.rawValue))).")
    }
    self.role = role
    series = row.optionalText("series") ?? ""
    unit = row.optionalText("unit") ?? ""
    availability = try SourceRow.availability(row)
    limits = PlausibleRange(
      medianLow: try row.optionalNumber("plausible_median_low"),
      medianHigh: try row.optionalNumber("plausible_median_high"),
      largestLow: try row.optionalNumber("plausible_largest_low"),
      farOutsideFactor: try row.optionalNumber("far_outside_factor"))
    let required = try row.text("required")
    guard ["yes", "no"].contains(required) else { throw row.problem("required", "write yes or no.") }
    isRequired = required == "yes"
    try checkValues(row)
  }

  private static func availability(_ row: NamedRow) throws(ImportProblem) -> GateClosure? {
    guard let text = row.optionalText("available_at") else { return nil }
    guard let gate = GateClosure(text) else {
      throw row.problem("available_at", "\"\(text)\" is no deadline; write D-1T09:45.")
    }
    return gate
  }

  private func checkValues(_ row: NamedRow) throws(ImportProblem) {
    guard role == .value || role == .namedValue else { return }
    guard availability != nil else { throw row.problem("available_at", "a series needs a time of publication.") }
    guard SeriesKey(series) != nil else { throw row.problem("series", "\"\(series)\" is no series key.") }
  }
}

/// Between which bounds the values of a column make sense in its unit; nil where nothing is checked.
struct PlausibleRange: Hashable, Sendable {
  /// Bounds of the median of the file.
  let medianLow: Double?
  let medianHigh: Double?
  /// Lower bound of the largest magnitude of the file, unless that is 0.
  let largestLow: Double?
  /// A value above this many times the median is reported, and kept.
  let farOutsideFactor: Double?
}
