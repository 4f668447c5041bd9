/// The page of positions over many days; one HTML document that needs nothing else.
public func positionsPage(_ report: PositionsReport) -> String { PositionsPage(report: report).document() }

struct PositionsPage {
  let report: PositionsReport

  func document() -> String {
    htmlPage(
      title: "SpotDesk positions · \(report.from) to \(report.to)",
      isEvaluation: true,
      banner: simulatedBanner(report.simulated),
      header: header,
      main: [
        figures,
        sections.map { section($0.identifier, $0.title, $0.subtitle, $0.content) }.joined(separator: "\n"),
      ].joined(separator: "\n"))
  }

  private var sections: [(identifier: String, title: String, subtitle: String, content: String)] {
    [
      ("classes", "Classes", "sums over \(report.days) days, profit in 10,000 \(report.currency)", classes),
      (
        "days", "Days", "profit of the whole so far, 10,000 \(report.currency)",
        running([
          ("expected", report.rows.map(\.expectedProfit), 2),
          ("realised", known(\.realisedProfit), 3),
          ("realised, hedged", known(\.realisedHedged), 5),
        ])
      ),
      (
        "joint", "Joint and separate", "worth of one hedge over one for each desk so far, 10,000 \(report.currency)",
        running([("joint over separate", report.rows.map(\.jointValue), 2)])
      ),
      (
        "exposure", "Exposure", "MW at the day-ahead and the real-time price, mean over the days",
        report.exposure.intervalEnd.isEmpty
          ? textElement("p", "days have different numbers of intervals")
          : exposure
      ),
      (
        "procurement", "Retail procurement", "sums over the days of what is expected, and of CVaR 5 % of each day",
        plainTable(
          ["retail buys", "expected margin, 10,000 \(report.currency)", "CVaR 5 %"], words: 1,
          report.procurement.map {
            [$0.way, tenThousands($0.expectedMargin), tenThousands($0.conditionalValueAtRisk_5)]
          })
      ),
      (
        "notes", "Notes", "",
        element("ul", ["class": "notes"], (report.violations + report.notes).map { textElement("li", $0) }.joined())
      ),
    ]
  }

  private var header: String {
    let facts = [
      ("Days", "\(report.from) to \(report.to), one of \(report.every)"),
      ("Paths", "\(report.paths), seed \(report.seed)"),
      ("Program", report.program),
    ]
    return pageHeader(
      "Position of \(report.days) days", facts: facts, links: sections.map { ($0.identifier, $0.title) })
  }

  private var figures: String {
    let (hedge, joint, unit) = (report.hedge, report.joint, "10,000 \(report.currency)")
    func known(_ value: Double?) -> String { value.map { tenThousands($0) } ?? "not known" }
    return headlineCards([
      card(
        "Expected profit", tenThousands(report.total.expectedProfit), unit, "realised \(known(hedge.realisedBefore))"),
      card(
        "CVaR 5 % of a day", tenThousands(hedge.meanConditionalValueAtRisk_5Before), unit,
        "hedged \(tenThousands(hedge.meanConditionalValueAtRisk_5After)), mean over the days"),
      card(
        "Worst twentieth of days", known(hedge.realisedConditionalValueAtRisk_5Before), unit,
        "hedged \(known(hedge.realisedConditionalValueAtRisk_5After)), at what came"),
      card(
        "Joint over separate, a day", tenThousands(joint.meanValue), unit,
        "95 % interval \(tenThousandsInterval(joint.low, joint.high))"),
    ])
  }

  private var classes: String {
    plainTable(
      ["class", "expected", "realised", "CVaR 5 % of a day", "day-ahead MWh", "real-time MWh"], words: 1,
      (report.classes + [report.total]).map { part in
        [
          part.name, tenThousands(part.expectedProfit), part.realisedProfit.map { tenThousands($0) } ?? "–",
          tenThousands(part.meanConditionalValueAtRisk_5), readable(part.dayAheadMWh), readable(part.realTimeMWh),
        ]
      })
  }

  /// Values of the days; none where one of them is not known, since a sum would jump over it.
  private func known(_ value: (PositionsReport.Day) -> Double?) -> [Double] {
    let values = report.rows.compactMap(value)
    return values.count == report.rows.count ? values : []
  }

  /// Running sums over the days.
  private func running(_ lines: [(name: String, values: [Double], look: Int)]) -> String {
    let sums = lines.map { line -> (String, [Double], Int) in
      var sum = 0.0
      return (
        line.name,
        line.values.map {
          sum += $0 / 10_000
          return sum
        }, line.look
      )
    }
    let chart = LineChart(
      lines: sums, width: report.days, label: lines.map(\.name).joined(separator: ", ") + " so far, by day")
    return chart.markup { canvas in
      let count = report.rows.count
      for place in stride(from: 0, to: count, by: max(1, count / 6)) {
        canvas.text(
          "\(report.rows[place].day)", x: canvas.x(Double(place)), y: canvas.plotBottom + 18, anchor: "middle")
      }
    }
  }

  private var exposure: String {
    let own = report.exposure
    let lines = [
      ("day-ahead", own.dayAheadMWh, 2), ("day-ahead, hedged", own.hedgedDayAheadMWh, 3),
      ("real time", own.realTimeMWh, 5),
    ]
    return LineChart.ofDay(
      lines.map { ($0.0, $0.1.map { $0 / own.intervalHours }, $0.2) }, intervalEnd: own.intervalEnd)
  }
}
