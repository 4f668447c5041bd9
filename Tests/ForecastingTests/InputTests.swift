import Forecasting
import MarketModel
import MarketTestSupport
import NumericMethods
import Testing

@Suite("Inputs of a price forecast") struct InputTests {
  static let day = Example.day(2023, 3, 15)

  /// A well-formed history of flat days, with one thing changed.
  private func inputs(
    days: [MarketDay] = (1...40).reversed().map { InputTests.day.advanced(by: -$0) }, prices: [[Double]?]? = nil,
    load: [[Double]?]? = nil, dayLoad: [Double] = [Double](repeating: 30, count: 24), lowest: Double? = nil,
    highest: Double? = nil, scenarios: Int = 10, threads: Int = 1
  ) throws -> PriceForecastInputs {
    let flat = [[Double]?](repeating: [Double](repeating: 300, count: 24), count: days.count)
    return try PriceForecastInputs(
      grid: IntervalGrid(ordinary: InputTests.day, length: .hour), historyDays: days, prices: prices ?? flat,
      inputs: [.init(name: "load", history: load ?? flat, day: dayLoad)], holidays: [], shiftedWorkdays: [],
      lowestPrice: lowest, highestPrice: highest, scenarioCount: scenarios, seed: 1, threads: threads)
  }

  private func sentence(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  @Test("a path of the wrong length is named with its day")
  func wrongLength() {
    var prices = [[Double]?](repeating: [Double](repeating: 300, count: 24), count: 40)
    prices[38] = [1, 2, 3]
    #expect(
      sentence { _ = try inputs(prices: prices) } == "price on 2023-03-13 has 3 values, the market day has 24 intervals"
    )
    #expect(
      sentence { _ = try inputs(dayLoad: [1]) } == "load on 2023-03-15 has 1 values, the market day has 24 intervals")
    #expect(sentence { _ = try inputs(load: [nil]) } == "load: 1 days were given for a history of 40")
  }

  @Test("a value that is no number is named with its interval")
  func notANumber() {
    var prices = [[Double]?](repeating: [Double](repeating: 300, count: 24), count: 40)
    prices[39]?[4] = .nan
    #expect(
      sentence { _ = try inputs(prices: prices) } == "price on 2023-03-14, interval 5, is nan, which is no number")
    let load = [Double](repeating: 30, count: 23) + [.infinity]
    #expect(sentence { _ = try inputs(dayLoad: load) } == "load on 2023-03-15, interval 24, is inf, which is no number")
  }

  @Test("a history that jumps or ends on another day is refused")
  func jumps() {
    let whole = (1...40).reversed().map { InputTests.day.advanced(by: -$0) }
    #expect(
      sentence { _ = try inputs(days: whole.filter { $0 != Example.day(2023, 3, 10) }) }
        == "The history jumps from 2023-03-09 to 2023-03-11; hand every day, nil where it is not known")
    #expect(
      sentence { _ = try inputs(days: Array(whole.dropLast())) }
        == "The history must end on 2023-03-14, the day before 2023-03-15")
    #expect(sentence { _ = try inputs(days: []) } == "The history must end on 2023-03-14, the day before 2023-03-15")
  }

  @Test("limits that cross, one scenario and no thread are refused")
  func limits() {
    #expect(
      sentence { _ = try inputs(lowest: 100, highest: 100) } == "The lowest price 100.0 is not below the highest 100.0")
    #expect(sentence { _ = try inputs(scenarios: 1) } == "1 scenarios are too few; ask for 2 or more")
    #expect(sentence { _ = try inputs(threads: 0) } == "0 threads cannot forecast; allow 1 or more")
  }

  @Test("fewer than 35 days of known prices give no forecast")
  func tooShort() throws {
    var prices = [[Double]?](repeating: [Double](repeating: 300, count: 24), count: 40)
    for position in 0..<6 { prices[position * 5] = nil }
    #expect(
      sentence { _ = try forecastPrices(inputs(prices: prices)) }
        == "34 days of prices are known before 2023-03-15; a forecast needs at least 35. Import more history.")
  }

  @Test("a flat history gives the flat price, every quantile of it too")
  func flat() throws {
    let forecast = try forecastPrices(inputs())
    #expect(forecast.point.allSatisfy { abs($0 - 300) < 1e-9 })
    #expect(forecast.quantiles.values.allSatisfy { row in row.allSatisfy { abs($0 - 300) < 1e-9 } })
  }

  @Test("with 40 days the models that need more fall away and a note says so")
  func fallback() throws {
    let forecast = try forecastPrices(inputs())
    #expect(forecast.notes.contains("network cannot run on 40 days of history; the others stand in"))
    #expect(forecast.notes.contains("trees cannot run on 40 days of history; the others stand in"))
    #expect(forecast.models.first { $0.name == "network" }?.weight == 0)
  }

  @Test("an input with too short a past is left out and a note says so")
  func unknownInput() throws {
    // Neither yesterday's price nor any past load: once, no model was left and the forecast trapped.
    var prices = [[Double]?](repeating: [Double](repeating: 300, count: 24), count: 40)
    prices[39] = nil
    let forecast = try forecastPrices(inputs(prices: prices, load: [[Double]?](repeating: nil, count: 40)))
    #expect(forecast.notes.first == "load is known on 0 days before, it needs 35; left out")
    #expect(forecast.point.allSatisfy { abs($0 - 300) < 1e-9 })
    #expect(forecast.sameAsYesterday.isEmpty)
  }

  @Test("an input that stopped before the last weeks is left out of the models and a note says so")
  func stoppedInput() throws {
    let days = (1...70).reversed().map { InputTests.day.advanced(by: -$0) }
    let flat = [Double](repeating: 30, count: 24)
    let load = (0..<70).map { $0 < 40 ? flat : nil }
    let forecast = try forecastPrices(inputs(days: days, load: load))
    #expect(forecast.notes.contains { $0.hasPrefix("load is not known well enough") })
  }

  @Test("a history with missing days still gives a forecast by LEAR")
  func missingDays() throws {
    let market = SyntheticMarket(days: 130, seed: 71)
    let full = try market.inputs(at: 129)
    var prices: [[Double]?] = full.prices
    for position in [20, 60, 61, 90] { prices[position] = nil }
    let forecast = try forecastPrices(
      PriceForecastInputs(
        grid: full.grid, historyDays: full.historyDays, prices: prices, inputs: full.inputs, holidays: [],
        shiftedWorkdays: [], lowestPrice: nil, highestPrice: nil, scenarioCount: 10, seed: 1, threads: 2))
    #expect(forecast.models.first { $0.name == "lear" }?.features == 175)
    let actual = market.prices[129]
    #expect(
      meanAbsoluteError(of: forecast.point, against: actual)
        < meanAbsoluteError(of: forecast.sameAsYesterday, against: actual))
  }

  @Test("without yesterday's price the price of the same day a week before stands in for it among the predictors")
  func yesterdayMissing() throws {
    let full = try SyntheticMarket(days: 100, seed: 72).inputs(at: 99)
    let forecast = try forecastPrices(
      PriceForecastInputs(
        grid: full.grid, historyDays: full.historyDays, prices: full.prices.dropLast() + [nil], inputs: full.inputs,
        holidays: [], shiftedWorkdays: [], lowestPrice: nil, highestPrice: nil, scenarioCount: 10, seed: 1, threads: 2))
    #expect(forecast.notes.contains("prices of 2023-04-10 are not known; those of the week before stand in for them"))
    #expect(forecast.modelPoints["naive"] == forecast.point || forecast.modelPoints["lear"] != nil)
  }
}
