/// What is forecast.
public enum ForecastTarget: String, Hashable, Sendable, Codable, CaseIterable {
  case dayAheadPrice = "day-ahead-price"
  case realTimePrice = "real-time-price"
  case load
  case wind
  case solar
}

/// Joint paths of one or more quantities over the intervals of a day.
public struct ScenarioSet: Hashable, Sendable {
  public let grid: IntervalGrid
  public let targets: [ForecastTarget]
  /// One for each path; they add up to 1.
  public let weights: [Double]
  /// values[(path · targets.count + target) · grid.count + interval].
  public let values: [Double]

  public init(grid: IntervalGrid, targets: [ForecastTarget], weights: [Double], values: [Double]) {
    precondition(values.count == weights.count * targets.count * grid.count, "scenarios of the wrong shape")
    precondition(abs(weights.reduce(0, +) - 1) < 1e-9, "scenario weights must add up to 1")
    self.grid = grid
    self.targets = targets
    self.weights = weights
    self.values = values
  }

  public var count: Int { weights.count }

  /// One path of one target; empty if the target is not in the set.
  public func path(_ path: Int, of target: ForecastTarget) -> [Double] {
    guard let position = targets.firstIndex(of: target) else { return [] }
    let start = (path * targets.count + position) * grid.count
    return Array(values[start..<start + grid.count])
  }
}

/// Which model made a forecast, from what.
public struct ForecastModelRecord: Hashable, Sendable, Codable {
  public let name: String
  public let version: String
  /// Days of history that it was fitted on.
  public let windowDays: Int
  public let features: Int
  /// Share of the model in the combined forecast.
  public let weight: Double
  /// Mean absolute error on the days held out for calibration.
  public let heldOutMeanAbsoluteError: Double

  public init(
    name: String, version: String, windowDays: Int, features: Int, weight: Double, heldOutMeanAbsoluteError: Double
  ) {
    self.name = name
    self.version = version
    self.windowDays = windowDays
    self.features = features
    self.weight = weight
    self.heldOutMeanAbsoluteError = heldOutMeanAbsoluteError
  }

  enum CodingKeys: String, CodingKey {
    case name, version
    case windowDays = "window_days"
    case features, weight
    case heldOutMeanAbsoluteError = "held_out_mae"
  }
}
