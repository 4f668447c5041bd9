import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct PositionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "position",
    abstract:
      "Units, storages, wind and solar, virtual power plant, customers and contracts as one position, with a hedge.",
    discussion: """
      spotdesk forecast 2026-04-01 --joint --workspace demo
      spotdesk position 2026-04-01 --workspace demo --json

      Needs the day's bids (`spotdesk day`). Uses the paths that `forecast --joint` wrote for the day, or makes them. The assets are \
      storages.csv, stations.csv, customer-groups.csv and virtual-power-plant.csv of a folder, each of which may be missing. Writes \
      position.json, position.html, asset-bids.csv and plant-offers.csv beside the day's other files.

      spotdesk replay 2025-04-01..2026-03-31 --workspace demo
      spotdesk position 2025-04-01..2026-03-31 --workspace demo --every 7 --html year.html

      Many days make one report: sums by class of assets, exposure, CVaR before and after the hedge, the value of one hedge over one \
      for each desk with its interval over days, and what the same decisions brought at what came. Their paths are the price \
      forecasts that are kept, with errors of published power on past days (--paths kept); --paths joint takes or makes those of \
      forecast --joint, minutes of a processor each.
      """)

  @Argument(help: ArgumentHelp("A market day, or the first and the last: FROM..TO.", valueName: "day|from..to"))
  var days: MarketDayRange

  @Option(help: ArgumentHelp("Of many days: look at one day of so many.", valueName: "number"))
  var every = 1

  @Option(help: ArgumentHelp("Of many days: where joint paths come from, kept or joint.", valueName: "name"))
  var paths = "kept"

  @Option(help: ArgumentHelp("Of many days: write a page (HTML).", valueName: "file"))
  var html: String?

  @Option(
    help: ArgumentHelp(
      "Folder of the assets.", discussion: "Default: assets in the workspace; the demonstration's if it is simulated.",
      valueName: "dir"))
  var assets: String?

  @Option(
    help: ArgumentHelp(
      "Rule pack for the assets' bids, as MARKET/VERSION.", discussion: "Default: the day's.", valueName: "pack"
    ))
  var assetRules: String?

  @Option(help: "Weight of CVaR 5 % against the mean, 0 to 1.")
  var riskWeight = 0.5

  @Option(help: "Cost of trading a contract, per MWh either way.")
  var hedgeCost = 1.0

  @Option(help: "MW of each contract that can be traded.")
  var hedgeLimit = 1_000.0

  @Option(help: "Seed of everything random.")
  var seed: UInt64 = 1

  @Option(help: "Joint paths, if they have to be made.")
  var scenarios = 200

  @OptionGroup
  var threads: ThreadOption

  @OptionGroup var options: DeskOptions

  func validate() throws {
    guard (1...366).contains(every) else { throw ValidationError("--every is \(every); use 1 to 366.") }
    guard PositionSource(rawValue: paths) != nil else {
      throw ValidationError("--paths is \(paths); use kept or joint.")
    }
    guard html == nil || !days.isOneDay else {
      throw ValidationError("--html belongs to many days; the page of one day is position.html beside its files.")
    }
    guard (20...2_000).contains(scenarios) else {
      throw ValidationError("--scenarios is \(scenarios); use 20 to 2000.")
    }
    guard (0...1).contains(riskWeight) else {
      throw ValidationError("--risk-weight is \(riskWeight); use 0 to 1.")
    }
    guard (0...10_000).contains(hedgeCost) else {
      throw ValidationError("--hedge-cost is \(hedgeCost); use 0 to 10000.")
    }
    guard (0...1e6).contains(hedgeLimit) else {
      throw ValidationError("--hedge-limit is \(hedgeLimit); use 0 to 1000000 MW.")
    }
  }

  func run() throws {
    try reporting {
      let settings = ForecastSettings(
        seed: seed, scenarios: scenarios, threads: threads.count)
      var request = PositionRequest(day: days.first, settings: settings)
      request.assets = assets.map { URL(filePath: $0) }
      request.assetRules = assetRules
      (request.riskWeight, request.hedgeCost, request.hedgeLimit) = (riskWeight, hedgeCost, hedgeLimit)
      if days.isOneDay { try runDay(request) } else { try runDays(request) }
    }
  }

  private func runDay(_ request: PositionRequest) throws {
    let outcome = try options.desk().preparePosition(request)
    StandardOutput.write(
      options.json
        ? try encodedDocument(outcome.report)
        : Data(PositionText(report: outcome.report, colours: options.colours).rendered().utf8))
    if !options.quiet { for file in outcome.files { StandardError.write("wrote \(file.path)\n") } }
    if outcome.report.compliance.contains(where: { !$0.violations.isEmpty }) { throw ExitCode(2) }
  }

  private func runDays(_ each: PositionRequest) throws {
    let bar = ProgressBar(isQuiet: options.quiet)
    var request = PositionsRequest(days: days, each: each, hooks: bar.hooks)
    request.every = every
    request.source = PositionSource(rawValue: paths) ?? .kept
    let report: PositionsReport
    do {
      defer { bar.end() }
      report = try options.desk().positions(request)
    }
    if let html { try writeFile(positionsPage(report), to: html) }
    StandardOutput.write(
      options.json
        ? try encodedDocument(report) : Data(PositionsText(report: report, colours: options.colours).rendered().utf8))
    if !report.violations.isEmpty { throw ExitCode(2) }
  }
}
