import ArgumentParser
import Foundation
import TradingDesk

struct EvaluateVirtualPlant: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "virtual-power-plant",
    abstract: "Aggregates, offers, dispatches and settles a virtual power plant made up from a seed.",
    discussion: """
      spotdesk evaluate virtual-power-plant --resources 10000 --silent 20 --json

      Solar plants, batteries, charging piles, adjustable loads, heat and power plants. The plan for expected prices gives the envelope \
      and the offer; its cleared schedule is dispatched at least cost; some resources stop answering at noon; the market's payment is \
      divided among the members to the cent. Needs no workspace.
      """)

  @Option(help: "Resources to make up.")
  var resources = 10_000

  @Option(help: "Members who own them.")
  var members = 1_000

  @Option(help: "Intervals of the day.")
  var intervals = 96

  @Option(help: "Resources that stop answering at noon.")
  var silent = 20

  @Option(help: "Records of each kind of fault: an impossible state of charge, a forecast above rated power.")
  var faulty = 2

  @Option(help: "The aggregator's part of what steering earns, 0 to 1.")
  var fee = 0.1

  @Option(help: "Rounds of prices at the most.")
  var rounds = 12

  @Option(help: "Cost over its bound at which the search ends, as a share.")
  var gap = 0.002

  @Option(help: "Seed of everything made up.")
  var seed: UInt64 = 1

  @OptionGroup
  var threads: ThreadOption

  @OptionGroup
  var console: ConsoleOptions

  func validate() throws {
    let bounds = [
      ("resources", resources, 1...200_000), ("members", members, 1...200_000), ("intervals", intervals, 4...1_440),
      ("silent", silent, 0...resources), ("faulty", faulty, 0...1_000), ("rounds", rounds, 1...200),
    ]
    for (name, value, range) in bounds where !range.contains(value) {
      throw ValidationError("--\(name) is \(value); use \(range.lowerBound) to \(range.upperBound).")
    }
    guard (0...1).contains(fee) else { throw ValidationError("--fee is \(fee); use 0 to 1.") }
    guard (0...1).contains(gap) else { throw ValidationError("--gap is \(gap); use 0 to 1.") }
  }

  func run() throws {
    try reporting {
      let desk = try TradingDesk.withoutWorkspace(quiet: console.quiet)
      var request = VirtualPlantRequest()
      (request.resources, request.members, request.intervals) = (resources, members, intervals)
      (request.silent, request.faulty, request.feeShare) = (silent, faulty, fee)
      (request.rounds, request.gap, request.seed) = (rounds, gap, seed)
      request.threads = threads.count
      let report = try desk.evaluateVirtualPlant(request)
      StandardOutput.write(
        console.json ? try encodedDocument(report) : Data(VirtualPlantText(report: report).rendered().utf8))
    }
  }
}
