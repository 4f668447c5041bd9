public import MarketModel

/// Days on which a whole portfolio behaves unlike itself: public holidays, with wide margins around the Spring Festival.
///
/// A fall on such a day says nothing of the one customer, so these days teach no baseline and raise no alert.
public struct UnusualDays: Sendable, Equatable {
  /// One entry a day.
  public let marks: [Bool]

  /// - Parameters:
  ///   - holidays: public holidays, known in advance.
  ///   - loads: the span of days that is meant.
  public init(holidays: Set<MarketDay>, firstDay: MarketDay, days: Int) {
    var marks = (0..<days).map { holidays.contains(firstDay.advanced(by: $0)) }
    // Long holidays that begin in January or February are Spring Festivals; a run may reach out of the span.
    var day = firstDay.advanced(by: -40)
    let last = firstDay.advanced(by: days + 40)
    while day < last {
      var length = 0
      while holidays.contains(day.advanced(by: length)) { length += 1 }
      if length >= 5, day.month <= 2 {
        for offset in -UnusualDays.daysBefore..<(length + UnusualDays.daysAfter) {
          let index = day.advanced(by: offset).dayNumber - firstDay.dayNumber
          if marks.indices.contains(index) { marks[index] = true }
        }
      }
      day = day.advanced(by: max(length, 1))
    }
    self.marks = marks
  }

  /// Workshops wind down a week and a half before the Spring Festival and come back over the following one.
  static let daysBefore = 11
  static let daysAfter = 10

  /// Whether one of the days is unusual.
  func touches(_ range: ClosedRange<Int>) -> Bool {
    for day in range where marks[day] { return true }
    return false
  }
}
