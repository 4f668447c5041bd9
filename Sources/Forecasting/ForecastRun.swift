internal import MarketModel
internal import NumericMethods

/// One forecast in the making: the models that can run, their fits on the days before a position, and the days held out.
struct ForecastRun {
  /// A model of the mix.
  enum Model: Hashable {
    /// LEAR on so many days before the position at the most.
    case lear(windowDays: Int)
    case similarDays
    case weeklyNaive

    var name: String {
      switch self {
      case .lear(let days): "lear-\(days)"
      case .similarDays: "similar-days"
      case .weeklyNaive: "weekly-naive"
      }
    }
  }

  struct HeldOutDay {
    let position: Int
    /// One path for each model.
    let forecasts: [[Double]]
    let actual: [Double]
  }

  static let longestWindow = 1_092
  static let shortWindow = 84
  static let leastRows = 28
  static let blockDays = 28
  static let largestHeldOut = 112

  let source: PriceForecastInputs
  let table: FeatureTable
  let similar: SimilarDays
  let models: [Model]
  let notes: [String]
  /// LEAR fits that forecast the day itself.
  private let finalFits: [Model: LassoAutoregression]

  init(_ source: PriceForecastInputs, notes earlier: [String] = []) {
    self.source = source
    table = FeatureTable(source)
    similar = SimilarDays(source)
    let today = source.historyDays.count
    let usable = ForecastRun.window(table, source, before: today, days: ForecastRun.longestWindow).count
    var models: [Model] = [.similarDays, .weeklyNaive]
    var notes = earlier
    if table.rows[today] == nil {
      notes.append(
        "LEAR cannot run: prices of one of the days 1, 2, 3 or 7 before are not known; similar days stand in")
    } else if usable < ForecastRun.leastRows + ForecastRun.blockDays {
      notes.append(
        "LEAR cannot run: \(usable) complete days are known, it needs \(ForecastRun.leastRows + ForecastRun.blockDays); similar days stand in"
      )
    } else {
      if usable > 2 * ForecastRun.shortWindow { models.insert(.lear(windowDays: ForecastRun.shortWindow), at: 0) }
      models.insert(.lear(windowDays: ForecastRun.longestWindow), at: 0)
    }
    if NaiveForecast.weekly(source, at: today) == nil { models.removeAll { $0 == .weeklyNaive } }
    if similar.predicted(at: today) == nil { models.removeAll { $0 == .similarDays } }
    self.models = models
    self.notes = notes
    var fits: [Model: LassoAutoregression] = [:]
    for case .lear(let days) in models {
      let window = ForecastRun.window(table, source, before: today, days: days)
      fits[.lear(windowDays: days)] = ForecastRun.fit(window, table, source, penalties: nil)
    }
    finalFits = fits
  }

  /// Positions of the window before a position on which predictors and prices are known.
  private static func window(
    _ table: FeatureTable, _ source: PriceForecastInputs, before position: Int, days: Int
  ) -> [Int] {
    (max(0, position - days)..<position).filter { table.rows[$0] != nil && source.prices[$0] != nil }
  }

  private static func fit(
    _ window: [Int], _ table: FeatureTable, _ source: PriceForecastInputs, penalties: [Double]?
  ) -> LassoAutoregression {
    LassoAutoregression(
      rows: window.compactMap { table.rows[$0] }, prices: window.compactMap { source.prices[$0] },
      penalties: penalties, threads: source.threads)
  }

  private func path(_ model: Model, at position: Int, fits: [Model: LassoAutoregression]) -> [Double]? {
    switch model {
    case .lear:
      guard let row = table.rows[position], let fit = fits[model] else { return nil }
      return fit.predicted(for: row)
    case .similarDays: return similar.predicted(at: position)
    case .weeklyNaive: return NaiveForecast.weekly(source, at: position)
    }
  }

  /// One path for each model for the day to forecast.
  func todaysForecasts() -> [[Double]] {
    models.compactMap { path($0, at: source.historyDays.count, fits: finalFits) }
  }

