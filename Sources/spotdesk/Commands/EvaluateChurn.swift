import ArgumentParser
import Foundation
import TradingDesk

struct EvaluateChurn: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "churn", abstract: "How well it is known which customers leave.",
    discussion: """
      spotdesk evaluate churn --data client_data.csv.gz --format powerco --train-fraction 0.7 --json

      An expiry hazard, boosted trees and a forest are fitted on one part of the customers, calibrated there on predictions that no model \
      made of its own rows, and judged on the rest. --split auto splits by customer (the file has one snapshot and no time of outcome) and \
      shows the splits by contract dates beside; --split expiry or activation makes one of these the main one. "auc" is the area under the \
      ROC curve, "pr_auc" the average precision, "lift_10" the churn rate of the top tenth over that of all.
      """)

  @Option(help: ArgumentHelp("The file, plain or gzip: columns id, churn, and whatever is known.", valueName: "file"))
  var data: String

  @Option(help: ArgumentHelp("powerco.", valueName: "format"))
  var format = "powerco"

  @Option(help: ArgumentHelp("Outcomes (id, churn), if the data lack them.", valueName: "file"))
  var outcomes: String?

  @Option(help: ArgumentHelp("Share of the customers that teach.", valueName: "share"))
  var trainFraction = 0.7

  @Option(help: ArgumentHelp("auto, customer, expiry or activation.", valueName: "split"))
  var split = "auto"

  @Option(help: "Seed of the split and the trees.")
  var seed: UInt64 = 1

  @OptionGroup
  var threads: ThreadOption

  @OptionGroup
  var console: ConsoleOptions

  func validate() throws {
    guard format == "powerco" else { throw ValidationError("--format is \"\(format)\"; use powerco.") }
    guard trainFraction > 0, trainFraction < 1 else {
      throw ValidationError("--train-fraction is \(trainFraction); use a share between 0 and 1, as 0.7.")
    }
    guard ChurnRequest.Split(rawValue: split) != nil else {
      throw ValidationError("--split is \"\(split)\"; use auto, customer, expiry or activation.")
    }
  }

  func run() throws {
    try reporting {
      let report = try TradingDesk.withoutWorkspace(quiet: console.quiet).evaluateChurn(
        ChurnRequest(
          data: URL(filePath: data), format: format, outcomes: outcomes.map { URL(filePath: $0) },
          trainFraction: trainFraction, split: ChurnRequest.Split(rawValue: split) ?? .auto, seed: seed,
          threads: threads.count))
      StandardOutput.write(console.json ? try encodedDocument(report) : Data(ChurnText(report: report).rendered().utf8))
    }
  }
}
