import TradingDesk

/// The nodal prices of a cleared file of offers, for people.
struct NetworkClearingText {
  let report: NetworkClearingReport

  func rendered() -> String {
    var prices = TextTable(
      ["interval", "bus", "price", "energy", "congestion", "sold MW", "bought MW"],
      alignments: [.right, .left] + Array(repeating: .right, count: 5))
    for row in report.prices {
      let figures = [row.price, row.energy, row.congestion].map { NumberText.grouped($0, decimals: 2) }
      let powers = [row.clearedMW, row.boughtMW].map { NumberText.grouped($0, decimals: 1) }
      prices.append(["\(row.interval)", row.bus] + figures + powers)
    }
    var flows = TextTable(
      ["interval", "branch", "flow MW", "limit MW", "price of the limit"],
      alignments: [.right, .left, .right, .right, .right])
    for row in report.flows where abs(row.price) > 1e-6 {
      flows.append([
        "\(row.interval)", row.branch, NumberText.grouped(row.flowMW, decimals: 1),
        row.limitMW.map { NumberText.grouped($0, decimals: 1) } ?? "–", NumberText.grouped(row.price, decimals: 2),
      ])
    }
    let congested = report.flows.contains { abs($0.price) > 1e-6 }
    return "Cleared \(report.file) on \(report.network) · \(report.rulePack); prices in \(report.currency)/MWh\n"
      + prices.rendered() + (congested ? "congested branches\n" + flows.rendered() : "no branch is congested\n")
      + "welfare \(NumberText.grouped(report.welfare, decimals: 2)) \(report.currency), congestion rent "
      + "\(NumberText.grouped(report.congestionRent, decimals: 2)) \(report.currency)\naudit: \(report.audit)\n"
  }
}
