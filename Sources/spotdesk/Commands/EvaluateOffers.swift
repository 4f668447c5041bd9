import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct EvaluateOffers: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "offers", abstract: "What one unit would have earned with each way of offering, at real prices.",
    discussion: """
      spotdesk evaluate offers --data DE.csv.gz --unit coal.json --rules eu-sdac --from 2019-01-01 --to 2019-12-31 --json
      spotdesk evaluate offers --data DE.csv.gz --unit coal.json --rules eu-sdac --from 2019-01-01 --to 2019-12-31 \\
        --forecasts forecasts.csv --output days.csv

      The unit's file: name, capacity_MW, minimum_MW, minimum_up_hours, minimum_down_hours, start_cost, efficiency, fuels (each \
      a column of the data and its amount per_fuel_MWh), and if wanted cost_factor, other_cost_per_MWh, ramp_MW_per_minute.

      A price taker. Every policy meets the same prices and carries its own state of the unit. Baselines: equal segments at cost \
      plus 5 %, always on line; and marginal cost committed at a model's path. The uplift is over the harder of the two, with a \
      95 % interval by bootstrap over weeks (over days below four weeks); the placebo takes the forecasts of other weeks. Needs no workspace.
      """)

  @Option(help: ArgumentHelp("Prices and inputs to walk through, plain or gzip.", valueName: "file"))
  var data: String

  @Option(help: ArgumentHelp("Format of the data; default: told from the header.", valueName: "format"))
  var format: String?

  @Option(help: ArgumentHelp("The unit (JSON).", valueName: "file"))
  var unit: String

  @Option(help: ArgumentHelp("First test day.", valueName: "date"))
  var from: MarketDay

  @Option(help: ArgumentHelp("Last test day.", valueName: "date"))
  var to: MarketDay

  @Option(
    help: ArgumentHelp("Forecasts that evaluate prices --output wrote; default: made anew.", valueName: "file"))
  var forecasts: String?

  @Option(help: ArgumentHelp("Model whose path the reference commitment follows.", valueName: "name"))
  var reference = "lear"

  @Option(help: ArgumentHelp("Market whose rule pack the offers keep.", valueName: "market"))
  var rules: String

  @Option(help: ArgumentHelp("Write the profits by day and policy (CSV).", valueName: "file"))
  var output: String?

  @Option(help: "Seed of everything random.")
  var seed: UInt64 = 1

  @OptionGroup
  var threads: ThreadOption

  @OptionGroup
  var console: ConsoleOptions

  func run() throws {
    try reporting {
      let desk = try TradingDesk.withoutWorkspace(quiet: console.quiet)
      let bar = ProgressBar(isQuiet: console.quiet)
      let report = try desk.evaluateOffers(request(), hooks: bar.hooks)
      bar.end()
      if console.json {
        StandardOutput.write(try encodedDocument(report))
      } else {
        StandardOutput.write(OffersText(report: report).rendered())
      }
      if let output, !console.quiet { StandardError.write("wrote \(output)\n") }
    }
  }

  private func request() -> OffersRequest {
    var prices = EvaluationRequest(
      target: .prices, data: URL(filePath: data), format: format, testFrom: from, testTo: to)
    prices.settings.seed = seed
    prices.settings.threads = threads.count
    var request = OffersRequest(
      forecasts: prices, unit: URL(filePath: unit), market: rules, referenceModel: reference)
    request.forecastFile = forecasts.map { URL(filePath: $0) }
    request.output = output.map { URL(filePath: $0) }
    return request
  }
}
