internal import MarketModel

/// The page of a learned offer: its learning curve, and what it earned beside the optimiser on days that it had not seen.
struct LearnedOfferPage {
  let report: LearnedOfferReport

  func document() -> String {
    htmlPage(
      title: "SpotDesk learned offer · \(report.from) to \(report.to)",
      followsColourScheme: true,
      isEvaluation: true,
      banner: simulatedBanner(true), header: header(),
      main: [
        section("unseen", "On unseen days", "money in 10,000; gain over the price taker", table()),
        section("curve", "Learning curve", "gain over offers at cost in % of revenue, by epoch", curve()),
      ].joined(separator: "\n"))
  }

  private func header() -> String {
    let facts = [
      ("Learned on", "\(report.trainFrom) to \(report.trainTo)"), ("Unseen", "\(report.from) to \(report.to)"),
      ("Under contract", "\(readable(100 * report.cover)) %"), ("Seed", String(report.seed)), marketFact(true),
      (
        "Against the optimiser",
        "\(signed(report.profitAgainstOptimiserPercent, decimals: 3)) % of profit, "
          + (report.isWithinTwoPercent ? "within 2 %" : "not within 2 %")
      ),
    ]
    return pageHeader("A learned offer beside the optimiser", facts: facts)
  }

  private func table() -> String {
    let head = headRow([
      ("offer", ""), ("profit", "figure"), ("gain", "figure"), ("95 % interval", "figure"), ("% of revenue", "figure"),
      ("days lost", "figure"), ("bids wrong", "figure"), ("days refused", "figure"),
    ])
    let rows = report.rows.map { row in
      element(
        "tr", [:],
        textElement("td", row.policy)
          + [
            tenThousands(row.profit), tenThousands(row.gain),
            tenThousandsInterval(row.low, row.high), signed(row.percentOfRevenue, decimals: 3),
            String(row.daysLost), String(row.violatedBids), String(row.daysRefused),
          ].map { cell($0) }.joined())
    }
    return scrolled(head, [rows.joined()])
  }

  private func curve() -> String {
    let curves = [
      ("training days", report.course.map(\.trainingPercent)), ("held-out days", report.course.map(\.heldOutPercent)),
    ]
    let epochs = report.course.map { Double($0.epoch) }
    let all = curves.flatMap(\.1) + [0]
    let range = (all.min() ?? 0)...(all.max() ?? 1)
    var canvas = ChartCanvas(
      width: 960, height: 320, margins: .init(left: 70, right: 20, top: 12, bottom: 30),
      horizontal: 0...max(epochs.last ?? 1, 1), vertical: range)
    canvas.verticalAxis(ticks: roundTicks(in: range, about: 6))
    for tick in roundTicks(in: 0...max(epochs.last ?? 1, 1), about: 6) {
      canvas.text(readable(tick), x: canvas.x(tick), y: canvas.plotBottom + 18, anchor: "middle")
    }
    for (number, curve) in curves.enumerated() {
      canvas.line(zip(epochs, curve.1).map { ChartPoint(x: $0, y: $1) }, class: "line line-\(number + 1)")
    }
    let legend = curves.enumerated().map { number, curve in
      element("span", [:], element("span", ["class": "swatch line-\(number + 1)"]) + " " + escaped(curve.0) + " ")
    }
    return element("p", ["class": "legend"], legend.joined()) + canvas.svg(label: "Learning curve")
  }
}
