internal import Forecasting
internal import MarketModel

/// The desk's price forecast of a day (``forecastPrices(_:)``) as a walk-forward forecaster: it keeps the history and
/// forecasts each day from all of it.
struct HistoryPriceForecaster: WalkForwardForecaster {
  struct Published {
    let day: MarketDay
    /// By input and interval; NaN where it is not known.
    let inputs: [[Double]]
    let isHoliday: Bool
    let isShiftedWorkday: Bool
  }

  /// Days of history that a forecast looks back on.
  static let memoryDays = 1_300

  private let length: IntervalLength
  private let inputNames: [String]
  private let settings: ForecasterSettings
  private let stopwatch: Stopwatch
  private var days: [MarketDay] = []
  private var prices: [[Double]?] = []
  /// By input and day.
  private var inputs: [[[Double]?]]
  private var holidays: Set<MarketDay> = []
  private var shiftedWorkdays: Set<MarketDay> = []

  init(length: IntervalLength, inputNames: [String], settings: ForecasterSettings, stopwatch: @escaping Stopwatch) {
    self.length = length
    self.inputNames = inputNames
    self.settings = settings
    self.stopwatch = stopwatch
    inputs = inputNames.map { _ in [] }
  }

  mutating func forecasts(for published: Published) throws(ForecastingError) -> [ModelForecast] {
    let start = stopwatch()
    let forecast = try forecastPrices(
      PriceForecastInputs(
        grid: IntervalGrid(ordinary: published.day, length: length), historyDays: days, prices: prices,
        inputs: inputNames.indices.map { index in
          PriceForecastInputs.PublishedInput(
            name: inputNames[index], history: inputs[index], day: filled(published.inputs[index], inputs[index]))
        },
        holidays: holidays.union(published.isHoliday ? [published.day] : []),
        shiftedWorkdays: shiftedWorkdays.union(published.isShiftedWorkday ? [published.day] : []),
        lowestPrice: settings.lowestPrice, highestPrice: settings.highestPrice, scenarioCount: 2, seed: settings.seed,
        threads: settings.threads))
    let seconds = stopwatch() - start
    let parts = forecast.modelPoints.keys.sorted().map { name in
      ModelForecast(model: name, point: forecast.modelPoints[name] ?? [])
    }
    let rows = (1...99).map { forecast.quantiles.quantile(Double($0) / 100) }
    return parts + [ModelForecast(model: "ensemble", point: forecast.point, quantiles: rows, seconds: seconds)]
  }

  mutating func observe(_ published: Published, actual: [Double]) {
    days.append(published.day)
    prices.append(known(actual))
    for index in inputs.indices { inputs[index].append(known(published.inputs[index])) }
    if published.isHoliday { holidays.insert(published.day) }
    if published.isShiftedWorkday { shiftedWorkdays.insert(published.day) }
    guard days.count > HistoryPriceForecaster.memoryDays else { return }
    days.removeFirst()
    prices.removeFirst()
    for index in inputs.indices { inputs[index].removeFirst() }
  }

  private func known(_ values: [Double]) -> [Double]? { values.allSatisfy(\.isFinite) ? values : nil }

  /// The day's input with the last known day's values where it is not known.
  private func filled(_ values: [Double], _ history: [[Double]?]) -> [Double] {
    guard values.contains(where: { !$0.isFinite }) else { return values }
    let last = history.last { $0 != nil } ?? nil
    return values.indices.map { values[$0].isFinite ? values[$0] : last?[$0] ?? 0 }
  }
}
