import ArgumentParser
import Foundation
import TradingDesk

struct EvaluateWindOffers: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wind-offers",
    abstract: "What wind and solar bids earn under an imbalance rule, beside published strategies.",
    discussion: """
      spotdesk evaluate wind-offers --data case2.csv.gz --history case1.csv.gz --json

      Columns: power_true, power_pred, pd_true, one or more pd_pred…, OptimalRevenue, any Revenue_… of published strategies. \
      The bid of a day is learned from the history and from test days that ended a whole day before. Needs no workspace.
      """)

  @Option(help: ArgumentHelp("Forecasts, outcomes and published revenues, plain or gzip.", valueName: "file"))
  var data: String

  @Option(help: ArgumentHelp("The same of an earlier period, to learn from.", valueName: "file"))
  var history: String?

  @Option(help: "Intervals of a day.")
  var intervals = 48

  @Option(help: "Cost of a squared deviation, per MWh².")
  var deviationCost = 0.07

  @Option(help: "The largest bid of an interval in MWh.")
  var largestBid = 1_800.0

  @Option(help: "Days after which a day counts half.")
  var halfLife = 60.0

  @Option(help: "Penalty on following forecasts, in their variances.")
  var penalty = 0.3

  @Option(help: "Seed of the interval's bootstrap.")
  var seed: UInt64 = 1

  @Flag(help: "Print one JSON document on standard output instead of a table.")
  var json = false

  func validate() throws {
    guard (1...1_440).contains(intervals) else {
      throw ValidationError("--intervals is \(intervals); a day has 1 to 1440.")
    }
    guard halfLife >= 1, halfLife <= 100_000 else {
      throw ValidationError("--half-life is \(halfLife); use 1 to 100000 days.")
    }
    guard penalty > 0, penalty <= 1e6 else { throw ValidationError("--penalty is \(penalty); it is above 0.") }
  }

  func run() throws {
    try reporting {
      let desk = try TradingDesk.withoutWorkspace(quiet: true)
      var request = WindOffersRequest(data: URL(filePath: data))
      request.history = history.map { URL(filePath: $0) }
      (request.intervalsPerDay, request.costPerSquaredMWh, request.largestBid) = (intervals, deviationCost, largestBid)
      (request.halfLifeDays, request.penalty, request.seed) = (halfLife, penalty, seed)
      let report = try desk.evaluateWindOffers(request)
      StandardOutput.write(json ? try encodedDocument(report) : Data(WindOffersText(report: report).rendered().utf8))
    }
  }
}
