import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct DayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "day",
    abstract: "Prepares a market day: forecast, offers of every unit, compliance, files.",
    discussion: """
      spotdesk day --workspace demo
      spotdesk day 2023-03-15 --workspace desk --portfolio units.csv --json

      Reads what was known at the information cutoff of the day's rule pack and nothing later. Prints the offers with \
      units side by side, the standard offer beside the optimised one, and the compliance lights; writes bids.csv, \
      bids.json, compliance.json and page.html into days/DATE of the workspace. The same input, seed and version give \
      the same bytes, whatever the number of threads. Exit code 2: a bid violates a rule; the files are written, but \
      must not be submitted.
      """)

  @Argument(
    help: ArgumentHelp(
      "The market day, as 2023-03-15. Default: the day after the last one with prices.", valueName: "date"))
  var day: MarketDay?

  @Option(help: ArgumentHelp("Units to bid, instead of the workspace's own.", valueName: "file"))
  var portfolio: String?

  @Option(help: ArgumentHelp("The market whose rule packs apply, instead of the workspace's.", valueName: "market"))
  var rules: String?

  @Option(
    help: ArgumentHelp(
      "The strategy of the optimised offer: optimised, or a file of yours (data/strategies).", valueName: "strategy"))
  var strategy: String?

  @OptionGroup var choices: ScenarioOptions

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let desk = try options.desk()
      let settings = try strategy.map { try desk.settings(choices.settings, of: $0) } ?? choices.settings
      let outcome = try desk.prepareDay(
        day, portfolioFile: portfolio.map { URL(filePath: $0) }, rules: rules, settings: settings)
      if options.json {
        StandardOutput.write(try encodedDocument(outcome.report))
      } else {
        StandardOutput.write(DayText(report: outcome.report, colours: options.colours).rendered())
      }
      if !options.quiet {
        for file in outcome.files { StandardError.write("wrote \(file.path)\n") }
      }
      if outcome.report.compliance.violated > 0 { throw ExitCode(2) }
    }
  }
}
