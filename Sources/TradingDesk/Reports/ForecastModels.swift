internal import Forecasting
internal import Foundation
public import MarketModel

/// Which models made a forecast of a day, from what: kept in the store for each forecast that differs from those before.
public struct ForecastModels: Sendable, Codable, Hashable {
  public var target: ForecastTarget
  public var program: String
  public var rulePack: String
  public var dataAsOf: String
  /// SHA-256 over every value that the forecast read.
  public var dataHash: String
  public var seed: UInt64
  public var scenarios: Int
  public var models: [ForecastModelRecord]
}

/// `spotdesk forecast --models`: the kept records of a day.
public struct ForecastModelsReport: Sendable, Encodable {
  public var schema = "spotdesk.forecast-models/1"
  public var day: MarketDay
  /// In the order in which they were made.
  public var forecasts: [ForecastModels]
}

/// The store's document of a day.
struct StoredForecastModels: Codable {
  var forecasts: [ForecastModels]

  /// Name under which the store keeps it.
  static let kind = "forecast-models"

  init(forecasts: [ForecastModels]) { self.forecasts = forecasts }

  init(_ content: Data) throws {
    self = try JSONDecoder().decode(StoredForecastModels.self, from: content)
  }

  func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return try encoder.encode(self)
  }
}

extension ForecastModels {
  init(_ forecast: PriceForecast, _ context: PriceContext, program: String) {
    target = .dayAheadPrice
    self.program = program
    rulePack = context.packName
    dataAsOf = context.asOfText
    dataHash = context.history.dataHash
    seed = context.inputs.seed
    scenarios = context.inputs.scenarioCount
    models = forecast.models.map(\.rounded)
  }
}
