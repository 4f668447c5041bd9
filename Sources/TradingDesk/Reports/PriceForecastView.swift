internal import Forecasting
internal import MarketModel

extension DayReport.PriceForecastView {
  /// Paths that a page shows.
  private static let shownPaths = 20

  init(_ forecast: PriceForecast, _ context: PriceContext) {
    let shown = [1, 5, 10, 25, 50, 75, 90, 95, 99]
    intervalMinutes = context.grid.length.minutes
    intervalEnd = context.grid.intervals.map(\.endLabel)
    expected = forecast.expected.map { DayReport.rounded($0, 2) }
    sameAsYesterday = forecast.sameAsYesterday.map { DayReport.rounded($0, 2) }
    probabilities = shown.map { Double($0) / 100 }
    quantiles = shown.map { forecast.quantiles.values[$0 - 1].map { DayReport.rounded($0, 2) } }
    probabilityAtFloor = forecast.probability(atOrBelow: context.pack.bids.floor.value?.perMegawattHour)
    scenarioPaths = (0..<min(forecast.scenarios.count, Self.shownPaths)).map { path in
      forecast.scenarios.path(path, of: .dayAheadPrice).map { DayReport.rounded($0, 2) }
    }
  }
}

extension PriceForecast {
  /// By interval, the share of scenarios at a price or below it; empty without a price.
  func probability(atOrBelow price: Double?) -> [Double] {
    guard let price else { return [] }
    let width = scenarios.grid.count
    return (0..<width).map { interval in
      let below = (0..<scenarios.count).count { scenarios.values[$0 * width + interval] <= price }
      return DayReport.rounded(Double(below) / Double(max(scenarios.count, 1)), 4)
    }
  }
}

extension ForecastModelRecord {
  /// For reading.
  var rounded: ForecastModelRecord {
    ForecastModelRecord(
      name: name, version: version, windowDays: windowDays, features: features, weight: DayReport.rounded(weight, 4),
      heldOutMeanAbsoluteError: DayReport.rounded(heldOutMeanAbsoluteError, 3))
  }
}
