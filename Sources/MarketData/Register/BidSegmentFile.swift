public import Foundation
public import MarketModel

/// One segment of a bid file that stands alone, as `spotdesk check FILE --rules PACK` reads it: one row a segment.
///
/// The first segment of a unit runs from 0 MW to the declared minimum; under a sloped pack the price is the one at `to`.
public struct BidSegmentRow: Hashable, Sendable {
  public let line: Int
  public let unit: UnitID
  /// nil where the file has no such column.
  public let day: MarketDay?
  public let form: String?
  public let segment: Int
  /// MW; NaN where the field is empty or says so.
  public let from: Double
  public let to: Double
  /// Currency units per MWh; NaN where the field is empty or says so.
  public let price: Double
  public let priceUnit: String?
  public let onLine: String?
  public let includesCapacityAdder: Bool?
  public let includesTax: Bool?
  /// As "simulated".
  public let remark: String?

  public static let required = ["unit", "segment", "from_MW", "to_MW", "price_per_MWh"]
  public static let further = [
    "market_day", "curve_form", "price_unit", "on_line", "includes_capacity_adder", "includes_tax", "remark",
  ]

  /// Throws if a column is missing or a field is not of its kind; an empty number is for the checks to judge.
  public static func read(from url: URL) throws(ImportProblem) -> [BidSegmentRow] {
    try rows(of: try NamedRows(url, sheet: "bids"))
  }

  /// The same of a file that is held in memory; `name` stands for its path in sentences.
  public static func read(_ content: Data, name: String) throws(ImportProblem) -> [BidSegmentRow] {
    try rows(of: try NamedRows(content, name: name, sheet: "bids"))
  }

  private static func rows(of table: NamedRows) throws(ImportProblem) -> [BidSegmentRow] {
    try table.requireColumns(required, optional: further)
    return try table.parsed { row throws(ImportProblem) in
      BidSegmentRow(
        line: row.line, unit: UnitID(try row.text("unit")),
        day: row.optionalText("market_day") == nil ? nil : try row.day("market_day"),
        form: row.optionalText("curve_form"), segment: try row.wholeNumber("segment"),
        from: try row.numberOrNaN("from_MW"), to: try row.numberOrNaN("to_MW"),
        price: try row.numberOrNaN("price_per_MWh"), priceUnit: row.optionalText("price_unit"),
        onLine: table.header.contains("on_line") ? row.optionalText("on_line") ?? "" : nil,
        includesCapacityAdder: try row.optionalFlag("includes_capacity_adder"),
        includesTax: try row.optionalFlag("includes_tax"), remark: row.optionalText("remark"))
    }
  }
}

extension NamedRow {
  /// A number; NaN for an empty field, "nan" or "null".
  func numberOrNaN(_ column: String) throws(ImportProblem) -> Double {
    guard let text = optionalText(column), !["nan", "null"].contains(text.lowercased()) else { return .nan }
    return try number(column)
  }

  /// "yes" or "no"; nil where there is none.
  func optionalFlag(_ column: String) throws(ImportProblem) -> Bool? {
    switch optionalText(column)?.lowercased() {
    case nil: return nil
    case "yes", "true": return true
    case "no", "false": return false
    default: throw problem(column, "\"\(fields[column] ?? "")\" is neither yes nor no.")
    }
  }
}
