/// The page of a day's position; one HTML document that needs nothing else.
struct PositionPage {
  let report: PositionReport

  init(_ report: PositionReport) { self.report = report }

  func document() -> String {
    htmlPage(
      title: "SpotDesk position · \(report.day)",
      isEvaluation: true,
      banner: simulatedBanner(report.simulated),
      header: header(),
      main: [
        figures(),
        sections.map { section($0.identifier, $0.title, $0.subtitle, $0.content) }.joined(separator: "\n"),
      ].joined(separator: "\n"))
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
    return pageHeader("One position", facts: facts, links: sections.map { ($0.identifier, $0.title) })
  }

  private func figures() -> String {
    let (hedge, joint, unit) = (report.hedge, report.joint, "10,000 \(report.currency)")
    return headlineCards([
      card("Expected profit", tenThousands(report.total.expectedProfit), unit, "before the hedge"),
      card(
        "CVaR 5 %", tenThousands(hedge.conditionalValueAtRisk_5Before), unit,
        "hedged \(tenThousands(hedge.conditionalValueAtRisk_5After))"),
      card(
        "Hedge costs", tenThousands(hedge.cost), unit,
        "expected profit after it \(tenThousands(hedge.expectedProfitAfter))"),
      card(
        "Joint over separate", tenThousands(joint.value), unit,
        "95 % interval \(tenThousands(joint.low)) … \(tenThousands(joint.high))"),
    ])
  }

  private func parts() -> String {
    plainTable(
      ["part", "expected", "10 %", "90 %", "CVaR 5 %", "day-ahead MWh", "real-time MWh"], words: 1,
      (report.parts + [report.total]).map { part in
        [
          part.name, tenThousands(part.expectedProfit), tenThousands(part.low), tenThousands(part.high),
          tenThousands(part.conditionalValueAtRisk_5), readable(part.dayAheadMWh), readable(part.realTimeMWh),
        ]
      })
  }

  private func hedge() -> String {
    plainTable(
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
    return plainTable(
      ["block", "expected MWh", "contract MW", "price", "day-ahead MWh", "real-time MWh"], words: 1,
      advice.blocks.map { block in
        [
          block.block, readable(block.expectedMWh), readable(block.contractMW),
          readable(block.contractPricePerMWh, decimals: 2), readable(block.dayAheadMWh), readable(block.realTimeMWh),
        ]
      })
      + plainTable(
        ["retail buys", "expected margin, 10,000 \(report.currency)", "CVaR 5 %"], words: 1,
        advice.ways.map { [$0.way, tenThousands($0.expectedMargin), tenThousands($0.conditionalValueAtRisk_5)] })
  }

  private func joint() -> String {
    plainTable(
      ["hedged", "MW traded", "worth over separate, 10,000 \(report.currency)"], words: 1,
      [
        ["as one position", readable(report.joint.jointMegawatts), tenThousands(report.joint.value)],
        ["each desk by itself", readable(report.joint.separateMegawatts), "–"],
      ])
  }

  private func bids() -> String {
    plainTable(
      ["asset", "violations", "segments", "checks passed", "not evaluated"], words: 2,
      report.compliance.map { asset in
        [
          asset.asset, asset.violations.isEmpty ? "none" : asset.violations.joined(separator: " "), "\(asset.segments)",
          "\(asset.passed)", "\(asset.notEvaluated)",
        ]
      })
  }

  private func reserve() -> String {
    plainTable(
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
    LineChart.ofDay(
      lines.map { ($0.name, $0.energies.map { $0 / report.exposure.intervalHours }, $0.look) },
      intervalEnd: report.exposure.intervalEnd)
  }
}
