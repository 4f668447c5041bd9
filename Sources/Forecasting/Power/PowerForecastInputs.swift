public import MarketModel

/// What a forecast of the market's load, wind or solar power is made from. The caller has already cut everything to what was
/// known at the gate: there is no power of the day here, and NaN for days whose power was not published in time.
public struct PowerForecastInputs: Sendable {
  /// `.load`, `.wind` or `.solar`.
  public let target: ForecastTarget
  /// The day to forecast, of 24 hours.
  public let grid: IntervalGrid
  /// Consecutive days, the last one the day before `grid.day`.
  public let historyDays: [MarketDay]
  /// Measured power by day and interval, in MW; NaN is not known.
  public let actual: [[Double]]
  /// Published weather and forecasts.
  public let inputs: [Input]
  /// Days that count as Sundays, and weekend days that count as Mondays.
  public let holidays: Set<MarketDay>
  public let shiftedWorkdays: Set<MarketDay>
  public let scenarioCount: Int
  public let seed: UInt64
  public let threads: Int

  /// A series that is published before the gate: forecast weather at a site, or a forecast of the power itself.
  public struct Input: Sendable {
    public let key: SeriesKey
    /// By day of the history; NaN is not known.
    public let history: [[Double]]
    /// Of the day to forecast.
    public let day: [Double]

    public init(key: SeriesKey, history: [[Double]], day: [Double]) {
      self.key = key
      self.history = history
      self.day = day
    }
  }

  /// - Throws: ``ForecastingError`` if a length or a number is wrong.
  public init(
    target: ForecastTarget, grid: IntervalGrid, historyDays: [MarketDay], actual: [[Double]], inputs: [Input],
    holidays: Set<MarketDay>, shiftedWorkdays: Set<MarketDay>, scenarioCount: Int, seed: UInt64, threads: Int
  ) throws(ForecastingError) {
    self.target = target
    self.grid = grid
    self.historyDays = historyDays
    self.actual = actual
    self.inputs = inputs
    self.holidays = holidays
    self.shiftedWorkdays = shiftedWorkdays
    self.scenarioCount = scenarioCount
    self.seed = seed
    self.threads = threads
    try check()
  }

  private func check() throws(ForecastingError) {
    guard [.load, .wind, .solar].contains(target) else {
      throw ForecastingError("\(target.rawValue) is no power; load, wind and solar are")
    }
    guard historyDays.last == grid.day.advanced(by: -1) else {
      throw ForecastingError("The history must end on \(grid.day.advanced(by: -1)), the day before \(grid.day)")
    }
    for (earlier, later) in zip(historyDays, historyDays.dropFirst()) where earlier.advanced(by: 1) != later {
      throw ForecastingError("The history jumps from \(earlier) to \(later); hand every day, NaN where it is not known")
    }
    try check(actual, target.rawValue)
    for input in inputs { try check(input.history + [input.day], input.key.description, days: historyDays.count + 1) }
    guard scenarioCount >= 2 else {
      throw ForecastingError("\(scenarioCount) scenarios are too few; ask for 2 or more")
    }
    guard threads >= 1 else { throw ForecastingError("\(threads) threads cannot forecast; allow 1 or more") }
  }

  private func check(_ values: [[Double]], _ name: String, days: Int? = nil) throws(ForecastingError) {
    guard values.count == days ?? historyDays.count else {
      throw ForecastingError("\(name): \(values.count) days were given for a history of \(historyDays.count)")
    }
    for (index, row) in values.enumerated() where row.count != grid.count {
      let day = index < historyDays.count ? historyDays[index] : grid.day
      throw ForecastingError("\(name) on \(day) has \(row.count) values, the market day has \(grid.count) intervals")
    }
  }
}
