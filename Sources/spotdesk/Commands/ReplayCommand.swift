import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Lives through past days: bids as of each gate, cleared at the prices that came.",
    discussion: """
      spotdesk replay 2022-04-01..2023-03-31 --workspace desk --portfolio units.csv
      spotdesk review 2022-04-01..2023-03-31 --workspace desk --html year.html

      What `day` and `clear` do, for many past days and without their pages: every day's offers are drawn from the forecast on the \
      workspace's shelf (forecasts; issued as of the day's gate where there is none), and start in the states in which the day \
      before left the units. `review` and `settle` then read them. A day that has bids keeps them unless --again is given, so \
      that a replay that was stopped goes on.

      --planted puts causes of loss into a simulated workspace first (data/demonstration/planted.json): a wrong wind forecast, \
      an outage after the gate, a bad segment.
      """)

  @Argument(help: ArgumentHelp("A market day, or the first and the last: FROM..TO.", valueName: "day|from..to"))
  var days: MarketDayRange

  @Option(help: ArgumentHelp("Whose offers are sent: a built-in strategy or a file (.json).", valueName: "name"))
  var strategy = "optimised"

  @Option(help: ArgumentHelp("Units to bid, instead of the workspace's own.", valueName: "file"))
  var portfolio: String?

  @Option(help: ArgumentHelp("Causes to plant into a simulated workspace (JSON).", valueName: "file"))
  var planted: String?

  @Flag(help: "Make the bids of days anew that have some.")
  var again = false

  @OptionGroup var choices: ScenarioOptions

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let bar = ProgressBar(isQuiet: options.quiet)
      defer { bar.end() }
      var request = ReplayRequest(days: days, settings: choices.settings, hooks: bar.hooks)
      request.strategy = strategy
      request.portfolio = portfolio.map { URL(filePath: $0) }
      request.planted = planted.map { URL(filePath: $0) }
      request.again = again
      let report = try options.desk().replay(request)
      if options.json {
        StandardOutput.write(try encodedDocument(report))
      } else {
        StandardOutput.write(ReplayText(report: report, colours: options.colours).rendered())
      }
    }
  }
}

/// Days that were lived through as text.
struct ReplayText {
  let report: ReplayReport
  let colours: TerminalColours

  func rendered() -> String {
    var text = colours.bold("Replay \(report.from) to \(report.to)") + " · \(report.strategy)\n"
    text += colours.simulatedMarket(report.simulated)
    text += report.planted.map { "planted \($0)\n" }.joined()
    text += report.days.count <= 40 ? table() : ""
    return text
      + "\(report.days.count) days (\(report.daysKept) had bids), \(report.forecastsIssued) forecasts issued; profit \(NumberText.tenThousands(report.profit)), "
      + "standard offer \(NumberText.tenThousands(report.standardProfit)), in 10,000 \(report.currency); bids that break a rule: "
      + "\(report.days.reduce(0) { $0 + $1.violatedBids })\n"
  }

  private func table() -> String {
    var table = TextTable(
      ["day", "mean price", "units", "standard", "sent", "broken bids"],
      alignments: [.left] + [TextTable.Alignment](repeating: .right, count: 5))
    for day in report.days {
      table.append([
        "\(day.day)", NumberText.grouped(day.meanPricePerMWh, decimals: 1), String(day.units),
        NumberText.tenThousands(day.standardProfit), NumberText.tenThousands(day.profit), String(day.violatedBids),
      ])
    }
    return table.rendered()
  }
}
