import ArgumentParser
import Foundation
import TradingDesk

struct CustomersPackages: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "packages", abstract: "Simulates packages for customers, makes three offers each, chooses proposals.",
    discussion: """
      spotdesk customers packages --customers customers.csv --load load.csv.gz --contracts contracts.csv --prices prices.csv
      spotdesk customers packages --load load.csv.gz --prices prices.csv --customer C0007 --rules jiangxi --json

      Needs hourly loads and prices. Every customer meets every package in every scenario: bills of the customer, margin and CVaR of the \
      company, rule checks. Acceptance is assumed, and says so. Proposals maximise the expected gain under --capacity and --risk-limit.
      """)
  @OptionGroup var files: CustomerFileOptions

  @Option(help: ArgumentHelp("Templates. Default: data/customers/packages.json.", valueName: "file"))
  var packages: String?

  @Option(help: ArgumentHelp("Rules of data/customers/package-rules.json, as jiangxi.", valueName: "id"))
  var rules: String?

  @Option(help: ArgumentHelp("Day on which the rules are read.", valueName: "date"))
  var rulesDay = "2026-03-01"

  @Option(help: ArgumentHelp("Only this customer.", valueName: "id"))
  var customer: String?

  @Option(help: "Scenarios of prices and loads.")
  var scenarios = 200

  @Option(help: "Proposals that sales can make. Default: one for every customer.")
  var capacity: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Highest CVaR (5 %) of the change of the portfolio's margin.", valueName: "money"))
  var riskLimit: Double?

  @Option(help: "Seed of everything random.")
  var seed: UInt64 = 1

  @OptionGroup
  var threads: ThreadOption

  @OptionGroup
  var console: ConsoleOptions

  func validate() throws {
    guard (20...2_000).contains(scenarios) else {
      throw ValidationError("--scenarios is \(scenarios); use 20 to 2000.")
    }
    guard capacity ?? 1 >= 0 else { throw ValidationError("--capacity is \(capacity ?? 0); it is 0 or more.") }
  }

  func run() throws {
    try reporting {
      var request = PackagesRequest(files: files.files)
      request.packages = packages.map { URL(filePath: $0) }
      request.rules = rules
      request.rulesDay = rulesDay
      request.customer = customer
      request.scenarios = scenarios
      request.capacity = capacity
      request.riskLimit = riskLimit
      request.seed = seed
      request.threads = threads.count
      let report = try TradingDesk.withoutWorkspace(quiet: console.quiet).simulatePackages(request)
      StandardOutput.write(
        console.json ? try encodedDocument(report) : Data(PackagesText(report: report).rendered().utf8))
    }
  }
}
