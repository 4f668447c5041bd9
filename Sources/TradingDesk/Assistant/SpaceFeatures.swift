/// What a trader looks at first in a curve of power over a day: two-hour valley and peak, their times, the ramps.
struct SpaceFeatures {
  /// Mean MW of the lowest and the highest two hours, and the hour of the clock at their middle.
  let valley: Double
  let valleyHour: Double
  let peak: Double
  let peakHour: Double
  /// Largest rise and fall within one hour, with the hour of the clock at which it ends.
  let rise: Double
  let riseHour: Double
  let fall: Double
  let fallHour: Double
  let mean: Double
  private let curve: [Double]

  /// nil below two hours of values, or with a value missing.
  init?(_ values: [Double], perHour: Int) {
    let width = 2 * perHour
    guard values.count >= width, values.allSatisfy(\.isFinite) else { return nil }
    let means = (0...values.count - width).map { start in
      values[start..<start + width].reduce(0, +) / Double(width)
    }
    guard let low = means.indices.min(by: { means[$0] < means[$1] }),
      let high = means.indices.max(by: { means[$0] < means[$1] })
    else { return nil }
    func hour(_ index: Int) -> Double { Double(index) / Double(perHour) }
    (valley, valleyHour) = (means[low], hour(low) + 1)
    (peak, peakHour) = (means[high], hour(high) + 1)
    let changes = (perHour..<values.count).map { values[$0] - values[$0 - perHour] }
    let up = changes.indices.max { changes[$0] < changes[$1] } ?? 0
    let down = changes.indices.min { changes[$0] < changes[$1] } ?? 0
    (rise, riseHour) = (changes[up], hour(up + perHour + 1))
    (fall, fallHour) = (changes[down], hour(down + perHour + 1))
    mean = values.reduce(0, +) / Double(values.count)
    curve = values
  }

  /// Pearson's correlation of two days' curves; 0 for a flat one or another length.
  func correlation(_ other: SpaceFeatures) -> Double {
    guard curve.count == other.curve.count else { return 0 }
    var (product, own, theirs) = (0.0, 0.0, 0.0)
    for (first, second) in zip(curve, other.curve) {
      product += (first - mean) * (second - other.mean)
      own += (first - mean) * (first - mean)
      theirs += (second - other.mean) * (second - other.mean)
    }
    return own > 0 && theirs > 0 ? product / (own * theirs).squareRoot() : 0
  }
}

/// How alike two days are, with the weights that one operator uses (market rules, section 6.1).
enum DaySimilarity {
  static let weights: [(name: String, weight: Double)] = [
    ("two-hour valley", 0.30), ("two-hour peak", 0.25), ("valley time", 0.15), ("peak time", 0.10), ("shape", 0.20),
  ]

  /// 1 for the same day, 0 for one as far as can be.
  ///
  /// - Parameter scale: MW that count as wholly unlike in a valley or a peak.
  static func score(_ first: SpaceFeatures, _ second: SpaceFeatures, scale: Double) -> Double {
    func level(_ difference: Double) -> Double { min(abs(difference) / max(scale, 1e-9), 1) }
    func time(_ hours: Double) -> Double { min(abs(hours) / 12, 1) }
    let distances = [
      level(first.valley - second.valley), level(first.peak - second.peak), time(first.valleyHour - second.valleyHour),
      time(first.peakHour - second.peakHour), (1 - first.correlation(second)) / 2,
    ]
    return 1 - zip(weights, distances).reduce(0) { $0 + $1.0.weight * $1.1 }
  }
}
