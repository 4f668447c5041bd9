import ArgumentParser
import Foundation
import TradingDesk

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Creates a workspace, empty or with the demonstration province.",
    discussion: """
      spotdesk init desk --rules shandong      an empty workspace under the rule packs of a market
      spotdesk init --demo demo                a simulated province: two years of weather, load, wind, solar,
                                               imports and prices, 8 plants with 24 units, contracts
      """)

  @Argument(help: ArgumentHelp("The folder to create.", valueName: "dir"))
  var directory: String

  @Flag(help: "Fill it with the demonstration province. Everything in it is simulated.")
  var demo = false

  @Option(help: ArgumentHelp("The market whose rule packs apply, as listed by `spotdesk rules`.", valueName: "market"))
  var rules: String?

  @Option(help: "Seed of the simulation; without it, the demonstration's own.")
  var seed: UInt64?

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let desk = try options.desk(directory)
      let outcome = demo ? try desk.initialiseDemonstration(seed: seed) : try desk.initialise(rules: rules)
      if options.json {
        StandardOutput.write(try encodedDocument(outcome))
      } else {
        StandardOutput.write(outcome.sentences.joined(separator: "\n") + "\n")
      }
    }
  }
}
