import TradingDesk

/// The prices of a cleared file of offers, for people.
struct OfferClearingText {
  let colours: TerminalColours

  func rendered(_ report: OfferClearingReport) -> String {
    var table = TextTable(
      ["interval", "price", "cleared MW", "supply MW", "demand MW", "range", ""],
      alignments: Array(repeating: .right, count: 6) + [.left])
    for row in report.prices {
      let ends = [row.lowestPrice, row.highestPrice].map { NumberText.grouped($0, decimals: 2) }
      let range = ends[0] == ends[1] ? "" : ends.joined(separator: " … ")
      table.append([
        "\(row.interval)", NumberText.grouped(row.price, decimals: 2), NumberText.grouped(row.clearedMW, decimals: 1),
        NumberText.grouped(row.supplyMW, decimals: 1), NumberText.grouped(row.demandMW, decimals: 1), range,
        row.state == "balanced" ? "" : row.state,
      ])
    }
    var text = colours.bold("Cleared \(report.file)") + " · \(report.rulePack)\n"
    text += "\(NumberText.grouped(Double(report.offers))) offers, \(report.prices.count) intervals of "
    text += "\(report.intervalMinutes) min; prices in \(report.currency)/MWh\n" + table.rendered()
    text += "welfare \(NumberText.grouped(report.welfare, decimals: 2)) \(report.currency), paid to sellers "
    text += "\(NumberText.grouped(report.payment, decimals: 2)) \(report.currency)\n"
    for note in report.notes { text += colours.warning("○ ") + note + "\n" }
    return text + "audit: " + (report.isAudited ? "passed" : colours.bad(report.audit)) + "\n"
  }
}
