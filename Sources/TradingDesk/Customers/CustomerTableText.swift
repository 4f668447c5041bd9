internal import RetailValue
internal import Spreadsheets

/// The table of scores as CSV (UTF-8 with a mark for spreadsheets, nothing that one would run) and as a workbook.
struct CustomerTableText {
  let data: CustomerPageData

  private static let head =
    ["customer", "name", "industry", "total", "low_80", "high_80", "tier", "confidence"]
    + ValueDimension.allCases.map(\.rawValue) + ["energy_mwh", "days", "contract_end", "cost_to_serve_per_mwh"]

  func csv() -> String {
    let lines = data.rows.map { row in cells(row).map { inertCell($0.plainText) }.joined(separator: ",") }
    return ([Self.head.joined(separator: ",")] + lines).joined(separator: "\r\n") + "\r\n"
  }

  func workbook() -> Spreadsheet {
    let notes: [[SheetCell]] = [
      ["as of", .text(data.asOf)], ["weights", .text(data.profile)], ["reader", .text(data.role.rawValue)],
      ["reference", .text(data.segmentsNote)],
    ]
    return Spreadsheet(sheets: [
      Sheet(name: "customers", rows: [Self.head.map { SheetCell.text($0) }] + data.rows.map(cells)),
      Sheet(name: "about", rows: notes, headerRows: 0),
    ])
  }

  private func cells(_ row: CustomerPageData.Row) -> [SheetCell] {
    let score = row.score
    let text = { (value: String) in SheetCell.text(value) }
    return [text(score.customer), text(row.name), text(row.industry), number(score.total)]
      + [score.band.map { number($0.lowerBound) } ?? .text(""), score.band.map { number($0.upperBound) } ?? .text("")]
      + [text(score.tier.tier.rawValue), text(score.confidence.rawValue)] + score.dimensions.map { number($0.score) }
      + [number(row.energyMWh), .number(Double(score.days)), text(row.contractEnd)]
      + [data.role == .manager ? score.costToServe.perMWh.map(number) ?? .text("") : .text("hidden")]
  }

  private func number(_ value: Double) -> SheetCell { .number((value * 100).rounded() / 100) }
}
