internal import Foundation
internal import NumericMethods

/// Percentiles of the power on the intervals whose predictors were most like these: nearest neighbours in standardised,
/// weighted predictors, near ones counting more.
struct Analogues: Sendable {
  static let neighbours = 150

  /// Column, mean, and weight over standard deviation of each predictor in the distance.
  private let axes: [(column: Int, centre: Float, scale: Float)]
  /// points[row · axes + axis].
  private let points: [Float]
  private let responses: [Double]

  init(_ rows: FeatureRows, responses: [Double], weights: [(column: Int, weight: Double)]) {
    axes = weights.map { column, weight in
      let values = (0..<rows.count).map { Double(rows[$0, column]) }.filter(\.isFinite)
      let spread = values.count > 1 ? standardDeviation(values) : 0
      return (column, values.isEmpty ? 0 : Float(mean(values)), spread > 1e-9 ? Float(weight / spread) : 0)
    }
    // The rows stand by response, so that neighbours come out in its order.
    let order = responses.indices.sorted { (responses[$0], $0) < (responses[$1], $1) }
    self.responses = order.map { responses[$0] }
    let axes = axes
    points = order.flatMap { row in axes.map { Analogues.coordinate(rows[row, $0.column], $0) } }
  }

  /// An unknown predictor stands at the mean.
  private static func coordinate(_ value: Float, _ axis: (column: Int, centre: Float, scale: Float)) -> Float {
    value.isFinite ? (value - axis.centre) * axis.scale : 0
  }

  func percentiles(_ rows: FeatureRows, row: Int) -> [Double] {
    let query = axes.map { Analogues.coordinate(rows[row, $0.column], $0) }
    var distances = [Float](repeating: 0, count: responses.count)
    points.withUnsafeBufferPointer { points in
      query.withUnsafeBufferPointer { query in
        for place in distances.indices {
          var sum: Float = 0
          for axis in query.indices {
            let gap = points[place * query.count + axis] - query[axis]
            sum += gap * gap
          }
          distances[place] = sum
        }
      }
    }
    let sorted = distances.sorted()
    let count = min(Analogues.neighbours, sorted.count)
    let reach = max(sorted[count / 2], 1e-9)
    let furthest = sorted[count - 1]
    let near = distances.indices.filter { distances[$0] <= furthest }
    return weightedQuantiles(
      ofSorted: near.map { responses[$0] }, weights: near.map { Double(exp(-distances[$0] / reach)) },
      at: Percentiles.levels)
  }
}

/// Percentiles of the power at the drivers nearest in rank: the power curve with its spread.
struct CurveSpread: Sendable {
  static let neighbours = 400
  private let drivers: [Double]
  private let responses: [Double]

  init(drivers: [Double], responses: [Double]) {
    let order = drivers.indices.filter { drivers[$0].isFinite }.sorted { (drivers[$0], $0) < (drivers[$1], $1) }
    self.drivers = order.map { drivers[$0] }
    self.responses = order.map { responses[$0] }
  }

  /// nil if the driver is not known.
  func percentiles(_ driver: Double) -> [Double]? {
    guard driver.isFinite, !drivers.isEmpty else { return nil }
    let place = drivers.count { $0 < driver }
    let count = min(CurveSpread.neighbours, drivers.count)
    let first = min(max(0, place - count / 2), drivers.count - count)
    let near = responses[first..<(first + count)].sorted()
    return Percentiles.levels.map { quantile(ofSorted: near, at: $0) }
  }
}
