public import Foundation
public import MarketModel

/// One row of a bid file (`bids.csv`): a segment as it is written, unchecked beyond being a number.
public struct BidRow: Hashable, Sendable {
  public let line: Int
  public let unit: UnitID
  public let day: MarketDay
  public let form: String
  public let segment: Int
  public let from: Double
  public let to: Double
  public let price: Double
  public let priceUnit: String
  public let onLine: String

  public static func read(from url: URL) throws(ImportProblem) -> [BidRow] {
    let table = try NamedRows(url, sheet: "bids")
    try table.requireColumns(
      ["unit", "market_day", "curve_form", "segment", "from_MW", "to_MW", "price_per_MWh", "price_unit", "on_line"],
      optional: ["remark"])
    return try table.parsed { row throws(ImportProblem) in
      BidRow(
        line: row.line, unit: UnitID(try row.text("unit")), day: try row.day("market_day"),
        form: try row.text("curve_form"), segment: try row.wholeNumber("segment"), from: try row.number("from_MW"),
        to: try row.number("to_MW"), price: try row.number("price_per_MWh"), priceUnit: try row.text("price_unit"),
        onLine: row.optionalText("on_line") ?? "")
    }
  }
}
