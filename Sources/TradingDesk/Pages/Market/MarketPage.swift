internal import MarketModel

/// The page of a market's days: what ran, what it cost and what it was worth at every bus; one HTML document that needs
/// nothing else.
struct MarketPage {
  let report: MarketReport
  let trace: MarketTrace

  private var axis: MarketHours { MarketHours(firstDay: report.from, days: report.days.count) }

  func document() -> String {
    htmlPage(
      title: "SpotDesk market · \(report.provenance.data) · \(report.from)",
      followsColourScheme: true,
      isEvaluation: true,
      style: marketPageStyle,
      header: header(),
      main: sections(),
      isPointedAt: true)
  }

  private func sections() -> String {
    [
      section("output", "Output", "by fuel and technology", output()),
      section("prices", "Prices", "locational marginal prices, mean over buses", prices()),
      section("buses", "Prices by bus", "one row for each bus", heatMaps()),
      section("days", "Days", "cost, gap, prices and audits", dayTable()),
      section("provenance", "Provenance and notes", "enough to make this page again", provenance()),
    ].joined(separator: "\n")
  }

  private func header() -> String {
    let facts = [
      ("Data", report.provenance.data), ("Days", "\(report.from) to \(report.to)"),
      ("Audits", report.total.audit), ("Program", report.provenance.program),
    ]
    let entries = [
      ("output", "Output"), ("prices", "Prices"), ("buses", "Buses"), ("days", "Days"), ("provenance", "Provenance"),
    ]
    return pageHeader(
      "A market cleared day-ahead" + (trace.realTime == nil ? "" : " and in real time"), facts: facts,
      headline: headline(), links: entries)
  }

  private func headline() -> String {
    let total = report.total
    let days = Double(max(1, report.days.count))
    let last = report.days.map { $0.realTime ?? $0.dayAhead }
    var cards = [
      card("Cost day-ahead", readable(total.dayAheadCost / 1e6, decimals: 3), "million", "of the cleared schedules")
    ]
    if let cost = total.realTimeCost {
      cards.append(
        card(
          "Cost in real time", readable(cost / 1e6, decimals: 3), "million",
          "\(signed((cost / total.dayAheadCost - 1) * 100, decimals: 1))\u{202F}% against day-ahead"))
      let mean = report.days.reduce(0) { $0 + ($1.realTime?.lmp.mean ?? 0) } / days
      cards.append(card("Mean price in real time", readable(mean, decimals: 2), "for each MWh", "over buses and hours"))
    }
    let mean = report.days.reduce(0) { $0 + $1.dayAhead.lmp.mean } / days
    cards.append(card("Mean price day-ahead", readable(mean, decimals: 2), "for each MWh", "over buses and hours"))
    cards.append(
      card("Mean gap", readable(total.meanGap * 100, decimals: 2), "%", "no commitment costs less by more than that"))
    cards.append(
      card(
        "Not taken", readable(last.reduce(0) { $0 + $1.curtailedMWh } / 1_000, decimals: 1), "GWh",
        "wind and solar that were there"))
    return headlineCards(cards)
  }

  private func output() -> String {
    markets.map { name, market in
      let chart = MarketOutputChart(market: market, axis: axis, label: "\(name): output by group, MW")
      return block(name, chart.legend(), chart.svg())
    }.joined(separator: "\n")
  }

  private func prices() -> String {
    let chart = MarketPriceChart(trace: trace, axis: axis)
    return block("Day-ahead" + (trace.realTime == nil ? "" : " and real time"), chart.legend(), chart.svg())
  }

  private func heatMaps() -> String {
    let steps = PriceHeatMap.steps(of: markets.map(\.market))
    return markets.map { name, market in
      let map = PriceHeatMap(
        market: market, buses: trace.buses, axis: axis, steps: steps, label: "\(name): price of each bus and interval")
      return block(name, map.legend(), map.svg())
    }.joined(separator: "\n")
  }

  private var markets: [(name: String, market: MarketTrace.Market)] {
    [("Day-ahead: cleared schedule", trace.dayAhead)] + (trace.realTime.map { [("Real time: dispatch", $0)] } ?? [])
  }

  private func block(_ title: String, _ legend: String, _ chart: String) -> String {
    element(
      "div", ["class": "chart-block"],
      textElement("h3", title) + legend + chart + "<p class=\"readout\" hidden>Point at the chart to read it.</p>")
  }
}
