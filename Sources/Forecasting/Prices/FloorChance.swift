internal import NumericMethods

/// The probability that a price rests at the market's floor, interval by interval: boosted trees on what the price trees see
/// and on how often and how nearly the floor was met lately. The classes are 0 and 1, the loss is the Brier score.
struct FloorChance: Sendable, Codable {
  static let windowDays = 365
  static let refitDays = 14
  static let leastDays = 90
  /// Least share of values at the floor in the window; below it nothing can be learned.
  static let leastShare = 0.002

  let floor: Double
  let seed: UInt64
  private var fitted = DatedFit<BoostedTrees>()

  init(floor: Double, seed: UInt64) {
    self.floor = floor
    self.seed = seed
  }

  /// One probability for each interval, the trees fitted anew if they are `refitAfter` days old, two weeks at least; nil
  /// where too little is known or the floor is too rare.
  ///
  /// - Throws: ``ForecastingError`` if the last fit failed.
  mutating func probabilities(_ view: PriceView, refitAfter days: Int) throws(ForecastingError) -> [Double]? {
    let window = view.window(days: FloorChance.windowDays).filter { $0 >= 28 }
    guard window.count >= FloorChance.leastDays else { return nil }
    let table = IntervalRows(view, inputs: view.usableInputs)
    try fitted.refit(view, after: max(days, FloorChance.refitDays), columns: table.columns) { [self] _ in
      try fit(view, table, window)
    }
    guard let trees = fitted.fit else { return nil }
    let rows = FeatureRows(columns: table.columns + FloorRow.columns, values: rows(view, table, view.position))
    do {
      return try trees.predicted(for: rows).map { min(max(Double($0), 0), 1) }
    } catch {
      throw ForecastingError("\(error)")
    }
  }

  private func fit(_ view: PriceView, _ table: IntervalRows, _ window: [Int]) throws -> BoostedTrees? {
    var values: [Float] = []
    var targets: [Float] = []
    for position in window {
      guard let prices = view.prices(at: position) else { continue }
      values += rows(view, table, position)
      for price in prices { targets.append(price <= floor ? 1 : 0) }
    }
    let share = targets.reduce(0, +) / Float(max(targets.count, 1))
    guard Double(share) >= FloorChance.leastShare else { return nil }
    let parameters = BoostingParameters(
      objective: .squaredError, rounds: 150, depth: 5, learningRate: 0.04, subsample: 0.6, columnsByTree: 0.5,
      leastLeafWeight: 60, lambda: 4, bins: 128, seed: seed)
    return try BoostedTrees.fit(
      FeatureRows(columns: table.columns + FloorRow.columns, values: values), targets: targets, parameters: parameters)
  }

  private func rows(_ view: PriceView, _ table: IntervalRows, _ position: Int) -> [Float] {
    let base = table.rows(of: position, level: PriceLevel(view, before: position))
    let own = FloorRow(view, before: position, floor: floor)
    var rows: [Float] = []
    rows.reserveCapacity(view.intervals * (table.columns + FloorRow.columns))
    for interval in 0..<view.intervals {
      rows += base[interval * table.columns..<(interval + 1) * table.columns]
      rows += own.values(at: interval)
    }
    return rows
  }
}

/// How often and how nearly the floor was met before a day.
private struct FloorRow {
  static let columns = 8

  private let recent: [[Double]]
  private let floor: Double
  private let shareOfWeek: Float
  private let hourly: [ArraySlice<Double>]

  init(_ view: PriceView, before position: Int, floor: Double) {
    self.floor = floor
    recent = (max(0, position - 14)..<position).compactMap { view.prices(at: $0).map { Array($0) } }
    let week = recent.suffix(7).flatMap { $0 }
    shareOfWeek = Float(week.count { $0 <= floor }) / Float(max(week.count, 1))
    hourly = [1, 2, 7].map { view.hourlyPrices(at: max(0, position - $0)) }
  }

  func values(at interval: Int) -> [Float] {
    let perHour = max((recent.last?.count ?? 24) / 24, 1)
    let hour = min(interval / perHour, 23)
    func share(_ days: Int) -> Float {
      let own = recent.suffix(days)
      return Float(own.count { $0[interval] <= floor }) / Float(max(own.count, 1))
    }
    let lags = hourly.map { Float($0[$0.startIndex + hour] - floor) }
    let lowest = hourly.map { Float(($0.min() ?? floor) - floor) }
    return lags + [lowest[0], lowest[1], share(3), share(14), shareOfWeek]
  }
}
