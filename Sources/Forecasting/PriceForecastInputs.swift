public import MarketModel

/// What a price forecast is made from. The caller has already cut everything to what was known at the gate: there is no
/// value of the day's price here, and none of any later day.
public struct PriceForecastInputs: Sendable {
  /// The day to forecast.
  public let grid: IntervalGrid
  /// Consecutive days, the last one the day before `grid.day`.
  public let historyDays: [MarketDay]
  /// One value for each interval of each day, per MWh; nil where a day is not known.
  public let prices: [[Double]?]
  /// Published inputs, each known for the day itself.
  public private(set) var inputs: [PublishedInput]
  /// Days that count as Sundays, and weekend days that count as Mondays.
  public let holidays: Set<MarketDay>
  public let shiftedWorkdays: Set<MarketDay>
  /// Quantiles and scenarios stay within these prices; what lies beyond gathers at them.
  public let lowestPrice: Double?
  public let highestPrice: Double?
  public let scenarioCount: Int
  public let seed: UInt64
  public let threads: Int

  /// A series that is published before the gate, as a load forecast.
  public struct PublishedInput: Sendable {
    public let name: String
    /// By day of the history.
    public let history: [[Double]?]
    public let day: [Double]

    public init(name: String, history: [[Double]?], day: [Double]) {
      self.name = name
      self.history = history
      self.day = day
    }
  }

  /// - Throws: ``ForecastingError`` if a length, a number or a limit is wrong.
  public init(
    grid: IntervalGrid, historyDays: [MarketDay], prices: [[Double]?], inputs: [PublishedInput],
    holidays: Set<MarketDay>, shiftedWorkdays: Set<MarketDay>, lowestPrice: Double?, highestPrice: Double?,
    scenarioCount: Int, seed: UInt64, threads: Int
  ) throws(ForecastingError) {
    self.grid = grid
    self.historyDays = historyDays
    self.prices = prices
    self.inputs = inputs
    self.holidays = holidays
    self.shiftedWorkdays = shiftedWorkdays
    self.lowestPrice = lowestPrice
    self.highestPrice = highestPrice
    self.scenarioCount = scenarioCount
    self.seed = seed
    self.threads = threads
    try check()
  }

  private func check() throws(ForecastingError) {
    guard historyDays.last == grid.day.advanced(by: -1) else {
      throw ForecastingError("The history must end on \(grid.day.advanced(by: -1)), the day before \(grid.day)")
    }
    for (earlier, later) in zip(historyDays, historyDays.dropFirst()) where earlier.advanced(by: 1) != later {
      throw ForecastingError("The history jumps from \(earlier) to \(later); hand every day, nil where it is not known")
    }
    try check(prices, "price")
    for input in inputs {
      try check(input.history, input.name)
      try check(input.day, input.name, grid.day)
    }
    if let lowestPrice, let highestPrice, lowestPrice >= highestPrice {
      throw ForecastingError("The lowest price \(lowestPrice) is not below the highest \(highestPrice)")
    }
    guard scenarioCount >= 2 else {
      throw ForecastingError("\(scenarioCount) scenarios are too few; ask for 2 or more")
    }
    guard threads >= 1 else { throw ForecastingError("\(threads) threads cannot forecast; allow 1 or more") }
  }

  /// Leaves out inputs with too short a past to learn from; returns a sentence for each.
  mutating func leaveOutUnknownInputs() -> [String] {
    let short = inputs.filter { input in input.history.count { $0 != nil } < PriceForecaster.shortestHistory }
    inputs.removeAll { input in short.contains { $0.name == input.name } }
    return short.map { input in
      let known = input.history.count { $0 != nil }
      return "\(input.name) is known on \(known) days before, it needs \(PriceForecaster.shortestHistory); left out"
    }
  }

  private func check(_ history: [[Double]?], _ name: String) throws(ForecastingError) {
    guard history.count == historyDays.count else {
      throw ForecastingError("\(name): \(history.count) days were given for a history of \(historyDays.count)")
    }
    for (day, values) in zip(historyDays, history) {
      if let values { try check(values, name, day) }
    }
  }

  private func check(_ values: [Double], _ name: String, _ day: MarketDay) throws(ForecastingError) {
    guard values.count == grid.count else {
      throw ForecastingError("\(name) on \(day) has \(values.count) values, the market day has \(grid.count) intervals")
    }
    if let wrong = values.firstIndex(where: { !$0.isFinite }) {
      throw ForecastingError("\(name) on \(day), interval \(wrong + 1), is \(values[wrong]), which is no number")
    }
  }
}

/// Inputs from which no forecast can be made, in one sentence.
public struct ForecastingError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = description }
}
