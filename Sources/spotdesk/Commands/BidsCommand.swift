import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct BidsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bids",
    abstract: "Takes a day's bids from the draft to the platform: checked, approved by somebody else, sealed, sent.",
    discussion: """
      spotdesk bids draft 2026-03-05 --by lin             bids.csv of the prepared day, or --file FILE
      spotdesk bids check 2026-03-05 --by lin
      spotdesk bids override 2026-03-05 P05 HY-1 --by chen --reason "the operator agreed by telephone"
      spotdesk bids approve 2026-03-05 --by wang          not by who drafted
      spotdesk bids seal 2026-03-05 --by wang
      spotdesk bids export 2026-03-05 --output bids.xlsx --by wang
      spotdesk bids submit 2026-03-05 --receipt R-7741 --by wang
      spotdesk bids echo 2026-03-05 shown.csv --by wang
      spotdesk bids missing 2026-03-05                    what happens if nothing is submitted

      Every act is written into the audit trail (spotdesk audit). Exit code 2: the act is not allowed, or a bid violates \
      a rule, or the platform shows something else.
      """,
    subcommands: [
      BidsStatus.self, BidsDraft.self, BidsCheck.self, BidsOverride.self, BidsApprove.self, BidsSeal.self,
      BidsExport.self, BidsSubmit.self, BidsEcho.self, BidsMissing.self, BidsDefault.self,
    ], defaultSubcommand: BidsStatus.self)
}

/// The day and the person of an act.
struct ActOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The market day.", valueName: "date"))
  var day: MarketDay

  @Option(help: ArgumentHelp("Who does it; it is written into the audit trail.", valueName: "name"))
  var by: String
}

struct BidsStatus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Says how far a day's bids have come, and what is in the way.")

  @Argument(help: ArgumentHelp("The market day.", valueName: "date"))
  var day: MarketDay

  @OptionGroup var options: DeskOptions

  func run() throws { try reporting { try options.print(try options.desk().bidStatus(day)) } }
}

struct BidsDraft: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draft", abstract: "Makes a bid file the day's draft; approvals before it end.")

  @OptionGroup var act: ActOptions

  @Option(help: ArgumentHelp("A bid file, CSV or XLSX. Default: bids.csv of the prepared day.", valueName: "file"))
  var file: String?

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      try options.print(
        try options.desk().draftBids(act.day, file: file.map { URL(filePath: $0) }, by: act.by))
    }
  }
}

struct BidsCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Runs all 77 checks on the draft. Exit code 2: it is refused.")

  @OptionGroup var act: ActOptions

  @Option(help: ArgumentHelp("What else the desk knows of the day, as JSON.", valueName: "file"))
  var facts: String?

  @Option(help: ArgumentHelp("When the bids would be sent, for a replay. Default: now.", valueName: "time"))
  var sent: String?

  @Option(help: ArgumentHelp("Write the report as a page with the text of each clause.", valueName: "file"))
  var html: String?

  @Option(help: ArgumentHelp("Write the report as a workbook.", valueName: "file"))
  var xlsx: String?

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let desk = try options.desk()
      let (report, status) = try desk.checkDraft(
        act.day, facts: facts.map { URL(filePath: $0) }, sentAt: sent, by: act.by)
      try desk.writeReport(report, page: html.map { URL(filePath: $0) }, workbook: xlsx.map { URL(filePath: $0) })
      if options.json {
        StandardOutput.write(try encodedDocument(report))
      } else {
        let text = OutcomeText(colours: options.colours)
        StandardOutput.write(text.rendered(report) + text.rendered(status))
      }
      if report.verdict == "refused" { throw ExitCode(2) }
    }
  }
}

struct BidsOverride: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "override", abstract: "Lets a violation that stops a bid pass, with a person and a reason.")

  @Argument(help: ArgumentHelp("The market day.", valueName: "date"))
  var day: MarketDay

  @Argument(help: ArgumentHelp("The check, as P05.", valueName: "check"))
  var check: String

  @Argument(help: ArgumentHelp("The unit, or portfolio.", valueName: "unit"))
  var unit: String

  @Option(help: ArgumentHelp("Who does it.", valueName: "name"))
  var by: String

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var reason: String

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      try options.print(
        try options.desk().overrideCheck(check, unit: unit, reason: reason, day: day, by: by))
    }
  }
}

struct BidsApprove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve", abstract: "Approves the checked draft; who drafted it may not.")

  @OptionGroup var act: ActOptions
  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting { try options.print(try options.desk().approveBids(act.day, by: act.by)) }
  }
}

struct BidsSeal: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seal", abstract: "Seals the approved payload under its SHA-256.")

  @OptionGroup var act: ActOptions
  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting { try options.print(try options.desk().sealBids(act.day, by: act.by)) }
  }
}

struct BidsExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Writes the sealed payload as CSV, or as XLSX by the name's ending.")

  @OptionGroup var act: ActOptions

  @Option(help: ArgumentHelp("The file to write.", valueName: "file"))
  var output: String

  @Flag(help: "Write the draft, which nobody needs to have approved.")
  var draft = false

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      try options.desk().exportBids(act.day, to: URL(filePath: output), draft: draft, by: act.by)
      StandardOutput.write(output + "\n")
    }
  }
}

struct BidsSubmit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Stores the platform's receipt for the sealed payload.")

  @OptionGroup var act: ActOptions

  @Option(help: ArgumentHelp("The platform's receipt.", valueName: "text"))
  var receipt: String

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting { try options.print(try options.desk().submitBids(act.day, receipt: receipt, by: act.by)) }
  }
}

struct BidsEcho: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "echo", abstract: "Compares what the platform shows with the sealed payload. Exit code 2: it differs.")

  @Argument(help: ArgumentHelp("The market day.", valueName: "date"))
  var day: MarketDay

  @Argument(
    help: ArgumentHelp("A file of the platform, CSV or XLSX with the columns of a bid file.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("Who does it.", valueName: "name"))
  var by: String

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let report = try options.desk().compareEcho(day, file: URL(filePath: file), by: by)
      if options.json {
        StandardOutput.write(try encodedDocument(report))
      } else {
        StandardOutput.write(OutcomeText(colours: options.colours).rendered(report))
      }
      if !report.isEqual { throw ExitCode(2) }
    }
  }
}

struct BidsMissing: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "missing", abstract: "Computes what happens to each unit if nothing is submitted.")

  @Argument(help: ArgumentHelp("The market day.", valueName: "date"))
  var day: MarketDay

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let report = try options.desk().missingBids(day)
      if options.json { return StandardOutput.write(try encodedDocument(report)) }
      StandardOutput.write(OutcomeText(colours: options.colours).rendered(report))
    }
  }
}

struct BidsDefault: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "default", abstract: "Registers a bid file as what counts for units without a bid, from a day on.")

  @OptionGroup var act: ActOptions

  @Option(help: ArgumentHelp("A bid file, CSV or XLSX.", valueName: "file"))
  var file: String

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      try options.desk().registerDefaultBids(URL(filePath: file), from: act.day, by: act.by)
      StandardOutput.write("registered from \(act.day) on\n")
    }
  }
}

extension DeskOptions {
  fileprivate func print(_ status: BidStatus) throws {
    if json { return StandardOutput.write(try encodedDocument(status)) }
    StandardOutput.write(OutcomeText(colours: colours).rendered(status))
  }
}
