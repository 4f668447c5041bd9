internal import MarketModel

/// Prices and published inputs of consecutive days, and of one more day of which only the inputs are known.
///
/// Values that are not known are NaN in `prices`; predictors come from the filled copies, in which such a value is that of
/// a week before, or of the day before. Everything lies in flat buffers, day after day.
struct PriceHistory: Sendable, Codable {
  /// Days kept; older ones are dropped in one go when there are many more.
  static let longest = 1_456 + 7 + 364

  let intervals: Int
  let perHour: Int
  let inputNames: [String]
  /// Days with prices; the weekday and the inputs have one more if a day is open.
  private(set) var days: [MarketDay] = []
  private(set) var weekdays: [Int] = []
  private(set) var prices: [Double] = []
  /// 24 means a day of the filled prices.
  private(set) var hourlyPrices: [Double] = []
  /// By input, 24 means a day of the filled values.
  private(set) var hourlyInputs: [[Double]]
  /// By input, whether any day had two values that differ.
  private(set) var isProfile: [Bool]
  /// By input and day, whether at least three quarters of the values were known.
  private(set) var isKnown: [[Bool]]
  private var filledPrices: [Double] = []
  private var filledInputs: [[Double]]

  init(intervals: Int, inputNames: [String]) {
    self.intervals = intervals
    perHour = max(intervals / 24, 1)
    self.inputNames = inputNames
    hourlyInputs = [[Double]](repeating: [], count: inputNames.count)
    isProfile = [Bool](repeating: false, count: inputNames.count)
    isKnown = [[Bool]](repeating: [], count: inputNames.count)
    filledInputs = hourlyInputs
  }

  var hasOpenDay: Bool { days.count > closedDays }
  /// Days whose prices were handed, known or not.
  private(set) var closedDays = 0

  func isPriceKnown(at index: Int) -> Bool {
    prices[index * intervals..<(index + 1) * intervals].allSatisfy(\.isFinite)
  }

  /// Prices of a day, or nil if one of them is not known.
  func knownPrices(at index: Int) -> [Double]? {
    isPriceKnown(at: index) ? Array(prices[index * intervals..<(index + 1) * intervals]) : nil
  }

  /// Takes what is published of the next day.
  mutating func open(_ published: PriceDay) {
    days.append(published.day)
    weekdays.append(published.weekday)
    for (index, values) in published.inputs.enumerated() {
      isKnown[index].append(values.count { $0.isFinite } * 4 >= intervals * 3)
      let filled = PriceHistory.filled(values, after: filledInputs[index], intervals: intervals)
      filledInputs[index] += filled
      hourlyInputs[index] += hourlyMeans(filled)
      if let first = filled.first, filled.contains(where: { $0 != first }) { isProfile[index] = true }
    }
  }

  /// Takes the prices of the open day, NaN where not known.
  mutating func close(_ actual: [Double]) {
    prices += actual
    let filled = PriceHistory.filled(actual, after: filledPrices, intervals: intervals)
    filledPrices += filled
    hourlyPrices += hourlyMeans(filled)
    closedDays += 1
    if closedDays > PriceHistory.longest + 364 { drop(closedDays - PriceHistory.longest) }
  }

  private mutating func drop(_ count: Int) {
    days.removeFirst(count)
    weekdays.removeFirst(count)
    prices.removeFirst(count * intervals)
    filledPrices.removeFirst(count * intervals)
    hourlyPrices.removeFirst(count * 24)
    for index in inputNames.indices {
      hourlyInputs[index].removeFirst(count * 24)
      filledInputs[index].removeFirst(count * intervals)
      isKnown[index].removeFirst(count)
    }
    closedDays -= count
  }

  /// Values with those of a week before, of the day before, or zero, where one is not known.
  private static func filled(_ values: [Double], after earlier: [Double], intervals: Int) -> [Double] {
    guard values.contains(where: { !$0.isFinite }) else { return values }
    return values.indices.map { interval in
      if values[interval].isFinite { return values[interval] }
      for lag in [7, 1] where earlier.count >= lag * intervals {
        return earlier[earlier.count - lag * intervals + interval]
      }
      return values.first { $0.isFinite } ?? 0
    }
  }

  private func hourlyMeans(_ values: [Double]) -> [Double] {
    guard perHour > 1 else { return values }
    return stride(from: 0, to: values.count, by: perHour).map { start in
      values[start..<start + perHour].reduce(0, +) / Double(perHour)
    }
  }
}

/// The history as it was before the prices of one of its days: the only door through which a model reads.
struct PriceView: Sendable {
  let history: PriceHistory
  /// Position of the day to forecast; prices of it and of later days are out of reach.
  let position: Int

  var day: MarketDay { history.days[position] }
  var intervals: Int { history.intervals }

  /// Prices of an earlier day, or nil if one of them is not known.
  func prices(at index: Int) -> ArraySlice<Double>? {
    precondition(index < position, "a forecast cannot read prices of its own day or later")
    return history.isPriceKnown(at: index) ? history.prices[index * intervals..<(index + 1) * intervals] : nil
  }

  /// 24 hourly means of an earlier day, filled.
  func hourlyPrices(at index: Int) -> ArraySlice<Double> {
    precondition(index < position, "a forecast cannot read prices of its own day or later")
    return history.hourlyPrices[index * 24..<(index + 1) * 24]
  }

  /// 24 hourly means of an input, of the day itself at the latest.
  func hourlyInput(_ input: Int, at index: Int) -> ArraySlice<Double> {
    precondition(index <= position, "a forecast cannot read inputs of later days")
    return history.hourlyInputs[input][index * 24..<(index + 1) * 24]
  }

  func weekday(at index: Int) -> Int { history.weekdays[index] }

  /// Inputs that are known on the day itself and on four fifths of the last year.
  var usableInputs: [Int] {
    history.inputNames.indices.filter { input in
      let known = history.isKnown[input]
      let recent = known[max(0, position - 364)...position]
      return known[position] && recent.count(where: { $0 }) * 5 >= recent.count * 4
    }
  }

  /// Positions of the window before the day on which prices are known and lags of a week exist.
  func window(days: Int) -> [Int] {
    (max(7, position - days)..<max(7, position)).filter { prices(at: $0) != nil }
  }
}
