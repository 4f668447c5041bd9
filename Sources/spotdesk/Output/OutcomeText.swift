import TradingDesk

/// What came of a day, of many days, of a check, as text.
struct OutcomeText {
  let colours: TerminalColours

  func rendered(_ report: ClearingReport) -> String {
    var table = TextTable(
      ["unit", "std MWh", "revenue", "profit", "opt MWh", "revenue", "profit", "difference"],
      alignments: [.left] + Array(repeating: .right, count: 7))
    for row in report.units { table.append(clearingCells(row)) }
    table.rule()
    table.append(clearingCells(report.fleet))
    return title("Cleared \(report.day)", report.simulated, report.rulePack)
      + "mean day-ahead price \(NumberText.grouped(report.meanPricePerMWh, decimals: 2)) \(report.currency)/MWh;"
      + " energy net, money in 10,000 \(report.currency)\n" + table.rendered()
      + "audit: \(report.audit)\n"
  }

  private func clearingCells(_ row: ClearingReport.UnitRow) -> [String] {
    [
      row.unit, NumberText.grouped(row.standard.clearedEnergyMWh), NumberText.tenThousands(row.standard.revenue),
      NumberText.tenThousands(row.standard.profit), NumberText.grouped(row.optimised.clearedEnergyMWh),
      NumberText.tenThousands(row.optimised.revenue), NumberText.tenThousands(row.optimised.profit),
      NumberText.signed((row.optimised.profit - row.standard.profit) / 10_000, decimals: 2),
    ]
  }

  func rendered(_ report: ReviewReport) -> String {
    var table = TextTable(
      [
        "unit", "std MWh", "opt MWh", "perfect", "std profit", "opt profit", "perfect", "difference", "regret",
        "starts",
      ], alignments: [.left] + Array(repeating: .right, count: 9))
    for row in report.units { table.append(reviewCells(row)) }
    table.rule()
    table.append(reviewCells(report.fleet))
    let days = report.from == report.to ? "\(report.from)" : "\(report.from) to \(report.to)"
    var text = title("Review of \(days)", report.simulated, report.rulePack)
    text += "energy net, money in 10,000 \(report.currency); perfect foresight is the ceiling of each day\n"
    text += table.rendered() + ReviewText(report: report, colours: colours).waterfall()
    if let error = report.forecast {
      text +=
        "price forecast: MAE \(NumberText.grouped(error.expectedMae, decimals: 2)), same as yesterday"
        + " \(NumberText.grouped(error.sameAsYesterdayMae, decimals: 2)) \(report.currency)/MWh;"
        + " \(NumberText.grouped(error.coverage80 * 100, decimals: 0)) % of intervals inside the 80 % band\n"
    }
    text += drift(report.driftAlarms)
    if report.contractedEnergyMWh > 0 {
      text +=
        "contracts for difference: \(NumberText.grouped(report.contractedEnergyMWh)) MWh,"
        + " \(NumberText.tenThousands(report.contractPayment)) · 10,000 \(report.currency), whatever is bid\n"
    }
    return text
  }

  private func reviewCells(_ row: ReviewReport.UnitRow) -> [String] {
    [
      row.unit, NumberText.grouped(row.standard.clearedEnergyMWh), NumberText.grouped(row.optimised.clearedEnergyMWh),
      NumberText.grouped(row.perfectForesight.clearedEnergyMWh), NumberText.tenThousands(row.standard.profit),
      NumberText.tenThousands(row.optimised.profit), NumberText.tenThousands(row.perfectForesight.profit),
      NumberText.signed(row.difference / 10_000, decimals: 2), NumberText.tenThousands(row.regret),
      "\(row.optimised.starts)",
    ]
  }

  func rendered(_ report: BacktestReport) -> String {
    let error = { (value: Double?) in value.map { NumberText.grouped($0, decimals: 2) } ?? "–" }
    var table = TextTable(
      ["day", "mean price", "standard", "optimised", "difference", "MAE", "yesterday", "violated"],
      alignments: [.left] + Array(repeating: .right, count: 7))
    for row in report.days {
      table.append([
        "\(row.day)", NumberText.grouped(row.meanPricePerMWh, decimals: 1), NumberText.tenThousands(row.standardProfit),
        NumberText.tenThousands(row.optimisedProfit),
        NumberText.signed((row.optimisedProfit - row.standardProfit) / 10_000, decimals: 2),
        error(row.priceMae), error(row.sameAsYesterdayPriceMae),
        "\(row.violatedBids)",
      ])
    }
    table.rule()
    table.append([
      "total", "", NumberText.tenThousands(report.standard.profit), NumberText.tenThousands(report.optimised.profit),
      NumberText.signed((report.optimised.profit - report.standard.profit) / 10_000, decimals: 2),
      error(report.priceMae), error(report.sameAsYesterdayPriceMae),
      "\(report.violatedBids)",
    ])
    let share = { (value: Double?) in value.map { NumberText.grouped($0 * 100, decimals: 1) + " %" } ?? "–" }
    return title("Backtest \(report.from) … \(report.to)", report.simulated, report.rulePacks.joined(separator: ", "))
      + "profit in 10,000 \(report.currency), price errors in \(report.currency)/MWh\n" + table.rendered()
      + "perfect foresight \(NumberText.tenThousands(report.perfectForesightProfit)): standard reaches"
      + " \(share(report.standardShareOfPerfectForesight)), optimised \(share(report.optimisedShareOfPerfectForesight));"
      + " 80 % band holds \(share(report.coverage80)) of prices; \(report.bids) bids, \(report.violatedBids) violated\n"
      + warnings(report)
  }

  private func warnings(_ report: BacktestReport) -> String {
    let violations = report.days.flatMap(\.violations).map { colours.bad("● ") + $0 + "\n" }
    return drift(report.driftAlarms) + violations.joined()
  }

  private func drift(_ alarms: [DriftAlarm]) -> String {
    alarms.map { colours.warning("● price forecast: ") + $0.sentence + "\n" }.joined()
  }

  func rendered(_ report: CheckReport) -> String {
    let view = report.compliance
    var text = colours.bold("Check of bids for \(report.day)") + " · \(report.rulePack)\n"
    for sentence in report.violations { text += colours.bad("● ") + sentence + "\n" }
    for check in view.checks where check.notEvaluated > 0 {
      text += colours.warning("○ ") + "\(check.id) \(check.title): not evaluated. \(check.remark)\n"
    }
    text += "\(view.bids) bids, \(view.violated) violated, \(view.checksPassed) checks passed,"
    return text + " \(view.checksNotEvaluated) not evaluated\n"
  }

  func rendered(_ report: RulesReport) -> String {
    var packs = TextTable(
      ["market", "version", "status", "from", "to", "source"],
      alignments: [.left, .left, .left, .left, .left, .left])
    for pack in report.packs {
      packs.append([pack.market, pack.version, pack.status, "\(pack.from)", pack.to.map { "\($0)" } ?? "", pack.source])
    }
    guard !report.values.isEmpty else { return packs.rendered() }
    var values = TextTable(["rule", "value", "confidence", "clause"], alignments: [.left, .left, .left, .left])
    for row in report.values { values.append([row.key, row.value, row.confidence, row.clause]) }
    return packs.rendered() + "\n" + values.rendered()
  }

  private func title(_ text: String, _ simulated: Bool, _ pack: String) -> String {
    colours.bold(text) + " · \(pack)\n"
      + colours.simulatedMarket(simulated)
  }
}
