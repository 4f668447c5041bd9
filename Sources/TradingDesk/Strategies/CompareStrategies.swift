internal import Bidding
internal import Forecasting
public import Foundation
public import MarketModel
internal import MarketStore

/// A comparison of strategies over consecutive days of a workspace.
public struct StrategyRequest: Sendable {
  public var from: MarketDay
  public var to: MarketDay
  /// Built-in names or paths of files (.json). Both baselines and perfect foresight are added.
  public var strategies: [String]
  /// More strategies, as values.
  var variants: [Strategy] = []
  /// Whether the first strategy of one's own also lives through the days with the forecasts of other weeks.
  public var hasPlacebo = true
  /// Clear the whole market of the demonstration province again with each strategy's offers.
  public var isRecleared = false
  public var portfolio: URL?
  /// Market whose rule packs apply, instead of the workspace's.
  public var market: String?
  /// Whether the price models are fitted anew once a week instead of for every forecast.
  public var isRefittedWeekly = false
  public var settings: DaySettings
  /// Go on where an earlier run of the same batch was stopped.
  public var resume = false
  public var executor = BatchExecutor.local
  /// Profits by day and strategy (CSV), and the page.
  public var output: URL?
  public var page: URL?
  public var hooks: EvaluationHooks

  public init(from: MarketDay, to: MarketDay, strategies: [String], settings: DaySettings, hooks: EvaluationHooks) {
    self.from = from
    self.to = to
    self.strategies = strategies
    self.settings = settings
    self.hooks = hooks
  }

  var refit: PriceRefit { isRefittedWeekly ? .weekly : .daily }

  /// The command that makes the same result; how it is spread over threads and machines is no part of it.
  var command: String {
    var words = ["spotdesk backtest --from \(from) --to \(to) --strategies \(strategies.joined(separator: ","))"]
    if let portfolio { words.append("--portfolio \(portfolio.lastPathComponent)") }
    if let market { words.append("--market \(market)") }
    if isRefittedWeekly { words.append("--refit weekly") }
    if isRecleared { words.append("--recleared") }
    if !hasPlacebo { words.append("--no-placebo") }
    words.append("--seed \(settings.seed) --scenarios \(settings.scenarios)")
    return words.joined(separator: " ")
  }
}

extension TradingDesk {
  /// Every strategy lives through the same days with the same forecasts, each issued once as of its day's gate, and meets the same
  /// prices as a price taker, with the states in which its own offers left its units.
  ///
  /// Forecasts stay in the workspace's `forecasts`, the run in `runs/ID`, where ``StrategyRequest/resume`` goes on after a stop; the
  /// store is only read.
  public func compareStrategies(_ request: StrategyRequest) throws -> StrategiesReport {
    let batch = try prepareBatch(request)
    let report = try lockedRun(batch.directory, "run") {
      try execute(batch, request)
      return try strategiesReport(of: batch)
    }
    try write(report, request)
    return report
  }

  /// Issues the forecasts of a comparison and writes its manifest, and lives through none of it: shards on other machines do that.
  ///
  /// - Returns: the run's identifier, and how many tasks it has.
  public func prepareRun(_ request: StrategyRequest) throws -> (run: String, tasks: Int) {
    let batch = try prepareBatch(request)
    return (batch.directory.lastPathComponent, batch.tasks.count)
  }

  /// The report of a run whose tasks are all finished; writes it beside them.
  public func reduceRun(_ identifier: String) throws -> StrategiesReport {
    try strategiesReport(of: try openBatch(identifier))
  }

  /// Writes a finished run as a notebook and as a page: `backtest-RUN.ipynb` and `.html`.
  ///
  /// - Returns: the files.
  public func exportNotebook(_ identifier: String, to folder: URL) throws -> [URL] {
    let report = try StrategiesReport(
      try openBatch(identifier), workspace: workspace.name, simulated: isSimulated(openStore()))
    let name = "backtest-\(identifier)"
    let files = [
      (name: "\(name).ipynb", content: try StrategiesNotebook(report: report).encoded()),
      (name: "\(name).html", content: Data(StrategyPage(report: report).document().utf8)),
    ]
    try Workspace.write(files, in: folder)
    return files.map { folder.appending(path: $0.name) }
  }

  func strategiesReport(of batch: BatchRun) throws -> StrategiesReport {
    let report = try StrategiesReport(batch, workspace: workspace.name, simulated: isSimulated(openStore()))
    try Workspace.write(
      [
        ("report.json", try encodedDocument(report)),
        ("report.html", Data(StrategyPage(report: report).document().utf8)),
        ("days.csv", Data(report.table.utf8)), ("report.xlsx", try encodedWorkbook(report.workbook)),
      ], in: batch.directory)
    return report
  }

  /// Keeps two commands from writing the same part of one run.
  func lockedRun<Result>(_ directory: URL, _ part: String, _ work: () throws -> Result) throws -> Result {
    let file = directory.appending(path: ".\(part).lock").path
    let lock = try lockInDeskTerms { () throws(WorkspaceLockProblem) in
      try WorkspaceLock(file: file, of: directory.path)
    }
    return try withExtendedLifetime(lock) { try work() }
  }

  private func write(_ report: StrategiesReport, _ request: StrategyRequest) throws {
    if let output = request.output { try writeFile(report.table, to: output) }
    if let page = request.page { try writeFile(StrategyPage(report: report).document(), to: page) }
  }
}

/// What a strategy earned on a day with the whole fleet, and where.
struct StrategyDayResult: Sendable {
  let result: OfferDayResult
  var startCost = 0.0
  var aboveCost = 0.0
  var belowCost = 0.0
  var unitHoursOnLine = 0.0
  var unitHoursBelowZero = 0.0

  /// The sum over the groups of units, each with the same day.
  init(_ parts: [TaskDay]) {
    let units = parts.flatMap(\.units)
    result = OfferDayResult(
      profit: units.reduce(0) { $0 + $1.profit }, revenue: units.reduce(0) { $0 + $1.revenue },
      energy: units.reduce(0) { $0 + $1.energy }, starts: units.reduce(0) { $0 + $1.starts },
      violations: parts.reduce(0) { $0 + ($1.violations ?? 0) })
    for unit in units {
      startCost += unit.startCost
      aboveCost += unit.aboveCost
      belowCost += unit.belowCost
      unitHoursOnLine += unit.hoursOnLine
      unitHoursBelowZero += unit.hoursBelowZero
    }
  }
}

/// A strategy with what it earned day by day.
struct StrategyRun: Sendable {
  let strategy: Strategy
  let isPlacebo: Bool
  /// By group of units, then by day.
  let groups: [[TaskDay]]
  let days: [StrategyDayResult]

  init(_ strategy: Strategy, isPlacebo: Bool, groups: [[TaskDay]]) {
    self.strategy = strategy
    self.isPlacebo = isPlacebo
    self.groups = groups
    days = (groups.first ?? []).indices.map { day in StrategyDayResult(groups.map { $0[day] }) }
  }

  var name: String { isPlacebo ? "placebo of \(strategy.name)" : strategy.name }
  var results: [OfferDayResult] { days.map(\.result) }
  var profit: Double { results.reduce(0) { $0 + $1.profit } }
}
