import Forecasting
import Foundation
import MarketModel
import NumericMethods
import Testing

/// A folder of the shared data, or nil where it is absent.
private func sharedFile(_ path: String) -> URL? {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let named = ProcessInfo.processInfo.environment["SPOTDESK_SHARED_DATA"].map { URL(filePath: $0) }
  let file = (named ?? root.deletingLastPathComponent().appending(path: "shared/data")).appending(path: path)
  return FileManager.default.fileExists(atPath: file.path) ? file : nil
}

@Suite("Forecasts of a real wind farm") struct RealPlantTests {
  static let file = sharedFile("gefcom2014_wind_zone1/Task15_W_Zone1.csv.gz")

  @Test(
    "three days of a wind farm after two months: a third better than climatology",
    .enabled(if: file != nil, "skipped: no shared data"))
  func wind() throws {
    let days = try Self.read(#require(Self.file), days: 63)
    var forecaster = WindForecaster(
      intervals: 24, capacity: 1, latitude: nil, longitude: nil, seed: 1, threads: 2, stopwatch: { 0 })
    var losses = (own: 0.0, climate: 0.0)
    for (index, (day, power)) in days.enumerated() {
      if index >= 60 {
        let said = try forecaster.forecasts(for: day)
        losses.own += pinball(said[said.count - 1], power)
        losses.climate += pinball(said[0], power)
      }
      try forecaster.observe(day, actual: power)
    }
    #expect(losses.own < 0.67 * losses.climate, "\(losses)")
  }

  /// The file's first days; its hours are labelled by their end, 1:00 first.
  private static func read(_ file: URL, days count: Int) throws -> [(day: WindDay, power: [Double])] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let rows = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst().prefix(24 * count)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) ?? .nan } }
    let first = try #require(MarketDay("2012-01-01"))
    return (0..<count).map { index in
      let own = rows[(index * 24)..<((index + 1) * 24)]
      let columns = Dictionary(
        uniqueKeysWithValues: ["u10", "v10", "u100", "v100"].enumerated().map { column, name in
          (name, own.map { $0[3 + column] })
        })
      return (WindDay(day: first.advanced(by: index), columns: columns), own.map { $0[2] })
    }
  }
}
