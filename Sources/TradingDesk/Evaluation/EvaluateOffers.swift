internal import Bidding
internal import Clearing
public import Foundation
internal import MarketData
internal import MarketModel
internal import MarketRules
internal import NumericMethods

/// What an offer test is asked for.
public struct OffersRequest: Sendable {
  /// How prices are forecast: data, test period, models, seed and threads of an evaluation of prices.
  public var forecasts: EvaluationRequest
  /// Forecasts that `evaluate prices --output` wrote; nil to make them.
  public var forecastFile: URL?
  public var unit: URL
  /// Market of the rule pack.
  public var market: String
  /// Model whose path the reference commitment follows.
  public var referenceModel: String
  /// Profits by day and policy as CSV.
  public var output: URL?

  public init(forecasts: EvaluationRequest, unit: URL, market: String, referenceModel: String = "lear") {
    self.forecasts = forecasts
    self.unit = unit
    self.market = market
    self.referenceModel = referenceModel
  }
}

extension TradingDesk {
  /// Offers one unit day by day at real prices with every policy, and puts them below perfect foresight.
  ///
  /// Every forecast of a day is made from what was known before its gate; every policy meets the same prices, with the state in
  /// which its own offers left the unit. A price taker: the prices do not move.
  public func evaluateOffers(_ request: OffersRequest, hooks: EvaluationHooks) throws -> OffersReport {
    let described = try OfferUnit.read(request.unit)
    let evaluation = try Evaluation(
      request.forecasts, dataDirectory: dataDirectory, programVersion: programVersion, hooks: hooks)
    let site = evaluation.sites[0]
    let units = try unitDays(request, described, site)
    let records = try forecastRecords(
      evaluation, file: request.forecastFile, from: request.forecasts.testFrom, to: request.forecasts.testTo)
    let backtest = try offerBacktest(request, units, site, records)
    let policies = OfferPolicy.allCases
    let threads = request.forecasts.settings.threads
    let results = concurrentMap(count: policies.count, threads: threads) { index in
      Result { try backtest.results(policies[index]) }
    }
    let daily = try results.map { result in try inDeskTerms { try result.get() } }
    let ceiling = try inDeskTerms { try backtest.ceiling() }
    if let output = request.output { try write(backtest, daily, to: output) }
    return report(request, described, backtest, daily, ceiling: ceiling, notes: evaluation.notes)
  }

  /// Forecasts of test days: read from a file that an evaluation wrote, or made by walking through them now.
  func forecastRecords(
    _ evaluation: Evaluation, file: URL?, from: MarketDay, to: MarketDay
  ) throws -> [RecordedDay] {
    guard let file else {
      let sites = try evaluation.walk()
      try evaluation.finishOutput()
      return sites[0].records
    }
    let text: String
    do { text = try String(contentsOf: file, encoding: .utf8) } catch {
      throw DeskProblem(.missingInput, "\(file.relativePath) cannot be read: \(systemSentence(error)).")
    }
    let rows = ForecastText.days(of: text)
    let days = Array(from...to)
    let hasSites = text.hasPrefix("site,")
    let site = evaluation.sites[0]
    let records = concurrentMap(count: days.count, threads: evaluation.request.settings.threads) { index in
      Result {
        guard let rows = rows[days[index]] else {
          throw DeskProblem(.badData, "\(file.relativePath) holds no forecast of \(days[index]).")
        }
        return try ForecastText.record(rows, day: days[index], hasSites: hasSites, actual: site.actual(days[index]))
      }
    }
    return try records.map { try $0.get() }
  }

  /// The unit on every test day with that day's cost of fuel.
  private func unitDays(_ request: OffersRequest, _ described: OfferUnit, _ site: SiteData) throws -> [UnitDay] {
    try (request.forecasts.testFrom...request.forecasts.testTo).map { day in
      let unit = described.thermalUnit(costPerMWh: try cost(described, site, day))
      return UnitDay.unrestricted(
        unit, on: IntervalGrid(ordinary: day, length: site.length), state: unit.initialState)
    }
  }

