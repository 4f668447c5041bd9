internal import NumericMethods

/// Between values and normal scores, through 99 percentiles.
enum PathMarginals {
  /// The normal score of a value's place among an interval's percentiles; where percentiles are equal, as at a price floor,
  /// anywhere between, by chance.
  static func normalScore(_ value: Double, percentiles: [Double], random: inout SplitMix64) -> Double {
    let chance = random.nextUniform()
    let below = firstIndex(percentiles) { $0 >= value }
    let through = firstIndex(percentiles) { $0 > value }
    var low = Double(below) / 100
    var high = Double(through) / 100
    if through > below {
      // Equal to one or several percentiles.
      low = below == 0 ? 0 : Double(below + 1) / 100
      high = through == 99 ? 1 : Double(through) / 100
    } else if below == 0 || below == 99 {
      low = below == 0 ? 0 : 0.99
      high = low + 0.01
    } else {
      let gap = percentiles[below] - percentiles[below - 1]
      low += 0.01 * (value - percentiles[below - 1]) / gap
      high = low
    }
    let level = low + chance * (high - low)
    return NormalDistribution.standard.quantile(at: min(max(level, 1e-4), 1 - 1e-4))
  }

  private static func firstIndex(_ percentiles: [Double], where matches: (Double) -> Bool) -> Int {
    var lower = 0
    var upper = percentiles.count
    while lower < upper {
      let middle = (lower + upper) / 2
      if matches(percentiles[middle]) { upper = middle } else { lower = middle + 1 }
    }
    return lower
  }

  /// Puts paths of scores (path · width + dimension) onto the percentiles by rank: in every dimension the path of rank r
  /// of n has the quantile at (r + ½)/n, so the marginals are the given ones whatever the scores.
  static func ranked(_ scores: [Double], count: Int, quantiles: [[Double]]) -> [Double] {
    let width = quantiles[0].count
    var values = [Double](repeating: 0, count: count * width)
    for dimension in 0..<width {
      let own = (0..<count).map { scores[$0 * width + dimension] }
      let order = (0..<count).sorted { (own[$0], $0) < (own[$1], $1) }
      for (rank, path) in order.enumerated() {
        values[path * width + dimension] = quantile(
          quantiles, dimension, at: (Double(rank) + 0.5) / Double(count))
      }
    }
    return values
  }

  /// Linear between the 99 percentiles, level beyond them.
  private static func quantile(_ quantiles: [[Double]], _ dimension: Int, at level: Double) -> Double {
    let position = min(max(level * 100 - 1, 0), 98)
    let lower = min(Int(position), 97)
    let low = quantiles[lower][dimension]
    return low + (position - Double(lower)) * (quantiles[lower + 1][dimension] - low)
  }
}
