internal import Clearing
internal import Foundation
internal import MarketModel
internal import MarketRules
internal import MarketStore
internal import NumericMethods
internal import Review
internal import Settlement

/// One unit's day after delivery and settlement.
struct ReviewedUnit: Sendable {
  let unit: UnitID
  let standard: UnitResult
  let optimised: UnitResult
  let perfectForesight: UnitResult
  let unitDay: UnitDay
  var waterfall: ProfitWaterfall
  let gap: EnergyGap
  let sums: MetricSums
  let segments: [SegmentEffect]
}

/// One day of a review.
struct ReviewedDay: Sendable {
  let day: MarketDay
  let packName: String
  let currency: String
  let prices: IntervalSeries<EnergyPrice>
  var units: [ReviewedUnit]
  let skill: ForecastSkill?
  let systemShare: Double
  let systemError: (name: String, megawatts: Double, share: Double)?
  let contractPayment: Money
  let contractedEnergy: Energy
  let forecastError: ReviewReport.ForecastError?
  /// Whether load and what serves it are known as expected and as they came.
  let knowsSystem: Bool
  let notes: [String]

  /// - Parameter chosen: the unit to review; nil for all.
  init(
    _ past: PastDay, store: MarketStore, history: SpaceHistory, chosen: UnitID?, threads: Int
  ) throws {
    day = past.day
    prices = past.prices.prices
    packName = past.pack.name
    currency = past.pack.currency
    let optimised = try past.clear(past.optimised)
    let standard = try past.clear(past.standard)
    let settled = try SettledDay(
      past, pack: past.pack, sold: optimised.schedules, actual: try past.actualUnitDays(store), mode: nil, meters: nil,
      store: store)
    let actual = past.prices.prices.values.map(\.perMegawattHour)
    let stack = history.stack(from: past.day.advanced(by: -SpaceHistory.stackDays), through: past.day.advanced(by: -1))
    let gate = try ForecastGate(day: past.day, pack: past.pack).asOf
    let system = try SystemError(past.day, store: store, gate: gate, stack: stack)
    let paths = InformationPaths(actual: actual, forecast: past.forecast.point, spaceEffect: system.priceEffect)
    let bids = past.optimised.bids.filter { chosen == nil || $0.unit == chosen }
    let work = concurrentMap(count: bids.count, threads: threads) { index in
      Result { try ReviewedUnit(bids[index], past, settled, paths: paths, standard: standard, optimised: optimised) }
    }
    units = try inDeskTerms { try work.compactMap { try $0.get() } }
    let forecast = past.forecast
    skill = ForecastSkill(
      point: forecast.point, low: forecast.low, high: forecast.high, naive: forecast.sameAsYesterday, actual: actual,
      intervalHours: past.grid.length.hours,
      wideBand: forecast.lowest.flatMap { low in forecast.highest.map { (low, $0) } })
    forecastError = ReviewReport.ForecastError(
      point: forecast.point, sameAsYesterday: forecast.sameAsYesterday, low: forecast.low, high: forecast.high,
      actual: actual)
    systemShare = paths.systemShare
    systemError = paths.systemShare > 0 ? system.largest : nil
    contractPayment = try inDeskTerms { try past.contractPayment() }
    contractedEnergy = past.contractedEnergy
    knowsSystem = !system.priceEffect.isEmpty
    notes = settled.assumptions
  }
}

extension ReviewedUnit {
  init(
    _ bid: UnitBid, _ past: PastDay, _ settled: SettledDay, paths: InformationPaths, standard: ClearingResult,
    optimised: ClearingResult
  ) throws {
    guard let day = past.unitDays.first(where: { $0.unit.id == bid.unit }),
      let low = standard.schedules.first(where: { $0.unit == bid.unit }),
      let delivered = settled.delivered[bid.unit], let metered = settled.metered[bid.unit]
    else { throw DeskProblem(.internalError, "Unit \(bid.unit) was offered on \(past.day) and is not in the day.") }
    let outcomes = try decisionOutcomes(of: bid, on: day, paths: paths, prices: past.prices)
    unit = bid.unit
    unitDay = day
    self.standard = try UnitResult(low).rounded
    self.optimised = try UnitResult(outcomes.submitted).rounded
    perfectForesight = try UnitResult(outcomes.perfect).rounded
    let length = past.grid.length
    let sold = outcomes.submitted.output.values.map { day.unit.netOutput(ofGross: $0).energy(over: length) }
    let dayAhead = past.prices.prices.values
    let realTime = settled.prices.intervalPrices(.realTime, of: day.unit) ?? dayAhead
    let cost = try delivered.operatingCost + delivered.startUpCost
    let lines = settled.lines.filter { $0.unit == bid.unit }
    let paid = try Money.sum(lines.map(\.amount))
    let plain = settled.withoutContracts[bid.unit] ?? .zero
    var market = outcomes.submitted.revenue
    for index in sold.indices {
      market = try market + (metered[index] - sold[index]).value(at: realTime[index])
    }
    waterfall = try ProfitWaterfall(
      outcomes,
      RealisedMoney(delivered: try market - cost, settled: try plain - cost, realised: try paid - cost))
    gap = EnergyGap(outcomes, unit: day.unit, delivered: metered)
    segments = segmentEffects(of: bid, on: day, outcomes, prices: past.prices)
    let contracts = settled.contracts[bid.unit] ?? []
    sums = try MetricSums(
      MeasuredDay(
        day: day, bid: bid, outcomes: outcomes, dayAheadPrices: dayAhead.map(\.perMegawattHour),
        realTimePrices: realTime.map(\.perMegawattHour),
        unifiedPrices: (settled.prices.intervalPrices(.dayAhead, of: nil) ?? dayAhead).map(\.perMegawattHour),
        forecastPrices: past.forecast.point, metered: metered.map(\.megawattHours),
        contracted: ReviewedUnit.contracted(contracts, count: sold.count),
        contractAdvantage: ReviewedUnit.advantage(contracts, dayAhead), contractFee: (try paid - plain).amount,
        spotFee: plain.amount, variableCost: cost.amount))
  }

  /// Contracted energy by trading interval; a settlement period's is spread evenly.
  private static func contracted(_ contracts: [ContractPosition], count: Int) -> [Double] {
    var sum = [Double](repeating: 0, count: count)
    for contract in contracts {
      let width = count / max(contract.quantities.count, 1)
      for index in sum.indices { sum[index] += contract.quantities[index / width].megawattHours / Double(width) }
    }
    return sum
  }

  private static func advantage(_ contracts: [ContractPosition], _ prices: [EnergyPrice]) -> Double {
    let mean = prices.reduce(0) { $0 + $1.perMegawattHour } / Double(max(prices.count, 1))
    return contracts.reduce(0) { sum, contract in
      sum + contract.quantities.reduce(.zero, +).megawattHours * (contract.price.perMegawattHour - mean)
    }
  }
}
