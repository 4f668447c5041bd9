internal import MarketModel

/// What a forecaster was handed, as it was read, so that every new day can be examined by the days before it.
struct InputGuard: Sendable, Codable {
  /// Days by which a new one is examined.
  static let memoryDays = 182

  let inputNames: [String]
  let intervals: Int
  let lowestPrice: Double?
  let highestPrice: Double?
  private var published: [PriceDay] = []
  private var prices: [[Double]] = []

  init(inputNames: [String], intervals: Int, lowestPrice: Double?, highestPrice: Double?) {
    self.inputNames = inputNames
    self.intervals = intervals
    self.lowestPrice = lowestPrice
    self.highestPrice = highestPrice
  }

  var lastDay: MarketDay? { published.last?.day }

  mutating func add(_ day: PriceDay, actual: [Double]) {
    published.append(day)
    prices.append(actual)
  }

  /// Forgets everything if a day does not follow the last one: what is examined are days in a row.
  mutating func begin(with day: MarketDay) {
    guard let lastDay, lastDay.advanced(by: 1) != day else { return }
    published = []
    prices = []
  }

  /// Drops days that are no longer needed.
  mutating func forget() {
    let surplus = published.count - InputGuard.memoryDays
    guard surplus > 0 else { return }
    published.removeFirst(surplus)
    prices.removeFirst(surplus)
  }

  /// - Throws: ``ForecastingError`` if a day has other inputs than those before, or does not follow them.
  func check(_ day: PriceDay) throws(ForecastingError) {
    guard day.inputs.count == inputNames.count else {
      throw ForecastingError("\(day.day) has \(day.inputs.count) inputs, the forecaster \(inputNames.count)")
    }
    for (name, values) in zip(inputNames, day.inputs) where values.count != intervals {
      throw ForecastingError(
        "\(name) on \(day.day) has \(values.count) values, the market day has \(intervals) intervals")
    }
    if let lastDay, day.day != lastDay.advanced(by: 1) {
      throw ForecastingError("After \(lastDay) comes \(lastDay.advanced(by: 1)), was handed \(day.day)")
    }
  }

  /// Everything handed so far as a history that can be learned from, and what was found.
  ///
  /// - Throws: ``ForecastingError`` if too few days are known.
  func history() throws(ForecastingError) -> (PriceHistory, [InputFinding]) {
    let (days, findings) = try examinedHistory()
    var history = PriceHistory(intervals: intervals, inputNames: inputNames)
    for (day, actual) in days {
      history.open(day)
      history.close(actual)
    }
    let known = (0..<history.closedDays).count { history.isPriceKnown(at: $0) }
    guard known >= PriceForecaster.shortestHistory else {
      throw ForecastingError(
        "\(known) days of prices are known; a forecast needs at least \(PriceForecaster.shortestHistory). Import more history."
      )
    }
    return (history, findings)
  }

  /// Everything handed so far with what cannot be used taken out, and what was found.
  private func examinedHistory() throws(ForecastingError) -> (days: [(PriceDay, [Double])], findings: [InputFinding]) {
    guard let first = published.first else { return ([], []) }
    let health = try InputHealth(series(published, prices), firstDay: first.day, intervals: intervals)
    let days = published.indices.map { index in
      (published[index].with(inputNames.indices.map { health.values[$0 + 1][index] }), health.values[0][index])
    }
    return (days, health.findings)
  }

  /// The day to forecast with what cannot be used taken out, and what was found on it or on yesterday's prices.
  func examined(_ day: PriceDay) throws(ForecastingError) -> (day: PriceDay, findings: [InputFinding]) {
    let unknown = [Double](repeating: .nan, count: intervals)
    let all = published.suffix(InputGuard.memoryDays) + [day]
    guard let first = all.first, all.count > 28 else { return (day, []) }
    let health = try InputHealth(
      series(all, prices.suffix(InputGuard.memoryDays) + [unknown]), firstDay: first.day, intervals: intervals)
    let last = all.count - 1
    let found = health.findings.filter { finding in
      finding.lastDay == day.day || (finding.series == InputGuard.target && finding.lastDay == day.day.advanced(by: -1))
    }
    return (day.with(inputNames.indices.map { health.values[$0 + 1][last] }), found)
  }

  /// A day whose truth has come, with what cannot be used taken out of both, and what was found in its truth.
  func examined(
    _ day: PriceDay, actual: [Double]
  ) throws(ForecastingError) -> (day: PriceDay, actual: [Double], findings: [InputFinding]) {
    let all = published.suffix(InputGuard.memoryDays) + [day]
    guard let first = all.first, all.count > 28 else { return (day, actual, []) }
    let health = try InputHealth(
      series(all, prices.suffix(InputGuard.memoryDays) + [actual]), firstDay: first.day, intervals: intervals)
    let last = all.count - 1
    let found = health.findings.filter { $0.series == InputGuard.target && $0.lastDay == day.day }
    return (day.with(inputNames.indices.map { health.values[$0 + 1][last] }), health.values[0][last], found)
  }

  static let target = "price"

  private func series(_ days: some Collection<PriceDay>, _ prices: some Collection<[Double]>) -> [InputSeries] {
    let target = InputSeries(
      name: InputGuard.target, values: Array(prices), isTarget: true,
      lowest: lowestPrice, highest: highestPrice)
    return [target]
      + inputNames.indices.map { input in
        InputSeries(name: inputNames[input], values: days.map { $0.inputs[input] })
      }
  }
}

extension PriceDay {
  /// The same day with other inputs.
  func with(_ inputs: [[Double]]) -> PriceDay {
    PriceDay(day: day, inputs: inputs, isHoliday: isHoliday, isShiftedWorkday: isShiftedWorkday)
  }
}
