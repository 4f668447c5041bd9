internal import MarketModel

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
