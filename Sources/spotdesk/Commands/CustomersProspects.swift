import ArgumentParser
import Foundation
import TradingDesk

struct CustomersProspects: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prospects", abstract: "Ranks potential customers by the customers whom they resemble.",
    discussion: """
      spotdesk customers prospects prospects.csv --customers customers.csv --load load.csv.gz --contracts contracts.csv

      The file of prospects has the columns of customers; industry_code, voltage_kv, region and expected_mwh are read. --registry adds signals \
      of growth.
      """)
  @Argument(help: ArgumentHelp("Potential customers.", valueName: "file"))
  var prospects: String

  @OptionGroup var files: CustomerFileOptions
  @OptionGroup var options: ScoreOptions

  func run() throws {
    try reporting {
      let report = try TradingDesk.withoutWorkspace(quiet: options.console.quiet).rankProspects(
        URL(filePath: prospects), options.request(files))
      if options.console.json {
        StandardOutput.write(try encodedDocument(report))
        return
      }
      var table = TextTable(
        ["prospect", "rank", "expected total", "MWh", "signals", "like"],
        alignments: [.left, .right, .right, .right, .right, .left])
      for prospect in report.prospects {
        table.append([
          inert(prospect.prospect), NumberText.grouped(prospect.rank, decimals: 1),
          NumberText.grouped(prospect.expectedTotal, decimals: 1),
          prospect.expectedMWh.map { NumberText.grouped($0) } ?? "–",
          NumberText.grouped(prospect.registrySignals, decimals: 2), inert(prospect.likes.joined(separator: ", ")),
        ])
      }
      StandardOutput.write(table.rendered(indent: "  ") + report.notes.map { "note: \($0)\n" }.joined())
    }
  }
}
