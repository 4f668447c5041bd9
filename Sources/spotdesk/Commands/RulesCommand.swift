import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Lists the rule packs, or shows the one of a market and day with its clauses and unknowns.",
    discussion: """
      spotdesk rules
      spotdesk rules shandong 2023-03-15
      """)

  @Argument(help: ArgumentHelp("A market.", valueName: "market"))
  var market: String?

  @Argument(help: ArgumentHelp("A market day; the pack in force on it is shown.", valueName: "date"))
  var day: MarketDay?

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let report = try options.desk().describeRules(market: market, day: day)
      if options.json {
        StandardOutput.write(try encodedDocument(report))
      } else {
        StandardOutput.write(OutcomeText(colours: options.colours).rendered(report))
      }
    }
  }
}
