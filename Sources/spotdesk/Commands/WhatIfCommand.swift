import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct WhatIfCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "what-if", abstract: "What an offer would be worth with one segment moved.",
    discussion: """
      spotdesk what-if 2023-03-15 --unit U31 --segment 4 --price 395 --workspace desk --portfolio units.csv

      Prepares the day as `spotdesk day` does and writes nothing; then moves the segment of the optimised offer and recomputes \
      expected profit, clearing probability, CVaR and compliance. The output says how long that took.
      """)

  @Argument(help: ArgumentHelp("The market day.", valueName: "date"))
  var day: MarketDay

  @Option(help: ArgumentHelp("The unit.", valueName: "unit"))
  var unit: String

  @Option(help: ArgumentHelp("The segment, from 1.", valueName: "number"))
  var segment: Int

  @Option(help: ArgumentHelp("Its price per MWh.", valueName: "price"))
  var price: Double?

  @Option(help: ArgumentHelp("The output at which it ends, in MW.", valueName: "MW"))
  var power: Double?

  @Option(help: ArgumentHelp("Units to bid, instead of the workspace's own.", valueName: "file"))
  var portfolio: String?

  @OptionGroup var choices: ScenarioOptions

  @OptionGroup var options: DeskOptions

  func validate() throws {
    guard price != nil || power != nil else { throw ValidationError("Give --price, --power, or both.") }
    guard abs(price ?? 0) <= 100_000, (0...100_000).contains(power ?? 0) else {
      throw ValidationError("--price is at most 100000 either way and --power 0 to 100000.")
    }
  }

  func run() throws {
    try reporting {
      let report = try options.desk().whatIf(
        day, unit: unit, segment: segment, pricePerMWh: price, megawatts: power,
        portfolioFile: portfolio.map { URL(filePath: $0) }, settings: choices.settings)
      if options.json {
        StandardOutput.write(try encodedDocument(report))
      } else {
        StandardOutput.write(text(report))
      }
      if !report.after.violations.isEmpty { throw ExitCode(2) }
    }
  }

  private func text(_ report: WhatIfReport) -> String {
    var table = TextTable(
      ["", "to MW", "price", "expected profit", "CVaR 5 %", "clears in", "MWh"],
      alignments: [.left] + [TextTable.Alignment](repeating: .right, count: 6))
    for (name, view) in [("offer", report.before), ("what if", report.after)] {
      table.append([
        name, NumberText.grouped(view.toMW, decimals: 1), NumberText.grouped(view.pricePerMWh, decimals: 2),
        NumberText.grouped(view.expectedProfit), NumberText.grouped(view.conditionalValueAtRisk_5),
        NumberText.grouped(view.clearingProbability * 100, decimals: 1) + " %",
        NumberText.grouped(view.expectedEnergyMWh, decimals: 1),
      ])
    }
    return options.colours.bold("\(report.unit), segment \(report.segment), \(report.day)") + " · \(report.rulePack)\n"
      + table.rendered()
      + "expected profit \(NumberText.signed(report.expectedProfitDifference, decimals: 0)) \(report.currency); recomputed in "
      + "\(NumberText.grouped(report.milliseconds, decimals: 1)) ms\n"
      + report.after.violations.map { options.colours.bad("● ") + $0 + "\n" }.joined()
  }
}
