internal import Forecasting
public import Foundation
public import MarketModel
internal import MarketRules
internal import MarketStore

/// A forecast of power and the files that it was written to.
public struct PowerForecastOutcome: Sendable {
  public let report: PowerForecastReport
  public let files: [URL]
}

/// A forecast with the report and the files that show it, before anything is written.
struct MadePowerForecast {
  let context: PowerContext
  /// On a day of 24 hours.
  let forecast: PowerForecast
  let report: PowerForecastReport
  let files: [(name: String, content: Data)]
}

extension TradingDesk {
  /// The forecast of the market's load, wind or solar power on a day as of its information cutoff.
  ///
  /// - Parameters:
  ///   - quantity: `.load`, `.wind` or `.solar`.
  ///   - requested: the market day; nil for the day after the last one with prices.
  ///   - keptScenarios: weighted paths that stand for all in scenarios-TARGET.csv; nil for all.
  public func forecastPower(
    _ quantity: SeriesQuantity, _ requested: MarketDay?, rules: String?, settings: ForecastSettings, keptScenarios: Int?
  ) throws -> PowerForecastOutcome {
    let store = try openStore()
    return try locked {
      let day = try requested ?? dayAfterLastPrice(store)
      let pack = try rulePack(on: day, market: rules, store: store)
      let made = try makePower(quantity, day: day, pack, store, settings: settings, keptScenarios: keptScenarios)
      let directory = workspace.dayDirectory(day)
      try Workspace.write(made.files, in: directory) { try save(made, store) }
      return PowerForecastOutcome(report: made.report, files: made.files.map { directory.appending(path: $0.name) })
    }
  }

  /// The forecast with its report and files, none of them written.
  func makePower(
    _ quantity: SeriesQuantity, day: MarketDay, _ pack: RulePack, _ store: MarketStore, settings: ForecastSettings,
    keptScenarios: Int?
  ) throws -> MadePowerForecast {
    let context = try PowerContext(quantity, day: day, pack: pack, store: store, settings: settings, desk: self)
    let name = quantity.rawValue
    progress("\(day): forecasting \(name) from \(context.history.days.count) days, as of \(context.asOfText)")
    let forecast = try inDeskTerms { try Forecasting.forecastPower(context.inputs) }
    let fitted = forecast.fitted(to: context.gate.grid)
    let scenarios = WrittenScenarios(fitted.scenarios, keeping: keptScenarios)
    let report = PowerForecastReport(
      context, fitted, settings: settings, written: scenarios.weights.count, simulated: try isSimulated(store),
      program: programVersion)
    let page = ForecastPage(report, fan: .init(report, fitted.scenarios)).document()
    return MadePowerForecast(
      context: context, forecast: forecast, report: report,
      files: [
        ("forecast-\(name).csv", Data(report.table.utf8)), ("forecast-\(name).html", Data(page.utf8)),
        ("forecast-\(name).json", try encodedDocument(report)),
        ("scenarios-\(name).csv", Data(scenarios.text.utf8)),
      ])
  }

  /// Keeps which models made a forecast.
  func save(_ made: MadePowerForecast, _ store: MarketStore) throws {
    let own = ForecastModels(made.forecast, made.context, program: programVersion)
    try save(own, of: made.context.day, asOf: made.context.gate.asOf, store)
  }
}
