import TradingDesk

/// A learned policy beside the optimiser as one table for people.
struct LearnedOfferText {
  let report: LearnedOfferReport

  func rendered() -> String {
    let titles = [
      "offer", "profit", "gain over price taker", "95 % interval", "% of revenue", "days lost", "bids wrong",
      "days refused",
    ]
    var table = TextTable(titles, alignments: titles.map { $0 == "offer" ? .left : .right })
    for row in report.rows {
      table.append([
        row.policy, NumberText.grouped(row.profit), NumberText.signed(row.gain, decimals: 0),
        NumberText.interval(row.low, row.high),
        NumberText.signed(row.percentOfRevenue, decimals: 3), String(row.daysLost), String(row.violatedBids),
        String(row.daysRefused),
      ])
    }
    let gain = report.gainAgainstOptimiserPercent.map { NumberText.grouped($0, decimals: 1) + " % of its gain" }
    let last = report.course.last
    return
      "demonstration province (simulated), learned on \(report.trainFrom) to \(report.trainTo), unseen \(report.from) to \(report.to), "
      + "\(NumberText.grouped(100 * report.cover)) % under contract\n" + table.rendered(indent: "  ")
      + "learned against the optimiser: \(NumberText.signed(report.profitAgainstOptimiserPercent, decimals: 3)) % of its profit, "
      + (gain ?? "the optimiser gains nothing") + "; "
      + (report.isWithinTwoPercent ? "within" : "not within")
      + " 2 % of profit; \(last?.epoch ?? 0) epochs, held-out gain "
      + "\(NumberText.signed(last?.heldOutPercent ?? 0, decimals: 3)) % of revenue\n"
  }
}
