internal import NumericMethods

/// What the remembered weather says before any model: its usual level and spread, and which stations may be chosen.
struct LoadClimate {
  private static let shareKnown = 0.8

  let centre: Double
  let spread: Double
  /// Stations that reported in most of the remembered days and report of the day to forecast.
  let usable: [Int]

  init(_ history: LoadHistory, _ published: LoadDay) {
    var sum = 0.0
    var squares = 0.0
    var count = 0.0
    var known = [Int](repeating: 0, count: history.stationCount)
    for day in history.days {
      for (station, values) in day.temperatures.enumerated() {
        for value in values where value.isFinite {
          sum += value
          squares += value * value
          count += 1
          known[station] += 1
        }
      }
    }
    centre = count > 0 ? sum / count : 0
    let variance = count > 1 ? max(squares / count - centre * centre, 0) : 0
    spread = variance > 1e-12 ? variance.squareRoot() : 1
    let most = LoadClimate.shareKnown * Double(known.max() ?? 0)
    let reporting = known.indices.filter { known[$0] > 0 && Double(known[$0]) >= most }
    let present = reporting.filter { station in published.temperatures[station].contains { $0.isFinite } }
    usable = present.isEmpty ? reporting : present
  }

  /// One weight for each station, with sum one; all zero without weather.
  func weights(_ history: LoadHistory, scale: LoadScale, threads: Int) -> [Double] {
    guard !usable.isEmpty else { return [Double](repeating: 0, count: history.stationCount) }
    var filler = StationFiller(stations: history.stationCount, intervals: history.intervals)
    var series = [[Double]](repeating: [], count: history.stationCount)
    for day in history.days {
      let filled = filler.filled(day.temperatures)
      filler.learn(day.temperatures, filled)
      for station in series.indices {
        series[station] += filled.temperatures[station].map { $0.isFinite ? ($0 - centre) / spread : 0 }
      }
    }
    let choice = StationChoice(
      days: history.days, temperatures: series, loads: history.actuals.map { $0.map { scale.scaled($0) } },
      stations: usable, threads: threads)
    return choice.weights(of: history.stationCount)
  }
}
