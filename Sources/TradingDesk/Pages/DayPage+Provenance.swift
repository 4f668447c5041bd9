internal import MarketModel

extension DayPage {
  /// Notes first; then the facts, the series and the models that the day was made from.
  func provenance() -> String {
    let notes =
      report.notes.isEmpty
      ? textElement("p", class: "quiet", "No notes.")
      : element("ul", ["class": "notes"], report.notes.map { textElement("li", $0) }.joined())
    return element(
      "div", ["class": "columns-two"],
      element(
        "div", [:],
        textElement("h3", "Notes") + notes
          + modelTable(report.provenance.models, unit: "\(currency)/MWh"))
        + element(
          "div", [:],
          textElement("h3", "Made from") + provenanceList(facts)
            + seriesTable(report.provenance.series)))
  }

  private var facts: [(String, String)] {
    let provenance = report.provenance
    return [
      ("program", provenance.program), ("document", report.schema),
      ("market", report.simulated ? "simulated" : "as recorded"), ("rule pack", provenance.rulePack),
      ("rule pack source", provenance.rulePackSource), ("curve form", provenance.curveForm),
      ("information cutoff", provenance.informationCutoff), ("data as of", provenance.dataAsOf),
      ("data hash (SHA-256)", provenance.dataHash), ("seed", String(provenance.seed)),
      ("scenarios", readable(Double(provenance.scenarios))),
      ("risk aversion", readable(provenance.riskAversion, decimals: 2)),
      ("second opinion", readable(provenance.secondOpinion, decimals: 2)),
      ("recent days", readable(provenance.recentDays, decimals: 2)), ("initial states", provenance.initialStates),
      ("unavailable units", unavailableText),
    ]
  }

  private var unavailableText: String {
    report.unavailableUnits.isEmpty ? "none" : report.unavailableUnits.map(\.text).joined(separator: ", ")
  }
}

/// The series that a forecast read.
func seriesTable(_ series: [DayReport.SeriesView]) -> String {
  let rows = series.map { series in
    element(
      "tr", [:],
      textElement("td", class: "code", series.series) + textElement("td", series.firstDay.description)
        + textElement("td", series.lastDay.description) + cell(readable(Double(series.days))))
  }
  let head = headRow([("series", ""), ("first day", ""), ("last day", ""), ("days", "figure")])
  return textElement("h3", "Data series") + element("table", ["class": "plain"], head + rows.joined())
}

/// The models that made a forecast.
func modelTable(_ models: [ForecastModelRecord], unit: String) -> String {
  let rows = models.map { model in
    let cells = [
      textElement("td", model.name), textElement("td", class: "code", model.version),
      cell(readable(Double(model.windowDays))), cell(readable(Double(model.features))), cell(percent(model.weight)),
      cell(readable(model.heldOutMeanAbsoluteError, decimals: 1)),
    ]
    return element("tr", [:], cells.joined())
  }
  let head = headRow([
    ("model", ""), ("version", ""), ("window, days", "figure"), ("features", "figure"), ("weight", "figure"),
    ("mean absolute error held out, \(unit)", "figure"),
  ])
  return textElement("h3", "Forecast models") + element("table", ["class": "plain"], head + rows.joined())
}
