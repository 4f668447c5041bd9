import Forecasting
import Foundation
import MarketModel
import MarketTestSupport
import NumericMethods
import Testing

@Suite("Drift monitor") struct DriftMonitorTests {
  static func alarms(_ days: Int, seed: UInt64, loss: (Int, inout SplitMix64) -> Double) -> [DriftMonitor.Report] {
    var monitor = DriftMonitor()
    var random = SplitMix64(seed: seed)
    var reports: [DriftMonitor.Report] = []
    for day in 0..<days {
      let naive = exp(1 + 0.4 * random.nextGaussian())
      reports += monitor.observe(
        day: CleanSeries.first.advanced(by: day), loss: naive * loss(day, &random), naiveLoss: naive)
    }
    return reports
  }

  @Test("the relative error is the ratio of the sums, over the window alone")
  func worked() {
    var monitor = DriftMonitor(windowDays: 2)
    let day = CleanSeries.first
    #expect(monitor.observe(day: day, loss: 9, naiveLoss: 1).isEmpty)
    #expect(monitor.relativeError == nil)
    #expect(monitor.observe(day: day, loss: 1, naiveLoss: 2).map(\.alarm) == [.worseThanNaive])
    #expect(monitor.observe(day: day, loss: .nan, naiveLoss: 2).isEmpty)
    #expect(monitor.observe(day: day, loss: 2, naiveLoss: 4).isEmpty)
    #expect(monitor.relativeError == 0.5)
  }

  @Test("a steady forecast raises no alarm in a year", arguments: 1...10 as ClosedRange<UInt64>)
  func steady(seed: UInt64) {
    #expect(Self.alarms(365, seed: seed) { _, random in 0.6 * exp(0.3 * random.nextGaussian()) }.isEmpty)
  }

  @Test("a forecast that gets worse is called within three weeks, though it still beats naive")
  func change() throws {
    let reports = Self.alarms(365, seed: 3) { day, random in
      (day < 200 ? 0.5 : 0.8) * exp(0.2 * random.nextGaussian())
    }
    let first = try #require(reports.first)
    let called = CleanSeries.first.distance(to: first.day)
    #expect(first.alarm == .change && (200...220).contains(called))
    #expect(reports.count == 1)
    #expect(first.sentence.hasPrefix("Since about 2023-07-"))
  }

  @Test("a monitor that was written and read goes on as if nothing had happened")
  func coding() throws {
    var monitor = DriftMonitor()
    for day in 0..<40 {
      _ = monitor.observe(day: CleanSeries.first.advanced(by: day), loss: 1 + 0.01 * Double(day % 5), naiveLoss: 2)
    }
    var copy = try JSONDecoder().decode(DriftMonitor.self, from: JSONEncoder().encode(monitor))
    #expect(copy == monitor)
    for day in 40..<60 {
      let next = CleanSeries.first.advanced(by: day)
      #expect(monitor.observe(day: next, loss: 1.9, naiveLoss: 2) == copy.observe(day: next, loss: 1.9, naiveLoss: 2))
    }
  }
}
