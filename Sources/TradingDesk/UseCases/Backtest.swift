internal import Bidding
internal import Clearing
internal import DayPipeline
internal import Forecasting
public import Foundation
internal import MarketData
public import MarketModel
internal import MarketRules
internal import MarketStore
internal import Review

extension TradingDesk {
  /// Runs preparation and clearing over consecutive days, each as of its own gate; every strategy carries its own unit states.
  /// Reads the workspace and writes nothing.
  public func backtest(
    from first: MarketDay, through last: MarketDay, portfolioFile: URL?, settings: DaySettings
  ) throws -> BacktestReport {
    let store = try openStore()
    var run = BacktestRun()
    for day in first...last {
      try checkCancelled()
      let pack = try rulePack(on: day, market: nil, store: store)
      let context = try DayContext(
        day: day, pack: pack, store: store, portfolioFile: portfolioFile, settings: settings, desk: self)
      let prices = try PastDay.prices(of: day, grid: context.grid, pack: pack, store: store)
      try inDeskTerms { try run.add(context, prices) }
      if let row = run.days.last {
        progress(
          "\(day): standard \(Int(row.standardProfit)), optimised \(Int(row.optimisedProfit)) \(pack.currency)")
      }
    }
    let simulated = try isSimulated(store)
    return try inDeskTerms { try run.report(from: first, to: last, simulated: simulated) }
  }
}

/// The state of a backtest between two days.
private struct BacktestRun {
  private(set) var days: [BacktestReport.DayRow] = []
  private var states: [OfferStrategy: [UnitID: UnitState]] = [:]
  private var schedules: [OfferStrategy: [ClearedSchedule]] = [:]
  private var unitDays: [UnitID: [UnitDay]] = [:]
  private var prices: [IntervalSeries<EnergyPrice>] = []
  private var packs: [String] = []
  private var currency = ""
  private var bids = 0
  private var coverages: [Double] = []
  private var session = PriceForecastSession()
  private var drift = DriftWatch()

  mutating func add(_ context: DayContext, _ realised: MarketPrices) throws {
    let own = context.inputs.starting(in: states[.optimised] ?? [:])
    let prepared = try DayPipeline.prepareDay(own, under: context.pack, continuing: &session)
    let by = context.inputs.starting(in: states[.standard] ?? [:])
    let standardBook =
      states[.standard] == states[.optimised]
      ? prepared.bids.standard
      : try draftStandardBids(for: try by.biddingInputs(expecting: prepared.forecast), under: context.pack)
    let optimised = try DayPipeline.clearDay(prepared.bids.optimised, unitDays: own.unitDays, at: realised)
    let standard = try DayPipeline.clearDay(standardBook, unitDays: by.unitDays, at: realised)
    remember(optimised, unitDays: own.unitDays)
    remember(standard, unitDays: by.unitDays)
    for day in context.inputs.unitDays { unitDays[day.unit.id, default: []].append(day) }
    prices.append(realised.prices)
    let pack = "\(context.pack.market) \(context.pack.version)"
    if packs.last != pack { packs.append(pack) }
    currency = context.pack.currency
    bids += prepared.bids.optimised.bids.count
    days.append(try row(context, prepared, realised, standard, optimised))
  }

  private mutating func remember(_ result: ClearingResult, unitDays: [UnitDay]) {
    schedules[result.strategy, default: []] += result.schedules
    var after = Dictionary(uniqueKeysWithValues: result.schedules.map { ($0.unit, $0.finalState) })
    // A unit that was out all day has no schedule: it has been off line for a day longer.
    for day in unitDays where after[day.unit.id] == nil {
      let minutes = day.grid.count * day.grid.length.minutes
      if case .off(let before) = day.initialState {
        after[day.unit.id] = .off(minutes: before + minutes)
      } else {
        after[day.unit.id] = .off(minutes: minutes)
      }
    }
    states[result.strategy] = after
  }

  private mutating func row(
    _ context: DayContext, _ prepared: PreparedDay, _ realised: MarketPrices, _ standard: ClearingResult,
    _ optimised: ClearingResult
  ) throws -> BacktestReport.DayRow {
    let actual = realised.prices.values.map(\.perMegawattHour)
    let forecast = prepared.forecast
    let error = ReviewReport.ForecastError(
      point: forecast.point, sameAsYesterday: forecast.sameAsYesterday, low: forecast.quantiles.quantile(0.1),
      high: forecast.quantiles.quantile(0.9), actual: actual)
    if let error {
      coverages.append(error.coverage80)
      drift.add(context.day, error)
    }
    return BacktestReport.DayRow(
      day: context.day, meanPricePerMWh: DayReport.rounded(actual.reduce(0, +) / Double(actual.count), 3),
      standardProfit: try UnitResult.total(standard.schedules).profit.rounded.amount,
      optimisedProfit: try UnitResult.total(optimised.schedules).profit.rounded.amount,
      priceMae: error?.expectedMae, sameAsYesterdayPriceMae: error?.sameAsYesterdayMae,
      violatedBids: DayReport.ComplianceView(prepared.compliance).violated,
      violations: prepared.compliance.sentences)
  }

  private static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : DayReport.rounded(values.reduce(0, +) / Double(values.count), 4)
  }

  func report(from first: MarketDay, to last: MarketDay, simulated: Bool) throws -> BacktestReport {
    let ids = unitDays.keys.sorted()
    var units: [BacktestReport.UnitRow] = []
    for id in ids {
      let ceiling = try Review.perfectForesightProfit(days: unitDays[id] ?? [], prices: prices)
      let own = (schedules[.optimised] ?? []).filter { $0.unit == id }
      let low = (schedules[.standard] ?? []).filter { $0.unit == id }
      units.append(
        BacktestReport.UnitRow(
          unit: id.text, standardProfit: try UnitResult.total(low).profit.rounded.amount,
          optimisedProfit: try UnitResult.total(own).profit.rounded.amount,
          perfectForesightProfit: DayReport.rounded(ceiling, 2), starts: own.reduce(0) { $0 + $1.starts }))
    }
    let ceiling = units.reduce(0) { $0 + $1.perfectForesightProfit }
    let standard = ResultView(try UnitResult.total(schedules[.standard] ?? []))
    let optimised = ResultView(try UnitResult.total(schedules[.optimised] ?? []))
    return BacktestReport(
      from: first, to: last, simulated: simulated, currency: currency, rulePacks: packs, days: days, units: units,
      standard: standard, optimised: optimised, perfectForesightProfit: DayReport.rounded(ceiling, 2),
      standardShareOfPerfectForesight: ceiling > 0 ? DayReport.rounded(standard.profit / ceiling, 4) : nil,
      optimisedShareOfPerfectForesight: ceiling > 0 ? DayReport.rounded(optimised.profit / ceiling, 4) : nil,
      priceMae: Self.mean(days.compactMap(\.priceMae)),
      sameAsYesterdayPriceMae: Self.mean(days.compactMap(\.sameAsYesterdayPriceMae)),
      coverage80: Self.mean(coverages), driftAlarms: drift.alarms, bids: bids,
      violatedBids: days.reduce(0) { $0 + $1.violatedBids })
  }
}
