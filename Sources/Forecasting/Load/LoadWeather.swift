internal import NumericMethods

/// From the stations' reports to the two temperatures that the models see: the blend of the chosen stations,
/// standardised, with its last days; and the plain mean over stations for the benchmark.
struct LoadWeather: Sendable {
  /// Days of the blend that are kept for lags and running means.
  private static let memoryDays = 10

  private let intervals: Int
  private let weights: [Double]
  private let centre: Double
  private let spread: Double
  private var filler: StationFiller
  private var past: [Double] = []

  /// What the models see of one day; everything is empty if there is no weather.
  struct Day {
    /// The blend of this and of the last days, ending with this day's last interval.
    let series: [Double]
    /// The blend by hour of this day.
    let hourly: [Double]
    /// The mean over stations by interval.
    let mean: [Double]
    let filled: StationFiller.Day
  }

  init(intervals: Int, weights: [Double], centre: Double, spread: Double) {
    self.intervals = intervals
    self.weights = weights
    self.centre = centre
    self.spread = spread
    filler = StationFiller(stations: weights.count, intervals: intervals)
  }

  var usesWeather: Bool { weights.contains { $0 > 0 } }

  func day(_ published: LoadDay) -> Day {
    let filled = filler.filled(published.temperatures)
    guard usesWeather else { return Day(series: [], hourly: [], mean: [], filled: filled) }
    let known = filled.temperatures.filter { $0.allSatisfy { $0.isFinite } }
    var blend = [Double](repeating: 0, count: intervals)
    var plain = blend
    for interval in 0..<intervals {
      for (weight, values) in zip(weights, filled.temperatures) where weight > 0 {
        blend[interval] += weight * standardised(values[interval])
      }
      for values in known { plain[interval] += standardised(values[interval]) / Double(known.count) }
    }
    let perHour = max(1, intervals / 24)
    let hourly = stride(from: 0, to: intervals, by: perHour).map { start in
      mean(Array(blend[start..<min(start + perHour, intervals)]))
    }
    return Day(series: past + blend, hourly: hourly, mean: plain, filled: filled)
  }

  mutating func observe(_ published: LoadDay, _ day: Day) {
    filler.learn(published.temperatures, day.filled)
    past = Array(day.series.suffix(LoadWeather.memoryDays * intervals))
  }

  /// In standard deviations; no weather at all before the first report counts as the usual.
  private func standardised(_ temperature: Double) -> Double {
    temperature.isFinite ? min(max((temperature - centre) / spread, -6), 6) : 0
  }
}