  private func offerBacktest(
    _ request: OffersRequest, _ units: [UnitDay], _ site: SiteData, _ records: [RecordedDay]
  ) throws -> OfferBacktest {
    if let gap = records.first(where: { !$0.actual.allSatisfy(\.isFinite) }) {
      throw DeskProblem(.badData, "The price of \(gap.day) is not whole; offers need the price of every test day.")
    }
    let days = try OfferDays(site: site, referenceModel: request.referenceModel).days(of: records)
    let pack = try inDeskTerms { try library().pack(for: request.market, on: records[0].day) }
    guard let basis = pack.bids.priceBasis.value else {
      throw DeskProblem(.badData, "The rules of \(request.market) do not say what a price stands for (price_basis).")
    }
    return OfferBacktest(
      days: days, units: units, pack: pack, basis: basis,
      shuffled: OfferBacktest.shuffledWeeks(days.count, seed: request.forecasts.settings.seed))
  }

  /// Cost of a MWh from the fuel columns, the mean of a day's known values.
  private func cost(_ described: OfferUnit, _ site: SiteData, _ day: MarketDay) throws -> Double {
    var prices: [String: Double] = [:]
    for fuel in described.fuels {
      let inputs = site.inputs(knownBy: .beforeAuction)
      guard let column = inputs.first(where: { $0.name == fuel.column }) else {
        let names = inputs.map { "\"\($0.name)\"" }.joined(separator: ", ")
        throw DeskProblem(
          .badData, "The data have no column \"\(fuel.column)\" that is known before the gate; they have \(names).")
      }
      let known = site.table.values(of: column, on: day).filter(\.isFinite)
      guard !known.isEmpty else {
        throw DeskProblem(.badData, "\(fuel.column) is not known on \(day); a unit needs its fuel's price every day.")
      }
      prices[fuel.column] = known.reduce(0, +) / Double(known.count)
    }
    return described.costPerMWh { prices[$0] ?? .nan }
  }

  private func report(
    _ request: OffersRequest, _ described: OfferUnit, _ backtest: OfferBacktest, _ daily: [[OfferDayResult]],
    ceiling: Double, notes: [String]
  ) -> OffersReport {
    let policies = OfferPolicy.allCases
    func profit(_ policy: OfferPolicy) -> Double {
      policies.firstIndex(of: policy).map { daily[$0].reduce(0) { $0 + $1.profit } } ?? 0
    }
    let hard: OfferPolicy = profit(.reference) >= profit(.costPlus) ? .reference : .costPlus
    let baseline = policies.firstIndex(of: hard).map { daily[$0] } ?? []
    let costs = backtest.units.map { $0.unit.otherVariableCost.perMegawattHour }
    return OffersReport(
      unit: described.name, from: backtest.days[0].day, to: backtest.days[backtest.days.count - 1].day,
      days: backtest.days.count, rulePack: "\(backtest.pack.market) \(backtest.pack.version)",
      baseline: hard.rawValue, referenceModel: request.referenceModel,
      meanCostPerMWh: DayReport.rounded(costs.reduce(0, +) / Double(costs.count), 3),
      perfectForesightProfit: DayReport.rounded(ceiling, 2),
      rows: zip(policies, daily).map { policy, results in
        OffersReport.Row(
          policy.rawValue, results, ceiling: ceiling, baseline: policy == hard ? nil : baseline,
          seed: request.forecasts.settings.seed)
      }, notes: notes)
  }

  private func write(_ backtest: OfferBacktest, _ daily: [[OfferDayResult]], to file: URL) throws {
    var text = "day,cost_per_MWh,mean_price," + OfferPolicy.allCases.map(\.rawValue).joined(separator: ",") + "\n"
    for (position, day) in backtest.days.enumerated() {
      let mean = day.actual.reduce(0, +) / Double(day.actual.count)
      let cost = backtest.units[position].unit.otherVariableCost.perMegawattHour
      let profits = daily.map { "\(DayReport.rounded($0[position].profit, 2))" }.joined(separator: ",")
      text += "\(day.day),\(DayReport.rounded(cost, 3)),\(DayReport.rounded(mean, 3)),\(profits)\n"
    }
    try writeFile(text, to: file)
  }
}
