import ArgumentParser
import Foundation
import TradingDesk

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Reads a file into the workspace: all of it, or nothing.",
    discussion: """
      spotdesk import electricity_price.csv.gz --format spot96 --workspace desk
      spotdesk import weather.csv --format series --workspace desk

      Formats (columns: data/README.md and data/sources):
        spot96      15-minute demand and clearing price
        epf         hourly price with exogenous forecasts
        series      day, interval_end, columns such as "load.forecast [MW]"
        units       unit register, one row a unit
        plants      start limits of plants
        contracts   contracts for difference
        outages     outages and deratings
        fuel        coal in stock, coal that arrives, emission quotas of plants
      Plain or gzip. A file that was already imported changes nothing. A wrong row is reported with file, line and \
      reason and the file is refused whole; with --skip-bad-rows the market days with wrong rows are left out and counted.
      """)

  @Argument(help: ArgumentHelp("The file.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("What the file holds.", valueName: "format"))
  var format: ImportFormat

  @Option(help: ArgumentHelp("Creates the workspace for this market if it does not exist yet.", valueName: "market"))
  var rules: String?

  @Flag(help: "Leave market days with wrong rows out, and count them, instead of refusing the file.")
  var skipBadRows = false

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let desk = try options.desk()
      let outcome = try desk.importFile(
        URL(filePath: file), format: format, rules: rules, skipBadRows: skipBadRows)
      if options.json {
        StandardOutput.write(try encodedDocument(outcome))
      } else {
        StandardOutput.write(outcome.sentences.joined(separator: "\n") + "\n")
      }
    }
  }
}

extension ImportFormat: ExpressibleByArgument {}
