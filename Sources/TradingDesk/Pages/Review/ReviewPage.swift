/// The page of a review, made from the report alone.
public func reviewPage(_ report: ReviewReport) -> String { ReviewPage(report: report).document() }

struct ReviewPage {
  let report: ReviewReport

  func document() -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(escaped("SpotDesk review · \(days)"))</title>
    <link rel="icon" href="data:,">
    <style>
    \(dayPageStyle)
    \(evaluationPageStyle)
    .effect-up{fill:#00735c}.effect-down{fill:#c0500c}.level{fill:#43535f}
    </style>
    </head>
    <body class="evaluation">
    \(header())
    <main>
    \(section("waterfall", "From perfect foresight to realised", "\(report.currency), to the cent; " + report.waterfall.order, waterfall()))
    \(section("findings", "What took most", "the largest losses with their cause", findings()))
    \(section("days", "Days", "10,000 \(report.currency)", dayTable()))
    \(section("units", "Units", "10,000 \(report.currency)", unitTable()))
    \(section("metrics", "Figures of the fleet", "energies net", metrics()))
    \(section("lost", "Lost energy", "of what perfect foresight would have delivered, by cause", lost()))
    \(section("skill", "Price forecast", "\(report.currency)/MWh", skill()))
    \(report.stack.map { section("stack", "The market's offers", $0.sentence, stack($0)) } ?? "")
    \(section("notes", "Notes", report.rulePack, element("ul", ["class": "notes"], report.notes.map { textElement("li", $0) }.joined())))
    </main>
    </body>
    </html>

    """
  }

  private var days: String { report.from == report.to ? "\(report.from)" : "\(report.from) to \(report.to)" }

  private func header() -> String {
    let facts = [
      ("Days", "\(report.days.count) of \(days)"), ("Units", String(report.units.count)), ("Rules", report.rulePack),
      ("Realised", "\(readable(report.waterfall.realised, decimals: 2)) \(report.currency)"),
      ("Market", report.simulated ? "SIMULATED" : "as imported"),
    ]
    let list = facts.map { element("div", [:], textElement("dt", $0.0) + textElement("dd", $0.1)) }.joined()
    return element(
      "header", [:],
      element("div", ["class": "title"], textElement("h1", "Review") + element("dl", ["class": "facts"], list)))
  }

  private func section(_ identifier: String, _ title: String, _ subtitle: String, _ content: String) -> String {
    let heading = element("h2", [:], escaped(title) + " " + textElement("small", subtitle))
    return element("section", ["id": identifier], heading + "\n" + content)
  }

  private func waterfall() -> String {
    WaterfallChart(report.waterfall).svg()
      + plainTable(
        ["step", "effect", "level"], words: 1,
        report.waterfall.steps.map { step in
          let isLevel = step.step == "perfect-foresight" || step.step == "realised"
          return [step.step, isLevel ? "" : signed(step.amount, decimals: 2), readable(step.after, decimals: 2)]
        })
  }

  private func findings() -> String {
    report.findings.isEmpty
      ? textElement("p", "Nothing was lost against perfect foresight.")
      : plainTable(
        ["day", "unit", "cause", "why", "amount"], words: 4,
        report.findings.map { ["\($0.day)", $0.unit, $0.cause, $0.sentence, readable($0.amount, decimals: 2)] })
  }

  private func dayTable() -> String {
    plainTable(
      ["day", "most was lost by", "standard", "optimised", "perfect", "realised", "lost MWh"], words: 2,
      report.days.map {
        [
          "\($0.day)", $0.worst ?? "–", tenThousands($0.standardProfit), tenThousands($0.optimisedProfit),
          tenThousands($0.perfectForesightProfit), tenThousands($0.realised), readable($0.lostMWh),
        ]
      })
  }

  private func unitTable() -> String {
    let causes = report.waterfall.steps.dropFirst().dropLast().map(\.step)
    return plainTable(
      ["unit", "standard", "optimised", "perfect"] + causes + ["realised", "lost MWh"], words: 1,
      (report.units + [report.fleet]).map { row in
        [
          row.unit, tenThousands(row.standard.profit), tenThousands(row.optimised.profit),
          tenThousands(row.perfectForesight.profit),
        ] + row.waterfall.steps.dropFirst().dropLast().map { tenThousands($0.amount) } + [
          tenThousands(row.waterfall.realised), readable(row.lostEnergy.totalMWh),
        ]
      })
  }

  private func metrics() -> String {
    plainTable(
      ["figure", "value", "unit"], words: 1,
      reviewMetricRows(report.metrics, currency: report.currency).map { [$0.name, $0.text, $0.unit] })
  }

  private func lost() -> String {
    let rows = report.lostEnergy.causes.map { [$0.cause, readable($0.energyMWh, decimals: 3)] }
    return plainTable(
      ["cause", "MWh"], words: 1,
      rows + [
        ["total", readable(report.lostEnergy.totalMWh, decimals: 3)],
        ["delivered beyond perfect foresight", readable(report.lostEnergy.surplusMWh, decimals: 3)],
      ])
  }

  private func skill() -> String {
    plainTable(
      [
        "day", "MAE", "RMSE", "WAPE", "same as yesterday", "pinball", "80 % holds", "direction", "peak time h", "skill",
      ],
      words: 1,
      report.skill.map {
        [
          "\($0.day)", readable($0.mae, decimals: 2), readable($0.rmse, decimals: 2),
          $0.wape.map { readable($0 * 100, decimals: 1) } ?? "–", readable($0.sameAsYesterdayMae, decimals: 2),
          readable($0.pinball, decimals: 2), readable($0.coverage80 * 100, decimals: 0),
          readable($0.directionHit * 100, decimals: 0), readable($0.peakTimeErrorHours, decimals: 2),
          $0.skill.map { readable($0, decimals: 3) } ?? "–",
        ]
      })
  }

  private func stack(_ view: ReviewReport.StackView) -> String {
    plainTable(
      ["bidding space MW", "\(view.beforeFrom) to \(view.beforeTo)", "\(view.from) to \(view.to)", "change"], words: 0,
      view.points.map {
        [
          readable($0.biddingSpaceMW), readable($0.beforePerMWh, decimals: 2), readable($0.nowPerMWh, decimals: 2),
          signed($0.changePerMWh, decimals: 2),
        ]
      })
  }
}

/// A table of text; the first `words` columns are words, the others figures.
func plainTable(_ titles: [String], words: Int, _ rows: [[String]]) -> String {
  let head = headRow(titles.enumerated().map { (text: $1, style: $0 < words ? "" : "figure") })
  let body = rows.map { row in
    element("tr", [:], row.enumerated().map { $0 < words ? textElement("td", $1) : cell($1) }.joined())
  }
  return element(
    "div", ["class": "scroll"],
    element("table", ["class": "plain"], element("thead", [:], head) + element("tbody", [:], body.joined())))
}

/// A waterfall as bars between levels.
private struct WaterfallChart {
  let view: ReviewReport.WaterfallView

  init(_ view: ReviewReport.WaterfallView) { self.view = view }

  func svg() -> String {
    let values = view.steps.map { $0.after / 10_000 } + [0]
    let range = (values.min() ?? 0)...(values.max() ?? 1)
    var canvas = ChartCanvas(
      width: 1_100, height: 330, margins: .init(left: 80, right: 10, top: 22, bottom: 44),
      horizontal: 0...Double(view.steps.count), vertical: range)
    canvas.verticalAxis(ticks: roundTicks(in: range, about: 6))
    var before = 0.0
    for (number, step) in view.steps.enumerated() {
      let level = step.after / 10_000
      let isLevel = number == 0 || number == view.steps.count - 1
      let (low, high) = isLevel ? (min(0, level), max(0, level)) : (min(before, level), max(before, level))
      canvas.box(
        left: canvas.x(Double(number) + 0.15), right: canvas.x(Double(number) + 0.85), top: canvas.y(high),
        bottom: max(canvas.y(low), canvas.y(high) + 1),
        class: isLevel ? "level" : (level >= before ? "effect-up" : "effect-down"),
        title: "\(step.step): \(readable(step.amount, decimals: 2))")
      let middle = canvas.x(Double(number) + 0.5)
      canvas.text(
        isLevel ? readable(level, decimals: 1) : signed(step.amount / 10_000, decimals: 1), x: middle,
        y: canvas.y(high) - 5, anchor: "middle")
      for (line, word) in WaterfallChart.lines(step.step).enumerated() {
        canvas.text(word, x: middle, y: canvas.plotBottom + 16 + Double(line) * 14, anchor: "middle")
      }
      before = level
    }
    return canvas.svg(label: "From perfect foresight to realised, in ten thousands")
  }

  /// A name in at most two lines.
  private static func lines(_ name: String) -> [String] {
    let words = name.split(separator: "-").map(String.init)
    guard words.count > 1 else { return words }
    let half = (words.count + 1) / 2
    return [words.prefix(half).joined(separator: " "), words.dropFirst(half).joined(separator: " ")]
  }
}
