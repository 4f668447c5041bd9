internal import MarketModel

/// The days that a load forecaster remembers: what was published and what came, without a gap in the calendar.
struct LoadHistory: Sendable {
  /// Four years and a month.
  static let capacity = 4 * 366 + 30

  let intervals: Int
  let stationCount: Int
  private(set) var days: [LoadDay] = []
  private(set) var actuals: [[Double]] = []

  var last: MarketDay? { days.last?.day }

  /// Appends a day; days that were skipped stand as days of which nothing is known.
  mutating func append(_ published: LoadDay, actual: [Double]) {
    if let last {
      for missed in 1..<max(1, min(last.distance(to: published.day), LoadHistory.capacity)) {
        append(unknown: last.advanced(by: missed))
      }
    }
    days.append(published)
    actuals.append(actual)
    let surplus = days.count - LoadHistory.capacity
    if surplus > 0 {
      days.removeFirst(surplus)
      actuals.removeFirst(surplus)
    }
  }

  private mutating func append(unknown day: MarketDay) {
    let nothing = [Double](repeating: .nan, count: intervals)
    days.append(LoadDay(day: day, temperatures: [[Double]](repeating: nothing, count: stationCount)))
    actuals.append(nothing)
  }

  /// The load of a day, nil if the day is not remembered.
  func actual(of day: MarketDay) -> [Double]? {
    guard let first = days.first?.day else { return nil }
    let position = first.distance(to: day)
    return actuals.indices.contains(position) ? actuals[position] : nil
  }

  /// Days with at least one known value.
  var knownDays: Int { actuals.count { $0.contains { !$0.isNaN } } }

  /// The same interval a week before, or the nearest whole number of weeks before at which it is known.
  func naive(for day: MarketDay) -> [Double] {
    var result = [Double](repeating: .nan, count: intervals)
    for weeks in 1...8 {
      guard let earlier = actual(of: day.advanced(by: -7 * weeks)) else { continue }
      for interval in result.indices where result[interval].isNaN { result[interval] = earlier[interval] }
    }
    let known = result.filter { !$0.isNaN }
    let typical = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
    return result.map { $0.isNaN ? typical : $0 }
  }
}
