public import MarketModel

extension PriceForecast {
  /// The forecast of a day of 24 hours in the hours of a day on which the clock changes: the hour from 02:00 left out, or the
  /// one before it repeated. `dayAfter`, which belongs to the day after, keeps its 24 hours.
  public func fitted(to grid: IntervalGrid) -> PriceForecast {
    guard grid.count != point.count else { return self }
    func fitted(_ values: [Double]) -> [Double] { values.isEmpty ? [] : ClockChange.fitted(values, to: grid) }
    let width = point.count * scenarios.targets.count
    let paths = (0..<scenarios.count).flatMap { fitted(Array(scenarios.values[$0 * width..<($0 + 1) * width])) }
    return PriceForecast(
      point: fitted(point), sameAsYesterday: fitted(sameAsYesterday), modelPoints: modelPoints.mapValues { fitted($0) },
      quantiles: QuantileForecast(
        grid: grid, probabilities: quantiles.probabilities, values: quantiles.values.map { fitted($0) }),
      scenarios: ScenarioSet(grid: grid, targets: scenarios.targets, weights: scenarios.weights, values: paths),
      dependence: dependence, expected: fitted(expected), dayAfter: dayAfter, models: models, notes: notes)
  }
}
