internal import Bidding
internal import MarketModel
internal import NumericMethods

extension StrategiesReport {
  static let largestLostDays = 10

  /// The tasks of a batch put together again, strategy by strategy.
  static func runs(_ batch: BatchRun) throws -> [StrategyRun] {
    let results = Array(zip(batch.tasks, try batch.results()))
    return try batch.manifest.strategies.map { entry in
      let strategy = try entry.strategy()
      let own = results.filter { $0.0.strategy == strategy && $0.0.isPlacebo == entry.isPlacebo }
      return StrategyRun(strategy, isPlacebo: entry.isPlacebo, groups: own.map(\.1))
    }
  }

  /// - Throws: `DeskProblem` if a task of the batch is not finished.
  init(_ batch: BatchRun, workspace: String, simulated: Bool) throws {
    let runs = try StrategiesReport.runs(batch)
    func run(_ method: Strategy.Method) throws -> StrategyRun {
      guard let found = runs.first(where: { $0.name == method.rawValue }) else {
        throw DeskProblem(.internalError, "The comparison lacks \(method.rawValue).")
      }
      return found
    }
    let references = References(
      standard: try run(.standard), costPlusLear: try run(.costPlusLear), perfectForesight: try run(.perfectForesight))
    let manifest = batch.manifest
    provenance = Provenance(
      run: try manifest.identifier, program: manifest.program, command: manifest.command, workspace: workspace,
      dataHash: manifest.dataHash, seed: manifest.seed, scenarios: manifest.scenarios)
    from = manifest.from
    to = manifest.to
    self.simulated = simulated
    currency = batch.days[0].pack.currency
    rulePacks = batch.days.reduce(into: []) { names, day in
      let name = "\(day.pack.market) \(day.pack.version)"
      if names.last != name { names.append(name) }
    }
    units = batch.days[0].unitDays.count
    baseline = references.harderBaseline.name
    rows = runs.map { StrategiesReport.row($0, references, batch) }
    months = StrategyRun.months(batch.days.map(\.day))
    priceLevels = batch.levels.names
    unitProfits = batch.days[0].unitDays.map(\.unit).map { unit in
      UnitProfits(
        unit: unit.id.text, plant: unit.plant.text,
        profits: runs.map { DayReport.rounded($0.profit(of: unit.id.text), 2) })
    }
    days = StrategiesReport.days(batch, runs)
    let compared = runs.filter { !$0.isPlacebo && !references.names.contains($0.name) }
    lostDays = StrategiesReport.lostDays(compared, against: references.harderBaseline, days, currency: currency)
    notes = StrategiesReport.notes(batch)
  }

  /// What every strategy is seen beside.
  private struct References {
    let standard: StrategyRun
    let costPlusLear: StrategyRun
    let perfectForesight: StrategyRun

    /// The baseline that earned more.
    var harderBaseline: StrategyRun { costPlusLear.profit >= standard.profit ? costPlusLear : standard }
    var names: [String] { [standard.name, costPlusLear.name, perfectForesight.name] }
  }

  private static func row(_ run: StrategyRun, _ references: References, _ batch: BatchRun) -> Row {
    let seed = batch.manifest.seed
    let baseline = references.harderBaseline
    func uplift(_ other: StrategyRun) -> OffersReport.Uplift? {
      run.name == other.name ? nil : OffersReport.Uplift(run.results, over: other.results, seed: seed)
    }
    return Row(
      strategy: run.name, summary: run.strategy.summary,
      result: OffersReport.Row(
        run.name, run.results, ceiling: references.perfectForesight.profit,
        baseline: run.name == baseline.name ? nil : baseline.results, seed: seed),
      upliftOverStandard: uplift(references.standard), upliftOverCostPlusLear: uplift(references.costPlusLear),
      startCost: DayReport.rounded(run.days.reduce(0) { $0 + $1.startCost }, 2),
      unitHoursOnLine: DayReport.rounded(run.days.reduce(0) { $0 + $1.unitHoursOnLine }, 2),
      largestDrawdown: DayReport.rounded(OfferStatistics.largestDrawdown(run.results.map(\.profit)), 2),
      monthlyProfits: run.monthlyProfits(batch.days.map(\.day)), levels: run.levels,
      moved: run.movedPrices(over: baseline),
      settlement: run.settlement(givenPayoff: batch.days.reduce(0) { $0 + $1.contracts.payoff(at: $1.prices) }),
      attribution: run.attribution(from: references.perfectForesight))
  }

  private static func days(_ batch: BatchRun, _ runs: [StrategyRun]) -> [Day] {
    batch.days.enumerated().map { index, day in
      let prices = day.prices.prices.values.map(\.perMegawattHour)
      return Day(
        day: day.day, meanPricePerMWh: DayReport.rounded(prices.reduce(0, +) / Double(prices.count), 3),
        profits: runs.map { DayReport.rounded($0.results[index].profit, 2) })
    }
  }

