import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct MarketCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "market",
    abstract: "Says before the gate what is to be known of a day, in English and Chinese.",
    discussion: """
      spotdesk market 2026-04-01 --workspace desk
      spotdesk market 2026-04-01 --workspace desk --html market.html

      Bidding space against yesterday and similar days, valley and ramp, expected price with the chances of floor and cap, \
      imports, the own fleet against its contracts, what changed since the last boundary file, and what is new in the rules. \
      With the workspace's own rules it is kept as days/DAY/market.json. \
      Everything is read as of the day's information cutoff; every sentence names its figures and their series (--json).
      """)

  @Argument(help: ArgumentHelp("The market day. Default: the day after the last one with prices.", valueName: "date"))
  var day: MarketDay?

  @Argument(help: ArgumentHelp("With --html: the file to write; else standard output.", valueName: "file"))
  var file: String?

  @Flag(help: "A page (HTML) in place of text.")
  var html = false

  @Option(help: ArgumentHelp("Other rules than the workspace's.", valueName: "id"))
  var rules: String?

  @OptionGroup var choices: MarketChoices

  @OptionGroup var options: DeskOptions

  func validate() throws {
    guard !(html && options.json) else { throw ValidationError("Choose one of --json and --html.") }
    guard file == nil || html else { throw ValidationError("A file belongs to --html.") }
  }

  func run() throws {
    try reporting {
      let report = try options.desk().briefMarket(day, rules: rules, settings: choices.settings)
      if rules == nil { try options.desk().keepBrief(report) }
      if options.json {
        StandardOutput.write(try encodedDocument(report))
      } else if html {
        let page = marketBriefPage(report)
        if let file { try writeFile(page, to: file) } else { StandardOutput.write(page) }
      } else {
        StandardOutput.write(MarketBriefText(report: report, colours: options.colours).rendered())
      }
    }
  }
}

/// What the price forecast of a brief depends on.
struct MarketChoices: ParsableArguments {
  @Option(help: "Seed of the price scenarios.")
  var seed: UInt64 = 1

  @Option(help: "Number of price scenarios.")
  var scenarios = 200

  @OptionGroup
  var threads: ThreadOption

  func validate() throws {
    guard (20...2_000).contains(scenarios) else {
      throw ValidationError("--scenarios is \(scenarios); use 20 to 2000.")
    }
  }

  var settings: ForecastSettings {
    ForecastSettings(
      seed: seed, scenarios: scenarios, threads: threads.count)
  }
}
