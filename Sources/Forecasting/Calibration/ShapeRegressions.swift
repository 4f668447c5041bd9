internal import Foundation
internal import NumericMethods

/// Quantile regression averaging on standardised errors: how the distribution leans and widens with what each expert says
/// beyond the mix, with the recent bias and with the level; once for each hour with its neighbours, once for all hours
/// together with the hour as predictor.
///
/// Nowotarski and Weron (2015), with a ridge towards the mix. Levels in between are linear in normal scores.
struct ShapeRegressions: Sendable, Codable {
  static let levels: [Double] = [
    0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8,
    0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99,
  ]
  private static let ridge = 6.0
  private static let bandwidth = 0.6

  private let perHour: Int
  private var pooled: QuantileRegression?
  private var byHour: [QuantileRegression] = []

  init(perHour: Int) { self.perHour = perHour }

  /// One step on the window; the first fit goes to the end.
  mutating func fit(_ history: ScaledHistory, threads: Int) {
    guard let sample = history.days.first?.outlook else { return }
    let table = ShapeRegressions.table(history)
    let width = ShapeRegressions.commonWidth(sample)
    let hours = max(1, history.intervals / perHour)
    if byHour.isEmpty {
      byHour = (0..<hours).map { _ in ShapeRegressions.regression(width: width, ridge: ShapeRegressions.ridge) }
    }
    let before = byHour
    byHour = concurrentMap(count: hours, threads: threads) { [perHour] hour in
      var own = before[hour]
      let rows = ShapeRegressions.rows(history, hour: hour, perHour: perHour)
      own.fit(
        rows: rows.flatMap { table[($0.position * width)..<(($0.position + 1) * width)] },
        response: rows.map { history.standardised[$0.position] }, weights: rows.map(\.weight))
      return own
    }
    fitPooled(history, table: table, width: width, threads: threads)
  }

  private mutating func fitPooled(_ history: ScaledHistory, table: [Double], width: Int, threads: Int) {
    var rows: [Double] = []
    let extra = ShapeRegressions.extraWidth
    rows.reserveCapacity(history.standardised.count * (width + extra))
    for position in history.standardised.indices {
      rows += table[(position * width)..<((position + 1) * width)]
      let day = history.days[position / history.intervals].outlook
      ShapeRegressions.appendExtra(day, position % history.intervals, history.scale[position], to: &rows)
    }
    let weights = history.standardised.indices.map {
      history.standardised[$0].isFinite ? history.recency[$0 / history.intervals] : 0
    }
    var own =
      pooled ?? ShapeRegressions.regression(width: width + extra, ridge: 3 * ShapeRegressions.ridge * Double(perHour))
    own.fit(rows: rows, response: history.standardised, weights: weights, threads: threads)
    pooled = own
  }

  /// 99 values for each interval, interval after interval, of the two regressions.
  func columns(_ outlook: DayOutlook, scale: [Double]) -> (byHour: [Double], pooled: [Double]) {
    var hourly: [Double] = []
    var together: [Double] = []
    for interval in outlook.point.indices {
      var row: [Double] = []
      ShapeRegressions.appendCommon(outlook, interval, scale[interval], to: &row)
      let hour = min(interval / perHour, byHour.count - 1)
      hourly += ShapeRegressions.percentiles(byHour[hour].quantiles(at: row)).map {
        outlook.point[interval] + scale[interval] * $0
      }
      ShapeRegressions.appendExtra(outlook, interval, scale[interval], to: &row)
      together += ShapeRegressions.percentiles(pooled?.quantiles(at: row) ?? []).map {
        outlook.point[interval] + scale[interval] * $0
      }
    }
    return (hourly, together)
  }

  private static func regression(width: Int, ridge: Double) -> QuantileRegression {
    QuantileRegression(
      levels: levels, penalties: [0.1] + [Double](repeating: ridge, count: width - 1), bandwidth: bandwidth)
  }

  /// The intervals of an hour, and of the hours next to it every second one.
  private static func rows(
    _ history: ScaledHistory, hour: Int, perHour: Int
  ) -> [(position: Int, weight: Double)] {
    let first = hour * perHour
    let range = max(0, first - perHour)..<min(history.intervals, first + 2 * perHour)
    let chosen = range.filter { $0 / perHour == hour || perHour == 1 || $0 % 2 == 0 }
    return history.days.indices.flatMap { day in
      chosen.compactMap { interval in
        let position = day * history.intervals + interval
        guard history.standardised[position].isFinite else { return nil }
        return (position, history.recency[day] * (interval / perHour == hour ? 1 : IntervalNeighbours.neighbourWeight))
      }
    }
  }
}

// Predictors.
extension ShapeRegressions {
  private static let extraWidth = 7

  private static func commonWidth(_ outlook: DayOutlook) -> Int { 7 + outlook.experts.count }

  private static func table(_ history: ScaledHistory) -> [Double] {
    var rows: [Double] = []
    for (number, day) in history.days.enumerated() {
      for interval in 0..<history.intervals {
        appendCommon(day.outlook, interval, history.scale[number * history.intervals + interval], to: &rows)
      }
    }
    return rows
  }

  /// The constant, the experts' distances from the mix, biases (all in units of the scale), and the level with hinges.
  private static func appendCommon(_ day: DayOutlook, _ interval: Int, _ scale: Double, to row: inout [Double]) {
    row.append(1)
    for expert in day.experts { row.append(clipped((expert[interval] - day.point[interval]) / scale, 4)) }
    row.append(clipped(day.bias[interval] / scale, 3))
    row.append(clipped(day.dayBias / scale, 3))
    let position = day.position[interval]
    row.append(max(position, 0))
    row.append(max(-position, 0))
    row.append(max(position - 1, 0))
    row.append(max(-position - 1, 0))
  }

  /// What the size of the error is made of, and the time of day.
  private static func appendExtra(_ day: DayOutlook, _ interval: Int, _ scale: Double, to row: inout [Double]) {
    let start = interval * ErrorMemory.width
    for predictor in [1, 3, 5] { row.append(clipped(day.scaleRows[start + predictor] - log(scale), 4)) }
    let angle = 2 * Double.pi * Double(interval) / Double(day.point.count)
    row.append(sin(angle))
    row.append(cos(angle))
    row.append(sin(2 * angle))
    row.append(cos(2 * angle))
  }

  private static func clipped(_ value: Double, _ limit: Double) -> Double { min(max(value, -limit), limit) }

  /// For each percentile, the fitted level below it and the share of the way to the next, in normal scores.
  private static let places: [(lower: Int, share: Double)] = (1...99).map { percentile in
    let normal = NormalDistribution.standard
    let level = Double(percentile) / 100
    let upper = max(1, levels.firstIndex { $0 >= level - 1e-9 } ?? levels.count - 1)
    let low = normal.quantile(at: levels[upper - 1])
    return (upper - 1, (normal.quantile(at: level) - low) / (normal.quantile(at: levels[upper]) - low))
  }

  private static func percentiles(_ fitted: [Double]) -> [Double] {
    places.map { fitted[$0.lower] + $0.share * (fitted[$0.lower + 1] - fitted[$0.lower]) }
  }
}
