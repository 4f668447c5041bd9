internal import Foundation
internal import NumericMethods

/// The models of the spread of a day, fitted on the days before it.
struct SpreadModels: Sendable {
  /// Days that a fit looks back.
  static let windowDays = 180
  /// Known days below which the day-ahead price stands for every model.
  static let leastDays = 7
  static let penalty = 27.0
  /// Age in days at which a day counts half in the recent regression.
  static let halfLife = 30.0

  let intervals: Int
  let inputCount: Int
  let threads: Int

  var names: [String] {
    ["hourly-median", "regression", "regression-recent"] + (inputCount > 0 ? ["regression-inputs"] : [])
      + ["similar-intervals"]
  }

  /// One path of spreads for each model; nil below the least number of days.
  func spreads(of day: RealTimeDay, history: [RealTimeRecord]) -> [[Double]]? {
    let window = history.suffix(SpreadModels.windowDays)
    let known = window.count { record in record.spread.contains(where: \.isFinite) }
    guard known > SpreadModels.leastDays, let yesterday = SpreadModels.yesterday(window) else { return nil }
    let features = SpreadFeatures(intervals: intervals, inputCount: inputCount, window: window)
    let table = SpreadTable(features: features, window: window)
    let today = features.rows(of: day, after: yesterday)
    return concurrentMap(count: names.count, threads: threads) { index in
      switch names[index] {
      case "hourly-median": hourlyMedians(table)
      case "regression": regression(table, today, inputs: false, halfLife: .infinity)
      case "regression-recent": regression(table, today, inputs: false, halfLife: SpreadModels.halfLife)
      case "regression-inputs": regression(table, today, inputs: true, halfLife: .infinity)
      default: similarIntervals(table, today)
      }
    }
  }

  /// A day that has passed, with its predictors as they were known before it.
  func record(_ day: RealTimeDay, _ actual: [Double], after history: [RealTimeRecord]) -> RealTimeRecord {
    let window = history.suffix(SpreadModels.windowDays)
    let rows = SpreadModels.yesterday(window).map { before in
      SpreadFeatures(intervals: intervals, inputCount: inputCount, window: window).rows(of: day, after: before)
    }
    return RealTimeRecord(published: day, actual: actual, rows: rows ?? [])
  }

  /// The last day whose day-ahead prices are known; the last day if there is none.
  private static func yesterday(_ window: ArraySlice<RealTimeRecord>) -> RealTimeRecord? {
    window.last(where: \.isDayAheadKnown) ?? window.last
  }

  /// The median spread at the interval and up to an hour beside it, drawn to zero by seven days' worth.
  private func hourlyMedians(_ table: SpreadTable) -> [Double] {
    let reach = max(1, intervals / 24)
    let days = Double(table.response.count) / Double(intervals)
    return (0..<intervals).map { interval in
      let near = table.response.indices.filter { row in
        let distance = abs(table.interval[row] - interval)
        return min(distance, intervals - distance) <= reach
      }
      return near.isEmpty ? 0 : median(near.map { table.response[$0] }) * days / (days + 7)
    }
  }

  private func regression(_ table: SpreadTable, _ today: [Double], inputs: Bool, halfLife: Double) -> [Double] {
    let all = table.features.columns
    let used = inputs ? all : SpreadFeatures.ownColumns
    // Without inputs on the day itself the regression does without them.
    if inputs, today.contains(where: \.isNaN) { return regression(table, today, inputs: false, halfLife: halfLife) }
    let kept = table.response.indices.filter { row in
      (0..<used).allSatisfy { !table.rows[row * all + $0].isNaN }
    }
    guard kept.count > 4 * used else { return hourlyMedians(table) }
    let fit = AbsoluteLossRegression(
      rows: kept.flatMap { table.rows[$0 * all..<$0 * all + used] }, columns: used,
      response: kept.map { table.response[$0] }, weights: kept.map { pow(0.5, table.age[$0] / halfLife) },
      typical: table.features.typical, penalty: SpreadModels.penalty)
    return (0..<intervals).map { interval in
      let value = fit.predicted(for: today[interval * all..<interval * all + used])
      return value.isFinite ? value : 0
    }
  }

  /// The median of past spreads, each weighted by how near its hour, its price, its day's mean price, its kind of day and
  /// the late spread before it are: a kernel estimate of the conditional median.
  private func similarIntervals(_ table: SpreadTable, _ today: [Double]) -> [Double] {
    let columns = table.features.columns
    let order = table.response.indices.filter { row in (0..<8).allSatisfy { !table.rows[row * columns + $0].isNaN } }
      .sorted { (table.response[$0], $0) < (table.response[$1], $1) }
    guard !order.isEmpty else { return [Double](repeating: 0, count: intervals) }
    let level = max(median(order.map { abs(table.rows[$0 * columns]) }), 1e-6)
    let perHour = Double(intervals) / 24
    return (0..<intervals).map { interval in
      let own = Array(today[interval * columns..<interval * columns + 8])
      if own.contains(where: \.isNaN) { return 0 }
      let width = max(abs(own[0]), level / 2)
      let meanWidth = max(abs(own[2]), level / 2)
      let fade = exp(-Double(interval) / perHour / SpreadFeatures.fadingHours)
      var weights: [Double] = []
      var total = 0.0
      for row in order {
        let start = row * columns
        let steps = abs(table.interval[row] - interval)
        let hours = Double(min(steps, intervals - steps)) / perHour / 2
        let price = (table.rows[start] - own[0]) / (0.3 * width)
        let dayMean = (table.rows[start + 2] - own[2]) / (0.5 * meanWidth)
        let late = (table.rows[start + 6] - own[6]) / (1.5 * table.features.typical * max(fade, 0.1))
        let kind = table.rows[start + 7] == own[7] ? 1.0 : 0.5
        let exponent = hours * hours + price * price + dayMean * dayMean + min(late * late, 9)
        let weight = kind * exp(-0.5 * min(exponent, 60)) + 1e-6
        weights.append(weight)
        total += weight
      }
      var sum = 0.0
      for (position, row) in order.enumerated() {
        sum += weights[position]
        if sum >= total / 2 { return table.response[row] }
      }
      return 0
    }
  }
}

/// The known spreads of a window with their predictors.
struct SpreadTable: Sendable {
  let features: SpreadFeatures
  /// Row after row, `features.columns` values each.
  private(set) var rows: [Double] = []
  private(set) var response: [Double] = []
  private(set) var interval: [Int] = []
  /// Days before the day to forecast.
  private(set) var age: [Double] = []

  init(features: SpreadFeatures, window: ArraySlice<RealTimeRecord>) {
    self.features = features
    let columns = features.columns
    for index in window.indices where !window[index].rows.isEmpty {
      let record = window[index]
      for (position, spread) in record.spread.enumerated() where spread.isFinite {
        rows += record.rows[position * columns..<(position + 1) * columns]
        response.append(spread)
        interval.append(position)
        age.append(Double(window.endIndex - 1 - index))
      }
    }
  }
}
