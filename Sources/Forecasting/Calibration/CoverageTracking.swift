/// Moves each quantile up after a value above it and down after one below it, so that in the long run each level is met as
/// often as it says, whatever comes: quantile tracking (Gibbs, Candès, NeurIPS 2021; Angelopoulos, Candès, Tibshirani,
/// NeurIPS 2023), by level and interval, in units of the distribution's own width.
struct CoverageTracking: Sendable, Codable {
  /// Step at the outermost levels and in the middle: coverage of outer intervals matters most and costs least.
  static let outerStep = 0.03
  static let innerStep = 0.004

  /// shifts[interval · 99 + level].
  private var shifts: [Double]
  private let neighbours: IntervalNeighbours

  init(neighbours: IntervalNeighbours) {
    self.neighbours = neighbours
    shifts = [Double](repeating: 0, count: neighbours.intervals * 99)
  }

  static func step(of level: Int) -> Double {
    let tail = Double(min(level + 1, 99 - level)) / 100
    let nearness = min(max((0.25 - tail) / 0.15, 0), 1)
    return innerStep + (outerStep - innerStep) * nearness
  }

  /// The shifted quantiles, in ascending order within each interval.
  func shifted(_ columns: [Double]) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(columns.count)
    for start in stride(from: 0, to: columns.count, by: 99) {
      let width = CoverageTracking.width(columns, start)
      result += (0..<99).map { columns[start + $0] + shifts[start + $0] * width }.sorted()
    }
    return result
  }

  /// Learns from the quantiles that were given and what came.
  mutating func learn(_ given: [Double], actual: [Double]) {
    for interval in actual.indices where actual[interval].isFinite {
      for level in 0..<99 {
        let below = actual[interval] <= given[interval * 99 + level] ? 1.0 : 0.0
        shifts[interval * 99 + level] += CoverageTracking.step(of: level) * (Double(level + 1) / 100 - below)
      }
    }
  }

  /// The standard deviation of a normal distribution with the same quartiles.
  private static func width(_ columns: [Double], _ start: Int) -> Double {
    (columns[start + 74] - columns[start + 24]) / 1.349
  }
}
