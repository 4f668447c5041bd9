internal import Bidding
internal import Clearing
internal import DayPipeline
internal import Forecasting
public import Foundation
internal import MarketData
public import MarketModel
internal import MarketRules
internal import MarketStore
internal import Optimization

/// Choices of the person who prepares a day.
public struct DaySettings: Sendable, Hashable {
  public var seed: UInt64
  public var scenarios: Int
  public var riskAversion: Double
  /// Share of the scenarios that follow the path of LEAR.
  public var secondOpinion = 0.0
  /// Share of the scenarios that are the days of the last four weeks as they came.
  public var recentDays = 0.0
  /// Whether a person named a strategy, which then stands against what was learned.
  public var isChosenByHand = false
  public var threads: Int

  public init(seed: UInt64, scenarios: Int, riskAversion: Double, threads: Int) {
    self.seed = seed
    self.scenarios = scenarios
    self.riskAversion = riskAversion
    self.threads = threads
  }
}

/// What a price forecast depends on beside its data.
public struct ForecastSettings: Sendable, Hashable {
  public var seed: UInt64
  public var scenarios: Int
  public var threads: Int

  public init(seed: UInt64, scenarios: Int, threads: Int) {
    self.seed = seed
    self.scenarios = scenarios
    self.threads = threads
  }

  init(_ settings: DaySettings) {
    self.init(seed: settings.seed, scenarios: settings.scenarios, threads: settings.threads)
  }
}

/// A prepared day and the files that it was written to.
public struct DayOutcome: Sendable {
  public let report: DayReport
  public let files: [URL]
}

extension TradingDesk {
  /// Forecast, offers of every unit, compliance, and the files of the day.
  ///
  /// - Parameter requested: the market day; nil for the day after the last one with prices.
  public func prepareDay(
    _ requested: MarketDay?, portfolioFile: URL?, rules: String?, settings: DaySettings
  ) throws -> DayOutcome {
    let store = try openStore()
    return try locked {
      let day = try requested ?? dayAfterLastPrice(store)
      let pack = try rulePack(on: day, market: rules, store: store)
      let own = try withChampion(settings, asOf: try ForecastGate(day: day, pack: pack).asOf, store)
      let context = try DayContext(
        day: day, pack: pack, store: store, portfolioFile: portfolioFile, settings: own, desk: self)
      progress(
        "\(day): forecasting prices from \(context.prices.history.days.count) days, as of \(context.prices.asOfText)")
      try checkCancelled()
      let prepared = try withLearnedPrices { session in
        try inDeskTerms { try DayPipeline.prepareDay(context.inputs, under: pack, continuing: &session) }
      }
      progress("\(day): \(prepared.bids.optimised.bids.count) units bid and checked")
      try checkCancelled()
      let report = DayReport(context, prepared, desk: self, simulated: try isSimulated(store))
      let files = try writeDay(report, context, prepared) {
        try save(prepared, context, store)
        try save(models: prepared.forecast, context.prices, store)
      }
      return DayOutcome(report: report, files: files)
    }
  }

  func isSimulated(_ store: MarketStore) throws -> Bool {
    try inDeskTerms { try store.setting(Setting.simulated) } == "yes"
  }

  /// The first day that can be forecast and has not happened.
  func dayAfterLastPrice(_ store: MarketStore) throws -> MarketDay {
    let last = try inDeskTerms { try store.lastDay(of: SeriesKey(.price, .dayAhead), asOf: .distantFuture) }
    guard let last else {
      throw DeskProblem(
        .notFound, "\(workspace.directory.path) holds no day-ahead prices. Import some with `spotdesk import`.")
    }
    return last.advanced(by: 1)
  }

  private func writeDay(
    _ report: DayReport, _ context: DayContext, _ prepared: PreparedDay, saveFirst: () throws -> Void
  ) throws -> [URL] {
    let directory = workspace.dayDirectory(report.day)
    let files: [(name: String, content: Data)] = [
      ("bids.csv", Data(BidFile.text(prepared.bids.optimised, pack: context.pack, simulated: report.simulated).utf8)),
      ("bids.json", try encodedDocument(report)),
      ("compliance.json", try encodedDocument(ComplianceDocument(report))),
      ("page.html", Data(dayPage(report).utf8)),
      ("units.csv", Data(try inDeskTerms { try UnitRegister.text(of: context.inputs.unitDays.map(\.unit)) }.utf8)),
    ]
    try Workspace.write(files, in: directory, saveFirst: saveFirst)
    return files.map { directory.appending(path: $0.name) }
  }

  private func save(_ prepared: PreparedDay, _ context: DayContext, _ store: MarketStore) throws {
    let stored = StoredDay(
      market: context.pack.market, packVersion: context.pack.version,
      intervalMinutes: context.grid.length.minutes, intervals: context.grid.count,
      units: context.inputs.unitDays.map { StoredDay.StoredUnit($0) },
      standard: prepared.bids.standard.bids.map { StoredDay.StoredBid($0) },
      optimised: prepared.bids.optimised.bids.map { StoredDay.StoredBid($0) },
      forecast: StoredDay.StoredForecast(
        point: prepared.forecast.point, sameAsYesterday: prepared.forecast.sameAsYesterday,
        low: prepared.forecast.quantiles.quantile(0.1), high: prepared.forecast.quantiles.quantile(0.9),
        lowest: prepared.forecast.quantiles.quantile(0.05), highest: prepared.forecast.quantiles.quantile(0.95)))
    try inDeskTerms {
      try store.save(
        document: StoredDocument(
          day: context.day, kind: StoredDay.kind, strategy: "", content: try stored.encoded(),
          availableAt: context.asOf), ifKnown: .replace)
    }
  }
}

/// `compliance.json`: the lights of a day without the rest.
private struct ComplianceDocument: Encodable {
  var schema = "spotdesk.compliance/1"
  var day: MarketDay
  var simulated: Bool
  var rulePack: String
  var summary: DayReport.ComplianceView
  var units: [Unit]

  struct Unit: Encodable {
    var unit: UnitID
    var verdict: String
    var passedChecks: Int
    var violations: [DayReport.CheckView]
    var unconfirmed: [DayReport.CheckView]
  }

  init(_ report: DayReport) {
    day = report.day
    simulated = report.simulated
    rulePack = report.provenance.rulePack
    summary = report.compliance
    units = report.units.map {
      Unit(
        unit: $0.unit, verdict: $0.verdict, passedChecks: $0.passedChecks, violations: $0.violations,
        unconfirmed: $0.unconfirmed)
    }
  }
}
