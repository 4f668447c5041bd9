import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct EvaluateStorage: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "storage",
    abstract: "What batteries would have earned at real prices, each day decided before its gate.",
    discussion: """
      spotdesk evaluate storage --data electricity_price.csv.gz --from 2023-01-01 --to 2023-03-31 --hours 1,2 --json

      persistence schedules for yesterday's prices; self-schedule for the expected ones; price-based moves at the price of each \
      interval with values of stored energy from joint paths. With --rules of a market whose day-ahead clearing keeps states of \
      charge, cleared offer is one curve that the clearing schedules over the day to a declared end. Every day starts where the one \
      before ended; a storage begins half full, one of --storages at its state of charge. Perfect foresight is one schedule over all \
      days. A price taker. Needs no workspace.

      Ten batteries over a year: forecasts once (evaluate prices --output), then as many storages as wanted from --forecasts:
      spotdesk evaluate storage --data electricity_price.csv.gz --from 2022-04-01 --to 2023-03-31 --forecasts year.csv \
        --hours 1,1.5,2,3,4 --round-trip 0.85,0.9
      """)

  @Option(help: ArgumentHelp("Prices and inputs to walk through, plain or gzip.", valueName: "file"))
  var data: String

  @Option(help: ArgumentHelp("Format of the data; default: told from the header.", valueName: "format"))
  var format: String?

  @Option(help: ArgumentHelp("First test day.", valueName: "date"))
  var from: MarketDay

  @Option(help: ArgumentHelp("Last test day.", valueName: "date"))
  var to: MarketDay

  @Option(help: ArgumentHelp("Forecasts that evaluate prices --output wrote; default: made anew.", valueName: "file"))
  var forecasts: String?

  @Option(help: "Charge and discharge power in MW.")
  var power = 100.0

  @Option(help: ArgumentHelp("Hours of discharge at full power, with commas between.", valueName: "list"))
  var hours = "1,2"

  @Option(
    help: ArgumentHelp(
      "Energy delivered over energy drawn, 0.04 to 1, with commas between: a storage for each with each of the hours.",
      valueName: "list"))
  var roundTrip = "0.9"

  @Option(
    help: ArgumentHelp(
      "Storages as a position's storages.csv lists them, in place of --power, --hours, --round-trip, --wear and --cycles.",
      valueName: "file"))
  var storages: String?

  @Option(help: "Wear of the store per delivered MWh.")
  var wear = 0.0

  @Option(help: "Cycles a day at the most; default: no limit.")
  var cycles: Double?

  @Option(
    help: ArgumentHelp(
      "Rules that may clear storages over the day: a market, market/version, or a pack's file.", valueName: "pack"))
  var rules: String?

  @Option(help: "Seed of everything random.")
  var seed: UInt64 = 1

  @OptionGroup
  var threads: ThreadOption

  @OptionGroup
  var console: ConsoleOptions

  func validate() throws {
    guard !durations.isEmpty, durations.allSatisfy({ $0 > 0 && $0 <= 1_000 }) else {
      throw ValidationError("--hours is \(hours); give hours above 0 with commas between, such as 1,2.")
    }
    guard !roundTrips.isEmpty, roundTrips.allSatisfy((0.04...1).contains) else {
      throw ValidationError(
        "--round-trip is \(roundTrip); give shares from 0.04 to 1 with commas between, such as 0.85,0.9.")
    }
    guard durations.count * roundTrips.count <= 1_000 else {
      throw ValidationError(
        "--hours and --round-trip make \(durations.count * roundTrips.count) storages; 1000 at the most.")
    }
  }

  private var durations: [Double] { numbers(hours) }
  private var roundTrips: [Double] { numbers(roundTrip) }

  /// Empty if one of them is no number.
  private func numbers(_ list: String) -> [Double] {
    let numbers = list.split(separator: ",").map { Double($0) }
    return numbers.contains(nil) ? [] : numbers.compactMap { $0 }
  }

  func run() throws {
    try reporting {
      let desk = try TradingDesk.withoutWorkspace(quiet: console.quiet)
      let bar = ProgressBar(isQuiet: console.quiet)
      var prices = EvaluationRequest(
        target: .prices, data: URL(filePath: data), format: format, testFrom: from, testTo: to)
      prices.settings.seed = seed
      prices.settings.threads = threads.count
      var request = StorageRequest(forecasts: prices)
      request.forecastFile = forecasts.map { URL(filePath: $0) }
      (request.powerMegawatts, request.hours, request.roundTripEfficiencies) = (power, durations, roundTrips)
      request.storages = storages.map { URL(filePath: $0) }
      request.rules = rules
      (request.wearCostPerMWh, request.largestCyclesPerDay) = (wear, cycles)
      let report = try desk.evaluateStorage(request, hooks: bar.hooks)
      bar.end()
      StandardOutput.write(
        console.json ? try encodedDocument(report) : Data(StorageText(report: report).rendered().utf8))
    }
  }
}
