import Forecasting
import MarketModel
import NumericMethods
import Testing

@Suite("Laws of a price forecast") struct LawTests {
  @Test(
    "quantiles never cross, and each interval's scenarios have the quantiles as their marginal",
    arguments: 1..<7 as Range<UInt64>)
  func marginals(seed: UInt64) throws {
    let market = SyntheticMarket(days: 75, seed: seed, law: .init(floorShare: seed.isMultiple(of: 2) ? 0.4 : 0))
    let forecast = try forecastPrices(market.inputs(at: 74, lowest: -80, scenarios: 101, seed: seed))
    let rows = forecast.quantiles.values
    for (lower, upper) in zip(rows, rows.dropFirst()) { #expect(zip(lower, upper).allSatisfy { $0 <= $1 }) }
    let paths = (0..<101).map { forecast.scenarios.path($0, of: .dayAheadPrice) }
    for hour in 0..<24 {
      // With 101 paths the middle one stands at probability 50.5 / 101, the median.
      let sorted = paths.map { $0[hour] }.sorted()
      #expect(abs(sorted[50] - rows[49][hour]) < 1e-9)
      #expect(abs(mean(sorted) - forecast.expected[hour]) < 1e-9)
    }
  }

  @Test("neighbouring hours of the scenarios go together when errors do, and hardly when errors are independent")
  func dependence() throws {
    let close = try neighbourCorrelation(.init(correlation: 0.97))
    let loose = try neighbourCorrelation(.init(correlation: 0))
    #expect(close > 0.7)
    #expect(loose < 0.6)
    #expect(close - loose > 0.2)
  }

  /// Mean rank correlation of neighbouring hours, so that the shape of the marginals does not matter.
  private func neighbourCorrelation(_ law: SyntheticMarket.Law) throws -> Double {
    let market = SyntheticMarket(days: 130, seed: 8, law: law)
    let scenarios = try forecastPrices(market.inputs(at: 129, scenarios: 300)).scenarios
    let paths = (0..<300).map { scenarios.path($0, of: .dayAheadPrice) }
    let found = (0..<23).map { hour in correlation(paths.map { $0[hour] }, paths.map { $0[hour + 1] }) }
    return mean(found)
  }

  @Test("the same inputs give the same numbers at one and at two threads")
  func threads() throws {
    let market = SyntheticMarket(days: 75, seed: 21)
    let one = try forecastPrices(market.inputs(at: 74, threads: 1))
    let two = try forecastPrices(market.inputs(at: 74, threads: 2))
    #expect(one.point.map(\.bitPattern) == two.point.map(\.bitPattern))
    #expect(one.quantiles == two.quantiles)
    #expect(one.scenarios.values.map(\.bitPattern) == two.scenarios.values.map(\.bitPattern))
    #expect(one.dayAfter == two.dayAfter)
    #expect(one.models == two.models)
  }

  @Test("another seed changes the scenarios, and the quantiles by little")
  func seeds() throws {
    let market = SyntheticMarket(days: 100, seed: 22)
    let one = try forecastPrices(market.inputs(at: 99, seed: 1))
    let other = try forecastPrices(market.inputs(at: 99, seed: 2))
    #expect(meanAbsoluteError(of: one.point, against: other.point) < 3)
    let differ = one.scenarios != other.scenarios
    #expect(differ)
  }

  @Test("the weights of the models add up to one and none is negative")
  func weights() throws {
    let models = try forecastPrices(SyntheticMarket(days: 75, seed: 23).inputs(at: 74)).models
    #expect(abs(models.map(\.weight).reduce(0, +) - 1) < 1e-12)
    #expect(models.allSatisfy { $0.weight >= 0 && $0.heldOutMeanAbsoluteError > 0 })
  }
}
