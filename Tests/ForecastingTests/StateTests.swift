import Foundation
import MarketModel
import NumericMethods
import Testing

@testable import Forecasting

@Suite("States that are written down") struct StateTests {
  private struct Sample: Codable, Equatable {
    var number: Double?
    var missing: Double?
    var name = ""
    var flags: [Bool] = []
    var rows: [[Double]] = []
    var paths: [[Double]?] = []
    var inner: [Inner] = []

    struct Inner: Codable, Equatable {
      var value: Double?
      var count = 0
    }
  }

  @Test("values come back to the bit, missing ones as missing")
  func roundTrip() throws {
    let sample = Sample(
      number: -0.0, name: "Überschuss", flags: [true, false], rows: [[.pi, Double.leastNonzeroMagnitude], []],
      paths: [nil, [1]],
      inner: [.init(), .init(value: 1 / 3, count: -7), .init()])
    let bytes = try StateWriter.bytes(of: sample)
    let read = try StateReader.value(Sample.self, from: bytes)
    #expect(read == sample)
    #expect(read.number?.bitPattern == sample.number?.bitPattern)
    let noNumber = try StateReader.value([Double].self, from: StateWriter.bytes(of: [Double.nan, .infinity]))
    #expect(noNumber[0].isNaN && noNumber[1] == .infinity)
  }

  @Test("bytes that are cut, changed, of another kind or with something after them are refused")
  func damage() throws {
    let bytes = try StateRecord.bytes(of: Sample(number: 1, rows: [[1, 2, 3]]), kind: "sample")
    #expect(try StateRecord.value(Sample.self, from: bytes, kind: "sample").rows == [[1, 2, 3]])
    #expect(throws: ForecastingError.self) { try StateRecord.value(Sample.self, from: bytes, kind: "other") }
    for length in 0..<bytes.count {
      #expect(throws: ForecastingError.self) {
        try StateRecord.value(Sample.self, from: Array(bytes.prefix(length)), kind: "sample")
      }
    }
    #expect(throws: ForecastingError.self) { try StateRecord.value(Sample.self, from: bytes + [0], kind: "sample") }
    for index in bytes.indices {
      var other = bytes
      other[index] ^= 4
      #expect(throws: (any Error).self) { try StateRecord.value(Sample.self, from: other, kind: "sample") }
    }
  }

  @Test("a price forecaster that is restored goes on with the same bits, and refuses another's state")
  func restored() throws {
    let market = SyntheticMarket(days: 150, seed: 31, law: .init(floorShare: 0.3))
    func fresh(seed: UInt64 = 5) throws -> PriceForecaster {
      try PriceForecaster(
        intervals: 24, inputNames: ["load"], lowestPrice: -80, highestPrice: nil, models: nil, seed: seed, threads: 2,
        scenarios: 20, warmUp: .init(days: 28, refitDays: 14), stopwatch: { 0 })
    }
    func day(_ index: Int) -> PriceDay { PriceDay(day: market.days[index], inputs: [market.load[index]]) }
    var whole = try fresh()
    for index in 0..<146 { try whole.observe(day(index), actual: market.prices[index]) }
    _ = try whole.forecasts(for: day(146))
    try whole.observe(day(146), actual: market.prices[146])
    let state = try whole.snapshot()
    var restored = try fresh()
    try restored.restore(from: state)
    #expect(try restored.snapshot() == state)
    for index in 147..<149 {
      #expect(try restored.forecasts(for: day(index)) == whole.forecasts(for: day(index)))
      try whole.observe(day(index), actual: market.prices[index])
      try restored.observe(day(index), actual: market.prices[index])
    }
    #expect(restored.notes == whole.notes)
    var other = try fresh(seed: 6)
    #expect(throws: ForecastingError.self) { try other.restore(from: state) }
  }
}

@Suite("What a session keeps") struct PriceMemoryTests {
  private func same(_ one: PriceForecast, _ other: PriceForecast) -> Bool {
    one.quantiles == other.quantiles && one.scenarios == other.scenarios && one.models == other.models
      && one.notes == other.notes && one.modelPoints == other.modelPoints
  }

  @Test("a day's forecast is the same whatever was forecast before, in memory or from bytes")
  func order() throws {
    let market = SyntheticMarket(days: 130, seed: 32)
    func inputs(_ position: Int) throws -> PriceForecastInputs { try market.inputs(at: position, scenarios: 20) }
    let cold = try forecastPrices(inputs(127))
    var session = PriceForecastSession()
    _ = try session.forecast(inputs(124))
    let bytes = try #require(try session.memory())
    // Three days on, and then back.
    #expect(try same(session.forecast(inputs(127)), cold))
    #expect(session.remark == nil)
    _ = try session.forecast(inputs(122))
    #expect(session.remark == "What was learned before is of later days")
    var other = PriceForecastSession(memory: bytes)
    #expect(try same(other.forecast(inputs(127)), cold))
    #expect(other.remark == nil)
    #expect(try same(other.forecast(inputs(127)), cold))
  }

  @Test("changed data, another seed and damaged bytes are said and learned anew")
  func refusals() throws {
    var market = SyntheticMarket(days: 90, seed: 33)
    var session = PriceForecastSession()
    _ = try session.forecast(market.inputs(at: 88, scenarios: 20))
    let bytes = try #require(try session.memory())
    var cut = PriceForecastSession(memory: bytes.dropLast(3))
    #expect(cut.remark?.isEmpty == false)
    let cold = try forecastPrices(market.inputs(at: 89, scenarios: 20, seed: 2))
    #expect(try same(cut.forecast(market.inputs(at: 89, scenarios: 20, seed: 2)), cold))
    var reseeded = PriceForecastSession(memory: bytes)
    #expect(try same(reseeded.forecast(market.inputs(at: 89, scenarios: 20, seed: 2)), cold))
    #expect(reseeded.remark == "What was learned before had other settings")
    market.load[70][3] += 1
    var revised = PriceForecastSession(memory: bytes)
    let anew = try forecastPrices(market.inputs(at: 89, scenarios: 20))
    #expect(try same(revised.forecast(market.inputs(at: 89, scenarios: 20)), anew))
    #expect(revised.remark == "Data that were learned from have changed")
  }

  @Test("held-out days begin on fixed days of the calendar, 98 to 125 before the day")
  func schedule() {
    for number in -200..<20_100 where number % 7 == 0 {
      let start = WarmUpSchedule(forecasting: MarketDay(dayNumber: number)).start.dayNumber
      #expect(start.isMultiple(of: 28) && (98...125).contains(number - start))
    }
  }
}
