import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct EvaluateLearnedOffer: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learned-offer",
    abstract: "Learns the shape of a fleet's offers in the demonstration province and compares it with the optimiser.",
    discussion: """
      spotdesk evaluate learned-offer --train-from 2024-06-01 --train-days 180 --from 2025-01-01 --days 60 --curve learning.csv --page learned.html

      A policy gradient over how far above or below cost each part of the fleet is offered. Its action map keeps within the conduct \
      limit and the pack's rules, so that no bid can be wrong. The unseen days are cleared again as a whole, beside the price taker \
      and the price maker's optimiser. The same seed learns the same policy.
      """)

  @Option(help: ArgumentHelp("First day of training.", valueName: "date"))
  var trainFrom: MarketDay

  @Option(help: "Days of training; the last fifth chooses the policy.")
  var trainDays = 150

  @Option(help: ArgumentHelp("First unseen day.", valueName: "date"))
  var from: MarketDay

  @Option(help: "Number of unseen days.")
  var days = 60

  @Option(help: ArgumentHelp("Share of the output that contracts settle.", valueName: "percent"))
  var cover = 80.0

  @Option(help: "Passes over the days of training.")
  var epochs = 300

  @Option(help: "Seed of everything random.")
  var seed: UInt64 = 1

  @OptionGroup
  var threads: ThreadOption

  @Option(help: ArgumentHelp("Write the learning curve (CSV).", valueName: "file"))
  var curve: String?

  @Option(help: ArgumentHelp("Write a page with the learning curve and the unseen days (HTML).", valueName: "file"))
  var page: String?

  @Option(help: ArgumentHelp("Write what was learned, for the strategy `learned` (JSON).", valueName: "file"))
  var policy: String?

  @OptionGroup
  var console: ConsoleOptions

  func validate() throws {
    guard (10...600).contains(trainDays) else {
      throw ValidationError("--train-days is \(trainDays); use 10 to 600.")
    }
    guard (1...366).contains(days) else { throw ValidationError("--days is \(days); use 1 to 366.") }
    guard (0...150).contains(cover) else { throw ValidationError("--cover is \(cover); use 0 to 150.") }
    guard (1...10_000).contains(epochs) else { throw ValidationError("--epochs is \(epochs); use 1 to 10000.") }
  }

  func run() throws {
    try reporting {
      let desk = try TradingDesk.withoutWorkspace(quiet: console.quiet)
      var request = LearnedOfferRequest(
        trainFrom: trainFrom, trainDays: trainDays, from: from, days: days, cover: cover / 100, epochs: epochs,
        seed: seed, threads: threads.count)
      request.curve = curve.map { URL(filePath: $0) }
      request.page = page.map { URL(filePath: $0) }
      request.policy = policy.map { URL(filePath: $0) }
      let report = try desk.evaluateLearnedOffer(request)
      if console.json {
        StandardOutput.write(try encodedDocument(report))
      } else {
        StandardOutput.write(LearnedOfferText(report: report).rendered())
      }
      for file in [curve, page, policy].compactMap(\.self) where !console.quiet {
        StandardError.write("wrote \(file)\n")
      }
    }
  }
}
