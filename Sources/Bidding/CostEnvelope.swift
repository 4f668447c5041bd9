internal import MarketModel
internal import UnitScheduling

/// The lower convex envelope of a unit's cost over its output levels, and with it the best output at a price.
struct CostEnvelope {
  /// Indices of levels that lie on the envelope, rising.
  let corners: [Int]
  /// Cost of one more net MWh between corner k and corner k + 1; rising.
  let slopes: [Double]
  private let levels: OutputLevels

  /// Andrew's monotone chain over (net output, cost).
  init(_ levels: OutputLevels) {
    self.levels = levels
    var corners: [Int] = []
    func slope(_ a: Int, _ b: Int) -> Double {
      (levels.costPerHour[b] - levels.costPerHour[a]) / (levels.netMegawatts[b] - levels.netMegawatts[a])
    }
    for level in levels.gross.indices {
      while corners.count >= 2,
        slope(corners[corners.count - 2], corners[corners.count - 1])
          >= slope(corners[corners.count - 1], level)
      { corners.removeLast() }
      corners.append(level)
    }
    self.corners = corners
    slopes = zip(corners, corners.dropFirst()).map { slope($0, $1) }
  }

  /// The level that earns most at a price within the allowed levels; the lower one of two that earn the same.
  func bestLevel(atPrice price: Double, within range: ClosedRange<Int>) -> Int {
    var low = 0
    var high = slopes.count
    while low < high {
      let middle = (low + high) / 2
      if slopes[middle] < price { low = middle + 1 } else { high = middle }
    }
    return min(max(corners[low], range.lowerBound), range.upperBound)
  }

  /// Cost of one more net MWh around a gross output: the mean of the slopes on both sides of a corner.
  func incrementalCost(at output: Power) -> Double {
    guard !slopes.isEmpty else { return levels.unit.averageCost(atMegawatts: output.megawatts) }
    let above = corners.firstIndex { levels.gross[$0] > output } ?? corners.count
    let right = min(max(above - 1, 0), slopes.count - 1)
    let isCorner = above > 0 && levels.gross[corners[above - 1]] == output
    let left = isCorner ? max(min(above - 2, slopes.count - 1), 0) : right
    return (slopes[left] + slopes[right]) / 2
  }
}
