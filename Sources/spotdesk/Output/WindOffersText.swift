import TradingDesk

/// A test of wind and solar bids as a table.
struct WindOffersText {
  let report: WindOffersReport

  func rendered() -> String {
    var table = TextTable(
      ["strategy", "revenue", "% of perfect", "CVaR 5 %", "mean deviation MWh"],
      alignments: [.left] + [TextTable.Alignment](repeating: .right, count: 4))
    for row in report.rows {
      table.append([
        row.strategy, NumberText.grouped(row.revenue),
        row.shareOfPerfect.map { NumberText.grouped($0, decimals: 2) } ?? "–",
        NumberText.grouped(row.conditionalValueAtRisk_5),
        row.meanDeviationMWh.map { NumberText.grouped($0, decimals: 1) } ?? "",
      ])
    }
    let uplift = report.uplift.map { uplift in
      "ours over \(uplift.over): \(NumberText.signed(uplift.amount, decimals: 0)), 95 % interval "
        + "\(NumberText.interval(uplift.low, uplift.high)), \(uplift.daysLost) days lost\n"
    }
    return "Wind and solar bids, \(report.days) days, \(report.historyDays) days of history\n" + table.rendered()
      + (uplift ?? "") + report.notes.map { "note: \($0)\n" }.joined()
  }
}