  private static func lostDays(
    _ runs: [StrategyRun], against baseline: StrategyRun, _ days: [Day], currency: String
  ) -> [LostDay] {
    runs.flatMap { run in
      let lost = days.indices.map { (run.results[$0].profit - baseline.results[$0].profit, $0) }.filter { $0.0 < 0 }
      return lost.sorted { $0 < $1 }.prefix(largestLostDays).map { difference, index in
        LostDay(
          strategy: run.name, day: days[index].day, meanPricePerMWh: days[index].meanPricePerMWh,
          difference: DayReport.rounded(difference, 2),
          why: LossReason(own: run.days[index], other: baseline.days[index]).sentence(currency: currency))
      }
    }
  }

  private static func notes(_ batch: BatchRun) -> [String] {
    let without = batch.manifest.days.count {
      batch.shelf.forecast($0.forecast, say: { _ in }).map { !$0.hasReference } ?? false
    }
    let late = Set(batch.days.flatMap(\.contracts).filter { $0.reference == .realTime }.map(\.id)).count
    return [
      batch.manifest.isRecleared == true
        ? "the whole market was cleared again with each strategy's offers; the others do not answer, and perfect foresight is a "
          + "price taker's at the prices that came without them"
        : "price taker: the prices do not move with the offers",
      OfferStatistics.intervalNote,
    ]
      + (batch.manifest.strategies.contains(where: \.isPlacebo)
        ? ["placebo: the same strategy with the forecasts of other weeks"] : [])
      + (without > 0
        ? ["on \(without) days \(IssuedForecast.referenceModel) had no path; the mixed forecast takes its place"] : [])
      + (late > 0 ? ["\(late) contracts against the real-time price are not in the settlement"] : [])
  }

  /// Profits by day and strategy as CSV.
  public var table: String {
    let head = "day,mean_price_per_MWh," + rows.map { $0.strategy.replacing(" ", with: "_") }.joined(separator: ",")
    return
      ([head]
      + days.map { day in
        ([String(describing: day.day), String(day.meanPricePerMWh)] + day.profits.map { String($0) }).joined(
          separator: ",")
      }).joined(separator: "\n") + "\n"
  }
}

extension StrategyRun {
  /// Months of some days, in order: "2022-04".
  static func months(_ days: [MarketDay]) -> [String] {
    days.reduce(into: []) { months, day in
      let month = String("\(day)".prefix(7))
      if months.last != month { months.append(month) }
    }
  }

  func monthlyProfits(_ dates: [MarketDay]) -> [Double] {
    StrategyRun.months(dates).map { month in
      let sum = zip(dates, results).reduce(0) { sum, day in
        "\(day.0)".hasPrefix(month) ? sum + day.1.profit : sum
      }
      return DayReport.rounded(sum, 2)
    }
  }

  /// Nil where the prices stayed as they came.
  func movedPrices(over baseline: StrategyRun) -> StrategiesReport.MovedPrices? {
    guard let own = givenProfit, let mean = meanMovedPrice else { return nil }
    let parts = baseline.givenProfit.flatMap { given -> (taker: Double, maker: Double)? in
      guard baseline.name != name else { return nil }
      return (own - given, profit - baseline.profit - (own - given))
    }
    return StrategiesReport.MovedPrices(
      meanPricePerMWh: DayReport.rounded(mean, 3), profitAtGivenPrices: DayReport.rounded(own, 2),
      priceTakerPart: parts.map { DayReport.rounded($0.taker, 2) },
      priceMakerPart: parts.map { DayReport.rounded($0.maker, 2) })
  }

  private var moved: [TaskDay.MovedPrice] { groups.flatMap { $0.compactMap(\.moved) } }

  private var givenProfit: Double? {
    moved.isEmpty ? nil : moved.reduce(0) { $0 + $1.profitAtGivenPrices }
  }

  private var meanMovedPrice: Double? {
    moved.isEmpty ? nil : moved.reduce(0) { $0 + $1.mean } / Double(moved.count)
  }

  /// By price level over all days and groups; empty where no offers were made.
  var levels: [StrategiesReport.Level] {
    let all = groups.flatMap { $0.map(\.levels) }.filter { !$0.isEmpty }
    guard let count = all.first?.count else { return [] }
    return (0..<count).map { level in
      StrategiesReport.Level(
        energyMWh: DayReport.rounded(all.reduce(0) { $0 + $1[level].energy }, 1),
        margin: DayReport.rounded(all.reduce(0) { $0 + $1[level].margin }, 2))
    }
  }

  func profit(of unit: String) -> Double {
    groups.reduce(0) { sum, days in
      days.reduce(sum) { $1.units.reduce($0) { $1.unit == unit ? $0 + $1.profit : $0 } }
    }
  }
}
