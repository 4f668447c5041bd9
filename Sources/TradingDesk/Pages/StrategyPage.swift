internal import MarketModel

/// The page of a comparison of strategies; one HTML document that needs nothing else.
struct StrategyPage {
  let report: StrategiesReport

  func document() -> String {
    htmlPage(
      title: "SpotDesk strategies · \(report.from) to \(report.to)",
      followsColourScheme: true,
      isEvaluation: true,
      banner: simulatedBanner(report.simulated), header: header(),
      main: sections.map { section($0.identifier, $0.title, $0.subtitle, $0.content) }.joined(separator: "\n"))
  }

  /// The parts of the page in order.
  var sections: [(identifier: String, title: String, subtitle: String, content: String)] {
    [
      ("table", "Strategies", "money in 10,000 \(report.currency); baselines below, perfect foresight above", table()),
      ("uplift", "Uplift", "over both baselines, with 95\u{202F}% intervals", uplifts()),
      (
        "moved", "The market cleared again",
        "what each strategy's offers did to the price; uplift over \(report.baseline) in two parts", moved()
      ),
      ("course", "Course", "sum of the daily difference to \(report.baseline), 10,000 \(report.currency)", course()),
      ("settlement", "Settlement", "where the money came from and went, 10,000 \(report.currency)", settlement()),
      (
        "attribution", "Attribution", "from perfect foresight to what was earned, 10,000 \(report.currency)",
        attribution()
      ),
      ("months", "By month", "profit, 10,000 \(report.currency)", months()),
      ("units", "By unit", "profit, 10,000 \(report.currency)", units()),
      (
        "levels", "By price level", "sold energy and margin before starts at each level of the price, per MWh", levels()
      ),
      ("lost", "Days lost", "the largest losses against \(report.baseline), and why", lostDays()),
      ("provenance", "Provenance and notes", "enough to make this page again", provenance()),
    ].filter { $0.identifier != "moved" || report.rows.contains { $0.moved != nil } }
  }

  private func header() -> String {
    let facts = [
      ("Days", "\(report.from) to \(report.to)"), ("Units", String(report.units)),
      ("Rules", report.rulePacks.joined(separator: ", ")), ("Program", report.provenance.program),
      marketFact(report.simulated),
    ]
    return pageHeader("Strategies side by side", facts: facts, links: sections.map { ($0.identifier, $0.title) })
  }

  private func figure(_ value: Double?, _ decimals: Int) -> String {
    value.map { readable($0, decimals: decimals) } ?? "–"
  }

  private func table() -> String {
    plainTable(
      [
        "strategy", "profit", "% of perfect", "per MWh", "% of revenue", "GWh", "starts", "start cost",
        "CVaR 5 % of days",
        "largest drawdown", "violated bids",
      ], words: 1,
      report.rows.reversed().map { row in
        let result = row.result
        return [
          row.summary == row.strategy ? row.strategy : "\(row.strategy) · \(row.summary)", tenThousands(result.profit),
          figure(result.shareOfPerfectForesight, 2), figure(result.profitPerMWh, 2), figure(result.percentOfRevenue, 2),
          readable(result.energyMWh / 1_000), String(result.starts), tenThousands(row.startCost),
          tenThousands(result.conditionalValueAtRisk_5), tenThousands(row.largestDrawdown), String(result.violatedBids),
        ]
      })
  }

  private func uplifts() -> String {
    var rows: [[String]] = []
    for row in report.rows {
      for (name, uplift) in [("standard", row.upliftOverStandard), ("cost-plus-lear", row.upliftOverCostPlusLear)] {
        guard let uplift else { continue }
        rows.append([
          row.strategy, name, tenThousands(uplift.amount), tenThousandsInterval(uplift.low, uplift.high),
          figure(uplift.perMWh, 3), figure(uplift.percentOfMargin, 2), figure(uplift.percentOfRevenue, 2),
          String(uplift.daysLost),
        ])
      }
    }
    return plainTable(
      [
        "strategy", "over", "uplift", "95 % interval", "per MWh", "% of margin", "% of revenue", "days lost",
      ], words: 2, rows)
  }

