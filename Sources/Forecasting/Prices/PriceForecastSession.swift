internal import MarketModel
internal import NumericMethods

/// Forecasts of consecutive days that go on from each other: what was fitted and learned up to one day serves the next, as
/// long as the history that is handed agrees with what was learned from.
public struct PriceForecastSession: Sendable {
  private var forecaster: PriceForecaster?
  /// What the forecaster has been told.
  private var told: PriceForecastInputs?

  public init() {}

  /// Held-out days of a forecast that starts from nothing, and how often the experts are fitted on the way.
  static let warmUp = PriceForecaster.WarmUp(days: 112, refitDays: 28)

  /// Forecasts the price of one day from what was known at its gate.
  ///
  /// - Throws: ``ForecastingError`` if fewer than ``PriceForecaster/shortestHistory`` days of prices are known, or no model
  ///   can run.
  public mutating func forecast(_ source: PriceForecastInputs) throws(ForecastingError) -> PriceForecast {
    var source = source
    var notes = source.leaveOutUnknownInputs()
    let known = source.prices.count { $0 != nil }
    guard known >= PriceForecaster.shortestHistory else {
      throw ForecastingError(
        "\(known) days of prices are known before \(source.grid.day); a forecast needs at least \(PriceForecaster.shortestHistory). Import more history."
      )
    }
    var forecaster = try continued(source)
    let models = try forecaster.forecasts(for: source.published(of: source.historyDays.count))
    self.forecaster = forecaster
    told = source
    notes += forecaster.notes
    guard let ensemble = models.last else { throw ForecastingError("No model can forecast \(source.grid.day)") }
    return PriceForecast(
      source, models: models, ensemble: ensemble, records: forecaster.records, dependence: forecaster.dependence,
      notes: notes)
  }

  /// The forecaster of the day before with the days since, or a new one that has been told the whole history.
  private func continued(_ source: PriceForecastInputs) throws(ForecastingError) -> PriceForecaster {
    if let forecaster, let told, let first = source.firstUntold(after: told) {
      var going = forecaster
      try going.tell(source, from: first)
      return going
    }
    var fresh = try PriceForecaster(
      intervals: source.grid.count, inputNames: source.inputs.map(\.name), lowestPrice: source.lowestPrice,
      highestPrice: source.highestPrice, models: nil, seed: source.seed, threads: source.threads,
      scenarios: source.scenarioCount, warmUp: PriceForecastSession.warmUp, stopwatch: { 0 })
    try fresh.tell(source, from: 0)
    return fresh
  }
}

extension PriceForecaster {
  /// Hands the days of a history from a position on.
  mutating func tell(_ source: PriceForecastInputs, from first: Int) throws(ForecastingError) {
    let unknown = [Double](repeating: .nan, count: source.grid.count)
    for position in first..<source.historyDays.count {
      try observe(source.published(of: position), actual: source.prices[position] ?? unknown)
    }
  }
}

extension PriceForecastInputs {
  /// What was published of a day of the history, or of the day to forecast, which stands after it.
  func published(of position: Int) -> PriceDay {
    let day = position < historyDays.count ? historyDays[position] : grid.day
    let unknown = [Double](repeating: .nan, count: grid.count)
    return PriceDay(
      day: day, inputs: inputs.map { position < historyDays.count ? $0.history[position] ?? unknown : $0.day },
      isHoliday: holidays.contains(day), isShiftedWorkday: shiftedWorkdays.contains(day))
  }

  /// Position of the first day that earlier inputs did not hold as history, if they agree with these on all days that both
  /// hold; nil if they do not.
  func firstUntold(after told: PriceForecastInputs) -> Int? {
    guard told.grid.count == grid.count, told.inputs.map(\.name) == inputs.map(\.name), told.seed == seed,
      told.scenarioCount == scenarioCount,
      told.lowestPrice == lowestPrice, told.highestPrice == highestPrice, told.grid.day < grid.day,
      let first = historyDays.first, let toldFirst = told.historyDays.first, toldFirst <= first, told.grid.day >= first
    else { return nil }
    let shift = first.dayNumber - toldFirst.dayNumber
    let shared = told.historyDays.count - shift
    guard shared >= 0, shared < historyDays.count else { return nil }
    for position in 0..<shared {
      guard told.prices[position + shift] == prices[position],
        told.published(of: position + shift) == published(of: position)
      else { return nil }
    }
    guard told.published(of: told.historyDays.count) == published(of: shared) else { return nil }
    return shared
  }
}

extension PriceForecast {
  /// Days whose mean price stands for the days to come.
  static let climateDays = 14
  /// Share of the day's own expected path in the look-ahead.
  static let ownShare = 0.4

  /// What the ensemble says of the day, and what the others do.
  init(
    _ source: PriceForecastInputs, models: [ModelForecast], ensemble: ModelForecast, records: [ForecastModelRecord],
    dependence: JointPaths?, notes: [String]
  ) {
    self.dependence = dependence
    let width = source.grid.count
    let count = ensemble.paths.count / width
    point = ensemble.point
    sameAsYesterday = source.prices.last.flatMap { $0 } ?? []
    modelPoints = Dictionary(uniqueKeysWithValues: models.dropLast().map { ($0.model, $0.point) })
    quantiles = QuantileForecast(
      grid: source.grid, probabilities: (1...99).map { Double($0) / 100 }, values: ensemble.quantiles)
    scenarios = ScenarioSet(
      grid: source.grid, targets: [.dayAheadPrice], weights: [Double](repeating: 1 / Double(count), count: count),
      values: ensemble.paths)
    let expected = (0..<width).map { interval in
      (0..<count).reduce(0) { $0 + ensemble.paths[$1 * width + interval] } / Double(count)
    }
    self.expected = expected
    let recent = source.prices.suffix(PriceForecast.climateDays).compactMap { $0 }
    lookAhead = expected.indices.map { interval in
      guard !recent.isEmpty else { return expected[interval] }
      let climate = recent.reduce(0) { $0 + $1[interval] } / Double(recent.count)
      return PriceForecast.ownShare * expected[interval] + (1 - PriceForecast.ownShare) * climate
    }
    self.models = records
    self.notes = notes
  }
}
