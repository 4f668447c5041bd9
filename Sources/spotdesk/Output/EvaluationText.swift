import TradingDesk

/// An evaluation as tables for people.
struct EvaluationText {
  let report: EvaluationReport

  func rendered() -> String {
    let provenance = report.provenance
    var text =
      "\(report.target) · \(provenance.file) (\(provenance.format)) · \(report.testFrom) to \(report.testTo), "
      + "\(report.testDays) days of \(report.intervalsPerDay) · mae, rmse, crps in \(report.unit)\n\n"
    text += table(report.models, report.references).rendered(indent: "  ")
    for site in report.sites { text += "\n\(site.site)\n" + table(site.models, []).rendered(indent: "  ") }
    text += comparisons() + events()
    if !report.notes.isEmpty { text += "\n" + report.notes.map { "note: \($0)\n" }.joined() }
    let said = report.forecasterNotes.count + report.furtherForecasterNotes
    if said > 0 { text += "note: the forecaster made \(said) notes on test days; --json and --page have them\n" }
    return text
  }

  private func table(_ models: [ModelScores], _ references: [ModelScores]) -> TextTable {
    var columns: [(name: String, value: (ModelScores) -> String)] = [
      ("mae", { shown($0.total.mae) }), ("rmae", { shown($0.total.rmae, decimals: 3) }),
      ("smape %", { shown($0.total.smape, decimals: 2) }), ("rmse", { shown($0.total.rmse) }),
      ("crps", { shown($0.total.crps) }),
      ("cover 50 %", { shown($0.total.coverage50.map { $0 * 100 }, decimals: 1) }),
      ("80 %", { shown($0.total.coverage80.map { $0 * 100 }, decimals: 1) }),
      ("90 %", { shown($0.total.coverage90.map { $0 * 100 }, decimals: 1) }),
      ("s a day", { shown($0.seconds, decimals: 3) }),
    ]
    if models.contains(where: { $0.paths != nil }) {
      columns.insert(("energy", { shown($0.paths?.energyScore) }), at: 5)
      columns.insert(("variogram", { shown($0.paths?.variogramScore) }), at: 6)
    }
    if report.target == "load" { columns.insert(("mape %", { shown($0.total.mape, decimals: 2) }), at: 3) }
    var table = TextTable(
      ["model"] + columns.map(\.name), alignments: [.left] + columns.map { _ in .right })
    for model in models { table.append([model.name] + columns.map { $0.value(model) }) }
    if !references.isEmpty { table.rule() }
    for model in references { table.append([model.name + " (published)"] + columns.map { $0.value(model) }) }
    return table
  }

  private func events() -> String {
    report.events.map { event in
      var table = TextTable(["\(event.event)", "brier", "skill"], alignments: [.left, .right, .right])
      table.append(["climatology by interval", shown(event.climatologyBrier, decimals: 5), ""])
      for model in event.models {
        table.append([model.name, shown(model.brier, decimals: 5), shown(model.skill, decimals: 3)])
      }
      let share = NumberText.grouped(event.frequency * 100, decimals: 2)
      return "\nProbability of values \(event.event), which came in \(share) % of intervals\n"
        + table.rendered(indent: "  ")
    }.joined()
  }

  /// Whether the combined forecast is better than each other one; the document has all pairs.
  private func comparisons() -> String {
    guard let last = report.models.last?.name, let first = report.dieboldMariano.first,
      let row = first.names.firstIndex(of: last)
    else { return "" }
    var table = TextTable(
      ["\(last) better than"] + report.dieboldMariano.map(\.loss),
      alignments: [.left] + report.dieboldMariano.map { _ in .right })
    for (column, name) in first.names.enumerated() where column != row {
      table.append(
        [name]
          + report.dieboldMariano.map { comparison in
            guard let row = comparison.names.firstIndex(of: last), let column = comparison.names.firstIndex(of: name)
            else { return shown(nil) }
            return shown(comparison.p[row][column], decimals: 4)
          })
    }
    return "\nDiebold-Mariano over \(first.days) days, one-sided p\n" + table.rendered(indent: "  ")
  }
}

func shown(_ value: Double?, decimals: Int? = nil) -> String {
  guard let value else { return "–" }
  return NumberText.grouped(value, decimals: decimals ?? (value.magnitude < 1 ? 5 : 3))
}
