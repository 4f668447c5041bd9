internal import MarketModel
internal import NumericMethods

/// Single values that cannot belong to the series: marks for "missing" and typing errors.
extension SeriesExamination {
  /// Numbers that files use for "missing".
  private static let marks: [Double] = [0, -1, -99, -999, -9_999, -99_999, 999, 9_999, 99_999, 999_999]

  /// A mark counts if it is parted from the rest of the series by a fifth of its range; any other value if it lies five
  /// ranges outside and two from the next. The range is that of 99 in 100 values. Prices are not judged.
  mutating func findImplausibleValues() {
    guard !isTarget else { return }
    let known = rows.joined().filter { !$0.isNaN }.sorted()
    guard known.count >= 7 * perDay else { return }
    let low = quantile(ofSorted: known, at: 0.005)
    let high = quantile(ofSorted: known, at: 0.995)
    let range = high - low
    guard range > 0 else { return }
    for index in rows.indices {
      let wrong = rows[index].indices.filter { interval in
        let value = rows[index][interval]
        guard !value.isNaN else { return false }
        let outside = max(low - value, value - high)
        let isMark = SeriesExamination.marks.contains(value)
        guard isMark ? outside > 0 : outside > 5 * range else { return false }
        return isAlone(value, in: known, low: low, high: high, distance: (isMark ? 0.2 : 2) * range)
      }
      guard let first = wrong.first else { continue }
      let value = rows[index][first]
      for interval in wrong { remove(index, interval..<interval + 1) }
      report(
        .implausible, index, index, count: wrong.count,
        "\(wrong.count == 1 ? "the value" : "\(wrong.count) values, the first") \(plain(value)) at interval \(first + 1) \(wrong.count == 1 ? "lies" : "lie") far outside \(plain(low)) to \(plain(high)), where 99 of 100 values are",
        fallback: removalFallback(index))
    }
  }

  /// True if no other number of the series comes near: it is parted from all the rest by the distance.
  private func isAlone(_ value: Double, in known: [Double], low: Double, high: Double, distance: Double) -> Bool {
    if value < low {
      let next = known.first { $0 > value } ?? low
      return next - value > distance
    }
    if value > high {
      let next = known.last { $0 < value } ?? high
      return value - next > distance
    }
    return false
  }
}
