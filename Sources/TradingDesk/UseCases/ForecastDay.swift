internal import Forecasting
public import Foundation
public import MarketModel
internal import MarketRules
internal import MarketStore

/// A forecast and the files that it was written to.
public struct ForecastOutcome: Sendable {
  public let report: ForecastReport
  public let files: [URL]
}

/// A price forecast with the report and the files that show it, before anything is written.
struct MadePriceForecast {
  let context: PriceContext
  /// On a day of 24 hours.
  let forecast: PriceForecast
  let report: ForecastReport
  let files: [(name: String, content: Data)]
}

extension TradingDesk {
  /// The price forecast of a market day as of its information cutoff; it needs no units.
  ///
  /// - Parameters:
  ///   - requested: the market day; nil for the day after the last one with prices.
  ///   - keptScenarios: weighted paths that stand for all in scenarios.csv; nil for all.
  public func forecastDay(
    _ requested: MarketDay?, rules: String?, settings: ForecastSettings, keptScenarios: Int?
  ) throws -> ForecastOutcome {
    let store = try openStore()
    return try locked {
      let day = try requested ?? dayAfterLastPrice(store)
      let pack = try rulePack(on: day, market: rules, store: store)
      let made = try makePrice(day: day, pack, store, settings: settings, keptScenarios: keptScenarios)
      let directory = workspace.dayDirectory(day)
      if let next = made.files.first(where: { $0.name == "forecast.json" })?.content {
        try keepVintage(.priceForecast, of: day, replacedBy: next)
      }
      try Workspace.write(made.files, in: directory) { try save(models: made.forecast, made.context, store) }
      return ForecastOutcome(report: made.report, files: made.files.map { directory.appending(path: $0.name) })
    }
  }

  /// The forecast with its report and files, none of them written.
  func makePrice(
    day: MarketDay, _ pack: RulePack, _ store: MarketStore, settings: ForecastSettings, keptScenarios: Int?
  ) throws -> MadePriceForecast {
    let context = try PriceContext(day: day, pack: pack, store: store, settings: settings, desk: self)
    progress("\(day): forecasting prices from \(context.history.days.count) days, as of \(context.asOfText)")
    let forecast = try withLearnedPrices { session in
      try inDeskTerms { try session.forecast(context.inputs) }
    }
    let fitted = forecast.fitted(to: context.grid)
    let scenarios = WrittenScenarios(fitted.scenarios, keeping: keptScenarios)
    let report = ForecastReport(
      context, fitted, settings: settings, written: scenarios.weights.count, simulated: try isSimulated(store),
      program: programVersion)
    let page = ForecastPage(report, fan: .init(fitted, context)).document()
    return MadePriceForecast(
      context: context, forecast: forecast, report: report,
      files: [
        ("forecast.csv", Data(report.table.utf8)), ("forecast.html", Data(page.utf8)),
        ("forecast.json", try encodedDocument(report)), ("scenarios.csv", Data(scenarios.text.utf8)),
      ])
  }

  /// The records of the models that made the forecasts of a day.
  public func forecastModels(of requested: MarketDay?) throws -> ForecastModelsReport {
    let store = try openStore()
    let day = try requested ?? dayAfterLastPrice(store)
    guard let known = try knownModels(of: day, asOf: .distantFuture, store) else {
      throw DeskProblem(
        .notFound,
        "No forecast of \(day) was made in \(workspace.directory.path). Run `spotdesk forecast \(day)` first.")
    }
    return ForecastModelsReport(day: day, forecasts: known.forecasts)
  }

  /// Keeps which models made a forecast, beside those of other forecasts of the day.
  func save(models forecast: PriceForecast, _ context: PriceContext, _ store: MarketStore) throws {
    try save(ForecastModels(forecast, context, program: programVersion), of: context.day, asOf: context.asOf, store)
  }

  /// Keeps the record of a forecast, unless the same one is kept already.
  func save(_ own: ForecastModels, of day: MarketDay, asOf: Date, _ store: MarketStore) throws {
    var all = try knownModels(of: day, asOf: asOf, store) ?? StoredForecastModels(forecasts: [])
    guard !all.forecasts.contains(own) else { return }
    all.forecasts.append(own)
    let document = StoredDocument(
      day: day, kind: StoredForecastModels.kind, strategy: "", content: try all.encoded(), availableAt: asOf)
    try inDeskTerms { try store.save(document: document, ifKnown: .replace) }
  }

  private func knownModels(of day: MarketDay, asOf: Date, _ store: MarketStore) throws -> StoredForecastModels? {
    let document = try inDeskTerms {
      try store.document(StoredForecastModels.kind, strategy: "", day: day, asOf: asOf)
    }
    guard let document else { return nil }
    do {
      return try StoredForecastModels(document.content)
    } catch {
      throw DeskProblem(
        .badData,
        "The forecast models of \(day) in \(workspace.storeFile.path) cannot be read: the document is damaged.")
    }
  }
}
