import ArgumentParser
import Foundation
import TradingDesk

struct EvaluateSummary: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summary", abstract: "One page of the scores of several evaluations.",
    discussion: """
      spotdesk evaluate prices --data NP.csv.gz --test-from 2016-12-27 --test-to 2018-12-24 --json > np.json
      spotdesk evaluate summary np.json solar.json --page evaluation.html

      Reads the documents that evaluate prints with --json, and no data. A document is called by its file's name. p is that \
      of a one-sided Diebold-Mariano test on daily absolute errors: low if our forecast is better than the published one.
      """)

  @Argument(help: ArgumentHelp("Documents of evaluations, in the order of the page.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("Write a page with tables and charts (HTML).", valueName: "file"))
  var page: String?

  @Flag(name: [.short, .long], help: "No message of files that are written.")
  var quiet = false

  func run() throws {
    try reporting {
      let desk = try TradingDesk.withoutWorkspace(quiet: quiet)
      let command = (["spotdesk"] + CommandLine.arguments.dropFirst()).joined(separator: " ")
      let summary = try desk.summariseEvaluations(
        files.map { URL(filePath: $0) }, page: page.map { URL(filePath: $0) }, command: command)
      StandardOutput.write(EvaluationSummaryText(summary: summary).rendered())
      if !quiet, let page { StandardError.write("wrote \(page)\n") }
    }
  }
}

extension TradingDesk {
  /// The desk for a command that needs none of its own files but the data directory.
  static func withoutWorkspace(quiet: Bool) throws -> TradingDesk {
    try TradingDesk(
      workspace: Workspace(URL(filePath: ".")),
      dataDirectory: DataDirectory.locate(
        executable: URL(filePath: CommandLine.arguments.first ?? "").resolvedExecutable,
        workingDirectory: URL(filePath: FileManager.default.currentDirectoryPath),
        environment: ProcessInfo.processInfo.environment),
      programVersion: "spotdesk \(SpotDesk.version)", now: { Date() },
      progress: { if !quiet { StandardError.write($0 + "\n") } })
  }
}
