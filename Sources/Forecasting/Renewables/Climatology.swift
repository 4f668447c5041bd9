internal import MarketModel
internal import NumericMethods

/// Percentiles of what the same interval brought on other days: of the season for the sun, of all days for the wind.
struct Climatology {
  static let seasonDays = 30
  static let leastValues = 20

  /// For the last day of the series, whose own power is not looked at; [interval][level] as shares. All zero if nothing was
  /// ever seen in an interval.
  static func percentiles(_ series: RenewableSeries, seasonal: Bool) -> [[Double]] {
    let last = series.days.count - 1
    let today = series.days[last].day.dayOfYear
    let season = (0..<last).filter { index in
      let apart = abs(series.days[index].day.dayOfYear - today)
      return min(apart, 365 - apart) <= seasonDays
    }
    return (0..<series.intervals).map { interval in
      func values(_ days: some Sequence<Int>) -> [Double] {
        days.map { series.share[$0 * series.intervals + interval] }.filter(\.isFinite)
      }
      let near = seasonal ? values(season) : []
      let sorted = (near.count >= leastValues ? near : values(0..<last)).map { max(0, $0) }.sorted()
      guard !sorted.isEmpty else { return [Double](repeating: 0, count: 99) }
      return Percentiles.levels.map { quantile(ofSorted: sorted, at: $0) }
    }
  }
}
