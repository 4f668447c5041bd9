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
      spotdesk check bids.csv --rules shandong --day 2026-03-05 --units units.csv

      Reads a file in the form of bids.csv, whoever wrote it. The day must have been prepared in the workspace, which \
      holds the units' limits. Exit code 2: a bid violates a rule.

      With --rules no workspace is needed: bids.csv has the columns unit, segment, from_MW, to_MW, price_per_MWh, and \
      units.csv unit, plant, capacity_MW, minimum_MW, ramp_up_MW_per_min, ramp_down_MW_per_min, minimum_up_h, \
      minimum_down_h, start_cost, no_load_cost_per_h, marginal_cost_per_MWh. Further columns are optional; what they \
      would tell is not evaluated without them. Both may be XLSX workbooks, also one with the sheets bids and units; \
      `spotdesk rules template PACK --output FILE` makes one to fill in. Exit codes: 0 accepted, 1 refused, others: a file cannot be read.
      """)

  @Argument(help: ArgumentHelp("The bid file.", valueName: "file"))
  var file: String

  @Option(
    help: ArgumentHelp("A market, market/version, or a pack's file; no workspace is used.", valueName: "pack"))
  var rules: String?

  @Option(help: ArgumentHelp("The market day, with --rules.", valueName: "date"))
  var day: MarketDay?

  @Option(help: ArgumentHelp("The register of units, with --rules.", valueName: "file"))
  var units: String?

  @Option(help: ArgumentHelp("What else the desk knows of the day as JSON, with --rules.", valueName: "file"))
  var facts: String?

  @Option(help: ArgumentHelp("When the bids are sent, with --rules.", valueName: "time"))
  var sent: String?

  @Flag(help: "Say the smallest change that removes each violation, with --rules.")
  var suggest = false

  @Option(
    help: ArgumentHelp("Write the report as a page with the text of each clause, with --rules.", valueName: "file"))
  var html: String?

  @Option(help: ArgumentHelp("Write the report as a workbook, with --rules.", valueName: "file"))
  var xlsx: String?

  @OptionGroup var options: DeskOptions

  func validate() throws {
    guard
      rules != nil
        || (day == nil && units == nil && facts == nil && sent == nil && !suggest && html == nil && xlsx == nil)
    else {
      throw ValidationError(
        "--day, --units, --facts, --sent, --suggest, --html and --xlsx go with --rules; name a rule pack.")
    }
    guard rules == nil || day != nil else { throw ValidationError("--rules needs --day; name the market day.") }
  }

  func run() throws {
    if let rules, let day { return try checkSubmission(rules: rules, day: day) }
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

  /// Checks a file that stands alone; 1 says that it is refused, so a defect of ours is 70 here.
  private func checkSubmission(rules: String, day: MarketDay) throws {
    do {
      let desk = try options.desk()
      let document = try desk.checkSubmission(
        SubmissionRequest(
          bids: URL(filePath: file), rules: rules, day: day, units: units.map { URL(filePath: $0) },
          facts: facts.map { URL(filePath: $0) }, sentAt: sent, suggestsRepairs: suggest))
      try desk.writeReport(document, page: html.map { URL(filePath: $0) }, workbook: xlsx.map { URL(filePath: $0) })
      if options.json {
        StandardOutput.write(try encodedDocument(document))
      } else {
        StandardOutput.write(OutcomeText(colours: options.colours).rendered(document))
      }
      if document.verdict == "refused" { throw ExitCode(1) }
    } catch let problem as DeskProblem {
      StandardError.write("spotdesk: \(problem.description)\n")
      throw ExitCode(problem.kind == .internalError ? 70 : problem.exitCode)
    }
  }
}
