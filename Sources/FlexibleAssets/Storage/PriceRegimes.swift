/// Ranks of price paths by interval, in classes, and how classes follow each other.
struct PriceRegimes: Sendable {
  /// By interval and path.
  let classOfRow: [[Int]]
  /// Paths in each class, by interval.
  let sizes: [[Int]]
  /// Share of the paths of a class that are in each class of the next interval.
  let follows: [[[Double]]]
  /// Upper end of each class but the last, by interval.
  private let bounds: [[Double]]

  init(_ rows: [[Double]], classes: Int) {
    let intervals = rows.first?.count ?? 0
    var (classOfRow, sizes, bounds): ([[Int]], [[Int]], [[Double]]) = ([], [], [])
    for interval in 0..<intervals {
      let order = rows.indices.sorted { (rows[$0][interval], $0) < (rows[$1][interval], $1) }
      var own = [Int](repeating: 0, count: rows.count)
      var size = [Int](repeating: 0, count: classes)
      for (rank, row) in order.enumerated() {
        own[row] = rank * classes / rows.count
        size[own[row]] += 1
      }
      classOfRow.append(own)
      sizes.append(size)
      bounds.append(
        (1..<max(classes, 1)).map { place in
          let first = (place * rows.count + classes - 1) / classes
          return (rows[order[first - 1]][interval] + rows[order[first]][interval]) / 2
        })
    }
    follows = (0..<max(intervals - 1, 0)).map { interval in
      var counts = [[Double]](repeating: [Double](repeating: 0, count: classes), count: classes)
      for row in rows.indices { counts[classOfRow[interval][row]][classOfRow[interval + 1][row]] += 1 }
      return counts.enumerated().map { place, row in row.map { $0 / Double(sizes[interval][place]) } }
    }
    self.classOfRow = classOfRow
    self.sizes = sizes
    self.bounds = bounds
  }

  func index(of price: Double, in interval: Int) -> Int {
    bounds[interval].firstIndex { price <= $0 } ?? bounds[interval].count
  }
}

/// Values of stored energy by interval, class of the price and state.
public struct RegimeValues: Sendable {
  let regimes: PriceRegimes
  let states: Int
  /// After each interval, by the class of its price and the state.
  let after: [Double]

  /// What each state is worth after an interval with this price.
  public func values(after interval: Int, price: Double) -> [Double] {
    let classes = after.count / states / max(regimes.classOfRow.count, 1)
    let first = (interval * classes + regimes.index(of: price, in: interval)) * states
    return Array(after[first..<(first + states)])
  }
}
