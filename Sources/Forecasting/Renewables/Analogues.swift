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
    let count = responses.count
    scratch.distances.withUnsafeMutableBufferPointer { distances in
      distances.update(repeating: 0)
      points.withUnsafeBufferPointer { points in
        for (index, axis) in axes.enumerated() {
          let own = Analogues.coordinate(rows[row, axis.column], axis)
          let column = UnsafeBufferPointer(rebasing: points[(index * count)..<((index + 1) * count)])
          for place in 0..<count {
            let gap = column[place] - own
            distances[place] += gap * gap
          }
        }
      }
      guard let day else { return }
      for place in 0..<count where abs(Int(days[place]) - day) <= Analogues.ownDays {
        distances[place] = .greatestFiniteMagnitude
      }
    }
    scratch.copy()
    let furthest = scratch.smallest(min(Analogues.neighbours, count) - 1)
    var places: [Int] = []
    places.reserveCapacity(Analogues.neighbours + 8)
    for place in 0..<count where scratch.distances[place] <= furthest { places.append(place) }
    places.removeAll { scratch.distances[$0] == .greatestFiniteMagnitude }
    return (places, places.map { scratch.distances[$0] })
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

  init(count: Int) {
    distances = [Float](repeating: 0, count: count)
    working = distances
  }

  mutating func copy() {
    distances.withUnsafeBufferPointer { source in
      working.withUnsafeMutableBufferPointer { _ = $0.update(from: source) }
    }
  }

  /// The value at a rank of the working copy, which is left partly ordered (Hoare's selection).
  mutating func smallest(_ rank: Int) -> Float {
    working.withUnsafeMutableBufferPointer { values in
      var low = 0
      var high = values.count - 1
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
