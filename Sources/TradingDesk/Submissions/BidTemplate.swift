public import Foundation
internal import MarketData
public import MarketModel
internal import MarketRules
internal import Spreadsheets

extension TradingDesk {
  /// Writes a file to fill in for a market: a workbook with the sheets bids, units, columns and rules if its name ends in
  /// ".xlsx", the bids alone as CSV otherwise. Its example rows keep the pack's known rules.
  public func writeTemplate(_ name: String, day: MarketDay?, to file: URL) throws {
    let template = BidTemplate(pack: try onePack(name, day: day))
    if file.pathExtension.lowercased() == "xlsx" {
      try write(try encodedWorkbook(template.workbook), to: file)
    } else {
      try write(Data(csvText(template.bidRows).utf8), to: file)
    }
  }

  /// Rows of cells as CSV text.
  func csvText(_ rows: [[SheetCell]]) -> String {
    rows.map { $0.map { csvField($0.plainText) }.joined(separator: ",") + "\n" }.joined()
  }
}

/// What a market's bid file looks like, with one example unit.
struct BidTemplate {
  let pack: RulePack
  private let unit = "EXAMPLE-1"
  private let capacity = 300
  private let minimum = 150

  var workbook: Spreadsheet {
    let number = SheetColumn(width: 16)
    return Spreadsheet(sheets: [
      Sheet(
        name: "bids", rows: bidRows,
        columns: [SheetColumn(width: 16, format: .text)] + Array(repeating: number, count: 4)
          + [SheetColumn(width: 16, format: .text), SheetColumn(width: 14, format: .text)]),
      Sheet(
        name: "units", rows: unitRows,
        columns: [SheetColumn(width: 16, format: .text), SheetColumn(width: 16, format: .text)]
          + Array(repeating: SheetColumn(width: 22), count: DeclaredUnit.required.count - 2)),
      Sheet(
        name: "columns", rows: columnRows,
        columns: [SheetColumn(width: 10), SheetColumn(width: 28), SheetColumn(width: 12), SheetColumn(width: 90)]),
      Sheet(
        name: "rules", rows: ruleRows,
        columns: [SheetColumn(width: 38), SheetColumn(width: 40), SheetColumn(width: 14), SheetColumn(width: 90)]),
    ])
  }

  /// The header and one row for each segment of the example.
  var bidRows: [[SheetCell]] {
    let header = BidSegmentRow.required + ["price_unit", "curve_form"]
    var rows: [[SheetCell]] = [header.map { .text($0) }]
    var start = 0
    for (index, end) in ends.enumerated() {
      rows.append([
        .text(unit), .number(Double(index + 1)), .number(Double(start)), .number(Double(end)), .number(price(index)),
        .text(pack.currency + "/MWh"), .text(pack.bids.curveForm.value?.rawValue ?? ""),
      ])
      start = end
    }
    return rows
  }

  /// The ends of the segments in MW: the lowest output first, then equal steps to the capacity.
  private var ends: [Int] {
    let least = max(pack.bids.minimumPoints.value ?? 0, 3)
    let count = min(least, pack.bids.maximumPoints.value ?? least)
    let step = (capacity - minimum) / max(count - 1, 1)
    return (0..<max(count, 1)).map { $0 == count - 1 ? capacity : minimum + $0 * step }
  }

  /// Rising prices of the market's tick between its bounds.
  private func price(_ index: Int) -> Double {
    let tick = max(pack.bids.priceTick.value?.perMegawattHour ?? 1, 0.01)
    let low = max(pack.bids.floor.value?.perMegawattHour ?? 0, 40)
    let high = pack.bids.cap.value?.perMegawattHour ?? 1_000
    return min((low / tick).rounded(.up) * tick + Double(index) * max(tick, 10), high)
  }

  private var unitRows: [[SheetCell]] {
    let values: [SheetCell] = [
      .text(unit), "EXAMPLE", .number(Double(capacity)), .number(Double(minimum)), 5, 5, 8, 8, 600_000, 1_000, 100,
    ]
    return [DeclaredUnit.required.map { .text($0) }, values]
  }

  private var columnRows: [[SheetCell]] {
    let bids =
      BidSegmentRow.required.map { ("bids", $0, "required", BidTemplate.words[$0] ?? "") }
      + BidSegmentRow.further.map { ("bids", $0, "optional", BidTemplate.words[$0] ?? "") }
    let further = DeclaredUnit.furtherNumbers + DeclaredUnit.furtherFlags + DeclaredUnit.furtherTexts
    let units =
      DeclaredUnit.required.map { ("units", $0, "required", "") }
      + further.map { ("units", $0, "optional", "without it, the checks that need it are not evaluated") }
    return [["sheet", "column", "need", "meaning"]]
      + (bids + units).map { [.text($0.0), .text($0.1), .text($0.2), .text($0.3)] }
  }

  private var ruleRows: [[SheetCell]] {
    [["rule", "value", "confidence", "clause"], ["rule pack", .text(pack.name), "", .text(pack.source)]]
      + pack.statements.map {
        [
          .text($0.key), .text($0.value ?? "unknown"), .text($0.citation?.confidence.rawValue ?? ""),
          .text($0.citation?.clause ?? $0.reason),
        ]
      }
  }

  private static let words = [
    "unit": "the unit's name, as in the register", "segment": "1, 2, 3 … from the lowest output on",
    "from_MW": "output at which the segment begins; the first begins at 0", "to_MW": "output at which it ends",
    "price_per_MWh": "price of the segment; under a sloped pack, the price at to_MW",
    "market_day": "2026-03-05", "curve_form": "the form of the curve, if the file states it",
    "price_unit": "unit of the price, as CNY/MWh", "on_line": "runs such as 00:00–09:30;16:00–24:00",
    "includes_capacity_adder": "yes or no", "includes_tax": "yes or no", "remark": "anything",
  ]
}
