/// The page of a review, made from the report alone.
public func reviewPage(_ report: ReviewReport) -> String { ReviewPage(report: report).document() }

struct ReviewPage {
  let report: ReviewReport

  func document() -> String {
    htmlPage(
      title: "SpotDesk review · \(days)",
      isEvaluation: true,
      style: """
        \(DayLinesChart.style)
        #days td:first-child,#units td:first-child{white-space:nowrap}
        .effect-up{fill:#00735c}.effect-down{fill:#c0500c}.level{fill:#43535f}
        """,
      banner: simulatedBanner(report.simulated), header: header(),
      main: sections.joined(separator: "\n"))
  }

  private var sections: [String] {
    [
      section(
        "waterfall", "From perfect foresight to realised", "\(report.currency), to the cent; " + report.waterfall.order,
        waterfall()),
      section("findings", "What took most", "the largest losses with their cause", findings()),
      report.days.count > 1 ? section("course", "Over time", "10,000 \(report.currency) a day", course()) : "",
      section("days", "Days", "10,000 \(report.currency); to the cent where the pointer rests", dayTable()),
      section("units", "Units", "10,000 \(report.currency); to the cent where the pointer rests", unitTable()),
      section("metrics", "Figures of the fleet", "energies net", metrics()),
      section("lost", "Lost energy", "of what perfect foresight would have delivered, by cause", lost()),
      section("skill", "Price forecast", "\(report.currency)/MWh", skill()),
      report.stack.map { section("stack", "The market's offers", $0.sentence, stack($0)) } ?? "",
      section("notes", "Notes", report.rulePack, notes()),
    ]
  }

  private func notes() -> String {
    let facts = report.provenance.map {
      [
        ("command", $0.command), ("program", $0.program), ("workspace", $0.workspace),
        ("digest of the data", $0.dataHash),
      ]
    }
    return element("ul", ["class": "notes"], report.notes.map { textElement("li", $0) }.joined())
      + provenanceList(facts ?? [])
  }

  private var days: String { report.from == report.to ? "\(report.from)" : "\(report.from) to \(report.to)" }

  private func header() -> String {
    let facts = [
      ("Days", "\(report.days.count) of \(days)"), ("Units", String(report.units.count)), ("Rules", report.rulePack),
      ("Realised", "\(readable(report.waterfall.realised, decimals: 2)) \(report.currency)"),
      marketFact(report.simulated),
    ]
    return pageHeader("Review", facts: facts)
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

  private func withoutContracts(_ row: ReviewReport.DayRow) -> Double {
    row.realised - row.waterfall.steps.filter { $0.step == "contracts" }.reduce(0) { $0 + $1.amount }
  }

  /// Profits by day, and what the realised one stays behind, added up by its causes.
  private func course() -> String {
    let days = report.days.map(\.day)
    func summed(_ place: Int) -> [Double?] {
      var sum = 0.0
      return report.days.map { row in
        sum += row.waterfall.steps[place].amount / 10_000
        return sum
      }
    }
    let shown = report.waterfall.steps.indices.dropFirst().dropLast().filter { report.waterfall.steps[$0].amount != 0 }
    return DayLinesChart(
      days: days,
      lines: [
        .init("perfect foresight of the day", report.days.map { $0.perfectForesightProfit / 10_000 }, look: 2),
        .init("realised, without contracts", report.days.map { withoutContracts($0) / 10_000 }, look: 1),
        .init("standard offer", report.days.map { $0.standardProfit / 10_000 }, look: 3),
      ], label: "Profits by day"
    ).figure() + textElement("h3", "Effects added up, 10,000 \(report.currency)")
      + DayLinesChart(
        days: days, lines: shown.map { .init(report.waterfall.steps[$0].step, summed($0), look: $0) },
        label: "Effects added up"
      ).figure()
  }

  private func dayTable() -> String {
    plainTable(
      ["day", "most was lost by", "standard", "optimised", "perfect"] + causes + ["realised", "lost MWh"], words: 2,
      report.days.map { row in
        [
          PlainCell("\(row.day)"), PlainCell(row.worst ?? "–"), money(row.standardProfit), money(row.optimisedProfit),
          money(row.perfectForesightProfit),
        ] + effects(row.waterfall) + [money(row.realised), PlainCell(readable(row.lostMWh))]
      })
  }

  private func unitTable() -> String {
    plainTable(
      ["unit", "standard", "optimised", "perfect"] + causes + ["realised", "lost MWh"], words: 1,
      (report.units + [report.fleet]).map { row in
        [
          PlainCell(row.unit), money(row.standard.profit), money(row.optimised.profit),
          money(row.perfectForesight.profit),
        ] + effects(row.waterfall) + [
          money(row.waterfall.realised), PlainCell(readable(row.lostEnergy.totalMWh)),
        ]
      })
  }

  private var causes: [String] { report.waterfall.steps.dropFirst().dropLast().map(\.step) }

  private func effects(_ view: ReviewReport.WaterfallView) -> [PlainCell] {
    view.steps.dropFirst().dropLast().map { money($0.amount) }
  }

  /// In ten thousands; to the cent for the pointer that rests on it.
  private func money(_ amount: Double) -> PlainCell {
    PlainCell(tenThousands(amount), title: readable(amount, decimals: 2))
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
    guard report.skill.count > 7 else { return skillTable() }
    return DayLinesChart(
      days: report.skill.map(\.day),
      lines: [
        .init("mean absolute error, mean of seven days", DayLinesChart.weekly(report.skill.map(\.mae)), look: 1),
        .init("same as yesterday", DayLinesChart.weekly(report.skill.map(\.sameAsYesterdayMae)), look: 3),
      ], label: "Errors of the price forecast"
    ).figure() + skillTable()
  }

  private func skillTable() -> String {
    plainTable(
      [
        "day", "MAE", "RMSE", "WAPE", "same as yesterday", "pinball", "80 % holds", "90 % holds", "direction",
        "peak time h", "skill",
      ],
      words: 1,
      report.skill.map {
        [
          "\($0.day)", readable($0.mae, decimals: 2), readable($0.rmse, decimals: 2),
          $0.wape.map { readable($0 * 100, decimals: 1) } ?? "–", readable($0.sameAsYesterdayMae, decimals: 2),
          readable($0.pinball, decimals: 2), readable($0.coverage80 * 100, decimals: 0),
          $0.coverage90.map { readable($0 * 100, decimals: 0) } ?? "–",
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
