internal import MarketModel

extension EvaluationPage {
  /// All models, published ones after them, and each site by itself.
  func modelTables() -> String {
    let sites = report.sites.map { textElement("h3", $0.site) + table($0.models, [], probabilities: [:]) }
    return overallTable() + sites.joined()
  }

  /// All models over all sites, with the p that the combined forecast is better than each.
  func overallTable() -> String {
    table(report.models, report.references, probabilities: report.probabilitiesOfCombined(.absolute))
  }

  private func table(
    _ models: [ModelScores], _ references: [ModelScores], probabilities: [String: Double]
  ) -> String {
    let hasPaths = models.contains { $0.paths != nil }
    let isLoad = report.target == "load"
    var titles = [("model", ""), ("mae", "figure"), ("rmae", "figure"), ("smape, %", "figure")]
    if isLoad { titles.append(("mape, %", "figure")) }
    titles += [
      "rmse", "crps", "covered by 50\u{202F}%", "80\u{202F}%", "90\u{202F}%", "interval score, 80\u{202F}%",
    ]
    .map { ($0, "figure") }
    if hasPaths { titles += [("energy score", "figure"), ("variogram score", "figure")] }
    if !probabilities.isEmpty { titles.append(("\(models.last?.name ?? "") better, p", "figure")) }
    titles.append(("seconds a day", "figure"))
    func row(_ model: ModelScores, class style: String) -> String {
      let total = model.total
      func share(_ value: Double?) -> String { figure(value.map { $0 * 100 }, decimals: 1) }
      var cells = [figure(total.mae), figure(total.rmae, decimals: 3), figure(total.smape, decimals: 2)]
      if isLoad { cells.append(figure(total.mape, decimals: 2)) }
      cells += [
        figure(total.rmse), figure(total.crps), share(total.coverage50), share(total.coverage80),
        share(total.coverage90), figure(total.winkler80),
      ]
      if hasPaths { cells += [figure(model.paths?.energyScore), figure(model.paths?.variogramScore)] }
      if !probabilities.isEmpty { cells.append(figure(probabilities[model.name], decimals: 4)) }
      cells.append(figure(model.seconds, decimals: 3))
      let name = escaped(model.name) + (style == "published" ? " <small>published</small>" : "")
      return element("tr", ["class": style], element("td", [:], name) + cells.map { cell($0) }.joined())
    }
    let combined = models.last?.name
    let rows =
      models.map { row($0, class: $0.name == combined ? "combined" : "own") }
      + references.map { row($0, class: "published") }
    let head = element("thead", [:], headRow(titles.map { (text: $0.0, style: $0.1) }))
    return element(
      "div", ["class": "scroll"],
      element("table", ["class": "plain"], head + element("tbody", [:], rows.joined())))
  }

  /// The combined forecast, the naive ones, and the best of the others: at most seven, with their looks.
  var drawn: [(style: String, scores: ModelScores)] {
    guard let combined else { return [] }
    func best(_ models: [ModelScores], _ count: Int) -> [ModelScores] {
      Array(
        models.enumerated()
          .sorted { ($0.element.total.mae ?? .infinity, $0.offset) < ($1.element.total.mae ?? .infinity, $1.offset) }
          .prefix(count).map(\.element))
    }
    let naive = report.models.filter { NaiveModels.names.contains($0.name) && $0.name != combined.name }
    let others = report.models.dropLast().filter { !NaiveModels.names.contains($0.name) && $0.total.mae != nil }
    let references = best(report.references, 2)
    let chosen = [combined] + best(Array(others), 4 - references.count) + references + naive.prefix(2)
    return chosen.enumerated().map { ("line-\($0 + 1)", $1) }
  }

  func skill() -> String {
    let chosen = drawn
    let legend = element(
      "div", ["class": "legend"], chosen.map { legendKey($0.style, $0.scores.name) }.joined())
    let charts = [
      chart("By hour of the day", chosen.map(\.scores.byHour)),
      chart("By month", chosen.map { $0.scores.byMonth.map(monthNamed) }),
      chart("By tenth of what came, \(report.unit)", chosen.map(\.scores.byLevel)),
      relativeByHour(),
    ]
    return legend + element("div", ["class": "charts-two"], charts.joined())
  }

  private func chart(_ title: String, _ sets: [[ScoreSet]]) -> String {
    let groups = sets.first?.map(\.label) ?? []
    let lines = zip(drawn, sets).map { model, sets in
      EvaluationGroupChart.Line(
        name: model.scores.name, style: model.style,
        values: groups.map { group in sets.first { $0.label == group }?.mae })
    }
    return block(EvaluationGroupChart(title: title, unit: report.unit, groups: groups, lines: lines))
  }

  /// Above it an hour is left out of the chart: the night of a solar plant has next to no error to compare with.
  private static let highestRatio = 2.0

  func monthNamed(_ set: ScoreSet) -> ScoreSet {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard let month = Int(set.label), names.indices.contains(month - 1) else { return set }
    return set.labelled(names[month - 1])
  }

