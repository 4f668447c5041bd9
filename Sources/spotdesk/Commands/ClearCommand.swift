import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct ClearCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clear",
    abstract: "Runs a day's offers against the realised prices, or clears a file of everybody's offers.",
    discussion: """
      spotdesk clear 2023-03-15 --workspace desk
      spotdesk clear --offers offers.csv --rules es-omie --day 2025-06-21
      spotdesk clear --offers offers.csv --rules es-omie/2022-05 --output cleared.csv --json
      spotdesk clear --offers offers.csv --network network.json --rules es-omie --json

      On a workspace day each unit is dispatched along its offer in the intervals that it declared on line, within its \
      ramps and limits, at the published prices. The state in which the optimised offers leave the units becomes the \
      initial state of the next day. Run `day` first.

      A file of offers is cleared at one price for each interval, by merit order, as the rule pack says. Columns: interval, \
      side (sell or buy), participant, price_per_MWh, quantity_MW; optional curve_end_price_per_MWh (a slope), class, \
      band. With --network each participant stands at a bus, and every bus has its price. Demand at any price stands at the cap, supply that must run at the floor. Every result is audited from the \
      offers alone.
      """)

  @Argument(help: ArgumentHelp("The market day of a workspace.", valueName: "date"))
  var date: MarketDay?

  @Option(help: ArgumentHelp("A file of offers to clear, plain or gzip.", valueName: "file"))
  var offers: String?

  @Option(
    help: ArgumentHelp(
      "The network on which the offers are cleared, at nodal prices (JSON: buses, branches, participants).",
      valueName: "file"))
  var network: String?

  @Option(help: "How the file of offers is written: offers, or henex (aggregated curves).")
  var format: OfferClearingRequest.Format = .offers

  @Option(help: ArgumentHelp("The market whose rule pack clears the file, or market/version.", valueName: "id"))
  var rules: String?

  @Option(
    help: ArgumentHelp(
      "The market day of the file; it chooses the version of the rules. Default: the newest.", valueName: "date"))
  var day: MarketDay?

  @Option(help: ArgumentHelp("Write what each offer sells or buys into this CSV file.", valueName: "file"))
  var output: String?

  @OptionGroup var options: DeskOptions

  func validate() throws {
    if offers == nil {
      guard date != nil else { throw ValidationError("Name a market day of the workspace, or a file with --offers.") }
      guard rules == nil, day == nil, output == nil, network == nil else {
        throw ValidationError("--rules, --day, --network and --output belong to --offers.")
      }
    } else {
      guard rules != nil else {
        throw ValidationError("--offers needs --rules, a market or market/version; `spotdesk rules` lists them.")
      }
      guard date == nil else { throw ValidationError("With --offers, name the market day with --day.") }
    }
  }

  func run() throws {
    try reporting {
      if let offers, let rules {
        let request = OfferClearingRequest(
          file: URL(filePath: offers), format: format, rules: rules, day: day,
          output: output.map { URL(filePath: $0) })
        if let network { try clear(request, on: URL(filePath: network)) } else { try clear(request) }
      } else if let date {
        try clear(date)
      }
    }
  }

  private func clear(_ day: MarketDay) throws {
    let report = try options.desk().clearDay(day)
    if options.json {
      StandardOutput.write(try encodedDocument(report))
    } else {
      StandardOutput.write(OutcomeText(colours: options.colours).rendered(report))
    }
  }

  private func clear(_ request: OfferClearingRequest, on network: URL) throws {
    let report = try options.desk().clearOffers(request, on: network)
    if options.json {
      StandardOutput.write(try encodedDocument(report))
    } else {
      StandardOutput.write(NetworkClearingText(report: report).rendered())
    }
    if !report.isAudited { throw ExitCode(1) }
  }

  private func clear(_ request: OfferClearingRequest) throws {
    let report = try options.desk().clearOffers(request)
    if options.json {
      StandardOutput.write(try encodedDocument(report))
    } else {
      StandardOutput.write(OfferClearingText(colours: options.colours).rendered(report))
    }
    if !report.isAudited { throw ExitCode(1) }
  }
}

extension OfferClearingRequest.Format: ExpressibleByArgument {}
