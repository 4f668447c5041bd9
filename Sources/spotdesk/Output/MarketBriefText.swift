import MarketModel
import TradingDesk

/// `spotdesk market` as text.
struct MarketBriefText {
  let report: MarketBriefReport
  let colours: TerminalColours

  func rendered() -> String {
    var text = colours.bold("Market \(report.day)") + " · \(report.rulePack) · as of \(report.dataAsOf)\n"
    text += colours.simulatedMarket(report.simulated)
    text += "\n"
    for sentence in report.sentences { text += sentence.english + "\n" }
    text += "\n"
    for sentence in report.sentences { text += sentence.chinese + "\n" }
    text += "\n" + parts()
    for outage in report.outages { text += colours.warning("○ ") + outage.sentence + "\n" }
    if report.rules.isNew {
      for sentence in report.rules.differences.prefix(10) { text += colours.warning("○ ") + sentence + "\n" }
    }
    for note in report.notes { text += "  note: \(note)\n" }
    return text
  }

  private func parts() -> String {
    var table = TextTable(
      ["part", "mean MW", "yesterday", "change", "largest", "at"],
      alignments: [.left, .right, .right, .right, .right, .left])
    for part in report.parts {
      table.append([
        part.name, NumberText.grouped(part.meanMW), part.yesterdayMeanMW.map { NumberText.grouped($0) } ?? "–",
        part.changeMW.map { NumberText.signed($0, decimals: 0) } ?? "–",
        part.largestChangeMW.map { NumberText.signed($0, decimals: 0) } ?? "–", part.largestChangeAt ?? "",
      ])
    }
    return table.rendered()
  }
}
