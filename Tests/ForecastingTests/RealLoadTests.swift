import Forecasting
import Foundation
import MarketModel
import MarketTestSupport
import NumericMethods
import Testing

/// The shared load data, or nil where they are absent.
private let sharedLoad: URL? = {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let named = ProcessInfo.processInfo.environment["SPOTDESK_SHARED_DATA"].map { URL(filePath: $0) }
  let folder = named ?? root.deletingLastPathComponent().appending(path: "shared/data")
  let file = folder.appending(path: "gefcom2014_load/gefcom2014_load.csv.gz")
  return FileManager.default.fileExists(atPath: file.path) ? file : nil
}()

@Suite("Forecasts of a real load") struct RealLoadTests {
  @Test(
    "on six days after fifteen months the ensemble is at least a quarter better than Vanilla",
    .enabled(if: sharedLoad != nil, "skipped: no shared data"))
  func winter() throws {
    let file = try #require(sharedLoad)
    let rows = try RealLoadTests.rows(file, from: "2006-12-01 01", days: 460)
    let stations = [1, 6, 13, 21, 25]
    var forecaster = LoadForecaster(
      intervals: 24, stations: stations.map { "w\($0)" }, seed: 1, threads: 2, stopwatch: { 0 })
    var errors: [String: Double] = [:]
    for index in 0..<460 {
      let hours = rows[(24 * index)..<(24 * index + 24)]
      let published = LoadDay(
        day: Example.day(2006, 12, 1).advanced(by: index),
        temperatures: stations.map { station in hours.map { $0[station] } })
      let actual = hours.map { $0[0] }
      if index >= 454 {
        for forecast in try forecaster.forecasts(for: published) {
          errors[forecast.model, default: 0] += meanAbsoluteError(of: forecast.point, against: actual) / 6
        }
      }
      try forecaster.observe(published, actual: actual)
    }
    let vanilla = try #require(errors["vanilla"])
    #expect(try #require(errors["ensemble"]) < 0.75 * vanilla)
    #expect(vanilla < (try #require(errors["naive"])))
  }

  /// Load and 25 temperatures by hour, from the row whose stamp begins with `first`.
  private static func rows(_ file: URL, from first: String, days: Int) throws -> [[Double]] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
    let start = try #require(lines.firstIndex { $0.hasPrefix(first) })
    return try lines[start..<(start + 24 * days)].map { line in
      try line.split(separator: ",", omittingEmptySubsequences: false).dropFirst().map { try #require(Double($0)) }
    }
  }
}
