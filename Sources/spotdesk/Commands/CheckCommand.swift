import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks a bid file against the rule pack of its day and the units' physics.",
    discussion: """
      spotdesk check days/2023-03-15/bids.csv --workspace desk

      Reads a file in the form of bids.csv, whoever wrote it. The day must have been prepared in the workspace, which \
      holds the units' limits. Exit code 2: a bid violates a rule.
      """)

  @Argument(help: ArgumentHelp("The bid file.", valueName: "file"))
  var file: String

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let report = try options.desk().checkFile(URL(filePath: file))
      if options.json {
        StandardOutput.write(try encodedDocument(report))
      } else {
        StandardOutput.write(OutcomeText(colours: options.colours).rendered(report))
      }
      if report.compliance.violated > 0 { throw ExitCode(2) }
    }
  }
}
