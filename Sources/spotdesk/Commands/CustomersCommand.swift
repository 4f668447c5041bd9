import ArgumentParser
import Foundation
import TradingDesk

struct CustomersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "customers", abstract: "What retail customers are worth, whose load changes, and what to offer them.",
    discussion: """
      spotdesk customers score --customers customers.csv --load load.csv.gz --contracts contracts.csv --json

      Files: data/README.md, "Customers". Any but the load may be missing; what is missing lowers the coverage, never becomes a number.
      """,
    subcommands: [
      CustomersScore.self, CustomersShow.self, CustomersAlerts.self, CustomersPackages.self, CustomersReport.self,
      CustomersProspects.self, CustomersDemo.self,
    ])
}

/// Files of a portfolio.
struct CustomerFileOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Customers (customer_id, industry_code, voltage_kv, …).", valueName: "file"))
  var customers: String?

  @Option(
    help: ArgumentHelp(
      "Load: customer_id, ts_start, energy_mwh; or a row a day; or daily-wide. Plain or gzip.", valueName: "file"))
  var load: String

  @Option(help: ArgumentHelp("Contracts (customer_id, start, end, prices).", valueName: "file"))
  var contracts: String?

  @Option(help: ArgumentHelp("Bills and payments (customer_id, due, paid_at, amount).", valueName: "file"))
  var payments: String?

  @Option(help: ArgumentHelp("Green energy and certificates by month.", valueName: "file"))
  var green: String?

  @Option(help: ArgumentHelp("Registry events (credit_code, event_type, event_date).", valueName: "file"))
  var registry: String?

  @Option(help: ArgumentHelp("Submitted plans (customer_id, date, plan_mwh; with period by hour).", valueName: "file"))
  var plan: String?

  @Option(help: ArgumentHelp("Meters of customers (customer_id, meter_id, multiplier).", valueName: "file"))
  var meters: String?

  @Option(help: ArgumentHelp("Opinions on companies (credit_code, ts, polarity).", valueName: "file"))
  var opinions: String?

  @Option(
    help: ArgumentHelp(
      "Calls for demand response (customer_id, date, committed_mwh, delivered_mwh).", valueName: "file"))
  var demandResponse: String?

  @Option(help: ArgumentHelp("Green energy by hour (customer_id, ts_start, green_mwh).", valueName: "file"))
  var greenHours: String?

  @Option(help: ArgumentHelp("Hourly prices (ts_start, price_da, price_rt).", valueName: "file"))
  var prices: String?

  @Option(
    help: ArgumentHelp(
      "Bands by month and hour.", discussion: "Default: data/customers/time-of-use.csv.", valueName: "file"))
  var timeOfUse: String?

  @Option(help: ArgumentHelp("kwh, mwh or wankwh.", discussion: "Default: as the column says.", valueName: "unit"))
  var loadUnit: String?

  var files: CustomerFiles {
    var files = CustomerFiles(load: URL(filePath: load), customers: url(customers))
    files.contracts = url(contracts)
    files.payments = url(payments)
    files.green = url(green)
    files.registry = url(registry)
    files.plan = url(plan)
    files.meters = url(meters)
    files.opinions = url(opinions)
    files.demandResponse = url(demandResponse)
    files.greenHours = url(greenHours)
    files.prices = url(prices)
    files.timeOfUse = url(timeOfUse)
    files.loadUnit = loadUnit
    return files
  }

  private func url(_ path: String?) -> URL? { path.map { URL(filePath: $0) } }
}

/// How a portfolio is scored.
struct ScoreOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Weights: standard, growth, defensive or green.", valueName: "name"))
  var profile = "standard"

  @Option(help: ArgumentHelp("A frozen population to score within, from --save-reference.", valueName: "file"))
  var reference: String?

  @Option(help: ArgumentHelp("Freeze this population.", valueName: "file"))
  var saveReference: String?

  @Option(help: ArgumentHelp("Scores of earlier months; this run is added.", valueName: "file"))
  var history: String?

  @Option(help: ArgumentHelp("Ledger of load alerts: an open stop keeps a customer out of tier S.", valueName: "file"))
  var ledger: String?

  @Flag(help: "Simulate packages for the indicator P5; needs hourly prices.")
  var withPackages = false

  @Option(help: "Draws of months for the band of the total; 0 for none.")
  var bootstraps = 200

  @Option(help: "Seed of everything random.")
  var seed: UInt64 = 1

  @OptionGroup
  var threads: ThreadOption

  @OptionGroup
  var console: ConsoleOptions

  func validate() throws {
    guard (0...2_000).contains(bootstraps) else {
      throw ValidationError("--bootstraps is \(bootstraps); use 0 to 2000.")
    }
    guard ["standard", "growth", "defensive", "green"].contains(profile) else {
      throw ValidationError("--profile is \"\(profile)\"; use standard, growth, defensive or green.")
    }
  }

  func request(_ files: CustomerFileOptions) -> ScoreRequest {
    var request = ScoreRequest(files: files.files)
    request.profile = profile
    request.reference = reference.map { URL(filePath: $0) }
    request.saveReference = saveReference.map { URL(filePath: $0) }
    request.history = history.map { URL(filePath: $0) }
    request.ledger = ledger.map { URL(filePath: $0) }
    request.withPackages = withPackages
    request.bootstraps = bootstraps
    request.seed = seed
    request.threads = threads.count
    return request
  }
}

struct CustomersScore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score", abstract: "Five dimensions, total, tier and confidence of every customer.",
    discussion: """
      spotdesk customers score --customers customers.csv --load load.csv.gz --contracts contracts.csv --payments payments.csv --json
      spotdesk customers score --load data.csv.gz --load-unit kwh --save-reference 2016q2.json

      Indicators are percentiles within the population (or a frozen one, --reference), weighed by judgement and a leashed entropy; the total's \
      distance from that of comparable customers is the sum of the contributions. Tiers change after two months in a row (--history), at \
      once where a guard breaks.
      """)
  @OptionGroup var files: CustomerFileOptions
  @OptionGroup var options: ScoreOptions

  func run() throws {
    try reporting {
      let desk = try TradingDesk.withoutWorkspace(quiet: options.console.quiet)
      if options.console.json {
        try desk.writeCustomerScores(options.request(files)) { StandardOutput.write($0) }
      } else {
        let reports = try desk.scoreCustomers(options.request(files))
        StandardOutput.write(CustomerScoresText(scores: reports).rendered())
      }
    }
  }
}
