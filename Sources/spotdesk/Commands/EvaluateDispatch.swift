import ArgumentParser
import Foundation
import TradingDesk

struct EvaluateDispatch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dispatch", abstract: "Cheapest dispatch of network cases, with the price of every bus.",
    discussion: """
      spotdesk evaluate dispatch --case pglib_opf_case118_ieee.m --json
      spotdesk evaluate dispatch --case pglib_opf --baseline pglib_opf/BASELINE.md --output prices.csv --flows flows.csv

      Reads MATPOWER cases (.m, version 2). The linear power flow with susceptance x / (r² + x²), limits of flows and angles, \
      shunts as demand, taps left out, as in the published bounds of PGLib-OPF. Every answer is checked from the data alone: \
      balances, limits, flows from angles, cost, and whether the prices prove that nothing is cheaper.
      """)

  @Option(help: ArgumentHelp("A case, or a folder of cases; may be given again.", valueName: "file"))
  var `case`: [String]

  @Option(help: ArgumentHelp("Published costs to put beside: BASELINE.md of PGLib-OPF.", valueName: "file"))
  var baseline: String?

  @Option(help: ArgumentHelp("Write the prices: case, bus, price, energy, congestion, loss.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Write the flows: case, branch, from, to, flow, limit, loss, price.", valueName: "file"))
  var flows: String?

  @Option(help: ArgumentHelp("Write a page with the table of all cases.", valueName: "file"))
  var page: String?

  @Flag(help: "With losses, resistance times flow squared, in dispatch and prices.")
  var losses = false

  @OptionGroup
  var console: ConsoleOptions

  func validate() throws {
    guard !`case`.isEmpty else { throw ValidationError("Name a --case.") }
  }

  func run() throws {
    try reporting {
      let desk = try TradingDesk.withoutWorkspace(quiet: console.quiet)
      let reports = try desk.evaluateDispatch(
        DispatchRequest(
          cases: `case`.map { URL(filePath: $0) }, baseline: baseline.map { URL(filePath: $0) },
          prices: output.map { URL(filePath: $0) }, flows: flows.map { URL(filePath: $0) }, withLosses: losses,
          page: page.map { URL(filePath: $0) },
          command: (["spotdesk"] + CommandLine.arguments.dropFirst()).joined(separator: " ")))
      if console.json {
        StandardOutput.write(
          reports.count == 1 ? try encodedDocument(reports[0]) : try encodedDocument(DispatchReports(cases: reports)))
      } else {
        StandardOutput.write(DispatchText(reports: reports).rendered())
      }
      if !console.quiet {
        for file in [output, flows, page].compactMap({ $0 }) { StandardError.write("wrote \(file)\n") }
      }
      if let failed = reports.first(where: { $0.audit != "passed" }) {
        throw DeskProblem(.internalError, "The dispatch of \(failed.case) did not pass its audit: \(failed.audit)")
      }
    }
  }
}
