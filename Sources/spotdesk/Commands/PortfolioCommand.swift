import ArgumentParser
import Foundation
import TradingDesk

struct PortfolioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "portfolio",
    abstract: "Builds a 24-unit portfolio from a register of capacities and coal use.",
    discussion: """
      spotdesk portfolio unit.csv --output units.csv

      The register has unit number, capacity (MW), utilisation hours, coal consumption (g/kWh) and auxiliary power (%). \
      What it lacks (ramps, minima, minimum times, start-ups, part-load shape, coal) is filled with typical values of the \
      unit's class from data/portfolio/unit-classes.csv; the column `assumed` names every such field.
      """)

  @Argument(help: ArgumentHelp("The register.", valueName: "file"))
  var register: String

  @Option(help: ArgumentHelp("Where to write the units.", valueName: "file"))
  var output: String

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let outcome = try options.desk().buildPortfolio(register: URL(filePath: register), output: URL(filePath: output))
      if options.json {
        StandardOutput.write(try encodedDocument(outcome))
      } else {
        StandardOutput.write(outcome.sentences.joined(separator: "\n") + "\n")
      }
    }
  }
}
