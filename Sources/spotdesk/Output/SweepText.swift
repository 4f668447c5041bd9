import TradingDesk

/// A sweep as tables for people, one for each portfolio and seed.
struct SweepText {
  let report: SweepReport
  let colours: TerminalColours

  func rendered() -> String {
    colours.bold("Sweep \(report.from) … \(report.to)") + ", \(report.days) days; money in 10,000 \(report.currency)\n"
      + colours.simulatedMarket(report.simulated)
      + report.groups.map(group).joined() + report.notes.map { "note: \($0)\n" }.joined()
  }

  private func group(_ group: SweepReport.Group) -> String {
    var table = TextTable(
      [
        "strategy", "profit", "% of perfect", "uplift", "95 % interval", "% of margin", "Sharpe a day", "deflated",
        "CVaR 5 %",
      ],
      alignments: [.left] + [TextTable.Alignment](repeating: .right, count: 8))
    for row in group.rows {
      table.append([
        (row.strategy == group.best ? "* " : "  ") + row.strategy, NumberText.tenThousands(row.profit),
        shown(row.shareOfPerfectForesight, 2),
        row.uplift.map { NumberText.signed($0.amount / 10_000, decimals: 2) } ?? "–",
        NumberText.interval(row.uplift?.low, row.uplift?.high, NumberText.tenThousands),
        shown(row.uplift?.percentOfMargin, 2), shown(row.dailySharpe, 3), shown(row.deflatedSharpeProbability, 3),
        NumberText.tenThousands(row.conditionalValueAtRisk_5),
      ])
    }
    return
      "\(group.portfolio), seed \(group.seed): \(group.units) units, run \(group.run), harder baseline \(group.baseline)\n"
      + table.rendered(indent: "  ")
      + "  the best of \(group.rows.count) tries: as good by luck alone in \(NumberText.grouped(100 * group.pValueOfRealityCheck, decimals: 1)) % of resamples (reality check)\n"
  }

  private func shown(_ value: Double?, _ decimals: Int) -> String {
    value.map { NumberText.grouped($0, decimals: decimals) } ?? "–"
  }
}
