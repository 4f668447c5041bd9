import TradingDesk

/// Several evaluations as one table for people.
struct EvaluationSummaryText {
  let summary: EvaluationSummary

  func rendered() -> String {
    let titles = ["", "model", "days", "mae", "rmae", "crps", "80 %", "energy", "best published", "difference %", "p"]
    var table = TextTable(
      titles, alignments: titles.indices.map { [0, 1, 8].contains($0) ? .left : .right })
    for row in summary.rows {
      table.append([
        row.name, row.model, String(row.testDays), shown(row.scores.mae), shown(row.scores.rmae, decimals: 3),
        shown(row.scores.crps), shown(row.scores.coverage80.map { $0 * 100 }, decimals: 1),
        shown(row.paths?.energyScore), row.published?.name ?? "\u{2013}",
        shown(row.published.map { $0.difference * 100 }, decimals: 1), shown(row.published?.p, decimals: 4),
      ])
    }
    return table.rendered(indent: "  ")
  }
}
