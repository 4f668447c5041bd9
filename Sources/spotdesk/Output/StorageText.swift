import TradingDesk

/// A storage test as one table for each storage.
struct StorageText {
  let report: StorageReport

  func rendered() -> String {
    "Storage, \(report.from) to \(report.to), \(report.days) days\n"
      + report.storages.map(table).joined() + report.notes.map { "note: \($0)\n" }.joined()
  }

  private func table(_ storage: StorageReport.Storage) -> String {
    var table = TextTable(
      ["policy", "profit", "% of perfect", "cycles a day", "CVaR 5 %", "over persistence", "95 % interval"],
      alignments: [.left] + [TextTable.Alignment](repeating: .right, count: 6))
    for row in storage.rows {
      table.append([
        row.policy, NumberText.grouped(row.profit),
        row.shareOfPerfectForesight.map { NumberText.grouped($0, decimals: 2) } ?? "–",
        NumberText.grouped(row.cyclesPerDay, decimals: 2), NumberText.grouped(row.conditionalValueAtRisk_5),
        row.uplift.map { NumberText.signed($0.amount, decimals: 0) } ?? "",
        row.uplift.map { NumberText.interval($0.low, $0.high) } ?? "",
      ])
    }
    table.rule()
    table.append(
      ["perfect foresight", NumberText.grouped(storage.perfectForesightProfit), "100.00"]
        + [String](repeating: "", count: 4))
    return "\(storage.name): \(NumberText.grouped(storage.powerMW)) MW, \(NumberText.grouped(storage.energyMWh)) MWh, "
      + "round trip \(NumberText.grouped(100 * storage.roundTripEfficiency)) %\n" + table.rendered(indent: "  ")
  }
}
