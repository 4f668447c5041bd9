internal import Forecasting
internal import Foundation
internal import MarketData
internal import MarketModel
internal import MarketStore

/// What was known at an instant of the market's load, wind or solar power and of what is published for it.
struct PowerHistory {
  /// Consecutive market days before the day.
  let days: [MarketDay]
  /// NaN where it was not known.
  let actual: [[Double]]
  let inputs: [PowerForecastInputs.Input]
  let views: [DayReport.SeriesView]
  let dataHash: String
  let notes: [String]

  /// - Throws: `DeskProblem` in a sentence that says what to import, if the power was not measured before the day.
  init(_ quantity: SeriesQuantity, store: MarketStore, grid: IntervalGrid, asOf: Date) throws {
    let day = grid.day
    let key = SeriesKey(quantity, .actual)
    guard let first = try inDeskTerms({ try store.firstDay(of: key, asOf: asOf) }), first < day else {
      throw DeskProblem(.notFound, PowerHistory.missing(key, before: day, asOf: asOf))
    }
    let start = max(first, day.advanced(by: -MarketHistory.longestDays))
    let last = day.advanced(by: -1)
    var reader = HistoryReader(store: store, grid: grid, first: start, last: last, asOf: asOf)
    days = Array(start...last)
    let unknown = [Double](repeating: .nan, count: grid.count)
    actual = try reader.read(key, through: last).history.map { $0 ?? unknown }
    var inputs: [PowerForecastInputs.Input] = []
    var notes: [String] = []
    for key in try PowerHistory.publishedKeys(for: quantity, store, asOf: asOf) {
      let (history, own) = try reader.read(key, through: day)
      guard history.contains(where: { $0 != nil }) else { continue }
      if own == nil { notes.append("\(key) for \(day) was not known at the information cutoff") }
      inputs.append(
        PowerForecastInputs.Input(key: key, history: history.map { $0 ?? unknown }, day: own ?? unknown))
    }
    self.inputs = inputs
    let wanted = PowerHistory.weather(for: quantity)[0]
    if !inputs.contains(where: { $0.key.quantity == wanted }) {
      notes.append(
        "no \(SeriesKey(wanted, .forecast, at: "SITE")) [\(wanted.unit)] was known; import forecast weather with --format series for a better forecast"
      )
    }
    self.notes = notes + reader.notes
    views = reader.views
    dataHash = reader.digest.finish()
  }

  /// Weather that a power is forecast from, the most telling first.
  private static func weather(for quantity: SeriesQuantity) -> [SeriesQuantity] {
    switch quantity {
    case .wind: [.windSpeed, .temperature]
    case .solar: [.irradiance, .temperature]
    default: [.temperature]
    }
  }

  /// Forecasts of the power itself for the whole market, and forecast weather of all sites.
  private static func publishedKeys(
    for quantity: SeriesQuantity, _ store: MarketStore, asOf: Date
  ) throws -> [SeriesKey] {
    try inDeskTerms { try store.seriesKeys(asOf: asOf) }.filter { key in
      key.stage == .forecast
        && (key == SeriesKey(quantity, .forecast) || weather(for: quantity).contains(key.quantity))
    }
  }

  private static func missing(_ key: SeriesKey, before day: MarketDay, asOf: Date) -> String {
    "No measured \(key.quantity.rawValue) before \(day) was known at \(LocalTime.text(asOf)) (UTC), from which \(key.quantity.rawValue) is forecast: import a file with the columns day, interval_end and \"\(key) [\(key.quantity.unit)]\" with `spotdesk import FILE --format series`."
  }
}
