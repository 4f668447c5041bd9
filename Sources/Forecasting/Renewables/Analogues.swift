internal import Foundation
internal import NumericMethods

/// The intervals whose predictors were most like these: nearest neighbours in standardised, weighted predictors, near ones
/// counting more. Their powers give percentiles; their mean, spread and distance are predictors of the other models.
struct Analogues: Sendable {
  static let neighbours = 100
  /// Days on either side of a row of the fit that are no analogues to it, or it would see its own weather's power.
  static let ownDays = 1
  /// Mean, standard deviation, mean distance.
  static let summaryColumns = 3
  private static let stretch = 1_024

  struct Axis {
    let column: Int
    let centre: Float
    /// Weight over standard deviation.
    let scale: Float
  }

  private let axes: [Axis]
  /// points[axis · rows + row], rows by ascending response.
  private let points: [Float]
  private let responses: [Double]
  private let days: [Int32]

  /// - Parameter days: number of each row's day.
  init(_ rows: FeatureRows, responses: [Double], days: [Int], weights: [(column: Int, weight: Double)]) {
    let axes = weights.map { column, weight in
      let values = (0..<rows.count).map { Double(rows[$0, column]) }.filter(\.isFinite)
      let spread = values.count > 1 ? standardDeviation(values) : 0
      return Axis(
        column: column, centre: values.isEmpty ? 0 : Float(mean(values)),
        scale: spread > 1e-9 ? Float(weight / spread) : 0)
    }
    let order = responses.indices.sorted { (responses[$0], $0) < (responses[$1], $1) }
    self.axes = axes
    self.responses = order.map { responses[$0] }
    self.days = order.map { Int32(days[$0]) }
    points = axes.flatMap { axis in order.map { Analogues.coordinate(rows[$0, axis.column], axis) } }
  }

  /// An unknown predictor stands at the mean.
  private static func coordinate(_ value: Float, _ axis: Axis) -> Float {
    value.isFinite ? (value - axis.centre) * axis.scale : 0
  }

  /// Places of the neighbours by ascending response, and their squared distances.
  private func nearest(_ rows: FeatureRows, _ row: Int, day: Int?, _ scratch: inout Scratch)
    -> (places: [Int], distances: [Float])
  {
    measure(axes.map { Analogues.coordinate(rows[row, $0.column], $0) }, &scratch.distances)
    if let day {
      for place in days.indices where abs(Int(days[place]) - day) <= Analogues.ownDays {
        scratch.distances[place] = .greatestFiniteMagnitude
      }
    }
    let places = scratch.nearest(min(Analogues.neighbours, responses.count)).filter {
      scratch.distances[$0] != .greatestFiniteMagnitude
    }
    return (places, places.map { scratch.distances[$0] })
  }

  /// Squared distances of all points from one, a stretch of points at a time, so that they stay in the nearest cache.
  private func measure(_ own: [Float], _ distances: inout [Float]) {
    let count = responses.count
    distances.withUnsafeMutableBufferPointer { distances in
      points.withUnsafeBufferPointer { points in
        for start in stride(from: 0, to: count, by: Analogues.stretch) {
          let stretch = start..<min(start + Analogues.stretch, count)
          for place in stretch { distances[place] = 0 }
          for (axis, coordinate) in own.enumerated() {
            let column = axis * count
            for place in stretch {
              let gap = points[column + place] - coordinate
              distances[place] += gap * gap
            }
          }
        }
      }
    }
  }

  /// Weights that fall with distance over that of the median neighbour.
  private static func weights(_ distances: [Float]) -> [Double] {
    let sorted = distances.sorted()
    let reach = Double(max(sorted.isEmpty ? 1 : sorted[sorted.count / 2], 1e-9))
    return distances.map { exp(-Double($0) / reach) }
  }

  func percentiles(_ rows: FeatureRows, row: Int) -> [Double] {
    var scratch = Scratch(count: responses.count)
    let (places, distances) = nearest(rows, row, day: nil, &scratch)
    return weightedQuantiles(
      ofSorted: places.map { responses[$0] }, weights: Analogues.weights(distances), at: Percentiles.levels)
  }