  /// Up to 112 recent days, each block of 28 forecast by fits on the days before it, with the λ found on the days
  /// before the oldest block.
  func heldOutDays() -> [HeldOutDay] {
    let today = source.historyDays.count
    let usable = models.contains { if case .lear = $0 { true } else { false } }
    let known = ForecastRun.window(table, source, before: today, days: ForecastRun.longestWindow)
    let candidates = usable ? known : (0..<today).filter { source.prices[$0] != nil }
    let spare = max(candidates.count - ForecastRun.leastRows, ForecastRun.blockDays / 2)
    let blocks = max(1, min(ForecastRun.largestHeldOut, spare) / ForecastRun.blockDays)
    var found: [HeldOutDay] = []
    var penalties: [Model: [Double]] = [:]
    for block in stride(from: blocks, through: 1, by: -1) {
      let end = today - (block - 1) * ForecastRun.blockDays
      let start = max(0, end - ForecastRun.blockDays)
      let fits = fits(before: start, penalties: penalties)
      penalties.merge(fits.mapValues(\.penalties)) { oldest, _ in oldest }
      for position in start..<end where !models.isEmpty {
        guard let actual = source.prices[position] else { continue }
        let paths = models.compactMap { path($0, at: position, fits: fits) }
        if paths.count == models.count {
          found.append(HeldOutDay(position: position, forecasts: paths, actual: actual))
        }
      }
    }
    return found
  }

  /// LEAR fits on the days before a position; λ is searched where it is not given.
  private func fits(before position: Int, penalties: [Model: [Double]]) -> [Model: LassoAutoregression] {
    var fits: [Model: LassoAutoregression] = [:]
    for case .lear(let days) in models {
      let window = ForecastRun.window(table, source, before: position, days: days)
      guard window.count >= ForecastRun.leastRows else { continue }
      let model = Model.lear(windowDays: days)
      fits[model] = ForecastRun.fit(window, table, source, penalties: penalties[model])
    }
    return fits
  }

  /// Everything together.
  func forecast(
    point: [Double], today: [[Double]], mix: ExpertMix, heldOut: [HeldOutDay], quantiles: [[Double]],
    scenarioValues: [Double]
  ) -> PriceForecast {
    let position = source.historyDays.count
    let count = source.scenarioCount
    let scenarios = ScenarioSet(
      grid: source.grid, targets: [.dayAheadPrice], weights: [Double](repeating: 1 / Double(count), count: count),
      values: scenarioValues)
    let expected = (0..<source.grid.count).map { interval in
      (0..<count).reduce(0) { $0 + scenarioValues[$1 * source.grid.count + interval] } / Double(count)
    }
    return PriceForecast(
      point: point, sameAsYesterday: NaiveForecast.sameAsYesterday(source, at: position) ?? [],
      modelPoints: Dictionary(uniqueKeysWithValues: zip(models.map(\.name), today)),
      quantiles: QuantileForecast(
        grid: source.grid, probabilities: ResidualQuantiles.probabilities, values: quantiles),
      scenarios: scenarios, expected: expected, lookAhead: lookAhead(expected), models: records(mix, heldOut),
      notes: notes)
  }

  /// Days whose mean price stands for the days to come.
  static let climateDays = 14
  /// Share of the day's own expected path in the look-ahead.
  static let ownShare = 0.4

  /// The day after: part the day's own expected path, part the mean of the last two weeks.
  private func lookAhead(_ expected: [Double]) -> [Double] {
    let recent = source.prices.suffix(ForecastRun.climateDays).compactMap { $0 }
    guard !recent.isEmpty else { return expected }
    return expected.indices.map { interval in
      let climate = recent.reduce(0) { $0 + $1[interval] } / Double(recent.count)
      return ForecastRun.ownShare * expected[interval] + (1 - ForecastRun.ownShare) * climate
    }
  }

  private func records(_ mix: ExpertMix, _ heldOut: [HeldOutDay]) -> [ForecastModelRecord] {
    models.indices.map { index in
      let model = models[index]
      let error =
        heldOut.isEmpty
        ? 0 : mean(heldOut.map { meanAbsoluteError(of: $0.forecasts[index], against: $0.actual) })
      var window = 0
      var features = 0
      switch model {
      case .lear(let days):
        window = ForecastRun.window(table, source, before: source.historyDays.count, days: days).count
        features = table.columnCount
      case .similarDays: window = min(SimilarDays.memoryDays, source.historyDays.count)
      case .weeklyNaive: window = 7
      }
      return ForecastModelRecord(
        name: model.name, version: "1", windowDays: window, features: features, weight: mix.weights[index],
        heldOutMeanAbsoluteError: error)
    }
  }
}
