import ArgumentParser
import Foundation
import TradingDesk

struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Tries many variants of a strategy on the same days, and says what of the best one may be luck.",
    discussion: """
      spotdesk sweep FILE.yaml --workspace desk

      The file names days, a strategy and lists of its parameters; every combination is a try, for every portfolio and seed:

        from: 2022-07-01
        to: 2022-09-30
        strategy: optimised
        parameters: { risk_aversion: [0, 0.1, 0.3], second_opinion: [0, 0.5] }
        portfolios: [units.csv]
        seeds: [1, 2]

      Portfolios are read beside the file; without the key the workspace's own units are used.
      """)

  @Argument(help: ArgumentHelp("The sweep file (YAML).", valueName: "file"))
  var file: String

  @Flag(help: "Go on where an earlier sweep of the same file was stopped.")
  var resume = false

  @Option(
    name: [.long, .customLong("jobs")],
    help: "Threads to use; results do not depend on it. Default: the processor's cores.")
  var threads: Int?

  @OptionGroup var options: DeskOptions

  func validate() throws {
    guard (1...64).contains(threads ?? 1) else { throw ValidationError("--threads is \(threads ?? 0); use 1 to 64.") }
  }

  func run() throws {
    try reporting {
      let bar = ProgressBar(isQuiet: options.quiet)
      defer { bar.end() }
      let report = try options.desk().sweep(
        URL(filePath: file), resume: resume, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount,
        hooks: bar.hooks)
      StandardOutput.write(
        options.json
          ? try encodedDocument(report) : Data(SweepText(report: report, colours: options.colours).rendered().utf8))
    }
  }
}
