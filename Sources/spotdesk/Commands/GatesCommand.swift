import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct GatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gates",
    abstract: "Counts down to the gates of a market day.",
    discussion: """
      spotdesk gates --workspace desk
      spotdesk gates 2026-03-05 --rules shandong/2026-03-draft --at 2026-03-04T14:35
      """)

  @Argument(help: ArgumentHelp("The market day. Default: the next one whose last gate is open.", valueName: "date"))
  var day: MarketDay?

  @Option(
    help: ArgumentHelp("A market, market/version, or a pack's file. Default: the workspace's.", valueName: "pack"))
  var rules: String?

  @Option(help: ArgumentHelp("A time to count from, for a replay. Default: now.", valueName: "time"))
  var at: String?

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let report = try options.desk().gates(day, rules: rules, at: at)
      if options.json { return StandardOutput.write(try encodedDocument(report)) }
      StandardOutput.write(OutcomeText(colours: options.colours).rendered(report))
    }
  }
}
