import ArgumentParser
import Foundation
import TradingDesk

struct EvaluateCommitment: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "commitment", abstract: "Commits the units of public instances at least cost, with bound and audit.",
    discussion: """
      spotdesk evaluate commitment --instance 2020-01-27.json.gz --format pglib-uc --gap 0.001 --time-limit 300 --json

      bound is what no commitment can better; gap is relative; audit says whether an independent checker, which knows \
      the data and the decision alone, found physics, balance, reserves and cost as claimed.
      """)

  @Option(parsing: .upToNextOption, help: ArgumentHelp("Instances to solve, plain or gzip.", valueName: "file"))
  var instance: [String]

  @Option(help: ArgumentHelp("pglib-uc, uc_jl, rts-gmlc or csv. Default: told from the file.", valueName: "format"))
  var format: String?

  @Option(help: ArgumentHelp("Relative gap at which the search ends.", valueName: "share"))
  var gap = 0.001

  @Option(help: ArgumentHelp("Seconds for each instance.", valueName: "seconds"))
  var timeLimit = 300.0

  @Flag(help: "Answer within about a second: Lagrangian relaxation with repair, for a single bus.")
  var fast = false

  @Option(help: "Threads to use. Default: the processor's cores.")
  var threads: Int?

  @Option(help: ArgumentHelp("Write the schedule: unit, interval, on, output.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Published bounds to put beside: CSV with Group, Instance, Primal bound, Dual bound.", valueName: "file"))
  var published: String?

  @Option(help: ArgumentHelp("Write a page with the table of all instances, anew after each.", valueName: "file"))
  var page: String?

  @OptionGroup
  var console: ConsoleOptions

  func validate() throws {
    guard gap >= 0, gap < 1 else { throw ValidationError("--gap is \(gap); use 0 to below 1.") }
    guard timeLimit > 0 else { throw ValidationError("--time-limit is \(timeLimit) s; it is above 0.") }
    guard output == nil || instance.count == 1 else {
      throw ValidationError("--output holds the schedule of one instance; give one --instance.")
    }
  }

  func run() throws {
    try reporting {
      let desk = try TradingDesk.withoutWorkspace(quiet: console.quiet)
      let request = CommitmentEvaluationRequest(
        instances: instance.map { URL(filePath: $0) }, format: format, gap: gap, timeLimit: timeLimit,
        threads: threads ?? ProcessInfo.processInfo.activeProcessorCount, isFast: fast,
        output: output.map { URL(filePath: $0) }, published: published.map { URL(filePath: $0) },
        page: page.map { URL(filePath: $0) },
        command: (["spotdesk"] + CommandLine.arguments.dropFirst()).joined(separator: " "))
      let line = SolveLine(isQuiet: console.quiet)
      let evaluations = try desk.evaluateCommitment(request) { line.report($0, $1) }
      line.end()
      if console.json {
        StandardOutput.write(
          try evaluations.count == 1 ? encodedDocument(evaluations[0]) : encodedDocument(["instances": evaluations]))
      } else {
        StandardOutput.write(CommitmentText(evaluations: evaluations).rendered())
      }
    }
  }
}
