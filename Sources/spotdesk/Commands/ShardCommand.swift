import ArgumentParser
import Foundation
import TradingDesk

struct ShardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shard",
    abstract: "Lives through a part of a prepared backtest; a batch engine calls it.",
    discussion: """
      Every --count-th task of the run from --index on. Days that an earlier attempt finished stay, so that a shard can be started \
      as often as an engine likes. `spotdesk reduce RUN` puts the parts together.
      """)

  @Argument(help: ArgumentHelp("The run, the name of its folder in runs/.", valueName: "run"))
  var identifier: String

  @Option(help: "Number of the shard, from 0.")
  var index: Int

  @Option(help: "Number of shards.")
  var count: Int

  @Option(help: "Threads to use; results do not depend on it.")
  var threads = 1

  @OptionGroup var options: DeskOptions

  func validate() throws {
    guard (1...100_000).contains(count) else { throw ValidationError("--count is \(count); use 1 to 100000.") }
    guard (0..<count).contains(index) else {
      throw ValidationError("--index is \(index); use 0 to \(count - 1), one less than --count.")
    }
    guard (1...64).contains(threads) else { throw ValidationError("--threads is \(threads); use 1 to 64.") }
  }

  func run() throws {
    try reporting {
      let bar = ProgressBar(isQuiet: options.quiet)
      defer { bar.end() }
      try options.desk().runShard(
        BatchShard(index: index, count: count), of: identifier, threads: threads, hooks: bar.hooks)
    }
  }
}

struct ReduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reduce", abstract: "Puts the parts of a sharded backtest together.")

  @Argument(help: ArgumentHelp("The run, the name of its folder in runs/.", valueName: "run"))
  var identifier: String

  @OptionGroup var options: DeskOptions

  func run() throws {
    try reporting {
      let report = try options.desk().reduceRun(identifier)
      StandardOutput.write(
        options.json
          ? try encodedDocument(report)
          : Data(StrategiesText(report: report, colours: options.colours).rendered().utf8))
    }
  }
}
