import ArgumentParser
import Foundation
import MarketModel
import TradingDesk

struct BacktestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "Runs day, clear and review over many days, each as of its own gate.",
    discussion: """
      spotdesk backtest --from 2023-03-01 --to 2023-03-31 --workspace desk --portfolio units.csv

      spotdesk backtest --from 2022-04-01 --to 2023-03-31 --strategies optimised,mine.json --page year.html \\
        --workspace desk --portfolio units.csv

      Every strategy carries its own unit states from day to day. Perfect foresight is one schedule over all days. \
      Its store is only read.

      --strategies compares any of standard, cost-plus-lear, optimised, position, equilibrium, learned, \
      perfect-foresight and your own: a file \
      {"name": "bold", "strategy": "optimised", "parameters": {"risk_aversion": 0}}. Both baselines and the ceiling are added, \
      every strategy gets the same forecasts, and the uplift has a 95 % interval by bootstrap over weeks (over days below four weeks). Forecasts and the run \
      are kept in the workspace (forecasts, runs/ID); a run that was stopped goes on with --resume, to the same bytes.
      """)

  enum Refit: String, CaseIterable, ExpressibleByArgument { case daily, weekly }

  enum Executor: String, CaseIterable, ExpressibleByArgument { case local, processes, slurm }

  @Option(help: ArgumentHelp("First market day.", valueName: "date"))
  var from: MarketDay

  @Option(help: ArgumentHelp("Last market day.", valueName: "date"))
  var to: MarketDay

  @Option(help: ArgumentHelp("Units to bid, instead of the workspace's own.", valueName: "file"))
  var portfolio: String?

  @Option(help: ArgumentHelp("Strategies to compare, by name or file (.json), with commas between.", valueName: "list"))
  var strategies: String?

  @Option(help: ArgumentHelp("With --strategies: profits by day and strategy (CSV).", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("With --strategies: the comparison as a page (HTML).", valueName: "file"))
  var page: String?

  @Option(help: ArgumentHelp("With --strategies: the market whose rule packs apply.", valueName: "market"))
  var market: String?

  @Option(help: "With --strategies: when the price models are fitted anew, daily or weekly.")
  var refit = Refit.daily

  @Flag(
    help: "With --strategies: issue the forecasts, write the run's manifest, and stop; `spotdesk shard` does the rest.")
  var prepareOnly = false

  @Flag(help: "With --strategies: go on where an earlier run of the same batch was stopped.")
  var resume = false

  @Flag(
    help:
      "With --strategies, in the demonstration: the whole market is cleared again with each strategy's offers, which move its price."
  )
  var recleared = false

  @Flag(
    inversion: .prefixedNo,
    help: "With --strategies: the first one also lives through the days with the forecasts of other weeks.")
  var placebo = true

  @Option(help: "With --strategies: local, processes or slurm (docs/cluster.md).")
  var executor = Executor.local

  @Option(help: "Parts of the batch for processes or slurm.")
  var shards = 8

  @OptionGroup var choices: ScenarioOptions

  @OptionGroup var options: DeskOptions

  func validate() throws {
    guard from <= to else { throw ValidationError("--from \(from) is after --to \(to).") }
    guard
      strategies != nil
        || (output == nil && page == nil && !resume && !recleared && !prepareOnly && market == nil && refit == .daily
          && executor == .local)
    else {
      throw ValidationError(
        "--output, --page, --resume, --recleared, --market, --refit, --prepare-only and --executor belong to --strategies."
      )
    }
    guard (1...10_000).contains(shards) else { throw ValidationError("--shards is \(shards); use 1 to 10000.") }
  }

  func run() throws {
    try reporting {
      if let strategies { return try compare(strategies.split(separator: ",").map(String.init)) }
      let report = try options.desk().backtest(
        from: from, through: to, portfolioFile: portfolio.map { URL(filePath: $0) }, settings: choices.settings)
      if options.json {
        StandardOutput.write(try encodedDocument(report))
      } else {
        StandardOutput.write(OutcomeText(colours: options.colours).rendered(report))
      }
    }
  }

  private func compare(_ strategies: [String]) throws {
    let bar = ProgressBar(isQuiet: options.quiet)
    defer { bar.end() }
    var request = StrategyRequest(
      from: from, to: to, strategies: strategies, settings: choices.settings, hooks: bar.hooks)
    request.portfolio = portfolio.map { URL(filePath: $0) }
    request.output = output.map { URL(filePath: $0) }
    request.page = page.map { URL(filePath: $0) }
    request.resume = resume
    request.market = market
    request.isRefittedWeekly = refit == .weekly
    request.hasPlacebo = placebo
    request.isRecleared = recleared
    request.executor =
      switch executor {
      case .local: .local
      case .processes: .processes(shards: shards)
      case .slurm: .slurm(shards: shards)
      }
    if prepareOnly { return try prepare(request) }
    let report = try options.desk().compareStrategies(request)
    if options.json {
      StandardOutput.write(try encodedDocument(report))
    } else {
      StandardOutput.write(StrategiesText(report: report, colours: options.colours).rendered())
    }
  }

  private struct Prepared: Encodable {
    let schema = "spotdesk.prepared-run/1"
    let run: String
    let tasks: Int
  }

  private func prepare(_ request: StrategyRequest) throws {
    let (run, tasks) = try options.desk().prepareRun(request)
    if options.json {
      StandardOutput.write(try encodedDocument(Prepared(run: run, tasks: tasks)))
    } else {
      StandardOutput.write(
        "run \(run): \(tasks) tasks; spotdesk shard \(run) --index I --count N, then spotdesk reduce \(run)\n")
    }
  }
}
