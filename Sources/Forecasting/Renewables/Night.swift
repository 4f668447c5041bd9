internal import MarketModel

/// Which intervals of a day are night: the sun stands low by the geometry, and no power was seen at that time of day in
/// this season or of late.
struct Night {
  /// Sine of three degrees: what error a learned geometry may have.
  static let lowSun = 0.052
  static let seasonDays = 12
  static let recentDays = 10
  static let leastSeen = 1e-4

  /// True where it is night on the last day of the series; the day's own power is not looked at.
  static func mask(_ series: RenewableSeries, sun: SunPosition?) -> [Bool] {
    let last = series.days.count - 1
    let today = series.days[last].day
    let near = (0..<last).filter { index in
      let apart = abs(series.days[index].day.dayOfYear - today.dayOfYear)
      return min(apart, 365 - apart) <= seasonDays || index >= last - recentDays
    }
    return (0..<series.intervals).map { interval in
      let seen = near.map { series.share[$0 * series.intervals + interval] }.filter(\.isFinite)
      let dark = seen.allSatisfy { $0 < leastSeen }
      guard let sun else { return dark && seen.count >= 5 }
      let highest = highestSun(sun, today, interval, series)
      return seen.count >= 5 ? dark && highest < lowSun : highest < 0
    }
  }

  /// Highest sine of elevation in an interval, at nine moments.
  private static func highestSun(
    _ sun: SunPosition, _ day: MarketDay, _ interval: Int, _ series: RenewableSeries
  ) -> Double {
    let length = 24 / Double(series.intervals)
    return (0...8).map { sun.elevationSine(day, hour: length * (Double(interval) + Double($0) / 8)) }.max() ?? 1
  }
}
