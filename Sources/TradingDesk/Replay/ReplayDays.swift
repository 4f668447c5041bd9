internal import Bidding
internal import Clearing
internal import Compliance
public import Foundation
internal import MarketData
internal import MarketModel
internal import MarketRules
internal import MarketStore

/// What `spotdesk replay` is asked for.
public struct ReplayRequest: Sendable {
  public var days: MarketDayRange
  /// A built-in name or the path of a file (.json): whose offers are sent.
  public var strategy = "optimised"
  public var portfolio: URL?
  public var settings: DaySettings
  /// Causes to plant first (JSON); of a simulated workspace alone.
  public var planted: URL?
  /// Make the bids of days anew that have some.
  public var again = false
  public var hooks: EvaluationHooks

  public init(days: MarketDayRange, settings: DaySettings, hooks: EvaluationHooks) {
    (self.days, self.settings, self.hooks) = (days, settings, hooks)
  }
}

extension TradingDesk {
  /// Lives through past days in order: bids as of each gate from the forecasts on the shelf (issued where there is none), stored as `day`
  /// stores them, then cleared at the prices that came; the next day starts in the states that this one leaves.
  ///
  /// A day that has bids keeps them unless ``ReplayRequest/again`` is set, so that a replay that was stopped goes on.
  public func replay(_ request: ReplayRequest) throws -> ReplayReport {
    let strategy = try replayed(request)
    let store = try openStore()
    let simulated = try isSimulated(store)
    let planted = try request.planted.map { try PlantedCauses(file: $0) } ?? PlantedCauses()
    guard simulated || planted.causes.isEmpty else {
      throw DeskProblem(
        .badData, "Causes are planted into simulated workspaces alone; \(workspace.directory.path) holds a real market."
      )
    }
    let shelf = try openShelf()
    var issuer = ForecastIssuer(shelf: shelf, program: programVersion, or: learnedSession())
    var rows: [ReplayReport.DayRow] = []
    var kept = 0
    try locked {
      try planted.plant(into: store, desk: self)
      let days = request.days.days
      for day in days {
        try checkCancelled()
        let known = try inDeskTerms {
          try store.document(StoredDay.kind, strategy: "", day: day, asOf: .distantFuture)
        }
        if known != nil, !request.again {
          kept += 1
        } else {
          try prepare(day, strategy, planted, request, store, &issuer)
        }
        rows.append(try clearedRow(day, store, planted))
        request.hooks.progress(rows.count, days.count)
      }
      issuer.keepMemory()
    }
    let pack = try rulePack(on: request.days.last, market: nil, store: store)
    return ReplayReport(
      from: request.days.first, to: request.days.last, simulated: simulated, currency: pack.currency,
      strategy: strategy.summary, forecastsIssued: issuer.issued, daysKept: kept, planted: planted.sentences,
      standardProfit: DayReport.rounded(rows.reduce(0) { $0 + $1.standardProfit }, 2),
      profit: DayReport.rounded(rows.reduce(0) { $0 + $1.profit }, 2), days: rows)
  }

  private func replayed(_ request: ReplayRequest) throws -> Strategy {
    let named = try StrategyFile.strategies([request.strategy], data: dataDirectory)[0]
    guard named.method != .perfectForesight else {
      throw DeskProblem(
        .badData, "\(named.name) knows the prices and offers nothing before them; replay another strategy.")
    }
    // The built-in strategy takes the weight of risk of the command.
    guard request.strategy == Strategy.Method.optimised.rawValue else { return named }
    return try inDeskTerms { try Strategy(.optimised, ["risk_aversion": request.settings.riskAversion]) }
  }

  private func prepare(
    _ day: MarketDay, _ strategy: Strategy, _ planted: PlantedCauses, _ request: ReplayRequest, _ store: MarketStore,
    _ issuer: inout ForecastIssuer
  ) throws {
    let context = try DayContext(
      day: day, pack: try rulePack(on: day, market: nil, store: store), store: store, portfolioFile: request.portfolio,
      settings: request.settings, desk: self)
    let key = ForecastIssuer.key(context, program: programVersion)
    if issuer.shelf.forecast(key, say: progress) == nil {
      progress("\(day): issuing the price forecast as of \(context.prices.asOfText)")
      try issuer.issue(context, key: key)
    }
    guard let forecast = issuer.shelf.forecast(key, say: progress) else {
      throw DeskProblem(.cannotWrite, "The forecast of \(day) could not be kept in \(issuer.shelf.folder.path).")
    }
    // Of the realised prices only their grid is read here.
    let own = try StrategyDay(context.fleet, day: day, pack: context.pack, store: store)
    let (standard, submitted) = try inDeskTerms {
      let inputs = try forecast.inputs(for: own, unitDays: own.unitDays, threads: request.settings.threads)
      let standard = try Bidding.draftBids(by: Strategy(.standard), for: inputs, under: own.pack).book
      let drawn = try Bidding.draftBids(by: strategy, for: inputs, under: own.pack).book
      return (standard, try planted.applied(to: drawn))
    }
    let stored = StoredDay(
      market: own.pack.market, packVersion: own.pack.version, intervalMinutes: context.grid.length.minutes,
      intervals: context.grid.count, units: own.unitDays.map { StoredDay.StoredUnit($0) },
      standard: standard.bids.map { StoredDay.StoredBid($0) },
      optimised: submitted.bids.map { StoredDay.StoredBid($0) },
      forecast: forecast.stored(on: context.grid, yesterday: context.prices.history.lastPrices))
    try write(day, own, submitted, stored, context.asOf, store)
  }

  private func write(
    _ day: MarketDay, _ own: StrategyDay, _ book: BidBook, _ stored: StoredDay, _ asOf: Date, _ store: MarketStore
  ) throws {
    let units = try inDeskTerms { try UnitRegister.text(of: own.unitDays.map(\.unit)) }
    let files: [(name: String, content: Data)] = [
      ("bids.csv", Data(BidFile.text(book, pack: own.pack, simulated: try isSimulated(store)).utf8)),
      ("units.csv", Data(units.utf8)),
    ]
    try Workspace.write(files, in: workspace.dayDirectory(day)) {
      try inDeskTerms {
        try store.save(
          document: StoredDocument(
            day: day, kind: StoredDay.kind, strategy: "", content: try stored.encoded(), availableAt: asOf),
          ifKnown: .replace)
      }
    }
  }

  private func clearedRow(
    _ day: MarketDay, _ store: MarketStore, _ planted: PlantedCauses
  ) throws -> ReplayReport.DayRow {
    let past = try PastDay(day, store: store, desk: self)
    let (standard, optimised) = (try past.clear(past.standard), try past.clear(past.optimised))
    try keepStates(of: optimised, past, store)
    let context = ComplianceContext(
      units: Dictionary(uniqueKeysWithValues: past.unitDays.map { ($0.unit.id, $0) }),
      plants: try inDeskTerms { try store.plants(asOf: .distantFuture) }, pack: past.pack, submissionTime: nil)
    let submitted = past.optimised.bids.map {
      SubmittedBid($0, currency: past.pack.currency, basis: past.prices.basis)
    }
    return try inDeskTerms {
      try ReplayReport.DayRow(
        past, standard: standard, own: optimised,
        violatedBids: DayReport.ComplianceView(checkBids(submitted, in: context)).violated,
        planted: planted.sentences(of: day))
    }
  }
}

extension MarketHistory {
  /// The last prices that were known.
  var lastPrices: [Double] { prices.last { $0 != nil }.flatMap { $0 } ?? [] }
}
