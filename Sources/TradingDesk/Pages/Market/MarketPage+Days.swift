extension MarketPage {
  /// One row for each day and market.
  func dayTable() -> String {
    let titles = [
      "day", "market", "cost", "gap, %", "lowest price", "mean", "highest", "not taken, MWh", "missing, MWh",
      "reserve missing, MWh", "starts", "congestion rent", "congested intervals", "unit hours added", "seconds",
      "audit",
    ]
    let words: Set = ["day", "market", "audit"]
    let head = headRow(titles.map { (text: $0, style: words.contains($0) ? "" : "figure") })
    let rows = report.days.map { day in
      let seconds = day.seconds.commitment + day.seconds.prices
      let ahead = row(
        "\(day.day)", "day-ahead", day.dayAhead, gap: readable(day.gap * 100, decimals: 3), added: "",
        seconds: seconds, audits: [day.audit.commitment, day.audit.dayAhead])
      guard let real = day.realTime else { return ahead }
      return ahead
        + row(
          "", "real time", real, gap: "", added: String(day.addedUnitHours),
          seconds: day.seconds.reliability + day.seconds.realTime,
          audits: [day.audit.reliability, day.audit.realTime].compactMap { $0 })
    }
    return element(
      "div", ["class": "scroll"],
      element("table", ["class": "plain"], element("thead", [:], head) + element("tbody", [:], rows.joined())))
  }

  private func row(
    _ day: String, _ market: String, _ outcome: MarketReport.Outcome, gap: String, added: String, seconds: Double,
    audits: [String]
  ) -> String {
    let cells = [
      textElement("td", class: "nowrap", day), textElement("td", class: "nowrap", market), cell(readable(outcome.cost)),
      cell(gap), cell(readable(outcome.lmp.min, decimals: 2)), cell(readable(outcome.lmp.mean, decimals: 2)),
      cell(readable(outcome.lmp.max, decimals: 2)), cell(readable(outcome.curtailedMWh)),
      cell(readable(outcome.shortageMWh, decimals: 1)), cell(readable(outcome.reserveShortfallMWh, decimals: 1)),
      cell(String(outcome.starts)), cell(readable(outcome.congestionRent)), cell(String(outcome.congestedIntervals)),
      cell(added), cell(readable(seconds, decimals: 1)),
      textElement("td", audits.first { $0 != "passed" } ?? "passed"),
    ]
    return element("tr", [:], cells.joined())
  }

  func provenance() -> String {
    let source = report.provenance
    let facts = [
      ("command", source.command), ("program", source.program), ("document", report.schema), ("data", source.data),
      ("data hash (SHA-256 over all files)", source.sha256),
    ]
    let notes = element("ul", ["class": "notes"], report.notes.map { textElement("li", $0) }.joined())
    return element(
      "div", ["class": "columns-two"],
      element("div", [:], textElement("h3", "Notes") + notes)
        + element("div", [:], textElement("h3", "Made from") + provenanceList(facts)))
  }
}

/// Colours of the groups and of the prices beside those of the other pages: Okabe and Ito's set for the groups, steps of falling
/// lightness for the prices.
let marketPageStyle =
  groupStyle
  + heatColours.enumerated().map { "path.heat-\($0){fill:\($1)}.swatch.heat-\($0){background:\($1)}" }.joined() + """

    path.heat{stroke:none}
    path.demand{stroke:var(--ink);stroke-width:1.8}
    .swatch.demand{height:0;border-top:3px solid var(--ink)}
    path.curtailed{fill:var(--quiet);fill-opacity:.22}
    .swatch.curtailed{background:var(--quiet);opacity:.35}
    """

private let heatColours = [
  "#fdf6c8", "#e9eba0", "#bfe0a0", "#86cfa9", "#4fb8b3", "#2f99b7", "#2773ae", "#274a91", "#1b1f5c",
]

private let groupStyle =
  ["#7b4b94", "#5f5a55", "#d9a066", "#56b4e9", "#009e73", "#f0e442", "#e69f00", "#d55e00", "#cc79a7", "#9aa5af"]
  .enumerated().map { "path.group-\($0 + 1){fill:\($1)}.swatch.group-\($0 + 1){background:\($1)}" }.joined()
