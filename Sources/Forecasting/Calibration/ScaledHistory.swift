internal import Foundation
internal import NumericMethods

/// The errors of a window of days in units of the size that was to be expected of them.
struct ScaledHistory: Sendable, Codable {
  /// Days after which a day's weight has halved.
  static let halfLife = 150.0

  let days: [ObservedDay]
  let intervals: Int
  /// Expected absolute error, day after day; as all below.
  let scale: [Double]
  /// Errors over scale; NaN where the truth is not known.
  let standardised: [Double]
  let point: [Double]
  let actual: [Double]
  let recency: [Double]

  init(days: [ObservedDay], intervals: Int, dispersion: DispersionRegression) {
    self.days = days
    self.intervals = intervals
    point = days.flatMap(\.outlook.point)
    actual = days.flatMap(\.actual)
    scale = dispersion.scales(rows: days.flatMap(\.outlook.scaleRows))
    standardised = point.indices.map { [point, actual, scale] in (actual[$0] - point[$0]) / scale[$0] }
    let next = (days.last?.outlook.number ?? 0) + 1
    recency = days.map { pow(0.5, Double(next - 1 - $0.outlook.number) / ScaledHistory.halfLife) }
  }

  /// Positions in the tables, and weights, of the rows that count for an interval.
  func rows(around interval: Int, _ neighbours: IntervalNeighbours) -> [(position: Int, weight: Double)] {
    let near = neighbours.around(interval)
    var rows: [(position: Int, weight: Double)] = []
    rows.reserveCapacity(near.count * days.count)
    for day in days.indices {
      for other in near where actual[day * intervals + other.interval].isFinite {
        rows.append((day * intervals + other.interval, recency[day] * other.weight))
      }
    }
    return rows
  }
}
