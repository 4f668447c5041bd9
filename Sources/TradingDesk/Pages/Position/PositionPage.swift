/// The page of a day's position; one HTML document that needs nothing else.
struct PositionPage {
  let report: PositionReport

  init(_ report: PositionReport) { self.report = report }

  func document() -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(escaped("SpotDesk position · \(report.day)"))</title>
    <link rel="icon" href="data:,">
    <style>
    \(dayPageStyle)
    \(evaluationPageStyle)
    </style>
    </head>
    <body class="evaluation">
    \(banner)
    \(header())
    <main>
    \(headline())
    \(sections.map { section($0.identifier, $0.title, $0.subtitle, $0.content) }.joined(separator: "\n"))
    </main>
    </body>
    </html>

    """
  }

  private var banner: String {
    report.simulated
      ? element("div", ["class": "banner"], element("b", [:], "SIMULATED") + "the market of this workspace is made up")
      : ""
  }

  private var sections: [(identifier: String, title: String, subtitle: String, content: String)] {
    [
      ("parts", "Parts", "profit in 10,000 \(report.currency) over \(report.scenarios) joint paths", parts()),
      (
        "ahead", "Day-ahead exposure", "MW sold (above) or bought (below) at the day-ahead price, mean over the paths",
        chart(
          [("before hedge", report.exposure.dayAheadMWh, 2), ("after hedge", report.exposure.hedgedDayAheadMWh, 3)])
      ),
      (
        "real-time", "Real-time exposure",
        "MW left to the real-time price: mean, and one standard deviation over the paths",
        chart([
          ("mean", report.exposure.realTimeMWh, 2), ("one standard deviation", report.exposure.realTimeDeviationMWh, 5),
        ])
      ),
      ("hedge", "Hedge", "contracts against the day-ahead price, in whole MW", hedge()),
      ("procurement", "Retail procurement", "advice for the retail arm by block of the day", procurement()),
      ("joint", "Joint and separate", "in units of (1 − w)·mean + w·CVaR 5 %, w = \(report.riskWeight)", joint()),
      ("bids", "Bids of the assets", "checked by themselves under \(report.rulePack)", bids()),
      (
        "reserve", "Reserve",
        "mean MW that storages would hold at a price per MW and hour, and what their energy loses", reserve()
      ),
      (
        "notes", "Notes", "",
        element("ul", ["class": "notes"], report.notes.map { textElement("li", $0) }.joined())
      ),
    ]
  }

  private func header() -> String {
    let facts = [
      ("Day", "\(report.day)"), ("Rules", report.rulePack), ("Paths", "\(report.scenarios), seed \(report.seed)"),
      ("Program", report.program),
    ]
    let list = facts.map { element("div", [:], textElement("dt", $0.0) + textElement("dd", $0.1)) }.joined()
    let links = sections.map { element("a", ["href": "#\($0.identifier)"], escaped($0.title)) }.joined()
    return element(
      "header", [:],
      element(
        "div", ["class": "title"], textElement("h1", "One position") + element("dl", ["class": "facts"], list))
        + element("nav", [:], links))
  }

  private func headline() -> String {
    let cards = [
      ("Expected profit", tenThousands(report.total.expectedProfit), "10,000 \(report.currency), before the hedge"),
      (
        "CVaR 5 %", tenThousands(report.hedge.conditionalValueAtRisk_5Before),
        "hedged \(tenThousands(report.hedge.conditionalValueAtRisk_5After))"
      ),
      (
        "Hedge costs", tenThousands(report.hedge.cost),
        "expected profit after it \(tenThousands(report.hedge.expectedProfitAfter))"
      ),
      (
        "Joint over separate", tenThousands(report.joint.value),
        "95 % interval \(tenThousands(report.joint.low)) … \(tenThousands(report.joint.high))"
      ),
    ]
    return element(
      "div", ["class": "headline"],
      cards.map { title, figure, below in
        element(
          "div", ["class": "card"],
          textElement("h3", title) + textElement("p", class: "big", figure) + textElement("p", class: "below", below))
      }.joined())
  }

  private func section(_ identifier: String, _ title: String, _ subtitle: String, _ content: String) -> String {
    let heading = element("h2", [:], escaped(title) + " " + textElement("small", subtitle))
    return element("section", ["id": identifier], heading + "\n" + content)
  }

  private func table(_ titles: [String], words: Int, _ rows: [[String]]) -> String {
    let head = headRow(titles.enumerated().map { (text: $1, style: $0 < words ? "" : "figure") })
    let body = rows.map { row in
      element("tr", [:], row.enumerated().map { $0 < words ? textElement("td", $1) : cell($1) }.joined())
    }
    return element(
      "div", ["class": "scroll"],
      element("table", ["class": "plain"], element("thead", [:], head) + element("tbody", [:], body.joined())))
  }

  private func parts() -> String {
    table(
      ["part", "expected", "10 %", "90 %", "CVaR 5 %", "day-ahead MWh", "real-time MWh"], words: 1,
      (report.parts + [report.total]).map { part in
        [
          part.name, tenThousands(part.expectedProfit), tenThousands(part.low), tenThousands(part.high),
          tenThousands(part.conditionalValueAtRisk_5), readable(part.dayAheadMWh), readable(part.realTimeMWh),
        ]
      })
  }

  private func hedge() -> String {
    table(
      ["contract", "times", "advice", "MW", "MWh", "price"], words: 3,
      report.hedge.contracts.map { contract in
        [
          contract.contract, contract.times, contract.advice, readable(contract.megawatts),
          readable(contract.energyMWh), readable(contract.pricePerMWh, decimals: 2),
        ]
      })
  }

  private func procurement() -> String {
    guard let advice = report.procurement else { return textElement("p", "no customers") }
    return table(
      ["block", "expected MWh", "contract MW", "price", "day-ahead MWh", "real-time MWh"], words: 1,
      advice.blocks.map { block in
        [
          block.block, readable(block.expectedMWh), readable(block.contractMW),
          readable(block.contractPricePerMWh, decimals: 2), readable(block.dayAheadMWh), readable(block.realTimeMWh),
        ]
      })
      + table(
        ["retail buys", "expected margin, 10,000 \(report.currency)", "CVaR 5 %"], words: 1,
        advice.ways.map { [$0.way, tenThousands($0.expectedMargin), tenThousands($0.conditionalValueAtRisk_5)] })
  }

  private func joint() -> String {
    table(
      ["hedged", "MW traded", "worth over separate, 10,000 \(report.currency)"], words: 1,
      [
        ["as one position", readable(report.joint.jointMegawatts), tenThousands(report.joint.value)],
        ["each desk by itself", readable(report.joint.separateMegawatts), "–"],
      ])
  }

  private func bids() -> String {
    table(
      ["asset", "violations", "segments", "checks passed", "not evaluated"], words: 2,
      report.compliance.map { asset in
        [
          asset.asset, asset.violations.isEmpty ? "none" : asset.violations.joined(separator: " "), "\(asset.segments)",
          "\(asset.passed)", "\(asset.notEvaluated)",
        ]
      })
  }

  private func reserve() -> String {
    table(
      ["storage", "price", "mean MW", "energy margin lost"], words: 1,
      report.reserve.flatMap { offer in
        offer.points.map {
          [
            offer.asset, readable($0.pricePerMWh), readable($0.meanMW, decimals: 1), readable($0.opportunityCost),
          ]
        }
      })
  }

  /// Levels by interval in MW with a legend; each line has the number of its look.
  private func chart(_ lines: [(name: String, energies: [Double], look: Int)]) -> String {
    let count = max(report.exposure.intervalEnd.count, 1)
    let powers = lines.map { $0.energies.map { $0 * Double(count) / 24 } }
    let values: [Double] = powers.reduce([0], +)
    let axis = DayAxis(intervalEnd: report.exposure.intervalEnd)
    var canvas = ChartCanvas(
      width: 1_200, height: 260, margins: .init(left: 70, right: 20, top: 10, bottom: 30),
      horizontal: 0...Double(count), vertical: (values.min() ?? 0)...(values.max() ?? 1))
    canvas.verticalAxis(ticks: roundTicks(in: canvas.vertical, about: 6))
    axis.draw(on: &canvas, bottom: canvas.plotBottom)
    for (line, power) in zip(lines, powers) { canvas.line(levelLine(power), class: "line-\(line.look)") }
    let legend = lines.map { line in
      element(
        "span", ["class": "key"], element("i", ["class": "swatch line-\(line.look)"]) + escaped(line.name))
    }.joined()
    return element("div", ["class": "legend"], legend)
      + canvas.svg(label: lines.map(\.name).joined(separator: " and ") + " by interval, MW")
  }
}
