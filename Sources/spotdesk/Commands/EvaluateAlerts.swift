import ArgumentParser
import Foundation
import TradingDesk

struct EvaluateAlerts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts", abstract: "How well expansions, stops and relocations of customers are told of.",
    discussion: """
      spotdesk evaluate alerts --data data.csv.gz --format daily-wide --seed 1 --json
      spotdesk evaluate alerts --data data.csv.gz --format daily-wide --seed 1 \\
        --inject share=0.1,stop=0.5,expansion=0.5,relocation=0,stop-days=14..60,growth=0.8..2

      Changes are put into real daily loads (a date column, then a column a customer), one a customer, and what the detector tells is \
      compared with them. --inject is "default" or a list name=value: share (of all customers, 0.1), the weights stop (0.4), expansion (0.4) \
      and relocation (0.2), the ranges stop-level (0..0.1 of the load), stop-days (14..60), growth (1..2: twice to three times the load), \
      growth-ramp (0..7 days), relocation-level (0.04..0.08), relocation-ramp (14..28 days), from-day (210: the days before only teach), into \
      (watched, or active). What really happened to the customers is not known; the notes of the document say how alerts that meet no event \
      are judged, and the strict figures count all of them as false.
      """)

  @Option(help: ArgumentHelp("The file, plain or gzip.", valueName: "file"))
  var data: String

  @Option(help: ArgumentHelp("daily-wide.", valueName: "format"))
  var format = "daily-wide"

  @Option(help: ArgumentHelp("Which events are put in.", valueName: "spec"))
  var inject = "default"

  @Option(help: "Seed of the events.")
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Holidays: prefix of files in data/calendars.", valueName: "prefix"))
  var calendar = "cn"

  @OptionGroup
  var threads: ThreadOption

  @OptionGroup
  var console: ConsoleOptions

  func validate() throws {
    guard format == "daily-wide" else { throw ValidationError("--format is \"\(format)\"; use daily-wide.") }
  }

  func run() throws {
    try reporting {
      let report = try TradingDesk.withoutWorkspace(quiet: console.quiet).evaluateAlerts(
        AlertsRequest(
          data: URL(filePath: data), format: format, injection: inject, seed: seed, calendar: calendar,
          threads: threads.count))
      StandardOutput.write(
        console.json ? try encodedDocument(report) : Data(AlertsText(report: report).rendered().utf8))
    }
  }
}
