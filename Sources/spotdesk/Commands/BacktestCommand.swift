import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct BacktestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "Runs day, clear and review over many days, each as of its own gate.",
    discussion: """
      spotdesk backtest --from 2023-03-01 --to 2023-03-31 --workspace desk --portfolio units.csv

      Every strategy carries its own unit states from day to day. Perfect foresight is one schedule over all days. \
      Nothing is written to the workspace.
      """)

  @Option(help: ArgumentHelp("First market day.", valueName: "date"))
  var from: MarketDay

  @Option(help: ArgumentHelp("Last market day.", valueName: "date"))
  var to: MarketDay

  @Option(help: ArgumentHelp("Units to bid, instead of the workspace's own.", valueName: "file"))
  var portfolio: String?

  @OptionGroup var choices: ScenarioOptions

  @OptionGroup var options: DeskOptions

  func validate() throws {
    guard from <= to else { throw ValidationError("--from \(from) is after --to \(to).") }
  }

  func run() throws {
    try reporting {
      let report = try options.desk().backtest(
        from: from, through: to, portfolioFile: portfolio.map { URL(filePath: $0) }, settings: choices.settings)
      if options.json {
        StandardOutput.write(try encodedDocument(report))
      } else {
        StandardOutput.write(OutcomeText(colours: options.colours).rendered(report))
      }
    }
  }
}
