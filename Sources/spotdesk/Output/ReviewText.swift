import TradingDesk

/// The waterfall, the lost energy and the findings of a review as text.
struct ReviewText {
  /// Findings that are printed; the document holds more.
  static let shownFindings = 8

  let report: ReviewReport
  let colours: TerminalColours

  func waterfall() -> String {
    var table = TextTable(
      ["from perfect foresight to realised", "effect", "level"], alignments: [.left, .right, .right])
    for step in report.waterfall.steps {
      let isLevel = step.step == "perfect-foresight" || step.step == "realised"
      if step.step == "realised" { table.rule() }
      table.append([
        step.step, isLevel ? "" : NumberText.signed(step.amount / 10_000, decimals: 2),
        NumberText.tenThousands(step.after),
      ])
    }
    let lost = report.lostEnergy.causes.filter { $0.energyMWh > 0 }.map {
      "\($0.cause) \(NumberText.grouped($0.energyMWh))"
    }
    var text = "\n" + table.rendered()
    text +=
      "lost \(NumberText.grouped(report.lostEnergy.totalMWh)) MWh"
      + (lost.isEmpty ? "" : " (" + lost.joined(separator: ", ") + ")")
      + "; \(NumberText.grouped(report.lostEnergy.surplusMWh)) MWh delivered beyond perfect foresight\n"
    for finding in report.findings.prefix(Self.shownFindings) {
      text += colours.warning("● ") + finding.sentence + "\n"
    }
    if let stack = report.stack { text += stack.sentence + "\n" }
    for note in report.notes { text += "  note: \(note)\n" }
    return text
  }
}
