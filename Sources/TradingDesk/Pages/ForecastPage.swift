internal import MarketModel

/// The price forecast of a day for the eye: one HTML document that needs nothing else, neither network nor script.
struct ForecastPage {
  let report: ForecastReport
  let fan: DayReport.PriceForecastView

  func document() -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(escaped("SpotDesk price forecast \(report.day) · \(report.provenance.rulePack)"))</title>
    <link rel="icon" href="data:,">
    <style>
    \(dayPageStyle)
    </style>
    </head>
    <body>
    \(header())
    <main>
    \(prices())
    \(madeFrom())
    </main>
    <script>
    \(dayPageScript)
    </script>
    </body>
    </html>

    """
  }

  private func header() -> String {
    let banner =
      report.simulated
      ? "<div class=\"banner\" role=\"alert\"><b>SIMULATED MARKET</b> <span>No figure on this page comes from a real "
        + "market.</span></div>" : ""
    let facts = [
      ("Rule pack", report.provenance.rulePack),
      ("Gate (information cutoff)", report.provenance.informationCutoff), ("Data as of", report.provenance.dataAsOf),
    ].map { element("div", [:], textElement("dt", $0.0) + textElement("dd", $0.1)) }.joined()
    let title = element("div", [:], textElement("h1", "Price forecast \(report.day)"))
    return banner
      + element("header", [:], element("div", ["class": "title"], title + element("dl", ["class": "facts"], facts)))
  }

  private func prices() -> String {
    let chart = PriceFanChart(forecast: fan, currency: report.currency)
    let toggle =
      "<input type=\"checkbox\" id=\"show-scenarios\"><label for=\"show-scenarios\">show "
      + "\(fan.scenarioPaths.count) of \(report.provenance.scenarios) scenarios</label>"
    let readout = "<p class=\"readout\" hidden>Point at the chart to read an interval.</p>"
    return section(
      "prices", "Day-ahead price", "\(report.currency)/MWh",
      element("div", ["class": "chart-block"], toggle + chart.legend() + chart.svg() + readout))
  }

  private func madeFrom() -> String {
    let used = report.provenance
    let facts = [
      ("program", used.program), ("document", report.schema), ("rule pack source", used.rulePackSource),
      ("data hash (SHA-256)", used.dataHash), ("seed", "\(used.seed)"),
      ("scenarios", "\(used.scenarios), written \(used.scenariosWritten)"),
    ].map { textElement("dt", $0.0) + textElement("dd", $0.1) }.joined()
    let notes =
      report.notes.isEmpty
      ? textElement("p", class: "quiet", "No notes.")
      : element("ul", ["class": "notes"], report.notes.map { textElement("li", $0) }.joined())
    return section(
      "provenance", "Models and notes", "enough to make this forecast again",
      element(
        "div", ["class": "columns-two"],
        element("div", [:], modelTable(report.models, currency: report.currency) + textElement("h3", "Notes") + notes)
          + element(
            "div", [:],
            textElement("h3", "Made from") + element("dl", ["class": "provenance"], facts) + seriesTable(used.series))))
  }

  private func section(_ identifier: String, _ title: String, _ subtitle: String, _ content: String) -> String {
    let heading = element("h2", [:], escaped(title) + " " + textElement("small", subtitle))
    return element("section", ["id": identifier], heading + "\n" + content)
  }
}
