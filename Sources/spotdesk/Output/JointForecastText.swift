import MarketModel
import TradingDesk

extension ForecastText {
  /// What was drawn together: the mean of the day by target, and the correlations between targets.
  func rendered(_ report: JointForecastReport) -> String {
    var text = colours.bold("SpotDesk · joint scenarios for \(report.day)") + " · \(report.rulePack)\n"
    text += colours.simulatedMarket(report.simulated)
    text +=
      "\(report.scenarios) joint paths, \(report.scenariosWritten) written; figures are of the day's mean over the paths\n\n"
    let names = report.targets.map(\.target.rawValue)
    var table = TextTable(
      ["target", "unit", "10 %", "mean", "90 %"] + names.map { "corr. \($0)" },
      alignments: [.left, .left] + Array(repeating: .right, count: 3 + names.count))
    for (index, target) in report.targets.enumerated() {
      table.append(
        [target.target.rawValue, target.unit]
          + [target.low, target.mean, target.high].map { NumberText.grouped($0, decimals: 1) }
          + report.correlations[index].map { NumberText.grouped($0, decimals: 2) })
    }
    text += table.rendered() + "\n" + colours.bold("Made from") + " \(report.program); data as of \(report.dataAsOf);"
    text += " seed \(report.seed)\n"
    for note in report.notes { text += "  note: \(note)\n" }
    for target in report.targets {
      for note in target.notes where !note.hasPrefix("simulated:") {
        text += "  note: \(target.target.rawValue): \(note)\n"
      }
    }
    return text
  }
}
