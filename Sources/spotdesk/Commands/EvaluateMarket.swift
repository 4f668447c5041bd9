import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct EvaluateMarket: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "market", abstract: "Clears days of a system day-ahead and in real time, with the price of every bus.",
    discussion: """
      spotdesk evaluate market --data rts_gmlc --from 2020-07-06 --days 7 --real-time --page week.html
      spotdesk evaluate market --data rts_gmlc --from 2020-01-01 --days 366 --real-time --json

      Each day is committed on its forecast, dispatched and priced; units that its better known demand needs are added; real \
      time dispatches and prices what came. The next day starts where the day ended. An independent checker, which knows \
      the data and the decisions alone, audits every commitment and dispatch.
      """)

  @Option(help: ArgumentHelp("Folder of an RTS-GMLC system.", valueName: "dir"))
  var data: String

  @Option(help: ArgumentHelp("First day.", valueName: "date"))
  var from: MarketDay

  @Option(help: "Number of days.")
  var days = 7

  @Flag(help: "Clear real time too.")
  var realTime = false

  @Option(help: ArgumentHelp("Length of a real-time interval: 5, 15, 30 or 60.", valueName: "minutes"))
  var realTimeMinutes = 60

  @Option(help: ArgumentHelp("Hours of the next day that a commitment looks ahead to, 0 to 24.", valueName: "hours"))
  var lookAhead = 12

  @Option(help: ArgumentHelp("Relative gap at which a commitment's search ends.", valueName: "share"))
  var gap = 0.005

  @Option(help: ArgumentHelp("Seconds for each commitment.", valueName: "seconds"))
  var timeLimit = 60.0

  @Flag(help: "All buses as one place.")
  var noNetwork = false

  @OptionGroup
  var threads: ThreadOption

  @Option(help: ArgumentHelp("Write the prices: day, interval, market, bus, price, congestion.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp("Write cleared schedule and dispatch: unit, hour, status and MW of both.", valueName: "file"))
  var schedule: String?

  @Option(help: ArgumentHelp("Write a page with charts (HTML), for up to 31 days.", valueName: "file"))
  var page: String?

  @OptionGroup
  var console: ConsoleOptions

  func validate() throws {
    guard (1...366).contains(days) else { throw ValidationError("--days is \(days); use 1 to 366.") }
    guard [5, 15, 30, 60].contains(realTimeMinutes) else {
      throw ValidationError("--real-time-minutes is \(realTimeMinutes); use 5, 15, 30 or 60.")
    }
    guard (0...24).contains(lookAhead) else { throw ValidationError("--look-ahead is \(lookAhead) h; use 0 to 24.") }
    guard gap >= 0, gap < 1 else { throw ValidationError("--gap is \(gap); use 0 to below 1.") }
    guard timeLimit > 0 else { throw ValidationError("--time-limit is \(timeLimit) s; it is above 0.") }
    guard page == nil || days <= 31 else { throw ValidationError("--page shows up to 31 days; leave it out.") }
  }

  func run() throws {
    try reporting {
      let desk = try TradingDesk.withoutWorkspace(quiet: console.quiet)
      let report = try desk.evaluateMarket(
        MarketRequest(
          data: URL(filePath: data), firstDay: from, days: days, realTimeMinutes: realTime ? realTimeMinutes : nil,
          lookAheadHours: lookAhead, gap: gap, timeLimit: timeLimit, withNetwork: !noNetwork,
          threads: threads.count, prices: output.map { URL(filePath: $0) },
          schedule: schedule.map { URL(filePath: $0) }, page: page.map { URL(filePath: $0) },
          command: (["spotdesk"] + CommandLine.arguments.dropFirst()).joined(separator: " ")))
      StandardOutput.write(
        console.json ? try encodedDocument(report) : Data(MarketText(report: report).rendered().utf8))
      if !console.quiet {
        for file in [output, schedule, page].compactMap({ $0 }) { StandardError.write("wrote \(file)\n") }
      }
      if report.total.audit != "passed" {
        throw DeskProblem(.internalError, "An audit did not pass: \(report.total.audit)")
      }
    }
  }
}
