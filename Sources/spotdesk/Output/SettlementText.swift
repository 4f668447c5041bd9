import MarketModel
import TradingDesk

/// `spotdesk settle` as text: the sums, the assumptions, and the differences.
struct SettlementText {
  /// Differences that are printed; the document holds all.
  static let shownDifferences = 30

  let report: SettlementReport
  let colours: TerminalColours

  func rendered() -> String {
    let days = report.from == report.to ? "\(report.from)" : "\(report.from) to \(report.to)"
    var text = colours.bold("Settlement of \(days)") + " · money in \(report.currency)\n"
    text += colours.simulatedMarket(report.simulated)
    text += items() + "\n"
    if report.days.count > 1 { text += daily() + "\n" }
    for note in report.assumptions + report.notes { text += colours.warning("○ ") + note + "\n" }
    if let found = report.reconciliation { text += "\n" + reconciliation(found) }
    return text
  }

  private func money(_ amount: Money) -> String { NumberText.grouped(amount.amount, decimals: 2) }

  private func items() -> String {
    var table = TextTable(["item", "MWh", "amount"], alignments: [.left, .right, .right])
    for row in report.items {
      table.append([row.item, NumberText.grouped(row.quantityMWh, decimals: 3), money(row.amount)])
    }
    table.rule()
    table.append(["total of \(report.lines.count) lines, \(report.units.count) units", "", money(report.total)])
    return table.rendered()
  }

  private func daily() -> String {
    var table = TextTable(
      ["day", "rules", "form", "sold MWh", "metered MWh", "amount"],
      alignments: [.left, .left, .left, .right, .right, .right])
    for row in report.days {
      table.append([
        "\(row.day)", row.rulePack, row.mode, NumberText.grouped(row.dayAheadMWh, decimals: 1),
        NumberText.grouped(row.meteredMWh, decimals: 1), money(row.amount),
      ])
    }
    return table.rendered()
  }

  private func reconciliation(_ found: SettlementReport.ReconciliationView) -> String {
    var text =
      colours.bold("Statement \(found.file)") + " · layout \(found.layout) · \(found.comparedLines) lines compared, "
      + "\(found.equalLines) equal\n"
    text +=
      "own \(money(found.ownTotal)), operator \(money(found.operatorTotal)), difference \(money(found.difference)) \(report.currency)\n"
    for cause in found.causes { text += "  \(cause.cause): \(cause.lines) lines, \(money(cause.amount))\n" }
    for row in found.differences.prefix(Self.shownDifferences) { text += colours.bad("● ") + row.sentence + "\n" }
    if found.differences.count > Self.shownDifferences {
      text += "… and \(found.differences.count - Self.shownDifferences) more (--json has all)\n"
    }
    return text + found.disputeSentence + "\n"
  }
}
