import TradingDesk

/// Positions of many days as tables, in 10,000 of the currency.
struct PositionsText {
  let report: PositionsReport
  let colours: TerminalColours

  func rendered() -> String {
    let stride = report.every > 1 ? ", one day of \(report.every)" : ""
    return colours.simulatedMarket(report.simulated)
      + "Positions of \(report.from) to \(report.to), \(report.days) days\(stride), profit in 10,000 \(report.currency)\n"
      + classes + (report.procurement.isEmpty ? "" : ProcurementText.ways(report.procurement, NumberText.tenThousands))
      + sentences
      + report.notes.map { "note: \($0)\n" }.joined()
  }

  private var classes: String {
    var table = TextTable(
      ["class", "expected profit", "realised", "CVaR 5 % of a day", "day-ahead MWh", "real-time MWh"],
      alignments: [.left] + [TextTable.Alignment](repeating: .right, count: 5))
    for part in report.classes { table.append(row(part)) }
    table.rule()
    table.append(row(report.total))
    return table.rendered()
  }

  private func row(_ part: PositionsReport.AssetClass) -> [String] {
    [
      part.name, NumberText.tenThousands(part.expectedProfit),
      part.realisedProfit.map { NumberText.tenThousands($0) } ?? "–",
      NumberText.tenThousands(part.meanConditionalValueAtRisk_5), NumberText.grouped(part.dayAheadMWh),
      NumberText.grouped(part.realTimeMWh),
    ]
  }

  private var sentences: String {
    let (hedge, joint) = (report.hedge, report.joint)
    func money(_ value: Double) -> String { NumberText.tenThousands(value) }
    var text = """
      hedge: expected \(money(hedge.expectedProfitBefore)) → \(money(hedge.expectedProfitAfter)), mean CVaR 5 % of a day \
      \(money(hedge.meanConditionalValueAtRisk_5Before)) → \(money(hedge.meanConditionalValueAtRisk_5After))

      """
    if let before = hedge.realisedBefore, let after = hedge.realisedAfter,
      let worstBefore = hedge.realisedConditionalValueAtRisk_5Before,
      let worstAfter = hedge.realisedConditionalValueAtRisk_5After
    {
      text +=
        "realised: \(money(before)) → \(money(after)), worst twentieth of the days \(money(worstBefore)) → \(money(worstAfter))\n"
    }
    text +=
      "joint over separate, a day: \(money(joint.meanValue)), 95 % interval \(NumberText.interval(joint.low, joint.high, money)), above zero on \(joint.daysAbove) of \(report.days) days; \(NumberText.grouped(joint.meanJointMegawatts)) MW traded against \(NumberText.grouped(joint.meanSeparateMegawatts))\n"
    if let mean = joint.realisedMean, let low = joint.realisedLow, let high = joint.realisedHigh {
      text += "the same in money that came: \(money(mean)), 95 % interval \(money(low)) … \(money(high))\n"
    }
    return text
      + "bids of assets: \(report.violations.isEmpty ? "no violations" : "\(report.violations.count) violations")\n"
      + report.violations.prefix(20).map { "\($0)\n" }.joined()
  }
}
