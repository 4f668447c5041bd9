import ArgumentParser
import Foundation
import TradingDesk

struct PortfolioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "portfolio",
    abstract: "Builds a portfolio from a register of capacities and coal use, or from a public system's unit file.",
    discussion: """
      spotdesk portfolio unit.csv --output units.csv

      The register has unit number, capacity (MW), utilisation hours, coal consumption (g/kWh) and auxiliary power (%). \
      What it lacks (ramps, minima, minimum times, start-ups, part-load shape, coal) is filled with typical values of the \
      unit's class from data/portfolio/unit-classes.csv; the column `assumed` names every such field.

      spotdesk portfolio rts_gmlc/SourceData/gen.csv --output units.csv
      spotdesk portfolio nem_egrimod_2017/generators/generators.csv --output units.csv

      The unit files of RTS-GMLC and of the Australian dataset keep their own physics: heat rates, ramps, minimum times, three kinds \
      of start. They are told by their header; prices are in the currency of the file.
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
