internal import Foundation
internal import MarketData
internal import MarketModel
internal import Spreadsheets

/// What would be sent for a day: the segments of every bid, as canonical CSV whose SHA-256 is its name.
struct BidPayload: Sendable {
  /// Name under which the store keeps it; its "strategy" is the hash.
  static let kind = "bid-payload"
  let rows: [BidSegmentRow]
  let content: Data

  var hash: String { sha256(content) }
  var units: Int { Set(rows.map(\.unit)).count }

  /// By unit, each unit's segments in the order of the file; the bytes depend on the values alone.
  init(_ rows: [BidSegmentRow], day: MarketDay) {
    let ordered = rows.enumerated().sorted { ($0.element.unit, $0.offset) < ($1.element.unit, $1.offset) }
      .map(\.element)
    self.rows = ordered
    content = Data(BidPayload.text(ordered, day: day).utf8)
  }

  /// What the store kept.
  init(stored content: Data, name: String) throws(ImportProblem) {
    self.content = content
    rows = try BidSegmentRow.read(content, name: name)
  }

  private static func text(_ rows: [BidSegmentRow], day: MarketDay) -> String {
    let columns = columns(of: rows)
    let lines = [columns.map(\.name)] + rows.map { row in columns.map { csvField($0.cell(row, day).plainText) } }
    return lines.map { $0.joined(separator: ",") + "\n" }.joined()
  }

  /// A column that a payload has.
  private struct Column {
    let name: String
    let cell: (BidSegmentRow, MarketDay) -> SheetCell
  }

  /// Columns that no row fills are left out: an empty one would say something.
  private static func columns(of rows: [BidSegmentRow]) -> [Column] {
    var columns = [
      Column(name: "unit") { row, _ in .text(row.unit.text) },
      Column(name: "market_day") { _, day in .text(day.description) },
      Column(name: "segment") { row, _ in .number(Double(row.segment)) },
      Column(name: "from_MW") { row, _ in number(row.from) },
      Column(name: "to_MW") { row, _ in number(row.to) },
      Column(name: "price_per_MWh") { row, _ in number(row.price) },
    ]
    func add(_ name: String, _ text: @escaping (BidSegmentRow) -> String?) {
      guard rows.contains(where: { text($0) != nil }) else { return }
      columns.append(Column(name: name) { row, _ in .text(text(row) ?? "") })
    }
    add("price_unit", \.priceUnit)
    add("curve_form", \.form)
    add("on_line", \.onLine)
    add("includes_capacity_adder") { $0.includesCapacityAdder.map { $0 ? "yes" : "no" } }
    add("includes_tax") { $0.includesTax.map { $0 ? "yes" : "no" } }
    add("remark", \.remark)
    return columns
  }

  /// Empty where there is none.
  private static func number(_ value: Double) -> SheetCell { value.isFinite ? .number(value) : .empty }

  /// The same segments as a sheet.
  func workbook(day: MarketDay) -> Spreadsheet {
    let columns = BidPayload.columns(of: rows)
    let cells = rows.map { row in columns.map { $0.cell(row, day) } }
    let text = SheetColumn(width: 14, format: .text)
    let number = SheetColumn(width: 14)
    return Spreadsheet(sheets: [
      Sheet(
        name: "bids", rows: [columns.map { .text($0.name) }] + cells,
        columns: [text, text] + Array(repeating: number, count: 4) + Array(repeating: text, count: columns.count - 6))
    ])
  }
}

extension BidPayload {
  /// One sentence for each cell that another file shows otherwise, by unit and segment.
  func differences(shownBy other: [BidSegmentRow]) -> [String] {
    var shown: [String: BidSegmentRow] = [:]
    var found: [String] = []
    for row in other where shown.updateValue(row, forKey: BidPayload.place(row)) != nil {
      found.append("\(BidPayload.place(row)) stands twice in the file.")
    }
    for row in rows {
      let place = BidPayload.place(row)
      guard let echo = shown.removeValue(forKey: place) else {
        found.append("\(place) was sent and is not shown.")
        continue
      }
      for (column, sent, seen) in [
        ("from_MW", row.from, echo.from), ("to_MW", row.to, echo.to), ("price_per_MWh", row.price, echo.price),
      ] where !(sent == seen || (sent.isNaN && seen.isNaN)) {
        found.append(
          "\(place), \(column): sent \(BidPayload.number(sent).plainText), shown \(BidPayload.number(seen).plainText).")
      }
      for (column, sent, seen) in [
        ("price_unit", row.priceUnit, echo.priceUnit), ("curve_form", row.form, echo.form),
        ("on_line", row.onLine, echo.onLine),
      ] where seen != nil && seen != (sent ?? "") && !(sent == nil && seen == "") {
        found.append("\(place), \(column): sent \"\(sent ?? "")\", shown \"\(seen ?? "")\".")
      }
    }
    for row in other where shown.removeValue(forKey: BidPayload.place(row)) != nil {
      found.append("\(BidPayload.place(row)) is shown and was not sent.")
    }
    return found
  }

  private static func place(_ row: BidSegmentRow) -> String { "Unit \(row.unit), segment \(row.segment)" }
}
