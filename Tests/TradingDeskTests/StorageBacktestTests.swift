import FlexibleAssets
import Forecasting
import MarketModel
import MarketTestSupport
import NumericMethods
import Testing

@testable import TradingDesk

@Suite("Storage, day by day") struct StorageBacktestTests {
  /// Days whose prices are forecast with the valley and the peak in the wrong places.
  static func backtest(cycles: Double? = nil, days count: Int = 3) throws -> StorageBacktest {
    let unit = try StorageUnit(
      name: "B", chargeMegawatts: 100, dischargeMegawatts: 100, usableMegawattHours: 200, chargeEfficiency: 0.95,
      dischargeEfficiency: 0.95, wearCostPerMWh: 5, largestCyclesPerDay: cycles)
    var random = SplitMix64(seed: 3)
    let days = (0..<count).map { number -> OfferDay in
      let expected = Example.pricePath()
      let actual = Example.pricePath(shift: 20).indices.map { interval in
        expected[(interval + 12) % 96] + random.nextGaussian() * 30
      }
      return OfferDay(
        day: Example.day.advanced(by: number), actual: actual, paths: [expected, expected], expected: expected,
        point: expected, reference: expected, weekBefore: expected, weekBeforeNext: expected,
        dayAfter: DayAfterForecast(
          expected: expected, outlooks: [expected], deviations: [expected.map { _ in 0 }], beyond: []))
    }
    let grid = StorageGrid(unit, hours: 0.25)
    return StorageBacktest(
      days: days, programme: StorageProgramme(grid), dayBefore: days.map(\.expected),
      initialState: grid.state(atShare: 0.5))
  }

  private func profit(_ backtest: StorageBacktest, _ policy: StoragePolicy) -> Double {
    backtest.results(policy).daily.reduce(0) { $0 + $1.profit }
  }

  @Test(
    "an offer that the clearing schedules over the day ends where it declared, above every schedule to that end",
    arguments: [nil, 1.5])
  func clearedOffer(cycles: Double?) throws {
    let backtest = try Self.backtest(cycles: cycles)
    let ceiling = backtest.ceiling()
    let (cleared, planned) = (profit(backtest, .clearedOffer), profit(backtest, .selfSchedule))
    #expect(cleared > planned + 1_000)
    #expect(cleared <= ceiling + 1e-6)
    let oneDay = try Self.backtest(cycles: cycles, days: 1)
    #expect(profit(oneDay, .clearedOffer) >= profit(oneDay, .selfSchedule))
    for policy in StoragePolicy.allCases { #expect(profit(backtest, policy) <= ceiling + 1e-6) }
  }

  @Test("every policy keeps a limit of cycles on every day", arguments: StoragePolicy.allCases)
  func cycles(policy: StoragePolicy) throws {
    for limit in [0.3, 1.0] {
      let result = try Self.backtest(cycles: limit).results(policy)
      let most = limit * 200 * 0.95
      #expect(result.daily.allSatisfy { $0.energy <= most + 1e-6 })
      #expect(result.delivered > 0)
    }
  }
}
