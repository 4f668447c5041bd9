internal import MarketModel

/// The trader's screen of a prepared day: one HTML document that needs nothing else, neither network nor script.
///
/// The same report gives the same document, byte for byte. The few lines of script only show under a chart what the
/// pointer rests on; the same text is in the tooltips.
public func dayPage(_ report: DayReport) -> String { DayPage(report: report).document() }

/// The sections of the screen, in the order in which a trader reads them before the gate.
struct DayPage {
  let report: DayReport

  var currency: String { report.currency }
  /// "10,000 CNY", the unit of money on the page.
  var moneyUnit: String { "10,000 \(report.currency)" }

  func document() -> String {
    htmlPage(
      title: "SpotDesk \(report.day) · \(report.provenance.rulePack)",
      banner: simulatedBanner(report.simulated, "Do not submit these offers."), header: header(),
      main: sections(),
      isPointedAt: true)
  }

  private func sections() -> String {
    [
      section("prices", "Price forecast", "\(currency)/MWh, day-ahead", priceFan()),
      section(
        "offers", "Offers by segment", "up to MW gross at \(currency)/MWh net; tooltip: why", offerTables()),
      section(
        "curves", "Bid curves",
        "at the right of each unit: expected profit, optimised less standard, \(moneyUnit)", bidCurves()),
      section(
        "schedule", "Planned schedule", "optimised offer at expected prices; share of rated capacity",
        schedule()),
      section(
        "units", "Standard against optimised",
        "expected; money in \(moneyUnit), energy in net MWh; in brackets 10–90\u{202F}%",
        unitResults()),
      section("compliance", "Compliance", "optimised offers; every check over all bids", complianceTable()),
      section("reasons", "Why each offer has its shape", "unit by unit", reasons()),
      section("provenance", "Provenance and notes", "enough to make this day again", provenance()),
    ].joined(separator: "\n")
  }

  private func priceFan() -> String {
    guard !report.forecast.intervalEnd.isEmpty else { return textElement("p", class: "quiet", "No forecast.") }
    let chart = PriceFanChart(forecast: report.forecast, unit: "\(currency)/MWh")
    let toggle =
      report.forecast.scenarioPaths.isEmpty
      ? ""
      : "<input type=\"checkbox\" id=\"show-scenarios\"><label for=\"show-scenarios\">show "
        + "\(report.forecast.scenarioPaths.count) of \(readable(Double(report.provenance.scenarios))) scenarios</label>"
    return element("div", ["class": "chart-block"], toggle + chart.legend() + chart.svg() + readout)
  }

  private func bidCurves() -> String {
    let form =
      report.provenance.curveForm == "slopes"
      ? "slopes (first block level, then a line from point to point)"
      : "\(report.provenance.curveForm) (each segment in full)"
    let keys = [
      ("optimised", "optimised offer"), ("standard", "standard offer"),
      ("marginal-cost", "marginal cost by segment (first: average cost)"),
      ("price-shade", "10–90\u{202F}% price range; darker: in more intervals"),
    ].map { element("span", ["class": "key"], "<i class=\"swatch \($0.0)\"></i>" + escaped($0.1)) }
    let legend = keys.joined() + textElement("span", class: "key quiet", "Form: " + form)
    let figures = BidCurveCharts(report).figures()
    return element("div", ["class": "legend"], legend) + element("div", ["class": "curves"], figures)
  }

  private func schedule() -> String {
    let map = ScheduleHeatMap(report: report)
    let contracted = "Contracted energy of the day: \(readable(report.fleet.contractedEnergyMWh)) MWh."
    let keys = [("optimised", "optimised"), ("standard", "standard")].map {
      element("span", ["class": "key"], "<i class=\"swatch \($0.0)\"></i>" + escaped($0.1))
    }
    let fleetLegend = keys.joined() + textElement("span", class: "key quiet", contracted)
    return element(
      "div", ["class": "chart-block"],
      element("div", ["class": "legend"], fleetLegend) + map.fleetChart() + map.legend() + map.svg() + readout)
  }

  /// The line under a chart that the script fills; without script it stays out of sight.
  private var readout: String { "<p class=\"readout\" hidden>Point at the chart to read an interval.</p>" }
}
