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

      Reads what was known at the information cutoff of the day's rule pack and nothing later. Prints the offers with
      units side by side, the standard offer beside the optimised one, and the compliance lights; writes bids.csv,
      bids.json, compliance.json and page.html into days/DATE of the workspace. The same input, seed and version give
      the same bytes, whatever the number of threads. Exit code 2: a bid violates a rule; the files are written, but
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

  @Option(help: "Seed of the price scenarios.")
  var seed: UInt64 = 1

  @Option(help: "Number of price scenarios.")
  var scenarios = 200

  @Option(help: "Weight of the worst 5 % of scenarios against the mean; 0 is risk-neutral.")
  var riskAversion = 0.1

  @Option(help: "Threads to use; results do not depend on it. Default: the processor's cores.")
  var threads: Int?

  @OptionGroup var options: DeskOptions

  func validate() throws {
    guard (20...2_000).contains(scenarios) else {
      throw ValidationError("--scenarios is \(scenarios); use 20 to 2000.")
    }
    guard (0...1).contains(riskAversion) else {
      throw ValidationError("--risk-aversion is \(riskAversion); use 0 to 1.")
    }
    guard (1...64).contains(threads ?? 1) else { throw ValidationError("--threads is \(threads ?? 0); use 1 to 64.") }
  }

  func run() throws {
    try reporting {
      let desk = try options.desk()
      let settings = DaySettings(
        seed: seed, scenarios: scenarios, riskAversion: riskAversion,
        threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
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
