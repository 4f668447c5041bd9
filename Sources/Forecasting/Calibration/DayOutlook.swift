/// What is known of a day before its gate, as the calibration uses it.
struct DayOutlook: Equatable, Sendable, Codable {
  /// Days told of before this one.
  let number: Int
  /// experts[k][interval], without gaps.
  let experts: [[Double]]
  let point: [Double]
  /// Predictors of the error's size: `ErrorMemory.width` for each interval.
  let scaleRows: [Double]
  /// Recent mean error, by interval and of whole days.
  let bias: [Double]
  let dayBias: Double
  /// Standard deviations that the point forecast stands above its recent median.
  let position: [Double]
  /// Mean of the actual values of the last week.
  let recentLevel: Double
  /// Standard deviation of the point forecasts of the last four weeks.
  let spread: Double
}

/// A day whose truth has come; NaN where it has not.
struct ObservedDay: Sendable, Codable {
  let outlook: DayOutlook
  let actual: [Double]
}

/// Which intervals count as neighbours: those half an hour and an hour away and next to it.
struct IntervalNeighbours: Sendable, Codable {
  static let neighbourWeight = 0.6

  let intervals: Int
  private let offsets: [Int]

  init(intervals: Int, perHour: Int) {
    self.intervals = intervals
    let steps = [1, perHour / 2, perHour].filter { $0 > 0 }
    var distinct: [Int] = []
    for step in steps where !distinct.contains(step) { distinct.append(step) }
    offsets = distinct.flatMap { [-$0, $0] }.sorted()
  }

  /// The neighbours within the day and the interval itself, ascending, with their weights.
  func around(_ interval: Int) -> [(interval: Int, weight: Double)] {
    let others = offsets.map { interval + $0 }.filter { $0 >= 0 && $0 < intervals }
    return (others + [interval]).sorted().map {
      ($0, $0 == interval ? 1 : IntervalNeighbours.neighbourWeight)
    }
  }

  /// Half the own value, half the mean of the neighbours.
  func smoothed(_ values: [Double]) -> [Double] {
    values.indices.map { interval in
      let sum = offsets.reduce(0) { $0 + values[min(max(interval + $1, 0), intervals - 1)] }
      return 0.5 * values[interval] + 0.5 * sum / Double(offsets.count)
    }
  }
}
