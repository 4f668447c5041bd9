import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct ClearCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clear",
    abstract: "Runs a day's offers against the realised day-ahead prices, as a price taker.",
    discussion: """
      spotdesk clear 2023-03-15 --workspace desk

      Each unit is dispatched along its offer in the intervals that it declared on line, within its ramps and limits. \
      The state in which the optimised offers leave the units becomes the initial state of the next day. Run `day` first.
      """)

  @Argument(help: ArgumentHelp("The market day.", valueName: "date"))
  var day: MarketDay

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let report = try options.desk().clearDay(day)
      if options.json {
        StandardOutput.write(try encodedDocument(report))
      } else {
        StandardOutput.write(OutcomeText(colours: options.colours).rendered(report))
      }
    }
  }
}
