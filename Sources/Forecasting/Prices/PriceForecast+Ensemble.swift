internal import MarketModel

extension PriceForecast {
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
    dayAfter = DayAfterForecast.make(
      calendar: source.dayKinds, history: source.prices, expected: expected, paths: ensemble.paths)
    self.models = records
    self.notes = notes
  }
}

extension PriceForecastInputs {
  /// Kinds of the days of the history, of the forecast day and of the two after it.
  var dayKinds: [DayKind] {
    (historyDays + (0...2).map { grid.day.advanced(by: $0) }).map { day in
      DayKind(
        weekday: day.weekday, isHoliday: holidays.contains(day), isShiftedWorkday: shiftedWorkdays.contains(day))
    }
  }
}
