import Forecasting
import MarketModel
import NumericMethods
import Testing

@Suite("Forecasts of a market whose law is known") struct RecoveryTests {
  @Test("LEAR beats the day before and the weekly naive, and the mix keeps up with the best model")
  func recovery() throws {
    let market = SyntheticMarket(days: 210, seed: 11)
    var losses: [String: Double] = [:]
    var session = PriceForecastSession()
    for position in 200..<210 {
      let forecast = try session.forecast(market.inputs(at: position))
      let actual = market.prices[position]
      losses["mix", default: 0] += meanAbsoluteError(of: forecast.point, against: actual) / 10
      losses["yesterday", default: 0] += meanAbsoluteError(of: forecast.sameAsYesterday, against: actual) / 10
      for (name, path) in forecast.modelPoints {
        losses[name, default: 0] += meanAbsoluteError(of: path, against: actual) / 10
      }
    }
    let mix = try #require(losses["mix"])
    let lear = try #require(losses["lear"])
    let naive = try min(#require(losses["yesterday"]), #require(losses["naive"]))
    let best = try min(lear, #require(losses["kernel"]))
    #expect(lear < 0.65 * naive)
    #expect(mix < 1.05 * best)
    // No forecast can lose less than the error itself: 10 · √(2/π) ≈ 8 on average.
    #expect(mix < 1.4 * 8)
  }

  @Test("on 96 intervals the central 80 % interval covers 70 to 90 % of 30 days")
  func coverage() throws {
    // The models get no load here, which saves time. A shift of load that a whole day shares would then be an error of
    // the whole day, and 30 days would be 30 samples: too few for this band. So load has no such shift.
    let market = SyntheticMarket(days: 150, length: .quarterHour, seed: 5, law: .init(loadShift: 0))
    var inside = 0.0
    var session = PriceForecastSession()
    for position in 120..<150 {
      let quantiles = try session.forecast(market.inputs(at: position, withLoad: false, scenarios: 2)).quantiles
      inside += intervalCoverage(
        lower: quantiles.quantile(0.1), upper: quantiles.quantile(0.9), against: market.prices[position])
    }
    #expect((0.7...0.9).contains(inside / 30))
  }

  @Test("with a price at the floor on a third of middays, the floor holds a mass at midday and none in the evening")
  func floor() throws {
    let law = SyntheticMarket.Law(floorShare: 1.0 / 3)
    let market = SyntheticMarket(days: 150, seed: 3, law: law)
    var midday = 0.0
    var evening = 0.0
    var session = PriceForecastSession()
    for position in 145..<150 {
      let forecast = try session.forecast(market.inputs(at: position, lowest: -80, highest: 1300))
      let rows = forecast.quantiles.values
      #expect(rows.allSatisfy { row in row.allSatisfy { $0 >= -80 && $0 <= 1300 } })
      #expect(forecast.scenarios.values.allSatisfy { $0 >= -80 && $0 <= 1300 })
      #expect(forecast.point.allSatisfy { $0 >= -80 })
      midday += mean((10..<15).map { hour in Double(rows.count { $0[hour] <= -79.99 }) / 99 }) / 5
      evening += mean((18..<22).map { hour in Double(rows.count { $0[hour] <= -79.99 }) / 99 }) / 5
    }
    #expect((0.1...0.6).contains(midday))
    #expect(evening < 0.01)
  }
}
