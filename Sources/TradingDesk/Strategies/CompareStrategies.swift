internal import Bidding
internal import Clearing
public import Foundation
internal import MarketData
public import MarketModel
internal import MarketRules
internal import MarketStore
internal import NumericMethods

/// A comparison of strategies over consecutive days of a workspace.
public struct StrategyRequest: Sendable {
  public var from: MarketDay
  public var to: MarketDay
  /// Built-in names or paths of files (.json). Both baselines and perfect foresight are added.
  public var strategies: [String]
  public var portfolio: URL?
  public var settings: DaySettings
  /// Where the issued forecasts are kept; nil to keep none.
  public var forecastFile: URL?
  /// Profits by day and strategy (CSV), and the page.
  public var output: URL?
  public var page: URL?
  /// As it was typed, for the provenance.
  public var command: String

  public init(from: MarketDay, to: MarketDay, strategies: [String], settings: DaySettings, command: String) {
    self.from = from
    self.to = to
    self.strategies = strategies
    self.settings = settings
    self.command = command
  }
}

extension TradingDesk {
  /// Every strategy lives through the same days with the same forecasts, each issued once as of its day's gate, and meets the same
  /// prices as a price taker, with the states in which its own offers left its units. Reads the workspace, writes nothing to it.
  public func compareStrategies(_ request: StrategyRequest) throws -> StrategiesReport {
    let strategies = try complete(request.strategies)
    let store = try openStore()
    var forecasts = try IssuedForecasts(file: request.forecastFile)
    var days: [StrategyDay] = []
    var issued: [IssuedForecast] = []
    var dataHash = ""
    for day in request.from...request.to {
      let pack = try rulePack(on: day, market: nil, store: store)
      let context = try DayContext(
        day: day, pack: pack, store: store, portfolioFile: request.portfolio, settings: request.settings, desk: self)
      issued.append(try forecasts.forecast(context, program: programVersion))
      days.append(
        StrategyDay(
          unitDays: context.inputs.unitDays, nextUnitDays: context.inputs.nextUnitDays, plants: context.inputs.plants,
          contracts: context.contracts,
          prices: try PastDay.prices(of: day, grid: context.grid, pack: pack, store: store), pack: pack))
      dataHash = context.prices.history.dataHash
      if day.date.day == 1 || day == request.to { progress("\(day): forecast issued (\(forecasts.issued) anew)") }
    }
    try forecasts.write()
    let backtest = StrategyBacktest(
      days: days, forecasts: issued, shuffled: OfferBacktest.shuffledWeeks(days.count, seed: request.settings.seed))
    let runs = try runs(backtest, strategies, threads: request.settings.threads)
    let report = try StrategiesReport(
      request, backtest, runs,
      provenance: .init(
        program: programVersion, command: request.command, workspace: workspace.directory.lastPathComponent,
        dataHash: dataHash, seed: request.settings.seed, scenarios: request.settings.scenarios),
      simulated: isSimulated(store))
    try write(report, request)
    return report
  }

  /// Baselines below, the ceiling above.
  private func complete(_ names: [String]) throws -> [Strategy] {
    let asked = try StrategyFile.strategies(names)
    let below = try inStrategyTerms { [try Strategy(.standard), try Strategy(.costPlusLear)] }
    let above = try inStrategyTerms { [try Strategy(.perfectForesight)] }
    func missing(_ list: [Strategy]) -> [Strategy] { list.filter { own in !asked.contains { $0.name == own.name } } }
    let fixed = Set((below + above).map(\.name))
    let own = asked.filter { !fixed.contains($0.name) }
    return below + own + above
  }

  private func runs(
    _ backtest: StrategyBacktest, _ strategies: [Strategy], threads: Int
  ) throws -> [StrategyRun] {
    let own = strategies.first { ![.standard, .costPlusLear, .perfectForesight].contains($0.method) }
    let plans = strategies.map { ($0, false) } + (own.map { [($0, true)] } ?? [])
    let progress = progress
    let results = concurrentMap(count: plans.count, threads: threads) { index in
      Result {
        let days = try backtest.results(plans[index].0, placebo: plans[index].1)
        progress("\(plans[index].0.name)\(plans[index].1 ? " (placebo)" : ""): \(days.count) days lived through")
        return days
      }
    }
    return try zip(plans, results).map { plan, result in
      let days = try inDeskTerms { try inStrategyTerms { try withBiddingErrors { try result.get() } } }
      return StrategyRun(strategy: plan.0, isPlacebo: plan.1, days: days)
    }
  }

