public import MarketModel

/// One target of joint scenarios: its percentiles on a day of 24 hours, and how its past days lay among theirs.
public struct JointTarget: Sendable {
  public let target: ForecastTarget
  public let quantiles: QuantileForecast
  public let dependence: JointPaths

  /// nil if the forecast was made without scenarios.
  public init?(_ forecast: PriceForecast) {
    guard let dependence = forecast.dependence else { return nil }
    (target, quantiles, self.dependence) = (.dayAheadPrice, forecast.quantiles, dependence)
  }

  public init(_ forecast: PowerForecast) {
    (target, quantiles, dependence) = (forecast.target, forecast.quantiles, forecast.dependence)
  }
}

/// Equally likely joint paths of several targets over a day, drawn with one dependence: scores of a past day are those of the
/// same date in all targets (``JointPaths``). Forecasts are handed as they were made, before they are fitted to a day on which
/// the clock changes.
///
/// - Returns: the paths, and what was assumed in a sentence; where fewer than twenty days were seen by all targets, each is
///   drawn by itself.
/// - Throws: ``ForecastingError`` without targets or if they have different intervals.
public func jointScenarios(
  _ targets: [JointTarget], count: Int, seed: UInt64
) throws(ForecastingError) -> (scenarios: ScenarioSet, note: String) {
  guard let grid = targets.first?.quantiles.grid, targets.allSatisfy({ $0.quantiles.grid == grid }) else {
    throw ForecastingError("Joint scenarios need targets on the same day")
  }
  let joined = try JointPaths(joining: targets.map(\.dependence), for: grid.day)
  let drawSeed = seed &+ UInt64(bitPattern: Int64(grid.day.dayNumber))
  let width = grid.count
  var values: [Double]
  let note: String
  if joined.knowsDependence {
    let rows = (0..<99).map { level in targets.flatMap { $0.quantiles.values[level] } }
    values = try joined.paths(count: count, quantiles: rows, seed: drawSeed)
    note = "joint paths: \(targets.count) targets with the dependence of \(joined.rememberedDays) common past days"
  } else {
    var parts: [[Double]] = []
    for (index, target) in targets.enumerated() {
      parts.append(
        try target.dependence.paths(
          count: count, quantiles: target.quantiles.values, seed: drawSeed &+ UInt64(index) &* 0x9E37_79B9))
    }
    values = []
    for path in 0..<count { for part in parts { values += part[path * width..<(path + 1) * width] } }
    note =
      "joint paths: only \(joined.rememberedDays) past days are common to the targets; each is drawn independently of the others"
  }
  let set = ScenarioSet(
    grid: grid, targets: targets.map(\.target), weights: [Double](repeating: 1 / Double(count), count: count),
    values: values)
  return (set, note)
}
