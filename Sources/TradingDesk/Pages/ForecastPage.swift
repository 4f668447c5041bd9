internal import MarketModel

/// The forecast of a day's price, load, wind or solar power for the eye: one HTML document that needs nothing else, neither
/// network nor script.
struct ForecastPage {
  let day: MarketDay
  /// "price", "load".
  let name: String
  /// "Day-ahead price", "Load".
  let subject: String
  let unit: String
  let schema: String
  let simulated: Bool
  let provenance: ForecastReport.Provenance
  let models: [ForecastModelRecord]
  let notes: [String]
  let fan: DayReport.PriceForecastView
  let comparison: String

  init(_ report: ForecastReport, fan: DayReport.PriceForecastView) {
    (day, name, subject, unit) = (report.day, "price", "Day-ahead price", "\(report.currency)/MWh")
    (schema, simulated, provenance) = (report.schema, report.simulated, report.provenance)
    (models, notes, self.fan, comparison) = (report.models, report.notes, fan, "same as yesterday")
  }

  init(_ report: PowerForecastReport, fan: DayReport.PriceForecastView) {
    let name = report.target.rawValue
    (day, self.name, unit) = (report.day, name, report.unit)
    subject = name.prefix(1).uppercased() + name.dropFirst() + (report.target == .load ? "" : " power")
    (schema, simulated, provenance) = (report.schema, report.simulated, report.provenance)
    (models, notes, self.fan, comparison) = (report.models, report.notes, fan, report.comparison)
  }

  func document() -> String {
    htmlPage(
      title: "SpotDesk \(name) forecast \(day) · \(provenance.rulePack)",
      banner: simulatedBanner(simulated), header: header(),
      main: [
        prices(),
        madeFrom(),
      ].joined(separator: "\n"),
      isPointedAt: true)
  }

  private func header() -> String {
    let facts = [
      ("Rule pack", provenance.rulePack),
      ("Gate (information cutoff)", provenance.informationCutoff), ("Data as of", provenance.dataAsOf),
    ]
    let title = element(
      "div", [:], textElement("h1", "\(name.prefix(1).uppercased() + name.dropFirst()) forecast \(day)"))
    return element("header", [:], titleBlock(title, facts: facts))
  }

  private func prices() -> String {
    let chart = PriceFanChart(forecast: fan, unit: unit, subject: subject.lowercased(), comparison: comparison)
    let toggle =
      "<input type=\"checkbox\" id=\"show-scenarios\"><label for=\"show-scenarios\">show "
      + "\(fan.scenarioPaths.count) of \(provenance.scenarios) scenarios</label>"
    let readout = "<p class=\"readout\" hidden>Point at the chart to read an interval.</p>"
    return section(
      "prices", subject, unit,
      element("div", ["class": "chart-block"], toggle + chart.legend() + chart.svg() + readout))
  }

  private func madeFrom() -> String {
    let used = provenance
    let facts = [
      ("program", used.program), ("document", schema), ("rule pack source", used.rulePackSource),
      ("data hash (SHA-256)", used.dataHash), ("seed", "\(used.seed)"),
      ("scenarios", "\(used.scenarios), written \(used.scenariosWritten)"),
    ]
    let list =
      notes.isEmpty
      ? textElement("p", class: "quiet", "No notes.")
      : element("ul", ["class": "notes"], notes.map { textElement("li", $0) }.joined())
    return section(
      "provenance", "Models and notes", "enough to make this forecast again",
      element(
        "div", ["class": "columns-two"],
        element("div", [:], modelTable(models, unit: unit) + textElement("h3", "Notes") + list)
          + element(
            "div", [:],
            textElement("h3", "Made from") + provenanceList(facts) + seriesTable(used.series))))
  }
}
