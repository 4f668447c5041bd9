internal import NumericMethods

/// Helpers for the 99 percentiles of a share of capacity.
enum Percentiles {
  static let levels = (1...99).map { Double($0) / 100 }

  /// Percentiles from values at fewer levels: linear between them, half the outermost slope beyond, never crossing, within
  /// 0…ceiling.
  static func interpolated(_ values: [Double], at known: [Double], ceiling: Double) -> [Double] {
    let sorted = values.sorted()
    let last = sorted.count - 1
    let lowest = max(0, sorted[0] - 0.5 * (sorted[1] - sorted[0]))
    let highest = min(ceiling, sorted[last] + 0.5 * (sorted[last] - sorted[last - 1]))
    let places = [0] + known + [1]
    let heights = [lowest] + sorted + [max(highest, min(sorted[last], ceiling))]
    var segment = 0
    return levels.map { level in
      while places[segment + 1] < level { segment += 1 }
      let part = (level - places[segment]) / (places[segment + 1] - places[segment])
      let value = heights[segment] + part * (heights[segment + 1] - heights[segment])
      return min(max(value, 0), ceiling)
    }
  }

  /// The level of a value among percentiles, inside 0…1; the middle of the levels at which they equal it.
  static func level(of value: Double, among percentiles: [Double]) -> Double {
    let below = percentiles.count { $0 < value }
    let upTo = percentiles.count { $0 <= value }
    guard below == upTo else { return Double(below + upTo + 1) / 200 }
    guard below > 0 else { return 0.005 }
    guard below < percentiles.count else { return 0.995 }
    let (left, right) = (percentiles[below - 1], percentiles[below])
    return (Double(below) + (value - left) / (right - left)) / 100
  }

  /// The value at a level: linear between the percentiles, level beyond them.
  static func value(at level: Double, of percentiles: [Double]) -> Double {
    let position = min(max(level * 100 - 1, 0), 98)
    let low = min(Int(position), 97)
    return percentiles[low] + (position - Double(low)) * (percentiles[low + 1] - percentiles[low])
  }
}
