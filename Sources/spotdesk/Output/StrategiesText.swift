import TradingDesk

/// A comparison of strategies as tables for people.
struct StrategiesText {
  let report: StrategiesReport
  let colours: TerminalColours

  func rendered() -> String {
    colours.bold("Strategies \(report.from) … \(report.to)") + " · \(report.rulePacks.joined(separator: ", "))\n"
      + colours.simulatedMarket(report.simulated)
      + "\(report.days.count) days, \(report.units) units; money in 10,000 \(report.currency)\n" + earnings()
      + "uplift (harder baseline: \(report.baseline))\n" + uplifts() + moved() + attribution() + losses()
      + "bids that break a rule of the pack: \(report.rows.reduce(0) { $0 + $1.result.violatedBids })\n"
      + report.notes.map { "note: \($0)\n" }.joined()
  }

  private func earnings() -> String {
    var table = TextTable(
      ["strategy", "profit", "% of perfect", "per MWh", "% of revenue", "GWh", "starts", "start cost", "CVaR 5 %"],
      alignments: [.left] + [TextTable.Alignment](repeating: .right, count: 8))
    for row in report.rows {
      let result = row.result
      table.append([
        row.strategy, NumberText.tenThousands(result.profit), shown(result.shareOfPerfectForesight, 2),
        shown(result.profitPerMWh, 3), shown(result.percentOfRevenue, 2),
        NumberText.grouped(result.energyMWh / 1_000), String(result.starts), NumberText.tenThousands(row.startCost),
        NumberText.tenThousands(result.conditionalValueAtRisk_5),
      ])
    }
    return table.rendered(indent: "  ")
  }

  private func uplifts() -> String {
    var table = TextTable(
      ["strategy", "over", "uplift", "95 % interval", "per MWh", "% of margin", "% of revenue", "days lost"],
      alignments: [.left, .left] + [TextTable.Alignment](repeating: .right, count: 6))
    for row in report.rows {
      for (name, uplift) in [("standard", row.upliftOverStandard), ("cost-plus-lear", row.upliftOverCostPlusLear)] {
        guard let uplift else { continue }
        table.append([
          row.strategy, name, NumberText.signed(uplift.amount / 10_000, decimals: 2),
          NumberText.interval(uplift.low, uplift.high, NumberText.tenThousands), shown(uplift.perMWh, 3),
          shown(uplift.percentOfMargin, 2), shown(uplift.percentOfRevenue, 2), String(uplift.daysLost),
        ])
      }
    }
    return table.rendered(indent: "  ")
  }

  /// Price taker's and price maker's part of every uplift apart, where the market was cleared again.
  private func moved() -> String {
    let rows = report.rows.compactMap { row in row.moved.map { (row.strategy, $0) } }
    guard !rows.isEmpty else { return "" }
    var table = TextTable(
      ["strategy", "mean price", "profit at the given prices", "uplift as price taker", "by moving the price"],
      alignments: [.left] + [TextTable.Alignment](repeating: .right, count: 4))
    for (name, moved) in rows {
      table.append([
        name, NumberText.grouped(moved.meanPricePerMWh, decimals: 2),
        NumberText.tenThousands(moved.profitAtGivenPrices),
        moved.priceTakerPart.map { NumberText.signed($0 / 10_000, decimals: 2) } ?? "–",
        moved.priceMakerPart.map { NumberText.signed($0 / 10_000, decimals: 2) } ?? "–",
      ])
    }
    return "the market cleared again with each strategy's offers\n" + table.rendered(indent: "  ")
  }

  /// From perfect foresight to what was earned, and what the contracts paid beside it.
  private func attribution() -> String {
    var table = TextTable(
      ["strategy", "perfect foresight", "hours on line, starts", "output on line", "profit", "contracts", "total"],
      alignments: [.left] + [TextTable.Alignment](repeating: .right, count: 6))
    for row in report.rows {
      guard let lost = row.attribution else { continue }
      table.append(
        [row.strategy]
          + [
            lost.perfectForesight, lost.commitment, lost.output, row.settlement.profit, row.settlement.contractPayoff,
            row.settlement.total,
          ].map { NumberText.tenThousands($0) })
    }
    return "attribution and settlement\n" + table.rendered(indent: "  ")
  }

  private func losses() -> String {
    report.lostDays.map { lost in
      "  \(lost.strategy) lost \(NumberText.tenThousands(-lost.difference)) on \(lost.day)"
        + " (mean price \(NumberText.grouped(lost.meanPricePerMWh, decimals: 1))): \(lost.why)\n"
    }.joined()
  }

  private func shown(_ value: Double?, _ decimals: Int) -> String {
    value.map { NumberText.grouped($0, decimals: decimals) } ?? "–"
  }
}
