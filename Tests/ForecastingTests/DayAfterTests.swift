import MarketModel
import Testing

@testable import Forecasting

@Suite("The day after") struct DayAfterTests {
  /// Weekdays cost more than weekends, hours have a shape, the level wanders a little.
  static func history(_ days: Int) -> (prices: [[Double]?], kinds: [DayKind]) {
    let prices = (0..<days).map { day -> [Double]? in
      let level = 40 + 5 * Double(day * 7 % 11) / 11 - (day % 7 >= 5 ? 15 : 0)
      return (0..<24).map { level + ($0 > 16 ? 8 : 0) + Double($0 % 5) }
    }
    let kinds = (0..<days + 3).map { DayKind(weekday: $0 % 7 + 1, isHoliday: false, isShiftedWorkday: false) }
    return (prices, kinds)
  }

  static func make(_ days: Int, _ change: ([[Double]?]) -> [[Double]?] = { $0 }) -> DayAfterForecast {
    let (all, kinds) = history(days + 2)
    let expected = all[days] ?? []
    return DayAfterForecast.make(
      calendar: Array(kinds.prefix(days + 3)), history: change(Array(all.prefix(days))), expected: expected,
      paths: [-2.0, 0, 2].flatMap { shift in expected.map { $0 + shift } })
  }

  @Test("it knows that the weekend is cheap")
  func weekend() {
    let friday = Self.make(200 / 7 * 7 + 4)
    let monday = Self.make(200 / 7 * 7)
    let mean = { (row: [Double]) in row.reduce(0, +) / 24 }
    #expect(mean(friday.expected) < 36 && mean(monday.expected) > 40)
    #expect(friday.beyond.count == 24 && mean(friday.beyond) < 36)
  }

  @Test("outlooks spread around the expected path; rows have a day's length")
  func spread() {
    let made = Self.make(240)
    #expect(made.outlooks.count > 20 && made.deviations.count == 3)
    #expect((made.outlooks + made.deviations).allSatisfy { $0.count == 24 && $0.allSatisfy(\.isFinite) })
    let mean = made.outlooks.reduce(0) { $0 + $1[18] } / Double(made.outlooks.count)
    #expect(abs(mean - made.expected[18]) < 2)
  }

  @Test("unknown days are survived; with a short history a blend stands in")
  func gaps() {
    let gaps = Self.make(200) { history in history.indices.map { $0 % 13 == 5 ? nil : history[$0] } }
    #expect(gaps.expected.allSatisfy(\.isFinite) && gaps.outlooks.count > 20)
    let short = Self.make(40)
    #expect(short.outlooks == [short.expected])
    let none = DayAfterForecast.make(
      calendar: [DayKind](repeating: .midweek, count: 3), history: [], expected: [1, 2], paths: [])
    #expect(none.expected == [1, 2] && none.deviations == [[0, 0]])
  }

  @Test("what lies more than the window before changes nothing")
  func window() {
    let plain = Self.make(900)
    let changed = Self.make(900) { history in
      history.indices.map { $0 < 60 ? [Double](repeating: 999, count: 24) : history[$0] }
    }
    #expect(plain == changed)
  }
}