  /// The rows with mean, standard deviation and distance of their analogues behind their own columns.
  ///
  /// - Parameter days: of the rows, where they are those of the fit: no row is its own analogue. nil for new rows.
  func summarised(_ rows: FeatureRows, days: [Int]?, threads: Int) -> FeatureRows {
    let block = 128
    let parts = concurrentMap(count: (rows.count + block - 1) / block, threads: threads) { part -> [Float] in
      var scratch = Scratch(count: responses.count)
      var values: [Float] = []
      for row in (part * block)..<min(rows.count, (part + 1) * block) {
        let (places, distances) = nearest(rows, row, day: days?[row], &scratch)
        values.append(contentsOf: rows.values[(row * rows.columns)..<((row + 1) * rows.columns)])
        values.append(contentsOf: summary(places, distances))
      }
      return values
    }
    return FeatureRows(columns: rows.columns + Analogues.summaryColumns, values: parts.flatMap { $0 })
  }

  private func summary(_ places: [Int], _ distances: [Float]) -> [Float] {
    guard !places.isEmpty else { return [.nan, .nan, .nan] }
    let weights = Analogues.weights(distances)
    let total = weights.reduce(0, +)
    let centre = places.indices.reduce(0) { $0 + weights[$1] * responses[places[$1]] } / total
    let square = places.indices.reduce(0) { sum, index in
      let gap = responses[places[index]] - centre
      return sum + weights[index] * gap * gap
    }
    return [Float(centre), Float((square / total).squareRoot()), distances.reduce(0, +) / Float(distances.count)]
  }
}

/// Buffers of one search, used again for each row.
private struct Scratch {
  var distances: [Float]
  private var working: [Float]
  private var candidates: [Int32]

  init(count: Int) {
    distances = [Float](repeating: 0, count: count)
    working = distances
    candidates = [Int32](repeating: 0, count: count + 1)
  }

  /// Places, in their order, of so many smallest distances, and of those equal to the last of them.
  ///
  /// The value at a rank among some of the distances is no less than that among all; what lies beyond it is never looked at.
  mutating func nearest(_ count: Int) -> [Int] {
    guard count > 0 else { return [] }
    let step = max(1, Int((Double(distances.count) / Double(count)).squareRoot()))
    var taken = 0
    for place in stride(from: 0, to: distances.count, by: step) {
      working[taken] = distances[place]
      taken += 1
    }
    let bound = smallest(count - 1, among: taken)
    taken = gather(bound)
    for index in 0..<taken { working[index] = distances[Int(candidates[index])] }
    let furthest = smallest(count - 1, among: taken)
    return candidates.prefix(taken).lazy.map { Int($0) }.filter { distances[$0] <= furthest }
  }

  /// Puts the places of distances up to a bound among the candidates and returns how many there are; without a branch.
  private mutating func gather(_ bound: Float) -> Int {
    var taken = 0
    distances.withUnsafeBufferPointer { distances in
      candidates.withUnsafeMutableBufferPointer { candidates in
        for place in distances.indices {
          candidates[taken] = Int32(truncatingIfNeeded: place)
          taken += distances[place] <= bound ? 1 : 0
        }
      }
    }
    return taken
  }

  /// The value at a rank of the first `count` working values, which are left partly ordered (Hoare's selection).
  private mutating func smallest(_ rank: Int, among count: Int) -> Float {
    working.withUnsafeMutableBufferPointer { values in
      var low = 0
      var high = count - 1
      while low < high {
        let pivot = values[(low + high) / 2]
        var left = low
        var right = high
        while left <= right {
          while values[left] < pivot { left += 1 }
          while values[right] > pivot { right -= 1 }
          if left <= right {
            values.swapAt(left, right)
            left += 1
            right -= 1
          }
        }
        if rank <= right { high = right } else if rank >= left { low = left } else { return values[rank] }
      }
      return values[rank]
    }
  }
}
