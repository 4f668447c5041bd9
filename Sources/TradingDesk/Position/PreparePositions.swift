internal import FlexibleAssets
internal import MarketModel
internal import MarketStore

/// Where the joint paths of a day come from.
public enum PositionSource: String, CaseIterable, Sendable {
  /// The paths that `forecast --joint` wrote for the day, or makes now.
  case joint
  /// The price forecast on the shelf, and errors of published power on past days.
  case kept
}

/// Positions of many past days.
public struct PositionsRequest: Sendable {
  public var days: MarketDayRange
  /// One day of so many is looked at.
  public var every = 1
  public var source = PositionSource.kept
  /// What every day's position is asked for; its day is set for each.
  public var each: PositionRequest
  public var hooks: EvaluationHooks

  public init(days: MarketDayRange, each: PositionRequest, hooks: EvaluationHooks) {
    (self.days, self.each, self.hooks) = (days, each, hooks)
  }

  var chosen: [MarketDay] { days.days.enumerated().filter { $0.offset % max(every, 1) == 0 }.map(\.element) }
}

/// What one day adds to the report of many.
struct PositionOfDay: Sendable {
  let day: MarketDay
  let parts: [PositionReport.Part]
  let total: PositionReport.Part
  let hedge: PositionReport.HedgeAdvice
  let joint: PositionReport.Joint
  /// MWh sold day-ahead and left to real time by interval, mean over the paths, and after the hedge.
  let exposure: PositionReport.Exposure
  /// Money of the parts at what came, in their order; nil where that is not known.
  let realised: [Double?]
  /// Money that the joint and the separate hedges brought at what came.
  let realisedHedge: (joint: Double, separate: Double)?
  /// Margin of the retail arm and its CVaR 5 % by way of buying.
  let procurement: [PositionReport.ProcurementWay]
  let violations: [String]
  let notes: [String]
}

extension TradingDesk {
  /// One report of the company's positions on many past days, each as of its own gate.
  ///
  /// - Throws: `DeskProblem` if a day has no bids, no forecast of it is kept, or a file is wrong.
  public func positions(_ request: PositionsRequest) throws -> PositionsReport {
    let store = try openStore()
    let folder = try AssetFolder(try assetFolder(request.each, store))
    let simulated = try isSimulated(store)
    let start = request.hooks.stopwatch()
    var kept = KeptPaths(store)
    var days: [PositionOfDay] = []
    var currency = ""
    let chosen = request.chosen
    for day in chosen {
      try checkCancelled()
      let limits = try PreparedLimits(day, store: store, desk: self)
      currency = limits.pack.currency
      days.append(try position(of: day, request, limits, folder, store, &kept))
      request.hooks.progress(days.count, chosen.count)
    }
    let seconds = request.hooks.stopwatch() - start
    request.hooks.say(
      "\(days.count) positions in \(DayReport.rounded(seconds, 1)) s")
    return PositionsReport(request, days, simulated: simulated, currency: currency, program: programVersion)
  }

  private func position(
    of day: MarketDay, _ request: PositionsRequest, _ limits: PreparedLimits, _ folder: AssetFolder,
    _ store: MarketStore, _ kept: inout KeptPaths
  ) throws -> PositionOfDay {
    var each = request.each
    each.day = day
    let paths =
      try request.source == .kept
      ? keptPaths(day, market: limits.stored.market, settings: each.settings, store: store, &kept)
      : positionPaths(day, rules: each.rules, settings: each.settings, store: store)
    let asOf = try ForecastGate(day: day, pack: limits.pack).asOf
    let contracts = try inDeskTerms { try store.contracts(asOf: asOf) }
    let realised = try realisedPaths(limits.grid, store: store)
    let made = try inAssetTerms {
      try MadePosition(
        each, limits: limits, contracts: contracts, folder: folder, paths: paths, realised: realised, desk: self)
    }
    return PositionOfDay(made, realised: realised)
  }
}

extension PositionOfDay {
  init(_ made: MadePosition, realised: PositionPaths?) {
    let whole = made.parts.joined(name: "total")
    day = made.limits.grid.day
    parts = made.parts.map(PositionReport.Part.init)
    total = PositionReport.Part(whole)
    let advice = PositionReport.HedgeAdvice(made, whole)
    hedge = advice
    joint = PositionReport.Joint(made.value)
    exposure = PositionReport.Exposure(made, whole, advice)
    self.realised = made.outcomes.map { $0?.profits.first }
    realisedHedge = realised.map { came in
      func payoff(_ hedges: [Hedge]) -> Double {
        hedges.reduce(0) { sum, hedge in
          sum + hedge.profits([0], products: made.products, prices: came.prices, hours: came.hours)[0]
        }
      }
      return (payoff([made.value.joint]), payoff(made.value.separate))
    }
    procurement = made.procurement.map(PositionReport.ProcurementWay.all) ?? []
    violations =
      PositionReport.AssetCompliance.all(made.bids).flatMap { asset in
        asset.violations.map { "\(asset.asset): \($0)" }
      } + made.plantViolations.map { "virtual power plant: \($0)" }
    notes = made.notes
  }
}
