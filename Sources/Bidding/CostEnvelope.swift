internal import MarketModel
internal import UnitScheduling

/// The lower convex envelope of a unit's cost over its output levels, and with it the best output at a price.
struct CostEnvelope {
  /// Indices of levels that lie on the envelope, rising.
  let corners: [Int]
  /// Cost of one more net MWh between corner k and corner k + 1; rising.
  let slopes: [Double]
  private let levels: OutputLevels
  /// For prices in bands of equal width from the first slope on: the first slope that may reach the price.
  private let firstSlope: [Int]
  private let bandsPerPrice: Double

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
    let slopes = zip(corners, corners.dropFirst()).map { slope($0, $1) }
    self.slopes = slopes
    let bands = 4 * slopes.count
    let width = ((slopes.last ?? 0) - (slopes.first ?? 0)) / Double(max(bands, 1))
    bandsPerPrice = width > 0 ? 1 / width : 0
    var first = [Int](repeating: 0, count: bands + 1)
    var next = 0
    for band in first.indices {
      // One band lower, so that rounding never starts behind the slope that is looked for.
      let price = (slopes.first ?? 0) + Double(band - 1) * width
      while next < slopes.count, slopes[next] < price { next += 1 }
      first[band] = next
    }
    firstSlope = first
  }

  /// The level that earns most at a price within the allowed levels; the lower one of two that earn the same.
  func bestLevel(atPrice price: Double, within range: ClosedRange<Int>) -> Int {
    let count = slopes.count
    let low = slopes.withUnsafeBufferPointer { slopes -> Int in
      guard count > 0, price > slopes[0] else { return 0 }
      guard price <= slopes[count - 1] else { return count }
      var place = firstSlope[min(Int((price - slopes[0]) * bandsPerPrice), firstSlope.count - 1)]
      while slopes[place] < price { place += 1 }
      return place
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
