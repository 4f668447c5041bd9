import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct ForecastCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Forecasts a market day's price, load, wind or solar: percentiles, joint scenarios, models, files.",
    discussion: """
      spotdesk forecast --workspace demo
      spotdesk forecast 2023-03-15 --workspace desk
      spotdesk forecast 2023-03-15 --workspace desk --scenarios 500 --reduce 20
      spotdesk forecast 2023-03-15 --workspace desk --models
      spotdesk forecast --workspace demo --target wind
      spotdesk forecast --workspace demo --joint --reduce 20

      Reads what was known at the information cutoff of the day's rule pack and nothing later; needs no units. Prints the \
      price by hour, the models with weight and error on days that they had not seen, and what was found in the inputs; \
      writes forecast.csv, forecast.json, forecast.html and scenarios.csv into days/DATE of the workspace. The same \
      input, seed and version give the same bytes, whatever the number of threads. The models of every forecast are \
      kept; --models lists them and forecasts nothing.

      --target load, wind or solar forecasts the market's power in MW instead, from the measured power of the past \
      (load.actual, wind.actual, solar.actual), forecast weather of the sites and the published forecast; it writes \
      forecast-load.csv and so on, and scenarios-load.csv.

      --joint forecasts all of them that the workspace has a measured past of and writes scenarios.csv with a row for \
      each path and target, drawn with the dependence that targets and intervals had on the same past days.
      """)

  @Argument(
    help: ArgumentHelp(
      "The market day, as 2023-03-15. Default: the day after the last one with prices.", valueName: "date"))
  var day: MarketDay?

  @Option(help: "What to forecast: price, load, wind or solar.")
  var target = ForecastedQuantity.price

  @Flag(help: "Joint scenarios of price, load, wind and solar: all that the workspace has a past of.")
  var joint = false

  @Option(help: ArgumentHelp("The market whose rule packs apply, instead of the workspace's.", valueName: "market"))
  var rules: String?

  @Option(help: "Seed of the scenarios and of the models that draw at random.")
  var seed: UInt64 = 1

  @Option(help: "Number of joint scenarios.")
  var scenarios = 200

  @Option(
    help: ArgumentHelp(
      "Write so many weighted scenarios that stand for all (fast forward selection).", valueName: "count"))
  var reduce: Int?

  @OptionGroup
  var threads: ThreadOption

  @Flag(help: "List the models of the forecasts that were made of the day.")
  var models = false

  @OptionGroup var options: DeskOptions

  func validate() throws {
    guard (20...2_000).contains(scenarios) else {
      throw ValidationError("--scenarios is \(scenarios); use 20 to 2000.")
    }
    if let reduce, !(1...scenarios).contains(reduce) {
      throw ValidationError("--reduce is \(reduce); use 1 to the number of scenarios, \(scenarios).")
    }
    guard !joint || target == .price else {
      throw ValidationError("--joint forecasts all targets together; leave out --target.")
    }
  }

  func run() throws {
    try reporting {
      if models { try list() } else { try forecast() }
    }
  }

  private func forecast() throws {
    let settings = ForecastSettings(
      seed: seed, scenarios: scenarios, threads: threads.count)
    let desk = try options.desk()
    let text = ForecastText(colours: options.colours)
    if joint {
      let outcome = try desk.forecastJointly(day, rules: rules, settings: settings, keptScenarios: reduce)
      try tell(outcome.report, text.rendered(outcome.report), outcome.files)
    } else if let quantity = target.power {
      let outcome = try desk.forecastPower(
        quantity, day, rules: rules, settings: settings, keptScenarios: reduce)
      try tell(outcome.report, text.rendered(outcome.report), outcome.files)
    } else {
      let outcome = try desk.forecastDay(day, rules: rules, settings: settings, keptScenarios: reduce)
      try tell(outcome.report, text.rendered(outcome.report), outcome.files)
    }
  }

  private func tell(_ report: some Encodable, _ text: String, _ files: [URL]) throws {
    if options.json {
      StandardOutput.write(try encodedDocument(report))
    } else {
      StandardOutput.write(text)
    }
    if !options.quiet {
      for file in files { StandardError.write("wrote \(file.path)\n") }
    }
  }

  private func list() throws {
    let report = try options.desk().forecastModels(of: day)
    if options.json {
      StandardOutput.write(try encodedDocument(report))
    } else {
      StandardOutput.write(ForecastText(colours: options.colours).rendered(report))
    }
  }
}

/// What `spotdesk forecast` forecasts.
enum ForecastedQuantity: String, ExpressibleByArgument, CaseIterable {
  case price, load, wind, solar

  /// nil for the price.
  var power: SeriesQuantity? {
    switch self {
    case .price: nil
    case .load: .load
    case .wind: .wind
    case .solar: .solar
    }
  }
}
