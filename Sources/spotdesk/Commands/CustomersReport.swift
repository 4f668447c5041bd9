import ArgumentParser
import Foundation
import TradingDesk

struct CustomersReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "A page of the portfolio, or of one customer; CSV and PDF beside.",
    discussion: """
      spotdesk customers report --customers customers.csv --load load.csv.gz --page customers.html --csv customers-scores.csv
      spotdesk customers report --customers customers.csv --load load.csv.gz --customer C0007 --role manager --page c7.html --pdf c7.pdf

      --role says who reads: viewer (names masked, margins hidden), sales (margins hidden) or manager. --simulated labels the page where \
      contracts or payments were made by construction. The PDF is printed by Chromium, where it is installed.
      """)
  @OptionGroup var files: CustomerFileOptions
  @OptionGroup var options: ScoreOptions

  @Option(help: ArgumentHelp("Only this customer.", valueName: "id"))
  var customer: String?

  @Option(help: ArgumentHelp("viewer, sales or manager.", valueName: "role"))
  var role = "viewer"

  @Option(help: ArgumentHelp("The page (HTML).", valueName: "file"))
  var page: String

  @Option(name: .customLong("csv"), help: ArgumentHelp("The table of scores (CSV).", valueName: "file"))
  var table: String?

  @Option(help: ArgumentHelp("The table of scores (XLSX).", valueName: "file"))
  var xlsx: String?

  @Option(help: ArgumentHelp("The page as PDF.", valueName: "file"))
  var pdf: String?

  @Flag(help: "Label the page: parts were made by construction.")
  var simulated = false

  func validate() throws {
    guard CustomerRole(rawValue: role) != nil else {
      throw ValidationError("--role is \"\(role)\"; use viewer, sales or manager.")
    }
  }

  func run() throws {
    try reporting {
      let written = try TradingDesk.withoutWorkspace(quiet: options.console.quiet).reportCustomers(
        options.request(files), customer: customer, role: CustomerRole(rawValue: role) ?? .viewer,
        page: URL(filePath: page), table: table.map { URL(filePath: $0) }, workbook: xlsx.map { URL(filePath: $0) },
        pdf: pdf.map { URL(filePath: $0) },
        simulated: simulated, command: (["spotdesk"] + CommandLine.arguments.dropFirst()).joined(separator: " "))
      if options.console.json { StandardOutput.write(try encodedDocument(["written": written])) }
      if !options.console.quiet { for file in written { StandardError.write("wrote \(file)\n") } }
    }
  }
}

struct CustomersShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "One customer's score and everything that explains it.",
    discussion: """
      spotdesk customers show C0007 --customers customers.csv --load load.csv.gz --contracts contracts.csv

      --role hides margins from viewers and sales.
      """)
  @Argument(help: ArgumentHelp("The customer.", valueName: "id"))
  var customer: String

  @OptionGroup var files: CustomerFileOptions
  @OptionGroup var options: ScoreOptions

  @Option(help: ArgumentHelp("viewer, sales or manager.", valueName: "role"))
  var role = "manager"

  func validate() throws {
    guard CustomerRole(rawValue: role) != nil else {
      throw ValidationError("--role is \"\(role)\"; use viewer, sales or manager.")
    }
  }

  func run() throws {
    try reporting {
      let report = try TradingDesk.withoutWorkspace(quiet: options.console.quiet).showCustomer(
        customer, options.request(files), role: CustomerRole(rawValue: role) ?? .viewer)
      StandardOutput.write(
        options.console.json ? try encodedDocument(report) : Data(CustomerText(score: report).rendered().utf8))
    }
  }
}

struct CustomersAlerts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts", abstract: "Expansions, stops and relocations of the last days, the most valuable first.",
    discussion: """
      spotdesk customers alerts --load load.csv.gz --contracts contracts.csv --ledger alerts.json
      spotdesk customers alerts --load load.csv.gz --ledger alerts.json --acknowledge "C0007/production_stop/2025-11-02" --owner Wang

      Cases are open, acknowledged, resolved or reopened; the ledger keeps them from run to run. A case resolves itself after two weeks \
      near the baseline unless somebody has acknowledged it.
      """)
  @OptionGroup var files: CustomerFileOptions

  @Option(help: ArgumentHelp("Cases of earlier runs; this run is added.", valueName: "file"))
  var ledger: String?

  @Option(help: ArgumentHelp("Acknowledge a case.", valueName: "case"))
  var acknowledge: String?

  @Option(help: ArgumentHelp("Who works on it.", valueName: "name"))
  var owner: String?

  @Option(help: ArgumentHelp("Resolve a case.", valueName: "case"))
  var resolve: String?

  @Option(name: .customLong("as"), help: ArgumentHelp("confirmed, false or explained.", valueName: "resolution"))
  var resolution: String?

  @Option(help: "Last days whose alerts enter.")
  var days = 60

  @Option(help: ArgumentHelp("Holidays: prefix of files in data/calendars.", valueName: "prefix"))
  var calendar = "cn"

  @OptionGroup
  var threads: ThreadOption

  @OptionGroup
  var console: ConsoleOptions

  func validate() throws {
    guard (1...3_660).contains(days) else { throw ValidationError("--days is \(days); use 1 to 3660.") }
    guard acknowledge == nil && resolve == nil || ledger != nil else {
      throw ValidationError("A case is worked on in a --ledger; name it.")
    }
    guard acknowledge == nil || owner != nil else {
      throw ValidationError("--acknowledge needs --owner: who works on the case.")
    }
    guard resolve == nil || resolution != nil else {
      throw ValidationError("--resolve needs --as: confirmed, false or explained.")
    }
  }

  func run() throws {
    try reporting {
      var request = CustomerAlertsRequest(files: files.files)
      request.ledger = ledger.map { URL(filePath: $0) }
      request.acknowledge = acknowledge
      request.owner = owner
      request.resolve = resolve
      request.resolution = resolution
      request.days = days
      request.calendar = calendar
      request.threads = threads.count
      let report = try TradingDesk.withoutWorkspace(quiet: console.quiet).watchCustomers(request)
      StandardOutput.write(
        console.json ? try encodedDocument(report) : Data(CustomerAlertsText(report: report).rendered().utf8))
    }
  }
}
