internal import Clearing
internal import DayPipeline
internal import Foundation
internal import MarketData
public import MarketModel
internal import MarketRules
internal import MarketStore
internal import Review

extension TradingDesk {
  /// Runs a prepared day's offers against the realised day-ahead prices and keeps the states in which the submitted ones
  /// leave the units.
  public func clearDay(_ day: MarketDay) throws -> ClearingReport {
    let store = try openStore()
    return try locked {
      let past = try PastDay(day, store: store, desk: self)
      let standard = try past.clear(past.standard)
      let optimised = try past.clear(past.optimised)
      try keepStates(of: optimised, past, store)
      let report = try inDeskTerms {
        try ClearingReport(past, standard: standard, optimised: optimised, simulated: try isSimulated(store))
      }
      try Workspace.write([("clearing.json", try encodedDocument(report))], in: workspace.dayDirectory(day))
      return report
    }
  }

  /// Keeps the states in which the submitted offers of a day leave the units, as of the publication of its results.
  func keepStates(of submitted: ClearingResult, _ past: PastDay, _ store: MarketStore) throws {
    let results = past.pack.timetable.dayAheadResults.value ?? past.resultsStandIn
    let states = submitted.schedules.map {
      StoredUnitState(
        strategy: FleetContext.submittedStrategy.rawValue, day: past.day, unit: $0.unit, state: $0.finalState,
        availableAt: results.instant(for: past.day, in: past.pack.zone))
    }
    try inDeskTerms { try store.save(unitStates: states, ifKnown: .replace) }
  }
}

/// A day that was prepared and whose prices are known. It looks back: its prices are read as of the end of time.
struct PastDay {
  let day: MarketDay
  let pack: RulePack
  let grid: IntervalGrid
  let unitDays: [UnitDay]
  let standard: BidBook
  let optimised: BidBook
  let prices: MarketPrices
  let contracts: [ContractForDifference]
  let forecast: StoredDay.StoredForecast
  /// Where the pack does not know when results are published: the evening before the day, after every gate.
  let resultsStandIn = GateClosure(dayOffset: -1, minute: 20 * 60)

  init(_ day: MarketDay, store: MarketStore, desk: TradingDesk) throws {
    self.day = day
    let limits = try PreparedLimits(day, store: store, desk: desk)
    pack = limits.pack
    grid = limits.grid
    unitDays = limits.unitDays
    forecast = limits.stored.forecast
    prices = try PastDay.prices(of: day, grid: grid, pack: pack, store: store)
    contracts = try inDeskTerms { try store.contracts(asOf: .distantFuture) }
    let ownGrid = grid
    standard = BidBook(day: day, strategy: .standard, bids: try limits.stored.standard.map { try $0.bid(on: ownGrid) })
    optimised = BidBook(
      day: day, strategy: .optimised, bids: try limits.stored.optimised.map { try $0.bid(on: ownGrid) })
  }

  /// The realised day-ahead prices of a day, exact.
  static func prices(of day: MarketDay, grid: IntervalGrid, pack: RulePack, store: MarketStore) throws -> MarketPrices {
    let key = SeriesKey(.price, .dayAhead)
    let found = try inDeskTerms { try store.observations(of: key, from: day, through: day, asOf: .distantFuture) }
    guard let observation = found.first else {
      let last = try inDeskTerms { try store.lastDay(of: key, asOf: .distantFuture) }
      throw DeskProblem(
        .notFound,
        "The day-ahead prices of \(day) are not known"
          + (last.map { "; the last day with prices is \($0)" } ?? "") + ". Import them with `spotdesk import`.")
    }
    guard let basis = pack.bids.priceBasis.value else {
      throw DeskProblem(
        .badData, "Rule pack \(pack.market) \(pack.version) does not know price_basis. Complete the pack.")
    }
    let exact = try SettlementPriceReader.exact(observation, grid)
    do {
      return MarketPrices(basis: basis, prices: try IntervalSeries(grid, exact))
    } catch {
      throw DeskProblem(.badData, "Day-ahead prices of \(day): \(error)")
    }
  }

  func clear(_ book: BidBook) throws -> ClearingResult {
    try inDeskTerms { try DayPipeline.clearDay(book, unitDays: unitDays, at: prices) }
  }

  /// Contracts that settle against the day-ahead price.
  func contractPayment() throws(QuantityError) -> Money {
    var total = Money.zero
    for contract in contracts where contract.reference == .dayAhead {
      total = try total + contract.payment(against: prices.prices)
    }
    return total
  }

  var contractedEnergy: Energy {
    contracts.filter { $0.reference == .dayAhead }.reduce(.zero) { sum, contract in
      grid.intervals.reduce(sum) { $0 + contract.power(in: $1).energy(over: $1.length) }
    }
  }
}

extension ClearingReport {
  fileprivate init(
    _ past: PastDay, standard: ClearingResult, optimised: ClearingResult, simulated: Bool
  ) throws(QuantityError) {
    day = past.day
    self.simulated = simulated
    currency = past.pack.currency
    rulePack = "\(past.pack.market) \(past.pack.version)"
    let prices = past.prices.prices.values.map(\.perMegawattHour)
    meanPricePerMWh = DayReport.rounded(prices.reduce(0, +) / Double(prices.count), 3)
    var rows: [UnitRow] = []
    for own in optimised.schedules {
      guard let low = standard.schedules.first(where: { $0.unit == own.unit }) else { continue }
      rows.append(
        UnitRow(
          unit: own.unit.text, standard: ResultView(try UnitResult(low)), optimised: ResultView(try UnitResult(own)),
          outputMW: own.output.values.map(\.megawatts)))
    }
    units = rows
    let audits = [(standard, past.standard), (optimised, past.optimised)].map {
      PriceTakerAudit($0.0, of: $0.1, unitDays: past.unitDays)
    }
    audit = audits.first { !$0.isPassed }?.verdict ?? "passed"
    let outputs = rows.map(\.outputMW)
    fleet = UnitRow(
      unit: "fleet", standard: ResultView(try UnitResult.total(standard.schedules)),
      optimised: ResultView(try UnitResult.total(optimised.schedules)),
      outputMW: past.grid.intervals.indices.map { index in outputs.reduce(0) { $0 + $1[index] } })
  }
}

extension ReviewReport.ForecastError {
  /// nil if there is nothing to compare.
  init?(point: [Double], sameAsYesterday: [Double], low: [Double], high: [Double], actual: [Double]) {
    guard point.count == actual.count, sameAsYesterday.count == actual.count, low.count == actual.count,
      high.count == actual.count, !actual.isEmpty
    else { return nil }
    func error(_ path: [Double]) -> Double {
      zip(path, actual).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(actual.count)
    }
    expectedMae = DayReport.rounded(error(point), 4)
    sameAsYesterdayMae = DayReport.rounded(error(sameAsYesterday), 4)
    let inside = actual.indices.count { actual[$0] >= low[$0] && actual[$0] <= high[$0] }
    coverage80 = DayReport.rounded(Double(inside) / Double(actual.count), 4)
  }
}