  /// Empty for price takers.
  private func moved() -> String {
    let rows = report.rows.compactMap { row in row.moved.map { (row.strategy, $0) } }
    return plainTable(
      ["strategy", "mean price", "profit at the given prices", "uplift as price taker", "by moving the price"],
      words: 1,
      rows.map { name, moved in
        [
          name, figure(moved.meanPricePerMWh, 2), tenThousands(moved.profitAtGivenPrices),
          moved.priceTakerPart.map { tenThousands($0) } ?? "–", moved.priceMakerPart.map { tenThousands($0) } ?? "–",
        ]
      })
  }

  private func course() -> String {
    let base = report.rows.firstIndex { $0.strategy == report.baseline } ?? 0
    let shown = report.rows.indices.filter { $0 != base && report.rows[$0].strategy != "perfect-foresight" }
    let lines = shown.map { index -> [Double] in
      var sum = 0.0
      return report.days.map { day -> Double in
        sum += (day.profits[index] - day.profits[base]) / 10_000
        return sum
      }
    }
    let all = lines.flatMap { $0 } + [0.0]
    let range = (all.min() ?? 0)...(all.max() ?? 1)
    var canvas = ChartCanvas(
      width: 960, height: 320, margins: .init(left: 70, right: 20, top: 12, bottom: 30),
      horizontal: 0...Double(max(report.days.count - 1, 1)), vertical: range)
    canvas.verticalAxis(ticks: roundTicks(in: range, about: 6))
    for (number, day) in report.days.enumerated() where day.day.date.day == 1 {
      canvas.text(
        "\(day.day)".prefix(7).description, x: canvas.x(Double(number)), y: canvas.plotBottom + 18, anchor: "middle")
    }
    for (number, line) in lines.enumerated() {
      canvas.line(
        line.enumerated().map { ChartPoint(x: Double($0.offset), y: $0.element) }, class: "line line-\(number + 1)")
    }
    let legend = shown.enumerated().map { number, index in
      element(
        "span", [:],
        element("span", ["class": "swatch line-\(number + 1)"]) + " " + escaped(report.rows[index].strategy) + " ")
    }
    return element("p", ["class": "legend"], legend.joined())
      + canvas.svg(label: "Sum of daily differences to \(report.baseline)")
  }

  private func settlement() -> String {
    plainTable(
      ["strategy", "energy revenue", "operating cost", "start cost", "profit", "contracts for difference", "total"],
      words: 1,
      report.rows.map { row in
        let own = row.settlement
        return [row.strategy]
          + [own.energyRevenue, -own.operatingCost, -own.startCost, own.profit, own.contractPayoff, own.total]
          .map { tenThousands($0) }
      })
  }

  private func attribution() -> String {
    plainTable(
      ["strategy", "perfect foresight", "hours on line and starts", "output on line", "profit"], words: 1,
      report.rows.compactMap { row in
        row.attribution.map {
          [row.strategy]
            + [$0.perfectForesight, $0.commitment, $0.output, row.settlement.profit].map { tenThousands($0) }
        }
      })
  }

  private var names: [String] { report.rows.map(\.strategy) }

  private func months() -> String {
    plainTable(
      ["month"] + names, words: 1,
      report.months.enumerated().map { index, month in
        [month] + report.rows.map { tenThousands($0.monthlyProfits[index]) }
      })
  }

  private func units() -> String {
    plainTable(
      ["unit", "plant"] + names, words: 2,
      report.unitProfits.map { [$0.unit, $0.plant] + $0.profits.map { tenThousands($0) } })
  }

  private func levels() -> String {
    plainTable(
      ["price"] + report.rows.filter { !$0.levels.isEmpty }.flatMap { ["\($0.strategy), GWh", "margin"] }, words: 1,
      report.priceLevels.enumerated().map { index, level in
        [level]
          + report.rows.filter { !$0.levels.isEmpty }.flatMap {
            [readable($0.levels[index].energyMWh / 1_000), tenThousands($0.levels[index].margin)]
          }
      })
  }

  private func lostDays() -> String {
    plainTable(
      ["strategy", "day", "why", "difference"], words: 3,
      report.lostDays.map {
        [$0.strategy, "\($0.day)", $0.why, tenThousands($0.difference)]
      })
  }

  private func provenance() -> String {
    let source = report.provenance
    let facts = [
      ("run", source.run), ("command", source.command), ("program", source.program), ("workspace", source.workspace),
      ("digest of the inputs", source.dataHash), ("seed", String(source.seed)), ("scenarios", String(source.scenarios)),
    ]
    let notes = report.notes.map { textElement("li", $0) }.joined()
    return element("ul", ["class": "notes"], notes)
      + provenanceList(facts)
  }
}
