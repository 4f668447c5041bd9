internal import Bidding
internal import Forecasting
internal import Foundation
internal import MarketData
internal import MarketModel
internal import MarketRules
internal import MarketStore
internal import NumericMethods

extension TradingDesk {
  var runsFolder: URL { workspace.directory.appending(path: "runs") }
  private var shelfFolder: URL { workspace.directory.appending(path: "forecasts") }

  /// The workspace's shelf of issued forecasts; its folder is made if it is not there.
  func openShelf() throws -> ForecastShelf {
    try Workspace.createDirectory(shelfFolder)
    return ForecastShelf(folder: shelfFolder)
  }

  /// Reads the days of a batch, issues the forecasts that are not on the shelf, each as of its own gate, and writes the manifest.
  func prepareBatch(_ request: StrategyRequest) throws -> BatchRun {
    let plans = try plans(request)
    let store = try openStore()
    let owners = try owners(for: plans, store)
    let shelf = try openShelf()
    var issuer = ForecastIssuer(
      shelf: shelf, program: programVersion, refit: request.refit,
      or: request.refit == .daily ? learnedSession() : PriceForecastSession(refit: request.refit))
    var days: [StrategyDay] = []
    var entries: [BatchManifest.DayEntry] = []
    var dataHash = ""
    let count = request.to.dayNumber - request.from.dayNumber + 1
    for day in request.from...request.to {
      try checkCancelled()
      let context = try DayContext(
        day: day, pack: try rulePack(on: day, market: request.market, store: store), store: store,
        portfolioFile: request.portfolio, settings: request.settings, desk: self)
      let key = ForecastIssuer.key(context, program: programVersion, refit: request.refit)
      if shelf.forecast(key, say: progress) == nil { try issuer.issue(context, key: key) }
      let own = try StrategyDay(context.fleet, day: day, pack: context.pack, owners: owners, store: store)
      days.append(own)
      entries.append(.init(day: day, forecast: key, inputs: try own.digest()))
      dataHash = context.prices.history.dataHash
      if issuer.issued > 0 { request.hooks.progress(days.count, count) }
    }
    issuer.keepMemory()
    if issuer.issued > 0 { progress("\(issuer.issued) of \(count) forecasts issued, the others were on the shelf") }
    let market = request.isRecleared ? try reclearedProvince(store, checking: days[0]) : nil
    let tasks = BatchTask.all(plans, units: days[0].unitDays.map(\.unit), together: market != nil)
    let manifest = BatchManifest(
      schema: "spotdesk.batch/1", program: programVersion, from: request.from, to: request.to,
      seed: request.settings.seed, scenarios: request.settings.scenarios,
      strategies: plans.map { .init($0.strategy, isPlacebo: $0.isPlacebo) }, days: entries, tasks: tasks.map(\.name),
      portfolio: request.portfolio?.path, command: request.command, dataHash: dataHash,
      isRecleared: request.isRecleared ? true : nil, market: request.market)
    let directory = runsFolder.appending(path: try manifest.identifier)
    try Workspace.createDirectory(directory.appending(path: "tasks"))
    try Workspace.write([(BatchRun.manifestName, try encodedManifest(manifest))], in: directory)
    return BatchRun(
      directory: directory, manifest: manifest, days: days, tasks: tasks, shelf: shelf,
      levels: PriceLevels(cap: days[0].pack.bids.cap.value?.perMegawattHour), market: market)
  }

  /// A batch that was prepared before, with the days as the workspace holds them now.
  ///
  /// - Throws: `DeskProblem` if there is no such run, or the workspace no longer holds what it was prepared from.
  func openBatch(_ identifier: String) throws -> BatchRun {
    let directory = runsFolder.appending(path: identifier)
    guard let data = FileManager.default.contents(atPath: directory.appending(path: BatchRun.manifestName).path) else {
      throw DeskProblem(.notFound, "\(directory.path) holds no run; `spotdesk backtest --strategies …` makes one.")
    }
    guard let manifest = try? JSONDecoder().decode(BatchManifest.self, from: data) else {
      throw DeskProblem(.badData, "\(directory.path)/\(BatchRun.manifestName) cannot be read; run the backtest again.")
    }
    guard manifest.program == programVersion else {
      throw DeskProblem(
        .badData, "Run \(identifier) is of \(manifest.program), this is \(programVersion); run the backtest again.")
    }
    let store = try openStore()
    let plans = try manifest.strategies.map { (strategy: try $0.strategy(), isPlacebo: $0.isPlacebo) }
    let owners = try owners(for: plans, store)
    let portfolio = manifest.portfolio.map { URL(filePath: $0) }
    let days = try manifest.days.map { entry in
      let pack = try rulePack(on: entry.day, market: manifest.market, store: store)
      let fleet = try FleetContext(day: entry.day, pack: pack, store: store, portfolioFile: portfolio)
      let own = try StrategyDay(fleet, day: entry.day, pack: pack, owners: owners, store: store)
      guard try own.digest() == entry.inputs else {
        throw DeskProblem(
          .badData,
          "The units or prices of \(entry.day) are no longer those of run \(identifier); run the backtest again.")
      }
      return own
    }
    let market = manifest.isRecleared == true ? try reclearedProvince(store, checking: days[0]) : nil
    return BatchRun(
      directory: directory, manifest: manifest, days: days,
      tasks: BatchTask.all(plans, units: days[0].unitDays.map(\.unit), together: market != nil),
      shelf: ForecastShelf(folder: shelfFolder),
      levels: PriceLevels(cap: days[0].pack.bids.cap.value?.perMegawattHour), market: market)
  }

  private func encodedManifest(_ manifest: BatchManifest) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return try encoder.encode(manifest) + Data("\n".utf8)
  }

  /// The market's strategic groups; nil if no strategy asks for them.
  private func owners(
    for plans: [(strategy: Strategy, isPlacebo: Bool)], _ store: MarketStore
  ) throws -> MarketOwners? {
    plans.contains { $0.strategy.method.needsRestOfMarket } ? try marketOwners(store) : nil
  }

  /// Baselines below, the ceiling above, and a placebo of the first strategy of one's own.
  private func plans(_ request: StrategyRequest) throws -> [(strategy: Strategy, isPlacebo: Bool)] {
    let asked = try StrategyFile.strategies(request.strategies, data: dataDirectory) + request.variants
    let below = try inDeskTerms { [try Strategy(.standard), try Strategy(.costPlusLear)] }
    let above = try inDeskTerms { [try Strategy(.perfectForesight)] }
    let fixed = Set((below + above).map(\.name))
    let own = asked.filter { !fixed.contains($0.name) }
    return (below + own + above).map { ($0, false) } + (request.hasPlacebo ? own.prefix(1).map { ($0, true) } : [])
  }
}
