import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct EvaluateMarketPower: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "market-power",
    abstract: "What a fleet gains by moving the price, in the demonstration province, cleared again as a whole.",
    discussion: """
      spotdesk evaluate market-power --from 2025-03-01 --days 28
      spotdesk evaluate market-power --from 2025-03-01 --days 28 --equilibrium-days 2 --json

      Every day is cleared again with our fleet's offers as simulated, standard, a price taker's and a price maker's. The price maker \
      sees the supply stack estimated from the days before; the informed one sees the others' offers and is a ceiling. Gains are \
      apart: the price taker's over standard, the price maker's over the price taker's. A way of offering that breaks the \
      market-power checks is refused. On some days the strategic groups play until nobody gains much by another offer. None of this \
      enters a trading day.
      """)

  @Option(
    help: ArgumentHelp("First day; the province begins 60 days before the first possible one.", valueName: "date"))
  var from: MarketDay

  @Option(help: "Number of days.")
  var days = 14

  @Option(help: ArgumentHelp("Shares of the output that contracts settle, in percent.", valueName: "list"))
  var cover = "0,50,70,80,90,100"

  @Option(help: "Days on which the strategic groups play to an equilibrium.")
  var equilibriumDays = 1

  @Option(
    help: ArgumentHelp("Share of every group's output under contract in that play, in percent.", valueName: "percent"))
  var equilibriumCover = 80.0

  @Option(help: "Rounds of play at the most.")
  var rounds = 60

  @Option(help: "Seed of everything random but the province.")
  var seed: UInt64 = 1

  @Option(help: "Seed of the province. Default: that of the demonstration.")
  var provinceSeed: UInt64?

  @OptionGroup
  var threads: ThreadOption

  @OptionGroup
  var console: ConsoleOptions

  private var covers: [Double]? {
    let parts = cover.split(separator: ",").map { Double($0.trimmingCharacters(in: .whitespaces)) }
    let known = parts.compactMap { $0 }
    return known.count == parts.count && !known.isEmpty ? known.map { $0 / 100 } : nil
  }

  func validate() throws {
    guard (1...366).contains(days) else { throw ValidationError("--days is \(days); use 1 to 366.") }
    guard let covers, covers.allSatisfy({ (0...1.5).contains($0) }) else {
      throw ValidationError("--cover is \"\(cover)\"; use percentages from 0 to 150 such as 0,80,100.")
    }
    guard (0...31).contains(equilibriumDays) else {
      throw ValidationError("--equilibrium-days is \(equilibriumDays); use 0 to 31.")
    }
    guard (0...150).contains(equilibriumCover) else {
      throw ValidationError("--equilibrium-cover is \(equilibriumCover); use 0 to 150.")
    }
    guard (1...1_000).contains(rounds) else { throw ValidationError("--rounds is \(rounds); use 1 to 1000.") }
  }

  func run() throws {
    try reporting {
      let desk = try TradingDesk.withoutWorkspace(quiet: console.quiet)
      let report = try desk.evaluateMarketPower(
        MarketPowerRequest(
          from: from, days: days, covers: covers ?? [], equilibriumDays: equilibriumDays,
          equilibriumCover: equilibriumCover / 100, rounds: rounds, seed: seed, provinceSeed: provinceSeed,
          threads: threads.count))
      if console.json {
        StandardOutput.write(try encodedDocument(report))
      } else {
        StandardOutput.write(MarketPowerText(report: report).rendered())
      }
    }
  }
}