  private func write(_ report: StrategiesReport, _ request: StrategyRequest) throws {
    var files: [(URL, String)] = []
    if let output = request.output { files.append((output, report.table)) }
    if let page = request.page { files.append((page, StrategyPage(report: report).document())) }
    for (file, text) in files {
      do { try Data(text.utf8).write(to: file, options: .atomic) } catch {
        throw DeskProblem(
          .cannotWrite, "\(file.relativePath) cannot be written: \(reason(error)).")
      }
    }
  }
}

/// A strategy with what it earned day by day.
struct StrategyRun: Sendable {
  let strategy: Strategy
  let isPlacebo: Bool
  let days: [StrategyDayResult]

  var name: String { isPlacebo ? "placebo of \(strategy.name)" : strategy.name }
  var results: [OfferDayResult] { days.map(\.result) }
  var profit: Double { results.reduce(0) { $0 + $1.profit } }
}

extension StrategiesReport {
  static let largestLostDays = 10

  init(
    _ request: StrategyRequest, _ backtest: StrategyBacktest, _ runs: [StrategyRun], provenance: Provenance,
    simulated: Bool
  ) throws {
    func run(_ method: Strategy.Method) throws -> StrategyRun {
      guard let found = runs.first(where: { $0.name == method.rawValue }) else {
        throw DeskProblem(.internalError, "The comparison lacks \(method.rawValue).")
      }
      return found
    }
    let (low, lear, top) = (try run(.standard), try run(.costPlusLear), try run(.perfectForesight))
    let hard = lear.profit >= low.profit ? lear : low
    let seed = request.settings.seed
    self.provenance = provenance
    from = request.from
    to = request.to
    self.simulated = simulated
    currency = backtest.days[0].pack.currency
    rulePacks = backtest.days.reduce(into: []) { names, day in
      let name = "\(day.pack.market) \(day.pack.version)"
      if names.last != name { names.append(name) }
    }
    units = backtest.days[0].unitDays.count
    baseline = hard.name
    rows = runs.map { run in
      func uplift(_ other: StrategyRun) -> OffersReport.Uplift? {
        run.name == other.name ? nil : OffersReport.Uplift(run.results, over: other.results, seed: seed)
      }
      return Row(
        strategy: run.name, summary: run.strategy.summary,
        result: OffersReport.Row(
          run.name, run.results, ceiling: top.profit, baseline: run.name == hard.name ? nil : hard.results, seed: seed),
        upliftOverStandard: uplift(low), upliftOverCostPlusLear: uplift(lear),
        startCost: DayReport.rounded(run.days.reduce(0) { $0 + $1.startCost }, 2),
        unitHoursOnLine: DayReport.rounded(run.days.reduce(0) { $0 + $1.unitHoursOnLine }, 2))
    }
    let means = backtest.days.map { day in
      let values = day.prices.prices.values.map(\.perMegawattHour)
      return DayReport.rounded(values.reduce(0, +) / Double(values.count), 3)
    }
    let dates = backtest.days.map(\.day)
    days = dates.indices.map { position in
      Day(
        day: dates[position], meanPricePerMWh: means[position],
        profits: runs.map { DayReport.rounded($0.results[position].profit, 2) })
    }
    let currency = currency
    let own = runs.filter { !$0.isPlacebo && ![low.name, lear.name, top.name].contains($0.name) }
    lostDays = own.flatMap { run in
      let lost = dates.indices.map { (run.results[$0].profit - hard.results[$0].profit, $0) }.filter { $0.0 < 0 }
      return lost.sorted { $0 < $1 }.prefix(Self.largestLostDays).map { difference, position in
        LostDay(
          strategy: run.name, day: dates[position], meanPricePerMWh: means[position],
          difference: DayReport.rounded(difference, 2),
          why: LossReason(own: run.days[position], other: hard.days[position]).sentence(currency: currency))
      }
    }
    let without = backtest.forecasts.count { !$0.hasReference }
    notes =
      [
        "price taker: the prices do not move with the offers",
        "95 % intervals: bootstrap over blocks of seven days that wrap around the end, \(OfferStatistics.resamples) resamples",
        "placebo: the same strategy with the forecasts of other weeks",
      ]
      + (without > 0
        ? ["on \(without) days \(IssuedForecast.referenceModel) had no path; the mixed forecast takes its place"] : [])
  }

  /// Profits by day and strategy as CSV.
  var table: String {
    let head = "day,mean_price_per_MWh," + rows.map { $0.strategy.replacing(" ", with: "_") }.joined(separator: ",")
    return
      ([head]
      + days.map { day in
        ([String(describing: day.day), String(day.meanPricePerMWh)] + day.profits.map { String($0) }).joined(
          separator: ",")
      }).joined(separator: "\n") + "\n"
  }
}
