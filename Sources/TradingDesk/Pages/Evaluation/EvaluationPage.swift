internal import MarketModel

/// The page of an evaluation: one HTML document that needs nothing else, neither network nor script.
func evaluationPage(_ report: EvaluationReport, samples: EvaluationSamples) -> String {
  EvaluationPage(report: report, samples: samples).document()
}

/// The sections of the page.
struct EvaluationPage {
  let report: EvaluationReport
  let samples: EvaluationSamples

  /// The combined forecast.
  var combined: ModelScores? { report.models.last }
  var decimals: Int { (combined?.total.mae ?? 1) < 0.5 ? 5 : 3 }

  func document() -> String {
    htmlPage(
      title: "SpotDesk evaluation · \(report.target) · \(report.provenance.file)",
      followsColourScheme: true,
      isEvaluation: true,
      header: header(),
      main: sections(),
      isPointedAt: true)
  }

  private func sections() -> String {
    let days = "\(report.testDays) test days of \(report.intervalsPerDay) intervals"
    var parts = [
      section("models", "Models", "\(days); mae, rmse and crps in \(report.unit)", modelTables()),
      section("weeks", "Sample weeks", report.unit, weeks()),
      section("skill", "Skill by hour, month and level", "mean absolute error, \(report.unit)", skill()),
    ]
    if combined?.observedFrequencies.isEmpty == false {
      parts.append(
        section("calibration", "Calibration", "reliability, PIT, coverage by hour", calibration()))
    }
    if !report.events.isEmpty {
      parts.append(section("events", "Events", "Brier scores of probabilities", events()))
    }
    parts.append(
      section(
        "tests", "Diebold-Mariano tests",
        "one-sided p that the row loses no less than the column; low: better",
        comparisons()))
    parts.append(
      section("provenance", "Provenance and notes", "enough to make this page again", provenance()))
    return parts.joined(separator: "\n")
  }

  private func header() -> String {
    let names = ["prices": "Day-ahead prices", "real-time": "Real-time prices"]
    let title = names[report.target] ?? report.target.prefix(1).uppercased() + report.target.dropFirst()
    let facts = [
      ("Data", "\(report.provenance.file) (\(report.provenance.format))"),
      ("Test days", "\(report.testFrom) to \(report.testTo)"), ("Program", report.provenance.program),
    ]
    let entries = [
      ("models", "Models"), ("weeks", "Weeks"), ("skill", "Skill"), ("calibration", "Calibration"), ("tests", "Tests"),
      ("provenance", "Provenance"),
    ]
    return pageHeader("Evaluation: \(title)", facts: facts, headline: headline(), links: entries)
  }

  private func headline() -> String {
    guard let combined else { return "" }
    let total = combined.total
    let naive = report.models.first { $0.name == "naive" }?.total.mae
    var cards = [
      card(
        "Mean absolute error, \(combined.name)", figure(total.mae), report.unit,
        naive.map { "the week before: \(figure($0))" } ?? ""),
      card("Against the week before (rmae)", figure(total.rmae, decimals: 3), "", "below 1 is better"),
    ]
    if let best = report.references.min(by: { ($0.total.mae ?? .infinity) < ($1.total.mae ?? .infinity) }),
      let own = total.mae, let other = best.total.mae, other > 0
    {
      cards.append(
        card(
          "Against the best published", signed((own / other - 1) * 100, decimals: 1), "%",
          "\(best.name): \(figure(other))"))
    }
    if let crps = total.crps {
      cards.append(card("Mean pinball loss (crps)", figure(crps), report.unit, "over 99 percentiles"))
      let coverage = [total.coverage80, total.coverage90].map { $0.map { readable($0 * 100, decimals: 1) } ?? "–" }
      cards.append(
        card("Covered by the 80\u{202F}% interval", coverage[0], "%", "by the 90\u{202F}% one: \(coverage[1])\u{202F}%")
      )
    }
    return headlineCards(cards)
  }

  func figure(_ value: Double?, decimals: Int? = nil) -> String {
    value.map { readable($0, decimals: decimals ?? self.decimals) } ?? "–"
  }

  private func weeks() -> String {
    guard !samples.weeks.isEmpty else { return textElement("p", class: "quiet", "No forecasts.") }
    return samples.weeks.map { week in
      let chart = EvaluationWeekChart(week: week, unit: report.unit)
      return element(
        "div", ["class": "chart-block"], textElement("h3", week.title) + chart.legend() + chart.svg() + readout)
    }.joined(separator: "\n")
  }

  /// The line under a chart that the script fills; without script it stays out of sight.
  var readout: String { "<p class=\"readout\" hidden>Point at the chart to read it.</p>" }
}
