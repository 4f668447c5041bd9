import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Says what one or more days brought, and where the rest of perfect foresight went.",
    discussion: """
      spotdesk review 2023-03-15 --workspace desk
      spotdesk review 2023-03-01..2023-03-31 --workspace desk --html review.html
      spotdesk review 2023-03-15 --unit A1 --workspace desk --json

      Standard and optimised offers and perfect foresight, unit by unit; the exact way from perfect foresight over the errors of \
      price, load and renewables, bid shape, commitment, outages and contracts to what was realised; lost energy by cause. \
      Perfect foresight is the best feasible schedule at the realised prices from the same initial state, for each day alone.

      --html and --xlsx write the same figures as a page or a workbook: into the file that is named after the days, else to \
      standard output.
      """)

  @Argument(help: ArgumentHelp("A market day, or the first and the last: FROM..TO.", valueName: "day|from..to"))
  var days: MarketDayRange

  @Argument(help: ArgumentHelp("With --html or --xlsx: the file to write.", valueName: "file"))
  var file: String?

  @Option(help: ArgumentHelp("Review one unit alone.", valueName: "id"))
  var unit: String?

  @Flag(help: "A page (HTML) in place of a table.")
  var html = false

  @Flag(help: "A workbook (XLSX) in place of a table.")
  var xlsx = false

  @OptionGroup
  var threads: ThreadOption

  @OptionGroup var options: DeskOptions

  func validate() throws {
    guard [html, xlsx, options.json].count(where: { $0 }) <= 1 else {
      throw ValidationError("Choose one of --json, --html and --xlsx.")
    }
    guard file == nil || html || xlsx else { throw ValidationError("A file belongs to --html or --xlsx.") }
  }

  func run() throws {
    try reporting {
      let request = ReviewRequest(
        days: days, unit: unit, threads: threads.count)
      let report = try options.desk().review(request)
      if options.json {
        StandardOutput.write(try encodedDocument(report))
      } else if html {
        let page = reviewPage(report)
        if let file { try writeFile(page, to: file) } else { StandardOutput.write(page) }
      } else if xlsx {
        let workbook = try reviewWorkbook(report)
        if let file { try writeFile(workbook, to: file) } else { StandardOutput.write(workbook) }
      } else {
        StandardOutput.write(OutcomeText(colours: options.colours).rendered(report))
      }
    }
  }
}