  private func relativeByHour() -> String {
    let groups = combined?.byHour.map(\.label) ?? []
    let lines = drawn.map { model in
      EvaluationGroupChart.Line(
        name: model.scores.name, style: model.style,
        values: model.scores.byHour.map { $0.rmae.flatMap { $0 <= EvaluationPage.highestRatio ? $0 : nil } })
    }
    return block(
      EvaluationGroupChart(
        title: "Against the week before, by hour", unit: "rmae", groups: groups, lines: lines, target: 1))
  }

  private func block(_ chart: EvaluationGroupChart) -> String {
    element("div", ["class": "chart-block"], textElement("h3", chart.title) + chart.svg() + readout)
  }

  func calibration() -> String {
    guard let combined else { return "" }
    let models = drawn.filter { !$0.scores.observedFrequencies.isEmpty }
    let charts = EvaluationCalibrationCharts(
      models: models.map { ($0.scores.name, $0.style, $0.scores) })
    let legend = element(
      "div", ["class": "legend"],
      (models.map { legendKey($0.style, $0.scores.name) } + [
        textElement("span", class: "key quiet", "dashed: calibrated")
      ])
      .joined())
    let squares = [
      ("Reliability", charts.reliability()), ("PIT of \(combined.name)", charts.pit(combined)),
    ].map { element("div", ["class": "chart-block"], textElement("h3", $0.0) + $0.1 + readout) }
    let coverage = [(80, combined.byHour.map(\.coverage80)), (90, combined.byHour.map(\.coverage90))].map {
      nominal, values in
      block(
        EvaluationGroupChart(
          title: "Covered by the \(nominal)\u{202F}% interval, by hour" + near(values, nominal), unit: "%",
          groups: combined.byHour.map(\.label),
          lines: [
            EvaluationGroupChart.Line(
              name: combined.name, style: "line-1", values: values.map { $0.map { $0 * 100 } })
          ], target: Double(nominal), percent: true))
    }
    return legend + element("div", ["class": "charts-square"], squares.joined())
      + element("div", ["class": "charts-two"], coverage.joined())
  }

  /// In how many hours the coverage is within two points of the nominal one.
  private func near(_ values: [Double?], _ nominal: Int) -> String {
    let count = values.count { value in value.map { abs($0 * 100 - Double(nominal)) <= 2 } ?? false }
    return " (\(count) of \(values.count) within 2 points)"
  }

  /// Brier scores of the events, against climatology by interval.
  func events() -> String {
    report.events.map { event in
      let rows = event.models.map { model in
        element(
          "tr", [:],
          textElement("td", model.name) + cell(readable(model.brier, decimals: 5))
            + cell(signed(model.skill * 100, decimals: 1)))
      }
      let head = headRow([("model", ""), ("brier", "figure"), ("better than climatology, %", "figure")])
      let text =
        "Values \(event.event) came in \(readable(event.frequency * 100, decimals: 2))\u{202F}% of intervals; the share of "
        + "earlier days in the same interval scores \(readable(event.climatologyBrier, decimals: 5))."
      return textElement("p", text)
        + element("table", ["class": "plain"], element("thead", [:], head) + element("tbody", [:], rows.joined()))
    }.joined()
  }

  func comparisons() -> String {
    guard !report.dieboldMariano.isEmpty else { return textElement("p", class: "quiet", "Nothing to compare.") }
    let key =
      textElement("span", class: "key p-1", "p < 0.01") + textElement("span", class: "key p-5", "p < 0.05")
      + textElement("span", class: "key p-10", "p < 0.10")
    return element("div", ["class": "legend"], key) + report.dieboldMariano.map(matrix).joined()
  }

  private func matrix(_ table: EvaluationReport.ComparisonTable) -> String {
    let head = headRow(
      [(text: "row better than", style: "")] + table.names.map { (text: shortened($0, to: 16), style: "figure") })
    let rows = table.names.enumerated().map { row, name in
      let cells = table.names.indices.map { column -> String in
        guard let p = table.p[row][column] else { return cell(row == column ? "" : "–") }
        let style = p < 0.01 ? "figure p-1" : p < 0.05 ? "figure p-5" : p < 0.1 ? "figure p-10" : "figure"
        return cell(readable(p, decimals: 3), class: style, title: "\(name) against \(table.names[column])")
      }
      return element("tr", [:], element("th", ["scope": "row"], escaped(name)) + cells.joined())
    }
    return textElement("h3", "Daily \(table.loss), \(table.days) days")
      + element(
        "div", ["class": "scroll"],
        element(
          "table", ["class": "matrix"], element("thead", [:], head) + element("tbody", [:], rows.joined())))
  }

  func provenance() -> String {
    let source = report.provenance
    var facts = [
      ("command", source.command), ("program", source.program), ("document", report.schema), ("data", source.file),
      ("format", source.format), ("data hash (SHA-256)", source.sha256), ("seed", String(source.seed)),
    ]
    for reference in source.references {
      facts.append(("published forecasts", "\(reference.file), \(reference.sha256)"))
    }
    let notes = element(
      "ul", ["class": "notes"], (EvaluationPage.explanations + report.notes).map { textElement("li", $0) }.joined())
    return element(
      "div", ["class": "columns-two"],
      element("div", [:], textElement("h3", "Notes") + notes + forecasterNotes())
        + element("div", [:], textElement("h3", "Made from") + provenanceList(facts)))
  }
}
