/// The page of several evaluations: scores only, so that it can be shown where the data may not; one HTML document that needs
/// nothing else.
struct EvaluationSummaryPage {
  /// A name for each document, and the document.
  let reports: [(name: String, report: EvaluationReport)]
  let program: String
  let command: String

  func document() -> String {
    htmlPage(
      title: "SpotDesk evaluation: summary",
      followsColourScheme: true,
      isEvaluation: true,
      header: header(),
      main: [
        section(
          "overview", "Overview", "combined forecasts; p: Diebold-Mariano, daily absolute errors, one-sided", overview()
        ),
        reports.map(dataSet).joined(separator: "\n"),
        section("provenance", "Provenance", "enough to make this page again", provenance()),
      ].joined(separator: "\n"))
  }

  private func header() -> String {
    let programs = Set(reports.map(\.report.provenance.program)).sorted().joined(separator: ", ")
    let days = reports.reduce(0) { $0 + $1.report.testDays }
    let facts = [("Data sets", String(reports.count)), ("Test days", String(days)), ("Program", programs)]
    let entries =
      [("overview", "Overview")] + reports.map { (anchor($0.name), $0.name) } + [("provenance", "Provenance")]
    return pageHeader("Evaluation on public data", facts: facts, links: entries)
  }

  private func overview() -> String {
    let titles =
      ["data set", "target", "test days", "unit", "mae", "rmae", "crps", "80\u{202F}%", "90\u{202F}%", "energy score"]
      + ["best published", "its mae", "ours against it, %", "p"]
    let words: Set = ["data set", "target", "unit", "best published"]
    let head = headRow(titles.map { (text: $0, style: words.contains($0) ? "" : "figure") })
    let rows = reports.compactMap { name, report in EvaluationSummary.Row(name: name, report).map { row($0, report) } }
    return scrolled(head, [rows.joined()])
  }

  private func row(_ row: EvaluationSummary.Row, _ report: EvaluationReport) -> String {
    let page = EvaluationPage(report: report, samples: EvaluationSamples([]))
    func share(_ value: Double?) -> String { page.figure(value.map { $0 * 100 }, decimals: 1) }
    let cells = [
      element("td", [:], element("a", ["href": "#\(anchor(row.name))"], escaped(row.name))),
      textElement("td", row.target), cell(String(row.testDays)), textElement("td", row.unit),
      cell(page.figure(row.scores.mae), class: "figure strong"), cell(page.figure(row.scores.rmae, decimals: 3)),
      cell(page.figure(row.scores.crps)), cell(share(row.scores.coverage80)), cell(share(row.scores.coverage90)),
      cell(page.figure(row.paths?.energyScore)), textElement("td", row.published?.name ?? "–"),
      cell(page.figure(row.published?.mae)),
      cell(row.published.map { signed($0.difference * 100, decimals: 1) } ?? "–"),
      cell(page.figure(row.published?.p, decimals: 4)),
    ]
    return element("tr", [:], cells.joined())
  }

  private func dataSet(_ name: String, _ report: EvaluationReport) -> String {
    let page = EvaluationPage(report: report, samples: EvaluationSamples([]))
    let subtitle =
      "\(report.target) · \(report.provenance.file) · \(report.testFrom) to \(report.testTo), \(report.testDays) days of "
      + "\(report.intervalsPerDay) · \(report.unit)"
    let further = report.events.isEmpty ? "" : textElement("h3", "Events") + page.events()
    return section(anchor(name), name, subtitle, page.overallTable() + page.smallMultiples() + further)
  }

  private func provenance() -> String {
    let own = provenanceList([("command", command), ("program", program)])
    let sets = reports.map { name, report in
      let source = report.provenance
      let references = source.references.map { ("published forecasts", "\($0.file), SHA-256 \($0.sha256)") }
      return textElement("h3", name)
        + provenanceList(
          [
            ("command", source.command), ("program", source.program), ("data", "\(source.file) (\(source.format))"),
            ("SHA-256", source.sha256), ("seed", String(source.seed)),
          ] + references)
    }
    let notes = EvaluationPage.explanations.map { textElement("li", $0) }.joined()
    return element("ul", ["class": "notes"], notes) + textElement("h3", "This page") + own + sets.joined()
  }

  /// Letters, digits and hyphens only.
  private func anchor(_ name: String) -> String {
    "set-" + name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "-" }.joined()
  }
}
