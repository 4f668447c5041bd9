import MarketModel
import Testing

@testable import Forecasting

@Suite("Health of real-time inputs") struct RealTimeHealthTests {
  /// Notes and error of the forecast of the last of 61 days, after days of history and the day itself were changed.
  static func outcome(
    _ change: (inout [RealTimeDay], inout [[Double]]) -> Void
  ) throws -> (notes: [String], error: Double) {
    let market = TwoSettlementMarket(days: 61, seed: 4)
    var (days, actual) = (market.days, market.actual)
    change(&days, &actual)
    var forecaster = TwoSettlementMarket.forecaster()
    for index in 0..<60 { try forecaster.observe(days[index], actual: actual[index]) }
    let made = try forecaster.forecasts(for: days[60])
    let point = try #require(made.last?.point)
    let error = zip(point, market.expected[60]).reduce(0) { $0 + abs($1.0 - $1.1) } / 24
    return (forecaster.notes, error)
  }

  @Test("a frozen input and one in kW for MW are said and left out; the forecast stays near the law")
  func inputs() throws {
    let clean = try Self.outcome { _, _ in }
    #expect(clean.notes.isEmpty)
    let frozen = try Self.outcome { days, _ in
      days[60] = days[60].with([[Double](repeating: 51.25, count: 24)])
    }
    #expect(frozen.notes.contains { $0.contains("input 0") && $0.contains("frozen") }, "\(frozen.notes)")
    let scaled = try Self.outcome { days, _ in days[60] = days[60].with(days[60].inputs.map { $0.map { $0 * 1_000 } }) }
    #expect(scaled.notes.contains { $0.contains("if kW stood for MW") }, "\(scaled.notes)")
    #expect(frozen.error < clean.error + 2 && scaled.error < clean.error + 2)
  }

  @Test("yesterday's real-time prices in another unit are said and not learned from")
  func prices() throws {
    let clean = try Self.outcome { _, _ in }
    let broken = try Self.outcome { _, actual in actual[59] = actual[59].map { $0 * 1_000 } }
    #expect(broken.notes.contains { $0.hasPrefix("real-time price") && $0.contains("1,000 times") }, "\(broken.notes)")
    #expect(broken.error < clean.error + 2, "\(broken.error) after \(clean.error)")
  }
}
