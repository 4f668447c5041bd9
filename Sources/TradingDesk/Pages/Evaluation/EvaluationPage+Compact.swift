extension EvaluationPage {
  /// Skill by hour, month and level and the reliability side by side, small.
  func smallMultiples() -> String {
    let chosen = drawn
    let legend = element("div", ["class": "legend"], chosen.map { legendKey($0.style, $0.scores.name) }.joined())
    let calibrated = chosen.filter { !$0.scores.observedFrequencies.isEmpty }
    var charts = [
      small("By hour", chosen.map(\.scores.byHour)),
      small("By month", chosen.map { $0.scores.byMonth.map(monthNamed) }),
      small("By tenth of what came", chosen.map(\.scores.byLevel)),
    ]
    if !calibrated.isEmpty {
      let diagram = EvaluationCalibrationCharts(models: calibrated.map { ($0.scores.name, $0.style, $0.scores) })
      charts.append(
        element("div", ["class": "chart-block"], textElement("h3", "Reliability") + diagram.reliability(height: 300)))
    }
    return legend + element("div", ["class": "charts-small"], charts.joined())
  }

  private func small(_ title: String, _ sets: [[ScoreSet]]) -> String {
    let groups = sets.first?.map(\.label) ?? []
    let lines = zip(drawn, sets).map { model, sets in
      EvaluationGroupChart.Line(
        name: model.scores.name, style: model.style,
        values: groups.map { group in sets.first { $0.label == group }?.mae })
    }
    let chart = EvaluationGroupChart(
      title: title, unit: "mae, \(report.unit)", groups: groups, lines: lines, width: 450, height: 300)
    return element("div", ["class": "chart-block"], textElement("h3", title) + chart.svg())
  }

  /// What the forecaster said of test days.
  func forecasterNotes() -> String {
    guard !report.forecasterNotes.isEmpty else { return "" }
    var lines = report.forecasterNotes.map { note in
      textElement("li", "\(note.day)\(note.site.isEmpty ? "" : ", \(note.site)"): \(note.note)")
    }
    if report.furtherForecasterNotes > 0 {
      lines.append(textElement("li", "and \(report.furtherForecasterNotes) more"))
    }
    return textElement("h3", "What the forecaster said of test days")
      + element("ul", ["class": "notes"], lines.joined())
  }

  /// How to read the figures.
  static let explanations = [
    "No value of a test day was read by a model before its forecast was recorded.",
    "rmae: mean absolute error against that of the same hour a week before (Lago et al. 2021).",
    "crps: pinball loss averaged over 99 percentiles, about half the continuous ranked probability score.",
    "Intervals hold their ends, so that a value on a heap of equal percentiles (a floor, the night) counts as covered; "
      + "PIT and reliability spread such values evenly over the heap.",
    "energy score and variogram score (of order one half): of the joint paths of a day, against those of a Gaussian copula of "
      + "the empirical correlation and of a Schaake shuffle on the same percentiles; lower is better.",
    "Diebold-Mariano: mean loss of a day as one observation, so that the hours of a day count together.",
  ]
}
