internal import FlexibleAssets
public import Foundation
internal import MarketModel
internal import NumericMethods

/// What a storage test is asked for.
public struct StorageRequest: Sendable {
  /// How prices are forecast: data, test period, models, seed and threads of an evaluation of prices.
  public var forecasts: EvaluationRequest
  /// Forecasts that `evaluate prices --output` wrote; nil to make them.
  public var forecastFile: URL?
  public var powerMegawatts = 100.0
  /// Hours of discharge at full power, one storage for each.
  public var hours = [1.0, 2.0]
  public var roundTripEfficiency = 0.9
  public var wearCostPerMWh = 0.0
  public var largestCyclesPerDay: Double?
  /// A market, market/version, or a pack's own file: whether storages are cleared over the day; nil for what every market has.
  public var rules: String?

  public init(forecasts: EvaluationRequest) { self.forecasts = forecasts }
}

extension TradingDesk {
  /// Decides every day of a storage before its gate, and puts what that earned below perfect foresight. A price taker.
  public func evaluateStorage(_ request: StorageRequest, hooks: EvaluationHooks) throws -> StorageReport {
    let storages = try request.hours.map { try storage(request, hours: $0) }
    let evaluation = try Evaluation(
      request.forecasts, dataDirectory: dataDirectory, programVersion: programVersion, hooks: hooks)
    let site = evaluation.sites[0]
    let records = try forecastRecords(
      evaluation, file: request.forecastFile, from: request.forecasts.testFrom, to: request.forecasts.testTo)
    if let gap = records.first(where: { !$0.actual.allSatisfy(\.isFinite) }) {
      throw DeskProblem(.badData, "The price of \(gap.day) is not whole; a storage needs the price of every test day.")
    }
    let days = try OfferDays(site: site, referenceModel: "ensemble").days(of: records)
    let before = days.map { day -> [Double] in
      let values = site.actual(day.day.advanced(by: -1))
      return values.count == day.actual.count && values.allSatisfy(\.isFinite) ? values : day.weekBefore
    }
    let (policies, ruleNotes) = try policies(request)
    let rows = storages.map { unit in
      let grid = StorageGrid(unit, hours: site.length.hours)
      let backtest = StorageBacktest(
        days: days, programme: StorageProgramme(grid), dayBefore: before, initialState: grid.state(atShare: 0.5))
      return row(unit, backtest, policies, request)
    }
    return StorageReport(
      from: request.forecasts.testFrom, to: request.forecasts.testTo, days: days.count, storages: rows,
      notes: evaluation.notes + [
        "price taker; every day is decided with forecasts of before its gate, from the state in which the day before ended",
        "price-based: values of stored energy from before the gate, the move of an interval at its price",
      ] + ruleNotes)
  }

  /// A rule that is not known does not pass: without one that says so no storage is cleared over the day.
  private func policies(_ request: StorageRequest) throws -> ([StoragePolicy], [String]) {
    let plain = StoragePolicy.allCases.filter { $0 != .clearedOffer }
    guard let rules = request.rules else { return (plain, []) }
    let pack = try namedPack(rules, day: request.forecasts.testFrom)
    let rule = pack.storage.clearingKeepsStateOfCharge
    let clause = rule.citation?.clause ?? ""
    guard rule.value == true else {
      let found = rule.value == nil ? "does not say that" : "says that no"
      return (
        plain,
        ["rule pack \(pack.name) \(found) clearing keeps a storage's state of charge; no offer is cleared over a day"]
      )
    }
    return (
      StoragePolicy.allCases,
      ["cleared offer: under rule pack \(pack.name), whatever the rules were on the test days (\(clause))"]
    )
  }

  private func storage(_ request: StorageRequest, hours: Double) throws -> StorageUnit {
    let efficiency = request.roundTripEfficiency > 0 ? request.roundTripEfficiency.squareRoot() : 0
    do {
      return try StorageUnit(
        name: "\(hours == hours.rounded() ? "\(Int(hours))" : "\(hours)") h", chargeMegawatts: request.powerMegawatts,
        dischargeMegawatts: request.powerMegawatts, usableMegawattHours: request.powerMegawatts * hours,
        chargeEfficiency: efficiency, dischargeEfficiency: efficiency, wearCostPerMWh: request.wearCostPerMWh,
        largestCyclesPerDay: request.largestCyclesPerDay)
    } catch {
      throw DeskProblem(.badData, error.description)
    }
  }

  private func row(
    _ unit: StorageUnit, _ backtest: StorageBacktest, _ policies: [StoragePolicy], _ request: StorageRequest
  ) -> StorageReport.Storage {
    let results = concurrentMap(count: policies.count, threads: request.forecasts.settings.threads) { index in
      backtest.results(policies[index])
    }
    let ceiling = backtest.ceiling()
    let seed = request.forecasts.settings.seed
    let contents = unit.usableMegawattHours * unit.dischargeEfficiency * Double(backtest.days.count)
    return StorageReport.Storage(
      name: unit.name, powerMW: unit.dischargeMegawatts, energyMWh: unit.usableMegawattHours,
      roundTripEfficiency: request.roundTripEfficiency, perfectForesightProfit: DayReport.rounded(ceiling, 2),
      rows: zip(policies, results).map { policy, result in
        let row = OffersReport.Row(
          policy.rawValue, result.daily, ceiling: ceiling,
          baseline: policy == .persistence ? nil : results[0].daily, seed: seed)
        return StorageReport.Row(
          policy: policy.rawValue, profit: row.profit, shareOfPerfectForesight: row.shareOfPerfectForesight,
          deliveredMWh: DayReport.rounded(result.delivered, 1),
          cyclesPerDay: DayReport.rounded(result.delivered / contents, 3),
          conditionalValueAtRisk_5: row.conditionalValueAtRisk_5, uplift: row.uplift)
      })
  }
}
