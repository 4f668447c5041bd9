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
  /// Hours of discharge at full power, and energy delivered over energy drawn: one storage for each pair.
  public var hours = [1.0, 2.0]
  public var roundTripEfficiencies = [0.9]
  /// Storages as storages.csv of an asset folder lists them, in place of pairs; nil for pairs.
  public var storages: URL?
  public var wearCostPerMWh = 0.0
  public var largestCyclesPerDay: Double?
  /// A market, market/version, or a pack's own file: whether storages are cleared over the day; nil for what every market has.
  public var rules: String?

  public init(forecasts: EvaluationRequest) { self.forecasts = forecasts }
}

extension TradingDesk {
  /// Decides every day of each storage before its gate, and puts what that earned below perfect foresight. A price taker.
  ///
  /// Forecasts are made or read once and shared by all storages; storages and policies are decided side by side.
  public func evaluateStorage(_ request: StorageRequest, hooks: EvaluationHooks) throws -> StorageReport {
    let (storages, storageNotes) = try storages(request)
    let (policies, ruleNotes) = try policies(request)
    let start = hooks.stopwatch()
    let evaluation = try Evaluation(
      request.forecasts, dataDirectory: dataDirectory, programVersion: programVersion, hooks: hooks)
    let (days, before) = try storageDays(request, evaluation)
    let forecast = hooks.stopwatch()
    hooks.say(
      "forecasts of \(days.count) days \(request.forecastFile == nil ? "made" : "read") in "
        + "\(DayReport.rounded(forecast - start, 1)) s")
    let rows = rows(storages, days, before, policies, request, hours: evaluation.sites[0].length.hours)
    hooks.say(
      "\(storages.count) \(storages.count == 1 ? "storage" : "storages") decided on \(days.count) days in "
        + "\(DayReport.rounded(hooks.stopwatch() - forecast, 1)) s")
    return StorageReport(
      from: request.forecasts.testFrom, to: request.forecasts.testTo, days: days.count, storages: rows,
      notes: evaluation.notes + storageNotes + [
        "price taker; every day is decided with forecasts of before its gate, from the state in which the day before ended",
        "price-based: values of stored energy from before the gate, the move of an interval at its price",
      ] + ruleNotes)
  }

  /// Forecasts of the test days, and the prices of the day before each.
  private func storageDays(
    _ request: StorageRequest, _ evaluation: Evaluation
  ) throws -> (days: [OfferDay], before: [[Double]]) {
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
    return (days, before)
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

  /// Storages of a file, or one for each pair of hours and round trip; those of a file start at their own states of charge.
  private func storages(_ request: StorageRequest) throws -> (storages: [AssetFolder.Storage], notes: [String]) {
    if let file = request.storages { return try AssetFolder.storages(in: file) }
    let pairs = request.hours.flatMap { hours in request.roundTripEfficiencies.map { (hours, $0) } }
    let storages = try pairs.map { hours, efficiency in
      AssetFolder.Storage(unit: try storage(request, hours: hours, efficiency: efficiency), stateOfCharge: 0.5)
    }
    return (storages, [])
  }

  private func storage(_ request: StorageRequest, hours: Double, efficiency: Double) throws -> StorageUnit {
    let oneWay = efficiency > 0 ? efficiency.squareRoot() : 0
    let name = "\(hours == hours.rounded() ? "\(Int(hours))" : "\(hours)") h"
    let added = request.roundTripEfficiencies.count > 1 ? " at \(DayReport.rounded(100 * efficiency, 1)) %" : ""
    return try inAssetTerms {
      try StorageUnit(
        name: name + added, chargeMegawatts: request.powerMegawatts, dischargeMegawatts: request.powerMegawatts,
        usableMegawattHours: request.powerMegawatts * hours, chargeEfficiency: oneWay, dischargeEfficiency: oneWay,
        wearCostPerMWh: request.wearCostPerMWh, largestCyclesPerDay: request.largestCyclesPerDay)
    }
  }

  private func rows(
    _ storages: [AssetFolder.Storage], _ days: [OfferDay], _ before: [[Double]], _ policies: [StoragePolicy],
    _ request: StorageRequest, hours: Double
  ) -> [StorageReport.Storage] {
    let threads = request.forecasts.settings.threads
    let backtests = concurrentMap(count: storages.count, threads: threads) { index in
      let grid = StorageGrid(storages[index].unit, hours: hours)
      return StorageBacktest(
        days: days, programme: StorageProgramme(grid), dayBefore: before,
        initialState: grid.state(atShare: storages[index].stateOfCharge))
    }
    // Every storage with every policy, and its ceiling at the end.
    let width = policies.count + 1
    let results = concurrentMap(count: storages.count * width, threads: threads) { place -> StorageBacktest.Result in
      let (index, policy) = place.quotientAndRemainder(dividingBy: width)
      return policy < policies.count
        ? backtests[index].results(policies[policy]) : ([backtests[index].ceilingResult()], 0)
    }
    return storages.indices.map { index in
      let own = results[(index * width)..<((index + 1) * width)]
      return StorageReport.Storage(
        storages[index].unit, days: days.count, policies: policies, results: Array(own.dropLast()),
        ceiling: own.last?.daily.first?.profit ?? 0, seed: request.forecasts.settings.seed)
    }
  }
}
