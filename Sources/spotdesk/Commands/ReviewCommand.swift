import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Compares standard and optimised offers with perfect foresight, unit by unit.",
    discussion: """
      spotdesk review 2023-03-15 --workspace desk

      Cleared energy, revenue, cost and profit of each, the difference, and the regret: perfect foresight less optimised. \
      Perfect foresight is the best feasible schedule at the realised prices from the same initial state, for the day alone.
      """)

  @Argument(help: ArgumentHelp("The market day.", valueName: "date"))
  var day: MarketDay

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let report = try options.desk().reviewDay(day)
      if options.json {
        StandardOutput.write(try encodedDocument(report))
      } else {
        StandardOutput.write(OutcomeText(colours: options.colours).rendered(report))
      }
    }
  }
}
