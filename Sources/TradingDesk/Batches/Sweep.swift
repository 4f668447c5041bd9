internal import Bidding
public import Foundation
public import MarketModel
internal import NumericMethods

/// `spotdesk sweep`: many variants of a strategy on the same days, with what of the best one may be luck.
public struct SweepReport: Sendable, Encodable {
  public var schema = "spotdesk.sweep/1"
  public let program: String
  public let from: MarketDay
  public let to: MarketDay
  public let days: Int
  public let simulated: Bool
  public let currency: String
  /// One for each portfolio and seed.
  public let groups: [Group]
  public let notes: [String]

  public struct Group: Sendable, Encodable {
    /// The run's folder.
    public let run: String
    public let portfolio: String
    public let seed: UInt64
    public let units: Int
    public let baseline: String
    public let best: String
    /// Share of resamples in which the best of tries without skill looks as good as the best one here (White 2000).
    public let pValueOfRealityCheck: Double
    /// In the order of the file.
    public let rows: [Row]
  }

  public struct Row: Sendable, Encodable {
    public let strategy: String
    public let parameters: [String: Double]
    public let profit: Double
    public let shareOfPerfectForesight: Double?
    /// Over the harder baseline.
    public let uplift: OffersReport.Uplift?
    /// Mean over standard deviation of the daily uplift.
    public let dailySharpe: Double?
    /// Probability that it is above what the best of as many tries without skill would show (Bailey, López de Prado 2014).
    public let deflatedSharpeProbability: Double?
    public let conditionalValueAtRisk_5: Double
  }
}

extension TradingDesk {
  /// Lives through every variant of a sweep file for every portfolio and seed; forecasts are shared, runs can be resumed.
  public func sweep(_ file: URL, resume: Bool, threads: Int, hooks: EvaluationHooks) throws -> SweepReport {
    try self.sweep(try SweepFile(file), resume: resume, threads: threads, hooks: hooks)
  }

  /// The same from the text of a sweep file, which names no files: the workspace's own units are used.
  public func sweep(text: String, resume: Bool, threads: Int, hooks: EvaluationHooks) throws -> SweepReport {
    try sweep(try sentSweep(text), resume: resume, threads: threads, hooks: hooks)
  }

  /// The days of a sweep file that somebody sent.
  ///
  /// - Throws: `DeskProblem` with the line and what to do.
  public func examineSweep(_ text: String) throws -> MarketDayRange {
    let sweep = try sentSweep(text)
    return MarketDayRange(sweep.from, through: sweep.to)
  }

  private func sentSweep(_ text: String) throws -> SweepFile {
    let sweep = try SweepFile(text: text, file: URL(filePath: "sweep.yaml"))
    guard sweep.portfolios == [nil] else {
      throw DeskProblem(
        .badData, "sweep.yaml: portfolios are files, which are not read for somebody else; leave the key out.")
    }
    return sweep
  }

  private func sweep(_ sweep: SweepFile, resume: Bool, threads: Int, hooks: EvaluationHooks) throws -> SweepReport {
    var groups: [SweepReport.Group] = []
    var currency = ""
    for portfolio in sweep.portfolios {
      for seed in sweep.seeds {
        var request = StrategyRequest(
          from: sweep.from, to: sweep.to, strategies: [],
          settings: DaySettings(seed: seed, scenarios: sweep.scenarios, riskAversion: 0, threads: threads), hooks: hooks
        )
        request.variants = sweep.variants
        request.hasPlacebo = false
        request.portfolio = portfolio
        request.resume = resume
        let batch = try prepareBatch(request)
        currency = batch.days[0].pack.currency
        try lockedRun(batch.directory, "run") { try execute(batch, request) }
        groups.append(
          try SweepReport.Group(
            batch, variants: sweep.variants, portfolio: portfolio?.lastPathComponent ?? "workspace",
            workspace: workspace.name)
        )
      }
    }
    return SweepReport(
      program: programVersion, from: sweep.from, to: sweep.to, days: sweep.to.dayNumber - sweep.from.dayNumber + 1,
      simulated: try isSimulated(openStore()), currency: currency, groups: groups,
      notes: [
        "uplift over the harder baseline; the interval is of each try as if it were the only one",
        OfferStatistics.intervalNote,
        "reality check and deflated Sharpe ratio count the \(sweep.variants.count) tries of this file and no others",
      ])
  }
}

extension SweepReport.Group {
  private static let resamples = 2_000

  init(_ batch: BatchRun, variants: [Strategy], portfolio: String, workspace: String) throws {
    let runs = try StrategiesReport.runs(batch)
    func profit(_ name: String) -> Double { runs.first { $0.name == name }?.profit ?? 0 }
    let names = [Strategy.Method.standard, .costPlusLear].map(\.rawValue)
    let hard = profit(names[1]) >= profit(names[0]) ? names[1] : names[0]
    let ceiling = profit(Strategy.Method.perfectForesight.rawValue)
    guard let base = runs.first(where: { $0.name == hard }) else {
      throw DeskProblem(.internalError, "The sweep lacks its baseline \(hard).")
    }
    let seed = batch.manifest.seed
    let own = variants.compactMap { variant in runs.first { $0.name == variant.name } }
    let differences = own.map { zip($0.results, base.results).map { $0.profit - $1.profit } }
    let shapes = differences.map { MultipleTrials.shape($0) }
    let ratios = shapes.compactMap { $0?.sharpe }
    let variance = ratios.count > 1 ? standardDeviation(ratios) * standardDeviation(ratios) : 0
    run = try batch.manifest.identifier
    self.portfolio = portfolio
    self.seed = seed
    units = batch.days[0].unitDays.count
    baseline = hard
    best = own.max { $0.profit < $1.profit }?.name ?? ""
    pValueOfRealityCheck = MultipleTrials.realityCheck(
      differences, block: 7, resamples: SweepReport.Group.resamples, seed: seed)
    rows = zip(own, zip(differences, shapes)).map { run, measured in
      let (difference, shape) = measured
      let row = OffersReport.Row(run.name, run.results, ceiling: ceiling, baseline: base.results, seed: seed)
      let deflated = shape.map {
        MultipleTrials.deflatedSharpeRatio(
          $0.sharpe, periods: difference.count, skewness: $0.skewness, kurtosis: $0.kurtosis, trials: own.count,
          varianceOfRatios: variance)
      }
      return SweepReport.Row(
        strategy: run.name,
        parameters: Dictionary(
          uniqueKeysWithValues: run.strategy.parameters.map { ($0.parameter.rawValue, $0.value) }),
        profit: row.profit, shareOfPerfectForesight: row.shareOfPerfectForesight, uplift: row.uplift,
        dailySharpe: shape.map { DayReport.rounded($0.sharpe, 4) },
        deflatedSharpeProbability: deflated.flatMap { $0.isFinite ? DayReport.rounded($0, 4) : nil },
        conditionalValueAtRisk_5: row.conditionalValueAtRisk_5)
    }
  }
}
