internal import Foundation
internal import NumericMethods

/// Gradient-boosted trees over all intervals pooled: an interval is a row of its own lags, inputs and calendar, its target
/// the levelled price. Refitted every four weeks.
struct TreePriceModel: PriceModel {
  let family = PriceFamily.trees
  var windowDays: Int { TreePriceModel.treeDays }
  var columns: Int { fitted.columns }
  let name = "trees"
  static let treeDays = 730
  /// On a grid finer than hours, where a day has more rows.
  static let fineTreeDays = 365
  static let refitDays = 28
  static let leastDays = 90
  static let rounds = 250

  let seed: UInt64
  var fitted = DatedFit<BoostedTrees>()

  init(seed: UInt64) { self.seed = seed }

  mutating func predicted(_ view: PriceView, refitAfter days: Int) throws(ForecastingError) -> [Double]? {
    let window = view.window(
      days: view.history.perHour > 1 ? TreePriceModel.fineTreeDays : TreePriceModel.treeDays
    ).filter { $0 >= 28 }
    guard window.count >= TreePriceModel.leastDays else { return nil }
    let inputs = view.usableInputs
    let table = IntervalRows(view, inputs: inputs)
    try fitted.refit(view, after: max(days, TreePriceModel.refitDays), columns: table.columns) { [self] _ in
      try fit(view, table, window)
    }
    let level = PriceLevel(view, before: view.position)
    let rows = FeatureRows(columns: table.columns, values: table.rows(of: view.position, level: level))
    guard let trees = fitted.fit else { return nil }
    let spread = table.spread(level)
    do {
      return try checkedPath(trees.predicted(for: rows).map { level.week + spread * sinh(min(max(Double($0), -6), 6)) })
    } catch {
      throw ForecastingError("\(error)")
    }
  }

  private func fit(_ view: PriceView, _ table: IntervalRows, _ window: [Int]) throws -> BoostedTrees {
    var values: [Float] = []
    var targets: [Float] = []
    for position in window {
      guard let prices = view.prices(at: position) else { continue }
      let level = PriceLevel(view, before: position)
      let spread = table.spread(level)
      values += table.rows(of: position, level: level)
      for price in prices { targets.append(Float(asinh((price - level.week) / spread))) }
    }
    let parameters = BoostingParameters(
      objective: .squaredError, rounds: TreePriceModel.rounds,
      depth: 7, learningRate: 0.05, subsample: 0.6,
      columnsByTree: 0.5, leastLeafWeight: 20, lambda: 2, bins: 128, seed: seed)
    return try BoostedTrees.fit(
      FeatureRows(columns: table.columns, values: values), targets: targets, parameters: parameters)
  }
}

/// One row for each interval of a day: own and neighbouring hours' lags of price and inputs, day means, calendar.
struct IntervalRows {
  let view: PriceView
  let inputs: [Int]
  let columns: Int

  init(_ view: PriceView, inputs: [Int]) {
    self.view = view
    self.inputs = inputs
    columns = 19 + inputs.reduce(0) { $0 + (view.history.isProfile[$1] ? 8 : 2) }
  }

  /// Prices are measured in spreads of the last week around its mean, no smaller than a twentieth of that mean.
  func spread(_ level: PriceLevel) -> Double { max(level.weekDeviation, 0.05 * abs(level.week), 0.5) }

  /// Intervals × columns, row by row.
  func rows(of position: Int, level: PriceLevel) -> [Float] {
    let spread = spread(level)
    let lags = [1, 2, 3, 7].map { Array(view.hourlyPrices(at: position - $0)) }
    let means = lags.map { $0.reduce(0, +) / 24 }
    let profiles = inputs.map { input in
      [0, 1, 7].map { lag in Array(view.hourlyInput(input, at: max(0, position - lag))) }
    }
    let inputMeans = profiles.map { $0.map { $0.reduce(0, +) / 24 } }
    let season = Double(view.history.days[position].dayOfYear) * 2 * Double.pi / 365.25
    let perHour = view.history.perHour
    func levelled(_ price: Double) -> Float { Float((price - level.week) / spread) }
    var rows: [Float] = []
    rows.reserveCapacity(view.intervals * columns)
    for interval in 0..<view.intervals {
      let hour = min(interval / perHour, 23)
      rows.append(Float(interval) / Float(perHour))
      rows.append(Float(view.weekday(at: position)))
      rows.append(Float(sin(season)))
      rows.append(Float(cos(season)))
      for lag in lags { rows.append(levelled(lag[hour])) }
      rows.append(levelled(lags[0][max(hour - 1, 0)]))
      rows.append(levelled(lags[0][min(hour + 1, 23)]))
      rows.append(levelled(lags[0][23]))
      for value in means { rows.append(levelled(value)) }
      rows.append(levelled(lags[0].max() ?? 0))
      rows.append(levelled(lags[0].min() ?? 0))
      rows.append(levelled(level.fourWeeks))
      rows.append(Float(level.weekDeviation / max(abs(level.week), 1)))
      for (place, input) in inputs.enumerated() {
        appendInput(
          profiles[place], inputMeans[place], isProfile: view.history.isProfile[input], hour, position, input, &rows)
      }
    }
    return rows
  }

  private func appendInput(
    _ lags: [[Double]], _ means: [Double], isProfile: Bool, _ hour: Int, _ position: Int, _ input: Int,
    _ rows: inout [Float]
  ) {
    guard isProfile else {
      let quote = view.hourlyInput(input, at: max(0, position - 2)).first ?? 0
      let earlier = view.hourlyInput(input, at: max(0, position - 9)).first ?? 0
      rows.append(Float(quote))
      rows.append(Float(quote - earlier))
      return
    }
    rows.append(Float(lags[0][hour]))
    rows.append(Float(lags[0][hour] - lags[1][hour]))
    rows.append(Float(lags[0][hour] - lags[2][hour]))
    rows.append(Float(lags[0][max(hour - 1, 0)] - lags[0][hour]))
    rows.append(Float(lags[0][min(hour + 1, 23)] - lags[0][hour]))
    rows.append(Float(means[0]))
    rows.append(Float(means[0] - means[1]))
    rows.append(Float(means[0] - means[2]))
  }
}
