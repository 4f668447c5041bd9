import TradingDesk

/// An offer test as one table for people.
struct OffersText {
  let report: OffersReport

  func rendered() -> String {
    var table = TextTable(
      [
        "policy", "profit", "% of perfect", "per MWh", "starts", "CVaR 5 %", "uplift", "95 % interval", "% of margin",
        "days lost",
      ],
      alignments: [.left] + [TextTable.Alignment](repeating: .right, count: 9))
    for row in report.rows {
      table.append([
        row.policy, NumberText.grouped(row.profit), shown(row.shareOfPerfectForesight, 2), shown(row.profitPerMWh, 3),
        String(row.starts), NumberText.grouped(row.conditionalValueAtRisk_5),
        row.uplift.map { NumberText.signed($0.amount, decimals: 0) } ?? "baseline",
        row.uplift.map { NumberText.interval($0.low, $0.high) } ?? "",
        shown(row.uplift?.percentOfMargin, 2), row.uplift.map { String($0.daysLost) } ?? "",
      ])
    }
    table.rule()
    table.append(
      ["perfect foresight", NumberText.grouped(report.perfectForesightProfit), "100.00"]
        + [String](repeating: "", count: 7))
    let head =
      "\(report.unit), \(report.from) to \(report.to), \(report.days) days, rules \(report.rulePack); "
      + "mean cost \(NumberText.grouped(report.meanCostPerMWh, decimals: 2)) per MWh; reference model \(report.referenceModel)\n"
    let violated = report.rows.reduce(0) { $0 + $1.violatedBids }
    let unchecked = report.rows.map(\.uncheckedDays).max() ?? 0
    let bids =
      "bids that break a rule of the pack: \(violated)"
      + (unchecked > 0 ? " (\(unchecked) days on which the clock changes are not checked)\n" : "\n")
    return head + table.rendered(indent: "  ") + bids + report.notes.map { "note: \($0)\n" }.joined()
  }

  private func shown(_ value: Double?, _ decimals: Int) -> String {
    value.map { NumberText.grouped($0, decimals: decimals) } ?? "–"
  }
}
