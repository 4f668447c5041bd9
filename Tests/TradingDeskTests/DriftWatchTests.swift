import MarketModel
import Testing

@testable import TradingDesk

@Suite("Drift of the price forecast") struct DriftWatchTests {
  static let first = MarketDay(dayNumber: 19_358)

  private func watch(_ days: Range<Int>, loss: (Int) -> Double) -> DriftWatch {
    var watch = DriftWatch()
    for number in days {
      watch.add(
        Self.first.advanced(by: number),
        ReviewReport.ForecastError(expectedMae: loss(number), sameAsYesterdayMae: 50, coverage80: 0.8))
    }
    return watch
  }

  @Test("a forecast that is worse than same-as-yesterday over 28 days is called once, and for as long as it is")
  func worse() throws {
    let drifting = watch(0..<35) { _ in 60 }
    #expect(drifting.alarms.map(\.day) == [Self.first.advanced(by: 27)])
    let alarm = try #require(drifting.latest.first)
    #expect(alarm.alarm == "worse-than-naive" && alarm.day == Self.first.advanced(by: 34))
    #expect(alarm.sentence.contains("20") && alarm.sentence.contains("28 days"))
  }

  @Test("a better forecast raises nothing, and neither do fewer days than the window")
  func better() {
    #expect(watch(0..<60) { _ in 40 }.alarms.isEmpty)
    #expect(watch(0..<27) { _ in 60 }.alarms.isEmpty)
  }

  @Test("an alarm ends when the window has recovered")
  func recovered() {
    let back = watch(0..<70) { $0 < 30 ? 60 : 30 }
    #expect(back.latest.isEmpty && back.alarms.count { $0.alarm == "worse-than-naive" } == 1)
  }
}
